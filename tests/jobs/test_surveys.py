"""After a visit a letter goes out, once, to whoever may be asked; it stops when she says so, in one tap."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from regulars.jobs import surveys as jobs
from regulars.kernel import clock
from regulars.record import customers, sales, surveys, work
from regulars.record.branches import Branch
from regulars.record.business import Business
from regulars.record.ratings import Rating
from regulars.record.surveys import Survey
from tests import shop
from tests.cast import MONDAY, House
from tests.jobs.postman import Postman
from tests.shop import DAY, HOUR

AFTERWARDS = MONDAY + 4 * HOUR


@pytest.fixture
def asks(garage: House, post: Postman) -> Postman:
    """The business asks by letter, in English."""
    Business.objects.filter(pk=garage.business.pk).update(survey_by_mail=True)
    with garage.work():
        Branch.objects.update(language="en")
    return post


def visitor(garage: House, name: str = "Kaja Oja", *, email: str = "kaja@example.ee", **more: Any) -> Any:
    """She has an address, and a job of hers was finished at noon in Tallinn."""
    with garage.work():
        her = shop.customer(garage, name, emails=[(email, email)] if email else [], **more)
        work.finish(shop.job(garage, her), by=garage.front_line, at=MONDAY + HOUR, told=True)
        return her


def run(at: datetime, monkeypatch: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: at)
    jobs.ask(at)
    jobs.send(at)


def test_she_is_asked_once_with_a_link_and_a_way_out(garage: House, asks: Postman, monkeypatch: Any) -> None:
    visitor(garage, address_as="Mrs Oja")
    run(MONDAY + 3 * HOUR, monkeypatch)
    assert not asks.letters, "not before three hours are over"
    run(AFTERWARDS, monkeypatch)
    run(AFTERWARDS + HOUR, monkeypatch)
    [letter] = asks.letters
    body = letter.get_content()
    assert (letter["Subject"], letter["To"]) == ("How was it at Tamm's garage?", "kaja@example.ee")
    assert "Good day, Mrs Oja!" in body
    assert "We have done this for you: New brake pads." in body
    [address] = re.findall(r"questions, under a minute: (\S+)", body)
    assert letter["List-Unsubscribe"].strip() == f"<{address}stop/now/>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["Auto-Submitted"] == "auto-generated"
    with garage.work():
        assert Survey.objects.get().job.what == "New brake pads"


def test_one_reminder_goes_and_no_second_one(garage: House, asks: Postman, monkeypatch: Any) -> None:
    visitor(garage)
    run(AFTERWARDS, monkeypatch)
    for day in range(1, 30):
        run(AFTERWARDS + day * DAY, monkeypatch)
    assert [letter["Subject"][:9] for letter in asks.letters] == ["How was i", "Once more"]
    assert len({letter["Message-ID"] for letter in asks.letters}) == 2


def test_who_answered_gets_no_reminder(garage: House, asks: Postman, monkeypatch: Any) -> None:
    visitor(garage)
    run(AFTERWARDS, monkeypatch)
    with garage.work():
        shop.rating(garage, survey=Survey.objects.get(), value=5)
    run(AFTERWARDS + 5 * DAY, monkeypatch)
    assert len(asks.letters) == 1


def test_nobody_is_asked_who_may_not_be(garage: House, salon: House, asks: Postman, monkeypatch: Any) -> None:
    visitor(garage, "No Address", email="")
    for name, stop in (("No Mail", customers.stop_mail), ("No Questions", customers.stop_surveys)):
        her = visitor(garage, name, email=f"{name.replace(' ', '')}@example.ee")
        with garage.work():
            stop(her, by=garage.owner, at=MONDAY)
    asked = visitor(garage, "Asked Lately", email="lately@example.ee")
    with garage.work():
        shop.survey(garage, asked, at=MONDAY - 10 * DAY)
    with salon.work():
        her = shop.customer(salon, emails=[("x@example.fi", "x@example.fi")])
        work.finish(shop.job(salon, her), by=salon.front_line, at=MONDAY + HOUR, told=True)
    run(AFTERWARDS, monkeypatch)
    assert not asks.letters, "and the neighbour asks by no letter at all"


def test_a_sale_is_a_visit_a_refund_is_none_and_work_done_again_is_not_asked_about(
    garage: House, asks: Postman, monkeypatch: Any
) -> None:
    with garage.work():
        mails = [(f"{name}@example.ee", f"{name}@example.ee") for name in ("bought", "refund", "again")]
        bought, refund, again = (shop.customer(garage, one[0], emails=[one]) for one in mails)
        said = {"at": MONDAY, "branch": Branch.objects.get(), "by": garage.owner, "now": MONDAY}
        sales.record(bought, amount=100, served_by=garage.manager, **said)
        sales.record(refund, amount=-100, **said)
        first = shop.job(garage, again, at=MONDAY - 4 * DAY, due=MONDAY - 3 * DAY)
        work.finish(first, by=garage.front_line, at=MONDAY - 3 * DAY, told=True)
        second = work.come_back(first, what="", due_at=MONDAY + DAY, by=garage.front_line, at=MONDAY)
        work.finish(second, by=garage.front_line, at=MONDAY + HOUR, told=True)
    run(AFTERWARDS, monkeypatch)
    assert [letter["To"] for letter in asks.letters] == ["bought@example.ee"]
    assert "Thank you for coming to us." in asks.letters[0].get_content()
    with garage.work():
        assert Survey.objects.get().member == garage.manager


def test_at_night_the_letter_waits_for_the_morning(garage: House, asks: Postman, monkeypatch: Any) -> None:
    visitor(garage)
    run(MONDAY + 14 * HOUR, monkeypatch)
    assert not asks.letters
    run(MONDAY + 22 * HOUR, monkeypatch)
    assert not asks.letters
    run(MONDAY + 23 * HOUR, monkeypatch)
    assert len(asks.letters) == 1


def test_what_lies_further_back_is_not_asked_about(garage: House, asks: Postman, monkeypatch: Any) -> None:
    visitor(garage)
    run(AFTERWARDS + 3 * DAY + HOUR, monkeypatch)
    assert not asks.letters


def test_nothing_goes_out_when_the_business_writes_no_more_or_is_a_demo(
    garage: House, asks: Postman, monkeypatch: Any
) -> None:
    visitor(garage)
    monkeypatch.setattr(clock, "now", lambda: AFTERWARDS)
    jobs.ask(AFTERWARDS)
    Business.objects.update(survey_by_mail=False)
    jobs.send(AFTERWARDS)
    Business.objects.update(survey_by_mail=True, is_demo=True)
    jobs.send(AFTERWARDS)
    assert not asks.letters
    with garage.work():
        assert Survey.objects.get().failure == "The demo writes to nobody."


@pytest.mark.parametrize(("says", "goes_on"), [("450 Later", True), ("550 Nobody here", False)])
def test_what_the_mail_server_says_is_kept(
    garage: House, asks: Postman, monkeypatch: Any, says: str, goes_on: bool
) -> None:
    asks.to_letter = says
    visitor(garage)
    run(AFTERWARDS, monkeypatch)
    with garage.work():
        survey = Survey.objects.get()
        assert survey.failure.endswith(says[4:])
        assert (survey.send_at is not None, survey.failed_at is None) == (goes_on, goes_on)
    asks.to_letter = "250 OK"
    run(AFTERWARDS + 2 * timedelta(minutes=1), monkeypatch)
    assert len(asks.letters) == goes_on


def test_the_button_of_a_mail_program_stops_it_and_opening_the_link_does_not(
    garage: House, asks: Postman, monkeypatch: Any
) -> None:
    her = visitor(garage)
    run(AFTERWARDS, monkeypatch)
    address = asks.letters[0]["List-Unsubscribe"].strip(" <>").removeprefix("http://localhost:8000")
    robot = Client(enforce_csrf_checks=True)
    assert robot.get(address).status_code == 405
    assert robot.get(address.removesuffix("now/")).status_code == 200
    with garage.work():
        her.refresh_from_db()
        assert her.no_surveys_at is None
    assert robot.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    with garage.work():
        her.refresh_from_db()
        assert her.no_surveys_at == AFTERWARDS


def test_receipts_are_matched_at_night(garage: House) -> None:
    with garage.work():
        shop.rating(garage, receipt="R-1", value=5)
        her = shop.customer(garage)
        said = {"branch": Branch.objects.get(), "by": garage.owner, "now": MONDAY}
        sales.record(her, at=MONDAY, amount=100, receipt="R-1", **said)
    jobs.match(MONDAY + DAY)
    with garage.work():
        assert Rating.objects.get().customer == her
        assert not surveys.to_send(at=MONDAY).exists()
