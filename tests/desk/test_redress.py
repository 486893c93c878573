"""Complaints in figures, counted by hand."""

from typing import Any

import pytest

from regulars.desk import honesty, redress
from regulars.desk.redress import Share
from regulars.record import causes, changes, closing, complaints, messages, sales, work
from regulars.record.approvals import Approval
from regulars.record.branches import Branch
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY, HOUR


def bought(house: House, her: Any, at: Any, amount: int = 50_00) -> None:
    sales.record(her, at=at, amount=amount, branch=Branch.objects.get(), by=house.owner, now=MONDAY)


def figures(days: int = 400, at: Any = MONDAY) -> redress.Figures:
    return redress.figures(since=at - days * DAY, at=at, currency="EUR")


def test_nothing_happened_and_nothing_is_divided_by(garage: House) -> None:
    with garage.work():
        found = figures()
    assert (found.complaints, found.per_hundred, found.acknowledged, found.right.share) == (0, None, None, None)
    assert [(back.complained.of, back.others.of) for back in found.back] == [(0, 0)] * 3
    assert found.right.limits == (0.0, 1.0)


def test_how_many_how_soon_by_whom_and_what_it_cost(garage: House) -> None:
    liis = garage.front_line
    with garage.work():
        her = shop.customer(garage)
        began = MONDAY - 9 * DAY
        job = work.finish(shop.job(garage, her, at=began, due=MONDAY - 3 * DAY), by=liis, at=began, told=True)
        then = MONDAY - 7 * DAY
        mine = shop.complaint(garage, customer=her, job=job, at=then)
        shop.recovery(garage, mine, cost=20_00, at=then)
        closing.confirm(mine, by=liis, at=then + 2 * HOUR)
        passed = shop.complaint(garage, at=then, by=None, source="letter")
        complaints.take(passed, by=liis, at=then + HOUR)
        complaints.acknowledge(passed, by=liis, at=then + HOUR)
        passed.refresh_from_db()
        complaints.pass_on(passed, to=garage.manager, by=liis, at=then)
        shop.recovery(garage, passed, at=then, by=garage.manager)
        shop.complaint(garage, at=then - 2 * DAY)
        junk = shop.complaint(garage, at=then)
        type(junk).objects.filter(pk=junk.pk).update(aside_at=MONDAY, aside_as="junk")
        found = figures()
        assert (found.complaints, found.jobs, found.per_hundred) == (3, 1, 300)
        assert found.acknowledged is not None
        assert (found.acknowledged.median, found.acknowledged.ninetieth) == (0, 48)
        assert found.right_after is not None
        assert found.right_after.median == 120
        assert (found.first_person, found.right) == (Share(1, 2), Share(1, 2))
        assert (found.cost, found.passed_on, found.approvals, found.waited) == (20_00, 1, 0, None)
        (kind,) = found.groups["kind"]
        assert (kind.name, kind.complaints, kind.jobs) == ("Brakes that hold", 1, 1)
        assert found.groups["kind"][0].per_hundred == 100
        assert {group.name: group.complaints for group in found.groups["door"]} == {
            "at the counter": 2,
            "in a letter": 1,
        }
        assert found.groups["door"][0].per_hundred is None
        asked = Approval.objects.create(
            recovery=mine.recoveries.get(), cost=1, asked_at=then, asked_by=liis, of=garage.manager
        )
        Approval.objects.filter(pk=asked.pk).update(decided_at=then + HOUR, yes=True)
        waited = figures().waited
        assert waited is not None
        assert waited.median == 60


def test_who_came_back_and_what_she_has_spent_since(garage: House) -> None:
    with garage.work():
        back, gone, never = (shop.customer(garage, name) for name in ("Back", "Gone", "Never"))
        for her in (back, gone):
            its = shop.complaint(garage, customer=her, at=MONDAY - 100 * DAY)
            shop.recovery(garage, its, at=MONDAY - 100 * DAY)
            closing.confirm(its, by=None, at=MONDAY - 99 * DAY)
        bought(garage, back, MONDAY - 101 * DAY, 70_00)
        bought(garage, back, MONDAY - 20 * DAY, 80_00)
        bought(garage, gone, MONDAY - 99 * DAY - HOUR)
        shop.complaint(garage, customer=shop.customer(garage, "Too new"), at=MONDAY - 89 * DAY)
        for days in (200, 150, 30):
            bought(garage, never, MONDAY - days * DAY)
        found = figures()
        assert (found.back[0].complained, found.back[0].others) == (Share(2, 2), Share(1, 2))
        assert found.back[1].complained == Share(0, 0)
        assert found.back[1].others == Share(1, 1)
        assert (found.spent_since, found.turned) == (80_00, Share(1, 2))
        assert figures(days=90).back[0].complained == Share(2, 2)
        assert figures(days=9).back[0].complained == Share(0, 0)


def test_a_refund_is_no_coming_back(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        its = shop.complaint(garage, customer=her, at=MONDAY - 100 * DAY)
        shop.recovery(garage, its, at=MONDAY - 100 * DAY)
        bought(garage, her, MONDAY - 50 * DAY, -20_00)
        found = figures()
    assert (found.back[0].complained, found.spent_since) == (Share(0, 1), 0)


def test_what_is_over_changed_something_and_every_letter_is_answered(garage: House) -> None:
    said = {"by": garage.owner, "at": MONDAY}
    with garage.work():
        changed, other = shop.complaint(garage), shop.complaint(garage)
        for its in (changed, other):
            shop.recovery(garage, its)
            closing.confirm(its, **said)
        cause = causes.find(name="Bolts", **said)
        causes.tie(changed, cause, **said)
        change = changes.make(cause, what="x", keeper=garage.owner, due_on=MONDAY.date(), **said)
        closing.close(changed, **said)
        closing.change_nothing(other, why="Rain", **said)
        closing.close(other, **said)
        assert figures().changed == Share(1, 2)
        messages.receive(shop.complaint(garage), text="a", at=MONDAY)
        answered = shop.complaint(garage)
        messages.receive(answered, text="b", at=MONDAY)
        messages.say(answered, text="c", **said)
        assert figures().answered == Share(1, 1), "what may still be answered in time counts nowhere"
        assert figures(at=MONDAY + DAY).answered == Share(1, 2)
        changes.do(change, **said)
        change.refresh_from_db()
        counted = {"before": 9, "work_before": 9, "after": 0, "work_after": 9}
        changes.judge(change, days=30, counted=counted, held="gone", at=MONDAY)
        assert figures().gone == Share(1, 1)
        causes.tie(shop.complaint(garage, at=MONDAY + DAY), cause, by=garage.owner, at=MONDAY + DAY)
        assert figures().gone == Share(0, 1), "it came back since"
        praised = shop.complaint(garage)
        closing.praise(praised, where="On the map", **said)
        assert figures().praised == 1


@pytest.mark.parametrize(("claims", "may"), [(99, True), (100, False), (101, False)])
def test_a_rule_may_be_tightened_above_one_in_a_hundred(claims: int, may: bool) -> None:
    assert honesty.may_tighten(Share(1, claims)) is may


def test_who_complained_often_is_looked_at_with_what_it_cost(garage: House) -> None:
    with garage.work():
        often, twice = shop.customer(garage, "Often"), shop.customer(garage, "Twice")
        for her, times in ((often, 3), (twice, 2)):
            for _each in range(times):
                its = shop.complaint(garage, customer=her)
                shop.recovery(garage, its, cost=10_00)
        closing.doubt(its, why="The same cup", by=garage.owner, at=MONDAY)
        found = honesty.honesty(at=MONDAY)
        (one,) = found.often
        assert (one.customer, one.claims, one.doubted, one.cost, one.value) == (often, 3, 0, 30_00, None)
        assert (found.doubted, found.cost, found.cost_of_doubted) == (Share(1, 5), 50_00, 10_00)
        assert found.may_tighten
        assert honesty.doubted(at=MONDAY) == Share(1, 5)


@pytest.mark.parametrize("size", [1, 12])
def test_the_figures_ask_the_same_however_many(garage: House, size: int, django_assert_max_num_queries: Any) -> None:
    with garage.work():
        for place in range(size):
            her = shop.customer(garage, f"Customer {place}")
            shop.recovery(garage, shop.complaint(garage, customer=her))
        with django_assert_max_num_queries(24):
            figures()
        with django_assert_max_num_queries(6):
            honesty.honesty(at=MONDAY)
