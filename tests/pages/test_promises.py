"""Promises at the counter: made in a tap, kept in a tap, moved with a reason; a refused time offers another."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from regulars.desk import learning
from regulars.record import branches, customers, merging, promises, work
from regulars.record.branches import Branch
from regulars.record.business import change_business
from regulars.record.people import Role
from regulars.record.promises import Promise
from regulars.record.work import Job
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY, HOUR

AT = "/at/garage/"
FOUR = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)  # 16:00 in Tallinn


@pytest.fixture(autouse=True)
def monday() -> Any:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def front(client: Client, garage: House) -> Client:
    client.force_login(garage.person(Role.FRONT_LINE))
    return client


def shown(client: Client, address: str, status: int = 200) -> str:
    response = client.get(AT + address)
    assert response.status_code == status
    return response.content.decode()


def sent(client: Client, address: str, **words: Any) -> tuple[int, str]:
    response = client.post(AT + address, words)
    status, page = response.status_code, response.content.decode()
    return status, client.get(response["Location"]).content.decode() if status == 302 else page


def of_hers(garage: House) -> Promise:
    with garage.work():
        found: Promise = Promise.objects.select_related("job", "keeper").get()
    return found


def a_customer(garage: House, **particulars: Any) -> str:
    with garage.work():
        return f"customers/{shop.customer(garage, **particulars).pk}/"


def a_promise(garage: House, **more: Any) -> str:
    with garage.work():
        return f"promises/{shop.promise(garage, shop.customer(garage), **more).pk}/"


def test_the_card_leads_to_the_promise_and_the_usual_times_are_buttons(front: Client, garage: House) -> None:
    card = a_customer(garage)
    assert f"{AT}{card}promise/" in shown(front, card)
    page = shown(front, f"{card}promise/")
    for label in ("In an hour: 11:30", "At closing: 18:00", "Tomorrow 09:00", "Tomorrow 12:00", "Tomorrow 18:00"):
        assert label in page


def test_a_promise_is_made_by_the_time_that_is_tapped(front: Client, garage: House) -> None:
    status, page = sent(
        front, a_customer(garage) + "promise/", what="Call back", due_at=["", "2026-03-02T16:00"],
        keeper=str(garage.front_line.pk),
    )  # fmt: skip
    assert (status, "It is promised." in page, "Call back" in page) == (302, True, True)
    made = of_hers(garage)
    assert (made.due_at, made.keeper, made.share, made.job) == (FOUR, garage.front_line, None, None)


@pytest.mark.parametrize(
    ("due_at", "sentence"),
    [
        ("2026-03-02T10:29", "That time has passed."),
        ("2026-03-02T19:00", "We are closed then. The next open time is 3.3.2026 09:00."),
        ("2027-04-01T10:00", "Choose a time within a year."),
        ("0001-01-01T00:00", "That time has passed."),
        ("9999-12-31T23:59", "Choose a time within a year."),
        ("", "Choose a time, or tap one of them."),
        ("soon", "Enter a valid date/time."),
    ],
)
def test_a_refused_time_keeps_what_was_typed(front: Client, garage: House, due_at: str, sentence: str) -> None:
    status, page = sent(front, a_customer(garage) + "promise/", what="Call Mrs Oja", due_at=due_at)
    assert (status, sentence in page, 'value="Call Mrs Oja"' in page) == (422, True, True)
    with garage.work():
        assert not Promise.objects.exists()


def test_the_time_that_is_offered_is_a_button(front: Client, garage: House) -> None:
    address = a_customer(garage) + "promise/"
    _status, page = sent(front, address, what="Call back", due_at="2026-03-02T19:00")
    assert 'name="due_at" value="2026-03-03T09:00">Take the time that is offered' in page
    sent(front, address, what="Call back", due_at=["2026-03-02T19:00", "2026-03-03T09:00"])
    assert of_hers(garage).due_at == datetime(2026, 3, 3, 7, 0, tzinfo=UTC)


def test_a_full_hour_offers_the_next_with_room(front: Client, garage: House) -> None:
    with garage.work():
        Branch.objects.update(promises_an_hour=1)
        shop.promise(garage, shop.customer(garage), due=FOUR)
    status, page = sent(
        front, a_customer(garage, name="Mari Kuusk") + "promise/", what="Tea", due_at="2026-03-02T16:30"
    )
    assert (status, "That hour is full" in page, 'value="2026-03-02T17:00">Take' in page) == (422, True, True)


def test_time_is_that_of_the_branch_and_not_of_the_business(front: Client, garage: House) -> None:
    with garage.work():
        place = branches.open_branch(
            name="New York", country="US", currency="USD", language="en", zone="America/New_York",
            week={day: [(datetime(1, 1, 1, 9).time(), datetime(1, 1, 1, 18).time())] for day in range(7)},
            by=garage.owner, at=MONDAY,
        )  # fmt: skip
    card = a_customer(garage, branch=place)
    page = shown(front, card + "promise/")
    assert "At closing: 18:00" in page, "it is half past three there, and Monday"
    sent(front, card + "promise/", what="Call back", due_at="2026-03-02T16:00", branch=str(place.pk))
    made = of_hers(garage)
    assert (made.due_at, made.zone) == (datetime(2026, 3, 2, 21, 0, tzinfo=UTC), "America/New_York")
    assert "By 16:00" in shown(front, f"promises/{made.pk}/")


def test_a_time_that_the_clocks_skip_is_refused(front: Client, garage: House) -> None:
    status, page = sent(front, a_customer(garage) + "promise/", what="Call back", due_at="2026-03-29T03:30")
    assert (status, "couldn’t be interpreted in time zone Europe/Tallinn" in page) == (422, True)


def test_work_is_taken_in_and_its_price_is_told_with_the_margin(front: Client, garage: House) -> None:
    card = a_customer(garage)
    with garage.work():
        kind = work.add_kind("Brakes that hold", by=garage.owner, at=MONDAY)
    assert "What is the work worth?" in shown(front, f"{card}promise/?kind={kind.pk}")
    _status, page = sent(front, card + "promise/", kind=str(kind.pk), worth="100", due_at="2026-03-02T16:00")
    assert "Tell the customer: no more than €110.00." in page
    made = of_hers(garage)
    assert made.job is not None
    assert (made.job.what, made.job.estimate, made.job.performer) == ("Brakes that hold", 11_000, None)


def test_a_kind_that_is_put_away_or_of_the_next_business_is_no_kind(front: Client, garage: House, salon: House) -> None:
    card = a_customer(garage)
    with salon.work():
        theirs = work.add_kind("Hair that shines", by=salon.owner, at=MONDAY)
    with garage.work():
        gone = work.add_kind("Brakes that hold", by=garage.owner, at=MONDAY)
        work.retire_kind(gone, by=garage.owner, at=MONDAY)
    for kind in (theirs.pk, gone.pk, "nonsense"):
        shown(front, f"{card}promise/?kind={kind}", 404)
        assert front.post(f"{AT}{card}promise/", {"kind": kind, "due_at": "2026-03-02T16:00"}).status_code == 404


def worked(garage: House, jobs: int) -> Any:
    """So many jobs of one kind, each of two hours, one each working day, and what was learnt of them."""
    began = datetime(2025, 9, 1, 7, 0, tzinfo=UTC)
    with garage.work():
        her = shop.customer(garage, "Old Friend")
        days = [began + DAY * n for n in range(200) if (began + DAY * n).weekday() < 5 and n not in (115, 116)][:jobs]
        for day in days:
            job = shop.job(garage, her, at=day, due=day + 3 * HOUR)
            work.finish(job, by=garage.front_line, at=day + 2 * HOUR, told=True)
        learning.learn(Branch.objects.get(), at=MONDAY)
        return Job.objects.first().kind  # type: ignore[union-attr]


def test_the_time_that_we_keep_is_one_tap_and_its_share_is_remembered(front: Client, garage: House) -> None:
    kind, card = worked(garage, 60), a_customer(garage)
    page = shown(front, f"{card}promise/?kind={kind.pk}")
    assert "We keep this in 90% of cases (60 jobs like this)." in page
    ours = page.split('name="suggested" value="')[1][:16]
    assert "2026-03-02T12:30" <= ours <= "2026-03-02T13:30", "two hours, and a little more"
    sent(front, card + "promise/", kind=str(kind.pk), due_at="", suggested=ours)
    with garage.work():
        made = Promise.objects.get(kept_at=None)
        assert (made.share, made.due_there.strftime("%Y-%m-%dT%H:%M")) == (0.9, ours)
    sent(front, card + "promise/", kind=str(kind.pk), due_at="2026-03-02T17:00")
    with garage.work():
        assert sorted(str(it.share) for it in Promise.objects.filter(kept_at=None)) == ["0.9", "None"]


def test_with_little_history_it_says_so_and_adds_a_margin(front: Client, garage: House) -> None:
    kind, card = worked(garage, 5), a_customer(garage)
    page = shown(front, f"{card}promise/?kind={kind.pk}")
    assert "There is little history yet (5 jobs like this), so a margin has been added." in page
    assert page.split('name="suggested" value="')[1][:16] >= "2026-03-02T13:30", "the longest, and half as much again"


def test_with_no_history_a_kind_has_no_time_of_ours(front: Client, garage: House) -> None:
    with garage.work():
        kind = work.add_kind("Brakes that hold", by=garage.owner, at=MONDAY)
    page = shown(front, f"{a_customer(garage)}promise/?kind={kind.pk}")
    assert "too little history yet to suggest" in page
    assert 'name="suggested"' not in page


def test_it_is_kept_in_a_tap_and_undone_in_another(front: Client, garage: House) -> None:
    address = a_promise(garage)
    _status, page = sent(front, address + "kept/", told="1")
    assert "Kept: The brakes." in page
    assert "early" in page
    _status, page = sent(front, address + "reopen/")
    assert "It is to be kept again: The brakes." in page
    _status, page = sent(front, address + "kept/", told="0", next=f"{AT}today/")
    assert "Now call the customer." in page
    assert "the customer does not know it yet" in shown(front, address)
    sent(front, address + "told/")
    assert of_hers(garage).told_at == MONDAY
    assert "has been told already" in sent(front, address + "told/")[1]


def test_of_two_who_keep_it_the_second_is_told_who_was_first(front: Client, garage: House) -> None:
    address = a_promise(garage)
    with garage.work():
        promises.keep(Promise.objects.get(), by=garage.manager, at=MONDAY + HOUR, told=True)
    assert "Jaan Kask has closed this promise already" in sent(front, address + "kept/", told="1")[1]


def test_a_move_has_a_reason_and_the_customer_is_told(front: Client, garage: House) -> None:
    address = a_promise(garage)
    status, page = sent(front, address + "move/", to="2026-03-02T17:00", reason="")
    assert (status, "This field is required." in page, 'value="2026-03-02T17:00"' in page) == (422, True, True)
    status, page = sent(front, address + "move/", to="2026-03-02T20:00", reason="No part")
    assert (status, 'name="to" value="2026-03-03T09:00">Take' in page) == (422, True)
    _status, page = sent(front, address + "move/", to="2026-03-02T17:00", reason="No part")
    assert "The customer was told 14:30, and does not know yet that it moves to 17:00." in page
    _status, page = sent(front, address + "told-of-move/")
    assert "the customer was told first" in page
    assert "Moved from 14:30 to 17:00" in page
    assert "By 17:00" in page


def test_the_clock_stands_while_we_wait_and_shows_for_how_long(front: Client, garage: House) -> None:
    address = a_promise(garage)
    assert sent(front, address + "wait/", why="")[0] == 422
    assert "The clock stands" in sent(front, address + "wait/", why="Which colour?")[1]
    with time_machine.travel(MONDAY + HOUR, tick=False):
        page = shown(front, address)
        assert "Which colour?" in page
        assert "1 hour" in page
        assert "By 15:30" in sent(front, address + "go-on/")[1]
        assert "runs already" in sent(front, address + "go-on/")[1]


def test_what_cannot_be_kept_or_is_not_wanted_says_why_and_can_be_undone(front: Client, garage: House) -> None:
    address = a_promise(garage)
    for deed, sentence in (("missed/", "Written down as missed"), ("drop/", "Off the list")):
        assert sent(front, address + deed, why="")[0] == 422
        page = sent(front, address + deed, why="The maker is closed")[1]
        assert sentence in page
        assert "The maker is closed" in page
        assert "to be kept again" in sent(front, address + "reopen/")[1]


def test_it_is_handed_on(front: Client, garage: House) -> None:
    address = a_promise(garage)
    page = sent(front, address + "hand-on/", to=str(garage.manager.pk))[1]
    assert "Jaan Kask keeps it" in page
    assert "whoever is there keeps it" in sent(front, address + "hand-on/", to="")[1]


def test_the_words_for_her_are_in_her_language_with_the_ways_to_send_them(front: Client, garage: House) -> None:
    with garage.work():
        her = shop.customer(
            garage,
            language="en",
            phones=[("+3725551234", "555 1234")],
            emails=[("kaja@oja.example", "kaja@oja.example")],
        )
        address = f"promises/{shop.promise(garage, her).pk}/"
    page = shown(front, address)
    assert "We promised you “The brakes” by 14:30." in page
    assert "sms:+3725551234?body=We%20promised%20you" in page
    theirs = page.split(f"{settings.SITE_URL}/yours/")[1].split("<")[0]
    assert "The brakes" in Client().get(f"/yours/{theirs}").content.decode(), "the address leads to her own page"
    assert "mailto:kaja@oja.example?subject=The%20brakes" in page
    sent(front, address + "kept/", told="0")
    assert "Good news: “The brakes” is ready." in shown(front, address)


def test_whoever_has_no_language_is_written_to_in_that_of_the_branch(front: Client, garage: House) -> None:
    assert '<p id="words" lang="et">' in shown(front, a_promise(garage))


def test_a_promise_of_a_card_that_became_part_of_another_is_shown(front: Client, garage: House) -> None:
    with garage.work():
        kept, gone = shop.customer(garage), shop.customer(garage, "K. Oja")
        promise = shop.promise(garage, gone)
        merging.merge(kept, gone, by=garage.owner, at=MONDAY)
    page = shown(front, f"promises/{promise.pk}/")
    assert ("Kaja Oja" in page, "/yours/" in page) == (True, True)


def test_nobody_is_mailed_who_asked_for_none(front: Client, garage: House) -> None:
    with garage.work():
        her = shop.customer(garage, emails=[("kaja@oja.example", "kaja@oja.example")])
        customers.stop_mail(her, by=garage.owner, at=MONDAY)
        address = f"promises/{shop.promise(garage, her).pk}/"
    assert "mailto:" not in shown(front, address)


def test_the_list_narrows_and_says_what_will_appear(front: Client, garage: House) -> None:
    assert "Nothing is promised" in shown(front, "promises/")
    with garage.work():
        her, other = shop.customer(garage), shop.customer(garage, "Mari Kuusk")
        shop.promise(garage, her, "Winter tyres", due=MONDAY + 2 * HOUR)
        shop.promise(garage, other, "New wipers", keeper=garage.manager)
        promises.keep(shop.promise(garage, her, "A clean car"), by=garage.front_line, at=MONDAY + 10 * HOUR, told=False)
    page = shown(front, "promises/")
    assert page.index("Winter tyres") < page.index("New wipers"), "what is due first stands first"
    assert "A clean car" not in page
    for query, expected in {
        "q=wipers": "New wipers",
        "q=kuusk": "New wipers",
        "show=late": "A clean car",
        "show=tell": "A clean car",
        f"keeper={garage.manager.pk}": "New wipers",
    }.items():
        page = shown(front, f"promises/?{query}")
        there = {what for what in ("Winter tyres", "New wipers", "A clean car") if what in page}
        assert there == {expected}, query
    with time_machine.travel(MONDAY + 3 * HOUR, tick=False):
        assert "New wipers" not in shown(front, "promises/?show=overdue")
    for empty in ("show=early", "show=missed", "show=waiting", "q=nothing", "show=kept"):
        assert "Nothing here" in shown(front, f"promises/?{empty}"), empty
    assert "Winter tyres" in shown(front, "promises/?show=nonsense&keeper=nonsense&after=nonsense")


def test_the_list_goes_on_from_page_to_page(front: Client, garage: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        for number in range(53):
            shop.promise(garage, her, f"Thing {number:02}", due=MONDAY + timedelta(minutes=60 + number))
    first = shown(front, "promises/?q=thing")
    assert ("Thing 49" in first, "Thing 50" in first) == (True, False)
    address = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "q=thing" in address
    second = shown(front, "promises/" + address)
    assert ("Thing 49" in second, "Thing 50" in second, "Thing 52" in second) == (False, True, True)


def test_pages_take_the_same_queries_at_any_size(front: Client, garage: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        promise = shop.promise(garage, her)
        first = shop.job(garage, her, kind="Kind 0")
        shop.job(garage, her, kind="Kind 1")
    pages = (
        "promises/", "jobs/", f"promises/{promise.pk}/", f"jobs/{first.pk}/",
        f"customers/{her.pk}/promise/?kind={first.kind_id}",
    )  # fmt: skip

    def counted(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            shown(front, address)
        return len(queries)

    counted(pages[0])  # whose seat it is, and in which business, is asked once
    few = {address: counted(address) for address in pages}
    with garage.work():
        for number in range(40):
            shop.promise(garage, her, keeper=(garage.manager, garage.owner)[number % 2], job=first)
            shop.job(garage, her, kind=f"Kind {number}")
    assert {address: counted(address) for address in pages} == few
    assert max(few.values()) < 25


def test_the_owners_share_is_the_one_that_is_told(front: Client, garage: House) -> None:
    kind, card = worked(garage, 60), a_customer(garage)
    with garage.work():
        change_business(garage.business, by=garage.owner, at=MONDAY, promise_share="0.80")
    assert "We keep this in 80% of cases" in shown(front, f"{card}promise/?kind={kind.pk}")
