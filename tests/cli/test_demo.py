"""The demo's half year can be made up at whatever moment somebody asks for it."""

from datetime import UTC, datetime

import pytest

from regulars.cli import democomplaints, demowork
from regulars.record.complaints import Complaint
from regulars.record.work import Job
from tests import shop
from tests.cast import House


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 11, 23, 22, 28, tzinfo=UTC),
        datetime(2027, 1, 1, 0, 0, tzinfo=UTC),
        datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
    ],
)
def test_the_half_year_is_told_at_any_moment(garage: House, at: datetime) -> None:
    with garage.work():
        customers = [shop.customer(garage, f"Customer {number}") for number in range(40)]
        demowork.furnish(garage.business, customers, at=at)
        democomplaints.furnish(customers, at=at)
        assert Job.objects.count() > 200
        assert Complaint.objects.filter(closed_at=None).count() >= 6
