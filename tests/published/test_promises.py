"""What the method itself says in numbers and examples, made real: the rows are those of the requirements."""

from datetime import timedelta

import pytest

from regulars.desk import asks as figures
from regulars.desk import work as desk
from regulars.kernel.refusal import Refused
from regulars.record import asks, bends, estimates, extras, sales, work
from regulars.record.branches import Branch
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY, HOUR


def test_work_worth_100_is_quoted_110_and_a_little_more_is_done_for_it(garage: House) -> None:
    """TIP-01, TIP-02: value your work ten percent above; when it is accepted, do something extra."""
    with garage.work():
        job = shop.job(garage, shop.customer(garage))
        estimates.estimate(job, worth=100_00, by=garage.owner, at=MONDAY)
        assert (job.worth, job.estimate) == (100_00, 110_00)
        with pytest.raises(Refused):
            estimates.bill(job, amount=110_00, by=garage.owner, at=MONDAY)
        extras.give(job.customer, what="The car is washed", job=job, by=garage.owner, at=MONDAY)
        estimates.bill(job, amount=110_00, by=garage.owner, at=MONDAY)


def test_a_mistake_is_mended_free_by_whoever_made_it_and_pays_nobody(garage: House) -> None:
    """CMD-20, TIP-03, TIP-04: free of charge, by the same hands, without a commission; the rate is flipped."""
    with garage.work():
        job = work.finish(shop.job(garage, shop.customer(garage)), by=garage.front_line, at=MONDAY, told=True)
        estimates.bill(job, amount=100_00, by=garage.owner, at=MONDAY)
        again = work.come_back(job, what="It squeaks", due_at=MONDAY + DAY, by=garage.owner, at=MONDAY + HOUR)
        assert (again.most, again.commission_base, again.performer) == (0, 0, garage.front_line)
        right = desk.right_first_time(garage.business, since=MONDAY - DAY, at=MONDAY + DAY)
        assert (right.jobs, right.came_back) == (1, 1)


def test_a_taxi_for_500_and_15_minutes_stands_against_what_she_spent_since(garage: House) -> None:
    """SUM-22: it cost 500 roubles and 15 minutes and won a customer for life."""
    with garage.work():
        her = shop.customer(garage)
        asks.say_yes(
            shop.ask(garage, her), how="We call a taxi", cost=500, minutes=15, by=garage.owner, at=MONDAY, done=True
        )
        for days in (10, 30):
            at = MONDAY + timedelta(days=days)
            sales.record(her, at=at, amount=60_000, branch=Branch.objects.get(), by=garage.owner, now=at)
        found = figures.figures(since=MONDAY - DAY, at=MONDAY + 60 * DAY, currency="EUR")
    assert (found.answers.cost, found.answers.minutes, found.spent, found.came_back) == (500, 15, 120_000, 1)


def test_a_no_without_another_way_cannot_be_said(garage: House) -> None:
    """CMD-17: the limit of yes needs a reason and an alternative, and is looked at."""
    with garage.work():
        ask = shop.ask(garage, shop.customer(garage), "Help me move my sofa")
        with pytest.raises(Refused):
            asks.say_no(ask, reason="We sell laptops", instead="", by=garage.front_line, at=MONDAY)
        asks.say_no(ask, reason="We sell laptops", instead="A firm that does", by=garage.front_line, at=MONDAY)
        assert list(asks.to_review()) == [ask]


def test_three_bends_of_one_rule_ask_for_another_rule(garage: House) -> None:
    """TIP-06: hire people who bend rules for the good of the customer and the firm, and learn from them."""
    with garage.work():
        for _time in range(3):
            bends.bend(rule="No refund", why="Her mother died", good="She came back", by=garage.front_line, at=MONDAY)
        assert [str(rule) for rule in bends.to_change()] == ["No refund"]
