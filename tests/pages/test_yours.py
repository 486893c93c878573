"""The customer's own page: hers alone, in her language, open to whoever holds the link and to nobody else."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from regulars.record import customers, estimates, links, merging, moves, promises, work
from regulars.record.asks import Ask
from regulars.record.branches import Branch
from regulars.record.business import Business
from regulars.record.complaints import Complaint
from regulars.record.journal import Entry
from regulars.record.people import Role
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY, HOUR


@pytest.fixture(autouse=True)
def monday() -> Any:
    with time_machine.travel(MONDAY, tick=False):
        yield


def address(house: House, her: Any) -> str:
    with house.work():
        return f"/yours/{house.business.pk}/{links.Link.objects.get(customer=her).secret}/"


def english(house: House, **more: Any) -> customers.Customer:
    return shop.customer(house, language="en", **more)


def read(where: str, status: int = 200) -> str:
    response = Client().get(where)
    assert response.status_code == status
    return response.content.decode()


def test_she_reads_what_was_promised_and_how_it_stands(garage: House) -> None:
    with garage.work():
        her = english(garage, address_as="Mrs Oja")
        shop.promise(garage, her, "New tyres")
        ready = shop.promise(garage, her, "The brakes")
        promises.keep(ready, by=garage.front_line, at=MONDAY, told=True)
        moved = shop.promise(garage, her, "The roof rack")
        moves.move(moved, to=MONDAY + DAY, reason="Bolts forgotten", told=True, by=garage.front_line, at=MONDAY)
        waits = shop.promise(garage, her, "The radio")
        moves.wait(waits, why="Her code", by=garage.front_line, at=MONDAY)
        missed = shop.promise(garage, her, "The old horn")
        promises.miss(missed, why="Nobody makes it", by=garage.front_line, at=MONDAY)
        gone = shop.promise(garage, her, "The aerial")
        promises.drop(gone, why="Sold the car", by=garage.front_line, at=MONDAY)
    page = read(address(garage, her))
    assert "Good to see you, Mrs Oja" in page
    assert "Ready by 14:30." in page
    assert "Ready since 10:30." in page
    assert "14:30 became tomorrow 10:30." in page
    assert "We wait for your answer since 10:30." in page
    assert "We could not keep this. We are sorry." in page
    for ours in ("The aerial", "Bolts forgotten", "Her code", "Nobody makes it", "Liis Saar"):
        assert ours not in page


def test_what_is_late_says_so(garage: House) -> None:
    with garage.work():
        her = english(garage)
        shop.promise(garage, her)
    with time_machine.travel(MONDAY + 5 * HOUR, tick=False):
        assert "Promised by 14:30, and late. We are sorry" in read(address(garage, her))


def test_a_move_that_she_was_not_told_of_is_not_told_by_a_page(garage: House) -> None:
    with garage.work():
        her = english(garage)
        promise = shop.promise(garage, her)
        moves.move(promise, to=MONDAY + DAY, reason="No pads", told=False, by=garage.front_line, at=MONDAY)
    page = read(address(garage, her))
    assert "Ready by 14:30." in page
    assert "became" not in page


def test_the_estimate_and_the_bill_stand_beside_her_job(garage: House) -> None:
    with garage.work():
        her = english(garage)
        job = shop.job(garage, her)
        estimates.estimate(job, worth=10_000, by=garage.owner, at=MONDAY)
    assert "You were told €110.00 at most." in read(address(garage, her))
    with garage.work():
        work.finish(job, by=garage.front_line, at=MONDAY, told=True)
        estimates.bill(job, amount=9_500, by=garage.owner, at=MONDAY)
    assert "It cost €95.00." in read(address(garage, her))


def test_nobody_else_stands_on_it(garage: House, salon: House) -> None:
    with garage.work():
        her, other = english(garage), english(garage, name="Somebody Else")
        shop.promise(garage, her, "The brakes")
        shop.promise(garage, other, "A secret present")
    page = read(address(garage, her))
    assert "The brakes" in page
    assert "A secret present" not in page
    with garage.work():
        secret = links.Link.objects.get(customer=her).secret
    read(f"/yours/{salon.business.pk}/{secret}/", 410)


def test_reading_it_writes_nothing(garage: House) -> None:
    with garage.work():
        her = english(garage)
        shop.promise(garage, her)
        before = Entry.objects.count()
    where = address(garage, her)
    for _time in range(3):
        read(where)
    with garage.work():
        assert (Entry.objects.count(), Ask.objects.count()) == (before, 0)


@pytest.mark.parametrize("act", ["message/", "jobs/00000000-0000-7000-8000-000000000000/not-right/"])
def test_opening_the_address_of_a_deed_does_nothing(garage: House, act: str) -> None:
    with garage.work():
        her = english(garage)
        shop.promise(garage, her)
    read(address(garage, her) + act, 405)


def test_search_engines_caches_and_other_sites_are_kept_out(garage: House) -> None:
    with garage.work():
        her = english(garage)
        shop.promise(garage, her)
    for where, status in ((address(garage, her), 200), (f"/yours/{garage.business.pk}/nonsense/", 410)):
        response = Client().get(where)
        assert response.status_code == status
        assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert response["Referrer-Policy"] == "same-origin"
        assert "no-store" in response["Cache-Control"]
    assert "Disallow: /yours/" in Client().get("/robots.txt").content.decode()


@pytest.mark.parametrize("secret", ["nonsense", "A" * 43, "%20", "ä", "A" * 500])
def test_a_link_that_never_was_looks_like_one_that_has_ended(garage: House, secret: str) -> None:
    page = read(f"/yours/{garage.business.pk}/{secret}/", 410)
    assert garage.business.name.replace("'", "&#x27;") in page
    assert read(f"/yours/{uuid4()}/{secret}/", 404)


def test_it_ends_a_month_after_the_last_promise(garage: House) -> None:
    with garage.work():
        her = english(garage)
        promise = shop.promise(garage, her)
    where, over = address(garage, her), promise.due_at + timedelta(days=30)
    with time_machine.travel(over - timedelta(seconds=1), tick=False):
        read(where)
    with time_machine.travel(over, tick=False):
        read(where, 410)


def test_a_new_link_ends_the_old_one(client: Client, garage: House) -> None:
    client.force_login(garage.person(Role.FRONT_LINE))
    with garage.work():
        her = english(garage)
        shop.promise(garage, her)
    old = address(garage, her)
    client.post(f"/at/garage/customers/{her.pk}/link/")
    read(old, 410)
    read(address(garage, her))


def test_a_link_can_be_made_before_anything_was_promised(client: Client, garage: House) -> None:
    client.force_login(garage.person(Role.FRONT_LINE))
    with garage.work():
        her = english(garage)
    assert "no link yet" in client.get(f"/at/garage/customers/{her.pk}/").content.decode()
    client.post(f"/at/garage/customers/{her.pk}/link/")
    assert "Nothing is open between us." in read(address(garage, her))


def test_the_link_of_a_card_that_was_merged_shows_the_one_that_is_left(garage: House) -> None:
    with garage.work():
        kept, gone = english(garage), english(garage, name="Kaja Oja-Kask")
        shop.promise(garage, gone, "The brakes")
        merging.merge(kept, gone, by=garage.owner, at=MONDAY)
        secret = links.Link.objects.get(customer=gone).secret
    assert "The brakes" in read(f"/yours/{garage.business.pk}/{secret}/")


@pytest.mark.parametrize(("hers", "branchs", "language"), [("fi", "et", "fi"), ("", "ru", "ru"), ("sv", "xx", "et")])
def test_she_reads_it_in_her_language(garage: House, hers: str, branchs: str, language: str) -> None:
    with garage.work():
        Branch.objects.update(language=branchs)
        her = shop.customer(garage, language=hers)
        shop.promise(garage, her)
    assert f'<html lang="{language}"' in read(address(garage, her))


def write(where: str, text: str = "Winter tyres too, please", **more: str) -> Any:
    return Client().post(where, {"text": text, **more})


def test_what_she_writes_is_an_ask_at_any_hour(garage: House) -> None:
    with garage.work():
        her = english(garage)
        shop.promise(garage, her)
    where = address(garage, her)
    with time_machine.travel(MONDAY + 4 * DAY + 12 * HOUR, tick=False):  # Friday, half past ten in the evening
        response = write(f"{where}message/")
        assert response.status_code == 302
        page = read(response["Location"].split("#")[0])
        assert "Thank you. We have your message." in page
        assert "We open next: Monday 9 March, 09:00. You hear from us on that day." in page
    with garage.work():
        ask = Ask.objects.get()
    assert (ask.text, ask.source, ask.heard_by_id, ask.customer_id) == (
        "Winter tyres too, please",
        "page",
        None,
        her.pk,
    )


def test_while_there_is_time_she_hears_from_us_today(garage: House) -> None:
    with garage.work():
        her = english(garage)
        shop.promise(garage, her)
    assert "You hear from us today." in read(address(garage, her))
    with time_machine.travel(MONDAY + 6.5 * HOUR, tick=False):  # an hour before closing
        assert "You hear from us today." in read(address(garage, her))
    with time_machine.travel(MONDAY + 6.5 * HOUR + timedelta(minutes=1), tick=False):
        assert "We open next: tomorrow 09:00." in read(address(garage, her))


def test_before_the_door_opens_she_hears_from_us_on_the_same_day(garage: House) -> None:
    with garage.work():
        her = english(garage)
        shop.promise(garage, her)
    with time_machine.travel(MONDAY + DAY - 3 * HOUR, tick=False):
        assert "We open at 09:00. You hear from us today." in read(address(garage, her))


def test_without_opening_hours_nothing_is_promised(garage: House) -> None:
    with garage.work():
        her = english(garage)
        shop.promise(garage, her)
        Branch.objects.get().intervals.all().delete()
    assert "as soon as we are there" in read(address(garage, her))


def test_a_job_that_is_not_right_can_be_told_until_a_month_after(garage: House) -> None:
    with garage.work():
        her = english(garage)
        job = work.finish(shop.job(garage, her), by=garage.front_line, at=MONDAY, told=True)
        unfinished = shop.job(garage, her, "New tyres")
        theirs = work.finish(
            shop.job(garage, english(garage, name="Other")), by=garage.front_line, at=MONDAY, told=True
        )
    where = address(garage, her)
    assert "Not right? Tell us" in read(where)
    for other in (unfinished, theirs):
        assert write(f"{where}jobs/{other.pk}/not-right/").status_code == 404
    assert Client().post(f"{where}jobs/{job.pk}/not-right/", {f"{job.pk}-text": "It squeaks"}).status_code == 302
    with garage.work():
        its = Complaint.objects.get()
        assert (its.job, its.about, its.text, its.customer) == (job, garage.front_line, "It squeaks", her)


def test_an_empty_or_endless_message_comes_back_with_what_was_typed(garage: House) -> None:
    with garage.work():
        her = english(garage)
        job = work.finish(shop.job(garage, her), by=garage.front_line, at=MONDAY, told=True)
    where = address(garage, her)
    assert write(f"{where}message/", " ").status_code == 422
    long = write(f"{where}message/", "squeak " * 200)
    assert long.status_code == 422
    assert "squeak squeak" in long.content.decode()
    wrong = Client().post(f"{where}jobs/{job.pk}/not-right/", {f"{job.pk}-text": ""})
    assert wrong.status_code == 422
    assert '<details class="fold" open>' in wrong.content.decode()
    with garage.work():
        assert Ask.objects.count() == 0


def test_a_robot_that_fills_in_everything_is_thanked_and_not_heard(garage: House) -> None:
    with garage.work():
        her = english(garage)
        shop.promise(garage, her)
    assert write(f"{address(garage, her)}message/", website="https://spam.example").status_code == 302
    with garage.work():
        assert Ask.objects.count() == 0


def test_five_messages_an_hour_are_heard_and_the_sixth_keeps_its_words(garage: House) -> None:
    with garage.work():
        her = english(garage)
        shop.promise(garage, her)
    where = f"{address(garage, her)}message/"
    assert [write(where).status_code for _time in range(5)] == [302] * 5
    sixth = write(where, "And wipers")
    assert sixth.status_code == 422
    assert "Please call us instead." in sixth.content.decode()
    assert "And wipers" in sixth.content.decode()
    with garage.work():
        assert Ask.objects.count() == 5


@pytest.mark.parametrize("size", [1, 20])
def test_the_same_questions_however_much_was_promised(
    garage: House, size: int, django_assert_max_num_queries: Any
) -> None:
    with garage.work():
        her = english(garage)
        for _number in range(size):
            work.finish(shop.job(garage, her), by=garage.front_line, at=MONDAY, told=True)
            shop.promise(garage, her)
    where = address(garage, her)
    with django_assert_max_num_queries(13):
        read(where)


def test_a_business_that_is_gone_answers_nothing(garage: House) -> None:
    with garage.work():
        her = english(garage)
        shop.promise(garage, her)
    where = address(garage, her).replace(str(garage.business.pk), str(uuid4()))
    assert Business.objects.get(pk=garage.business.pk).name not in read(where, 404)
