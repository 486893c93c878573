"""The worker: looks for what was asked, does what the night brings, and is not stopped by what breaks."""

import threading
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError

from regulars.jobs import runner, schedule
from regulars.jobs import upkeep as nightly_upkeep
from regulars.jobs.schedule import Nightly
from regulars.kernel import bell
from regulars.record import reckonings, upkeep
from regulars.record.worth import latest
from tests.cast import MONDAY, House

NIGHT = Nightly(lambda _now: None, time(3, 30))


@pytest.mark.parametrize(
    ("last", "now", "is_due"),
    [
        (None, datetime(2026, 3, 2, 1, tzinfo=UTC), True),
        (datetime(2026, 3, 1, 3, 31, tzinfo=UTC), datetime(2026, 3, 2, 3, 29, tzinfo=UTC), False),
        (datetime(2026, 3, 1, 3, 31, tzinfo=UTC), datetime(2026, 3, 2, 3, 30, tzinfo=UTC), True),
        (datetime(2026, 3, 1, 3, 31, tzinfo=UTC), datetime(2026, 3, 5, 12, tzinfo=UTC), True),  # slept for days
        (datetime(2026, 3, 2, 3, 30, tzinfo=UTC), datetime(2026, 3, 2, 23, tzinfo=UTC), False),
    ],
)
def test_a_night_is_due_once_and_made_up_for(last: datetime | None, now: datetime, is_due: bool) -> None:
    assert NIGHT.is_due(last, now) is is_due


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A schedule of its own; returns what was done, in order."""
    done: list[str] = []

    def breaks(_now: datetime) -> None:
        done.append("breaks")
        raise ValueError("it is broken")

    asked = {"breaks": breaks, "asked": lambda _now: done.append("asked")}
    nightly = {"night": Nightly(lambda _now: done.append("night"), time(3, 30)), "bad": Nightly(breaks, time(3, 30))}
    monkeypatch.setattr(runner, "WHEN_ASKED", asked)
    monkeypatch.setattr(runner, "NIGHTLY", nightly)
    return done


@pytest.mark.django_db
def test_one_that_breaks_does_not_stop_the_others_and_is_told(table: list[str]) -> None:
    runner.turn(MONDAY)
    assert table == ["breaks", "asked", "night", "breaks"]
    told = {run.name: run.failure for run in upkeep.JobRun.objects.all()}
    assert told == {"nightly night": "", "nightly bad": "ValueError: it is broken", "heartbeat": ""}


@pytest.mark.django_db
def test_the_night_comes_once_what_is_asked_is_looked_for_each_time(table: list[str]) -> None:
    runner.turn(MONDAY)
    table.clear()
    runner.turn(MONDAY + timedelta(seconds=30))
    assert table == ["breaks", "asked"]
    assert upkeep.last_began(upkeep.HEARTBEAT) == MONDAY
    runner.turn(MONDAY + timedelta(minutes=2))
    assert upkeep.last_began(upkeep.HEARTBEAT) == MONDAY + timedelta(minutes=2)


@pytest.mark.django_db
def test_a_night_that_was_killed_is_done_again(table: list[str]) -> None:
    upkeep.began("nightly night", at=MONDAY)
    runner.turn(MONDAY + timedelta(minutes=5))
    assert "night" in table


@pytest.mark.django_db
def test_the_real_schedule_runs_on_a_business_without_sales(garage: House) -> None:
    runner.turn(MONDAY)
    assert {run.name for run in upkeep.JobRun.objects.filter(failure="")} == {
        *(f"nightly {name}" for name in schedule.NIGHTLY),
        "heartbeat",
    }


@pytest.mark.django_db
def test_what_a_killed_worker_began_is_begun_anew(garage: House) -> None:
    with garage.work():
        reckonings.ask(at=MONDAY)
        begun = reckonings.begin(at=MONDAY)  # and the worker is killed here
    runner.turn(MONDAY + timedelta(hours=1))
    with garage.work():
        assert begun is not None
        begun.refresh_from_db()
        assert begun.finished_at is not None
        assert latest() is not None


@pytest.mark.django_db
def test_sessions_that_have_run_out_are_thrown_away() -> None:
    Session.objects.create(session_key="old", session_data="", expire_date=MONDAY - timedelta(days=9000))
    nightly_upkeep.throw_away(MONDAY)
    assert not Session.objects.exists()


def test_a_worker_goes_on_when_the_database_was_away(monkeypatch: pytest.MonkeyPatch, db: Any) -> None:
    turns: list[datetime] = []

    def turn(now: datetime) -> None:
        turns.append(now)
        if len(turns) == 1:
            raise OperationalError("the server went away")

    monkeypatch.setattr(runner, "turn", turn)
    monkeypatch.setattr(runner, "LOOK_EVERY", 0.01)
    runner.run(lambda: len(turns) < 3)
    assert len(turns) == 3


def test_the_bell_wakes_the_worker_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[datetime] = []
    monkeypatch.setattr(runner, "turn", turns.append)
    monkeypatch.setattr(runner, "LOOK_EVERY", 60.0)
    monkeypatch.setattr(runner.Alone, "is_mine", lambda _self: True)
    worker = threading.Thread(target=runner.run, args=[lambda: len(turns) < 2])
    worker.start()
    for _ in range(100):
        if worker.is_alive():
            bell.ring()
            worker.join(0.1)
    assert not worker.is_alive()
    assert len(turns) == 2
