"""The acknowledgement: in her language, by when she hears from us, and nothing that she typed."""

from datetime import timedelta
from typing import Any

import pytest

from regulars.desk import acknowledging
from regulars.record.branches import Branch
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY, HOUR


def test_it_says_by_when_she_hears_and_where_it_stands(garage: House) -> None:
    with garage.work():
        its = shop.complaint(garage, "Buy pills at spam.example", language="en")
        subject, text = acknowledging.words(its, MONDAY)
        assert subject == "We have your complaint, number 1"
        assert "You hear from us by 14:30." in text
        assert "closed" not in text
        assert f"/said/{garage.business.pk}/{its.secret}/" in text
        assert "spam" not in text + subject
        assert text.count("Tamm's garage") == 1, "the branch is called as the business is"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (
            MONDAY + 9 * HOUR,
            "We are closed now and open again: tomorrow 09:00. You hear from us by tomorrow 13:00.",
        ),
        (
            MONDAY + 4 * DAY + 9 * HOUR,
            "We are closed now and open again: Monday 9 March, 09:00. You hear from us by Monday 9 March, 13:00.",
        ),
        (MONDAY + 7.5 * HOUR - timedelta(minutes=1), "You hear from us by tomorrow 12:59."),
    ],
)
def test_it_is_honest_about_closed_hours(garage: House, at: Any, said: str) -> None:
    with garage.work():
        assert acknowledging.by_when(Branch.objects.get(), shop.complaint(garage, at=at).hears_by, at) == said


def test_a_branch_without_hours_promises_within_a_day(garage: House) -> None:
    with garage.work():
        Branch.objects.get().intervals.all().delete()
        its = shop.complaint(garage)
        assert acknowledging.by_when(its.branch, its.hears_by, MONDAY) == "You hear from us by tomorrow 10:30."


def test_in_her_language_else_the_branchs_else_the_business_else_english(garage: House) -> None:
    assert acknowledging.language("sv", "fi", "et") == "fi"
    assert acknowledging.language("sv", "", "xx") == "en"
