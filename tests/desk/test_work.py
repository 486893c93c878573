"""Jobs as figures: right the first time, against the estimate, and nothing for what was done again."""

from datetime import timedelta
from typing import Any

import pytest

from regulars.desk import work as desk
from regulars.record import estimates, extras, work
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY, HOUR

SPAN = {"since": MONDAY - DAY, "at": MONDAY + 200 * DAY}


def finished(garage: House, her: Any, **more: Any) -> work.Job:
    return work.finish(shop.job(garage, her, **more), by=garage.front_line, at=MONDAY + HOUR, told=True)


@pytest.mark.parametrize(("days", "came_back"), [(90, 1), (91, 0)])
def test_a_comeback_within_the_days_flips_the_rate(garage: House, days: int, came_back: int) -> None:
    with garage.work():
        her = shop.customer(garage)
        first, _other = finished(garage, her), finished(garage, her)
        at = MONDAY + HOUR + days * DAY
        again = work.come_back(first, what="It squeaks", due_at=at + 8 * DAY, by=garage.front_line, at=at)
        work.finish(again, by=garage.front_line, at=at + HOUR, told=True, cost=2_500)
        found = desk.right_first_time(garage.business, **SPAN)
    assert (found.jobs, found.came_back, found.cost) == (2, came_back, 2_500)
    assert found.share == 1 - came_back / 2


def test_nothing_finished_has_no_share(garage: House, salon: House) -> None:
    with salon.work():
        finished(salon, shop.customer(salon))
    with garage.work():
        shop.job(garage, shop.customer(garage))
        assert desk.right_first_time(garage.business, **SPAN).share is None
        assert desk.performers(garage.business, **SPAN) == []


def test_a_job_with_an_extra_is_counted_once_and_one_taken_back_is_not(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        job, other = finished(garage, her), finished(garage, her)
        for what in ("Washed", "Coffee"):
            extras.give(her, what=what, cost=300, job=job, by=garage.owner, at=MONDAY)
        extras.take_back(
            extras.give(her, what="Wrong card", cost=900, job=other, by=garage.owner, at=MONDAY),
            by=garage.owner,
            at=MONDAY,
        )
        assert desk.right_first_time(garage.business, **SPAN).with_extra == 1
        assert desk.extras_given(**SPAN) == (2, 600)


def test_told_and_billed(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        for amount in (10_000, 11_000, 12_000):
            job = shop.job(garage, her)
            estimates.estimate(job, worth=10_000, by=garage.owner, at=MONDAY)
            extras.give(her, what="Washed", job=job, by=garage.owner, at=MONDAY)
            estimates.agree(job, amount=12_000, how="By phone", by=garage.owner, at=MONDAY)
            estimates.bill(job, amount=amount, by=garage.owner, at=MONDAY)
        estimates.bill(shop.job(garage, her), amount=5_000, by=garage.owner, at=MONDAY)  # nobody was told anything
        found = desk.estimates(**SPAN)
    assert (found.jobs, found.under, found.over) == (3, 1, 1)
    assert (found.estimated, found.billed, found.difference) == (33_000, 33_000, 0)


def test_work_done_again_adds_nothing_to_a_commission(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        job = finished(garage, her)
        estimates.bill(job, amount=10_000, by=garage.front_line, at=MONDAY + HOUR)
        again = work.come_back(job, what="", due_at=MONDAY + DAY, by=garage.owner, at=MONDAY + 2 * HOUR)
        work.finish(again, by=garage.front_line, at=MONDAY + 3 * HOUR, told=True, cost=4_000)
        estimates.bill(again, amount=0, by=garage.front_line, at=MONDAY + 3 * HOUR)
        [liis] = desk.performers(garage.business, **SPAN)
    assert (liis.name, liis.jobs, liis.came_back, liis.billed, liis.commission) == ("Liis Saar", 1, 1, 10_000, 10_000)
    assert liis.share == 0


def test_only_what_was_asked_for(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        finished(garage, her)
        finished(garage, her, performer=garage.manager, kind="Tyres that grip")
        assert desk.right_first_time(garage.business, **SPAN, performer=garage.manager).jobs == 1
        assert [one.name for one in desk.performers(garage.business, **SPAN)] == ["Jaan Kask", "Liis Saar"]
        late = {"since": MONDAY + HOUR, "at": MONDAY + 2 * DAY}
        assert desk.right_first_time(garage.business, **late).jobs == 0
        assert desk.right_first_time(garage.business, since=late["since"] - timedelta(seconds=1), at=late["at"]).jobs
