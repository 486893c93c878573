"""Jobs: never billed above what was told, finished in a tap, done again free of charge by whoever did it first."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from regulars.record import estimates, extras, promises, work
from regulars.record.branches import Branch
from regulars.record.extras import Extra
from regulars.record.people import Role
from regulars.record.promises import Promise
from regulars.record.work import Job
from tests import shop
from tests.cast import MONDAY, House
from tests.pages.test_promises import AT, sent, shown
from tests.shop import DAY, HOUR


@pytest.fixture(autouse=True)
def monday() -> Any:
    with time_machine.travel(MONDAY + HOUR, tick=False):
        yield


@pytest.fixture
def front(client: Client, garage: House) -> Client:
    client.force_login(garage.person(Role.FRONT_LINE))
    return client


def a_job(garage: House, worth: int | None = 10_000, **more: Any) -> str:
    with garage.work():
        job = shop.job(garage, shop.customer(garage), **more)
        if worth is not None:
            estimates.estimate(job, worth=worth, by=garage.owner, at=MONDAY)
        return f"jobs/{job.pk}/"


def the_job(garage: House) -> Job:
    with garage.work():
        found: Job = Job.objects.select_related("performer").get(comeback_of=None)
    return found


def test_the_bill_is_never_above_what_was_told_without_a_yes(front: Client, garage: House) -> None:
    address = a_job(garage)
    status, page = sent(front, address + "bill/", amount="110.01")
    assert (status, "Ask first, and write down the yes." in page, 'value="110.01"' in page) == (422, True, True)
    assert sent(front, address + "agreed/", amount="150", how="")[0] == 422
    _status, page = sent(front, address + "agreed/", amount="150", how="By phone, at noon")
    assert "By phone, at noon" in page
    _status, page = sent(front, address + "bill/", amount="140")
    assert "€140.00" in page
    assert the_job(garage).bill == 14_000


def test_at_the_full_estimate_something_extra_is_named_first(front: Client, garage: House) -> None:
    address = a_job(garage)
    status, page = sent(front, address + "bill/", amount="110")
    assert (status, "give something extra and write down what" in page) == (422, True)
    with garage.work():
        promise = Promise.objects.get()
    _status, page = sent(front, f"promises/{promise.pk}/extra/", what="Washed the windscreen", cost="2")
    assert "Washed the windscreen (€2.00)" in page
    assert "Less than was told" in sent(front, address + "bill/", amount="110")[1]
    with garage.work():
        extra = Extra.objects.get()
        assert (extra.job, extra.promise, extra.cost) == (the_job(garage), promise, 200)


def test_a_bill_below_the_estimate_shows_the_difference_and_is_taken_back(front: Client, garage: House) -> None:
    address = a_job(garage)
    assert 'value="100.00"' in shown(front, address + "bill/"), "what the work is worth is filled in"
    page = sent(front, address + "bill/", amount="95.50")[1]
    assert "€14.50" in page
    assert "The bill is gone" in sent(front, address + "unbill/")[1]
    assert the_job(garage).bill is None


def test_the_estimate_is_told_later_with_the_margin(front: Client, garage: House) -> None:
    address = a_job(garage, worth=None)
    assert "Say what it will cost" in shown(front, address)
    assert "€55.00" in sent(front, address + "estimate/", worth="50")[1]


def test_a_job_is_finished_in_a_tap_and_undone_in_another(front: Client, garage: House) -> None:
    address = a_job(garage)
    page = sent(front, address + "finish/", told="")[1]
    assert "Finished: New brake pads." in page
    with garage.work():
        assert (Promise.objects.get().kept_at, Promise.objects.get().told_at) == (MONDAY + HOUR, None)
    assert "Open again" in sent(front, address + "reopen/")[1]
    with garage.work():
        assert Promise.objects.get().is_open
    sent(front, address + "finish/", told="1")
    with garage.work():
        assert Promise.objects.get().told_at == MONDAY + HOUR


def test_the_last_promise_of_a_job_finishes_it_and_its_undo_opens_it(front: Client, garage: House) -> None:
    address = a_job(garage)
    with garage.work():
        first = Promise.objects.get()
    assert sent(front, address + "promise/", what="Call when the part is here", due_at="2026-03-02T19:00")[0] == 422
    page = sent(front, address + "promise/", what="Call when the part is here", due_at="2026-03-02T17:00")[1]
    assert "Call when the part is here" in page
    with garage.work():
        second = Promise.objects.exclude(pk=first.pk).get()
    assert (second.job_id, second.kind_id) == (first.job_id, first.kind_id)
    sent(front, f"promises/{second.pk}/kept/", told="1")
    assert the_job(garage).is_open
    sent(front, f"promises/{first.pk}/kept/", told="1")
    assert the_job(garage).finished_at == MONDAY + HOUR
    shown(front, address + "promise/", 404)
    sent(front, f"promises/{first.pk}/reopen/")
    assert the_job(garage).is_open


def test_of_two_who_finish_it_the_second_is_told(front: Client, garage: House) -> None:
    address = a_job(garage)
    with garage.work():
        work.finish(Job.objects.get(), by=garage.manager, at=MONDAY, told=True)
    status, page = sent(front, address + "finish/", told="1")
    assert (status, "Somebody has finished this job already." in page) == (422, True)


def test_what_comes_back_is_free_and_done_by_whoever_did_it_first(front: Client, garage: House) -> None:
    address = a_job(garage, performer=garage.manager)
    sent(front, address + "finish/", told="1")
    status, page = sent(front, address + "came-back/", what="It squeaks", due_at="2026-03-02T20:00")
    assert (status, 'name="due_at" value="2026-03-03T09:00">Take' in page) == (422, True)
    page = sent(front, address + "came-back/", what="It squeaks", due_at="2026-03-03T12:00")[1]
    assert "It squeaks" in page
    with garage.work():
        again = Job.objects.select_related("performer").get(comeback_of__isnull=False)
        kept = Promise.objects.get(job=again)
    assert again.performer == garage.manager
    page = shown(front, f"jobs/{again.pk}/")
    assert "The customer pays nothing for it." in page
    response = front.post(f"{AT}promises/{kept.pk}/kept/", {"told": "1"})
    assert response["Location"] == f"{AT}jobs/{again.pk}/finish/", "it asks first what it cost us"
    assert sent(front, f"jobs/{again.pk}/finish/", told="on", cost="")[0] == 422
    assert "It cost us €30.00." in sent(front, f"jobs/{again.pk}/finish/", told="on", cost="30")[1]
    assert sent(front, f"jobs/{again.pk}/bill/", amount="1")[0] == 422


def test_a_job_is_handed_on_with_its_promise_and_dropped_with_it(front: Client, garage: House) -> None:
    address = a_job(garage)
    assert "Jaan Kask does it" in sent(front, address + "hand-on/", to=str(garage.manager.pk))[1]
    with garage.work():
        assert Promise.objects.get().keeper == garage.manager
    assert sent(front, address + "drop/", why="")[0] == 422
    assert "no longer wanted" in sent(front, address + "drop/", why="Sold the car")[1]
    with garage.work():
        kept = Promise.objects.get()
        assert kept.dropped_at is not None
    sent(front, f"promises/{kept.pk}/reopen/")
    assert the_job(garage).is_open, "what ended together opens together"


def test_an_extra_comes_from_the_catalogue_with_its_cost(front: Client, garage: House) -> None:
    a_job(garage)
    with garage.work():
        idea = extras.add_idea(what="Spare bulbs", cost=300, by=garage.owner, at=MONDAY)
        promise = Promise.objects.get()
    address = f"promises/{promise.pk}/extra/"
    assert f'value="{idea.pk}" selected' in shown(front, address)
    assert "Spare bulbs (€3.00)" in sent(front, address, idea=str(idea.pk), what="", cost="")[1]
    assert sent(front, address, idea="", what="", cost="")[0] == 422
    status, page = sent(front, address, idea="", what="A new engine", cost="5000")
    assert (status, "more than is yours to spend" in page) == (422, True)
    with garage.work():
        extra = Extra.objects.get()
    sent(front, f"extras/{extra.pk}/take-back/")
    assert "Spare bulbs" not in shown(front, f"promises/{promise.pk}/")


def test_jobs_are_listed_by_what_is_due_first(front: Client, garage: House) -> None:
    assert "No work is open" in shown(front, "jobs/")
    with garage.work():
        her = shop.customer(garage)
        later = shop.job(garage, her, "Wipers", due=MONDAY + DAY)
        shop.job(garage, her, "Tyres", due=MONDAY + 30 * timedelta(minutes=1))
        done = shop.job(garage, her, "Brakes")
        work.finish(done, by=garage.front_line, at=MONDAY, told=True)
        work.come_back(done, what="It squeaks", due_at=MONDAY + DAY, by=garage.front_line, at=MONDAY)
        promises.drop(Promise.objects.get(job=later), why="Later", by=garage.front_line, at=MONDAY)
    page = shown(front, "jobs/")
    assert page.index("Tyres") < page.index("It squeaks")
    assert "Wipers" in page, "a job whose promise is gone is still to be done"
    for query, expected in {
        "show=finished": {"Brakes"},
        "show=came_back": {"It squeaks"},
        "q=tyres": {"Tyres"},
    }.items():
        page = shown(front, f"jobs/?{query}")
        assert {what for what in ("Tyres", "Wipers", "Brakes", "It squeaks") if what in page} == expected, query
    assert "Nothing here" in shown(front, f"jobs/?keeper={garage.manager.pk}")


@pytest.fixture
def boss(client: Client, garage: House) -> Client:
    client.force_login(garage.person(Role.OWNER))
    return client


def test_kinds_are_added_renamed_and_put_away_and_a_selling_name_gets_a_hint(boss: Client, garage: House) -> None:
    page = sent(boss, "settings/jobs/kinds/add/", name="Brakes that hold")[1]
    assert ("Brakes that hold" in page, "sounds like selling" in page) == (True, False)
    assert "sounds like selling" in sent(boss, "settings/jobs/kinds/add/", name="Tyre sale")[1]
    assert sent(boss, "settings/jobs/kinds/add/", name="")[0] == 422
    with garage.work():
        kind = work.JobKind.objects.get(name="Tyre sale")
    status, page = sent(boss, f"settings/jobs/kinds/{kind.pk}/rename/", name="Brakes that hold")
    assert (status, "There is a kind of that name already." in page) == (422, True)
    assert "Grip in winter" in sent(boss, f"settings/jobs/kinds/{kind.pk}/rename/", name="Grip in winter")[1]
    assert "Grip in winter" not in sent(boss, f"settings/jobs/kinds/{kind.pk}/retire/")[1]


def test_the_catalogue_of_extras(boss: Client, garage: House) -> None:
    assert sent(boss, "settings/jobs/extras/add/", what="")[0] == 422
    page = sent(boss, "settings/jobs/extras/add/", what="A coffee", suits="coffee", cost="1.50")[1]
    assert ("€1.50" in page, "suits: coffee" in page) == (True, True)
    with garage.work():
        idea = extras.ExtraIdea.objects.get()
    assert "suits: coffee" not in sent(boss, f"settings/jobs/extras/{idea.pk}/retire/")[1]


def test_the_owners_numbers(boss: Client, garage: House) -> None:
    page = shown(boss, "settings/promises/")
    assert ('value="90"' in page, 'value="25"' in page, 'value="10"' in page) == (True, True, True)
    words = {"promise_share": "95", "warn_share": "30", "estimate_buffer": "12.5", "comeback_days": "60"}
    assert "95%" in sent(boss, "settings/promises/", **words)[1]
    garage.business.refresh_from_db()
    saved = garage.business
    assert [str(it) for it in (saved.promise_share, saved.warn_share, saved.estimate_buffer)] == [
        "0.95",
        "0.30",
        "0.125",
    ]
    status, page = sent(boss, "settings/promises/", **{**words, "promise_share": "100"})
    assert (status, 'value="100"' in page) == (422, True)


def test_a_branch_says_how_many_promises_an_hour_it_can_keep(boss: Client, garage: House) -> None:
    with garage.work():
        branch = Branch.objects.get()
    particulars = {name: getattr(branch, name) for name in ("name", "country", "zone", "currency", "language")}
    sent(boss, f"settings/branches/{branch.pk}/", **particulars, day_0="9-18", promises_an_hour="4")
    with garage.work():
        assert Branch.objects.get().promises_an_hour == 4
