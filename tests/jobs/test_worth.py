"""Worked out at night and when somebody asks."""

from datetime import timedelta
from typing import Any

import pytest

from regulars.jobs import worth as jobs
from regulars.record import reckonings, worth
from regulars.record.calls import Call, open_calls
from regulars.record.customers import Contact
from regulars.record.reckonings import Reckoning
from tests.cast import MONDAY, House
from tests.history import a_town, bring


def still_open() -> bool:
    return any(each.is_open for each in Reckoning.objects.all())


def test_the_night_asks_for_every_business_and_the_worker_does_it(garage: House, salon: House) -> None:
    bring(garage, a_town())
    jobs.ask_for_every_business(MONDAY)
    jobs.ask_for_every_business(MONDAY)
    jobs.work_out_what_was_asked(MONDAY)
    for house, customers in ((garage, 60), (salon, 0)):
        with house.work():
            fit, reckoning = worth.latest(), reckonings.latest()
            assert fit is not None
            assert fit.story["customers"] == customers
            assert reckoning is not None
            assert (reckoning.percent, reckoning.is_open) == (100, False)
            assert Reckoning.objects.count() == 1


def test_whoever_has_just_brought_her_history_finds_her_calls_planned(garage: House) -> None:
    people = bring(garage, a_town())
    with garage.work():
        phones = [
            Contact(customer=her, kind="phone", value=f"+3725551{i:04}", written="")
            for i, her in enumerate(people.values())
        ]
        Contact.objects.bulk_create(phones)
        reckonings.ask(by=garage.owner, at=MONDAY)
    jobs.work_out_what_was_asked(MONDAY)
    with garage.work():
        assert open_calls().filter(play=Call.Play.TOP_TEN).count() == 10


def test_what_nobody_asked_for_is_not_worked_out(garage: House) -> None:
    jobs.work_out_what_was_asked(MONDAY)
    with garage.work():
        assert worth.latest() is None


def test_what_a_killed_worker_left_is_worked_out_by_the_next(garage: House) -> None:
    bring(garage, a_town())
    with garage.work():
        reckonings.ask(by=garage.owner, at=MONDAY)
        reckonings.begin(at=MONDAY)  # and then the light went out
    jobs.work_out_what_was_asked(MONDAY + timedelta(minutes=10))
    with garage.work():
        assert worth.latest() is not None
        assert not still_open()


def test_one_that_breaks_is_marked_and_what_was_worked_out_before_stands(
    garage: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(garage, a_town())
    with garage.work():
        reckonings.ask(at=MONDAY)
    jobs.work_out_what_was_asked(MONDAY)

    def breaks(*_columns: Any, **_options: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("regulars.engines.lifetime.summarise", breaks)
    with garage.work():
        before = worth.latest()
        reckonings.ask(at=MONDAY + timedelta(hours=1))
    with pytest.raises(ZeroDivisionError):
        jobs.work_out_what_was_asked(MONDAY)
    with garage.work():
        found = reckonings.latest()
        assert found is not None
        assert found.failed_at is not None
        assert worth.latest() == before
        assert not still_open()
