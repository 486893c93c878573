"""Calls are planned for every business, each by its own date."""

from datetime import UTC, datetime, timedelta

from regulars.desk import worth
from regulars.jobs import plays, schedule
from regulars.record.business import Business
from regulars.record.calls import open_calls
from tests.cast import House
from tests.history import bring

LATE = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)  # half past midnight in Tallinn, still Monday in New York


def test_every_business_gets_its_calls_by_its_own_date(garage: House, salon: House) -> None:
    Business.objects.filter(pk=salon.business.pk).update(zone="America/New_York")
    for house in (garage, salon):
        bring(house, {"Mari Oja": [(10, 5_000), (40, 5_000)]})
        worth.work_out(house.business, at=LATE)
    plays.plan_calls(LATE)
    for house, day in ((garage, LATE.date() + timedelta(days=1)), (salon, LATE.date())):
        with house.work():
            assert open_calls().get().not_before == day
            assert open_calls().get().planned_at == LATE


def test_a_night_that_runs_twice_plans_once(garage: House) -> None:
    bring(garage, {"Mari Oja": [(10, 5_000), (40, 5_000)]})
    worth.work_out(garage.business, at=LATE)
    for _time in range(2):
        schedule.NIGHTLY["calls"].job(LATE)
    with garage.work():
        assert open_calls().count() == 1


def test_where_nothing_was_worked_out_nobody_is_called(garage: House) -> None:
    plays.plan_calls(LATE)
    with garage.work():
        assert not open_calls().exists()


def test_calls_are_planned_after_the_worth_is_asked_for() -> None:
    assert schedule.NIGHTLY["worth"].after < schedule.NIGHTLY["calls"].after
