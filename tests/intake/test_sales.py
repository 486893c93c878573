"""A sale as it is typed at the counter."""

from datetime import UTC, datetime
from typing import Any

import pytest

from regulars.intake.sales import SaleForm
from regulars.record.branches import Branch
from regulars.record.people import Member
from tests.cast import MONDAY, House

TODAY = MONDAY.date()


def typed(garage: House, **words: Any) -> SaleForm:
    """Inside `garage.work()`."""
    branches = Branch.objects.all()
    sent = {"amount": "12.50", "day": str(TODAY), "branch": str(branches[0].pk), **words}
    return SaleForm(sent, branches=branches, members=Member.objects.all(), today=TODAY)


@pytest.mark.parametrize(
    ("amount", "cents"),
    [("12.50", 1250), ("12,50", 1250), ("1 200", 120_000), ("€ 5", 500), ("-20", -2000), ("−20,00", -2000)],
)
def test_an_amount_is_read_as_people_write_it(garage: House, amount: str, cents: int) -> None:
    with garage.work():
        form = typed(garage, amount=amount)
        assert form.is_valid(), form.errors
        assert form.particulars(MONDAY)["amount"] == cents


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"amount": "much"}, "amount"),
        ({"amount": ""}, "amount"),
        ({"amount": "1.2.3"}, "amount"),
        ({"day": "yesterday"}, "day"),
        ({"branch": "nonsense"}, "branch"),
        ({"served_by": "nonsense"}, "served_by"),
        ({"what": "x" * 301}, "what"),
    ],
)
def test_what_cannot_be_read_is_refused_and_the_rest_is_kept(garage: House, words: dict[str, str], field: str) -> None:
    with garage.work():
        form = typed(garage, **{"what": "Brakes", "receipt": "17", **words})
        assert list(form.errors) == [field]
        assert form["receipt"].value() == "17"
        assert form[field].value() == words[field]


def test_a_branch_of_the_business_next_door_is_none(garage: House, salon: House) -> None:
    with salon.work():
        theirs = Branch.objects.get().pk
    with garage.work():
        assert list(typed(garage, branch=str(theirs)).errors) == ["branch"]
        assert list(typed(garage, served_by=str(salon.owner.pk)).errors) == ["served_by"]


def test_a_sale_of_today_happened_now_and_one_of_an_earlier_day_at_noon_there(garage: House) -> None:
    with garage.work():
        now, earlier = typed(garage), typed(garage, day="2026-02-27")
        assert now.is_valid()
        assert earlier.is_valid()
        assert now.particulars(MONDAY)["at"] == MONDAY
        assert earlier.particulars(MONDAY)["at"] == datetime(2026, 2, 27, 10, tzinfo=UTC), "noon in Tallinn"
