"""The times that are named at the counter: of the branch's own day, never a closed one, and each once."""

from datetime import UTC, datetime, time

import pytest

from regulars.desk.promises import suggestion, usual_times
from regulars.record import branches, work
from regulars.record.branches import Branch
from tests.cast import MONDAY, House


def named(at: datetime) -> list[str]:
    return [usual.label for usual in usual_times(Branch.objects.get(), at)]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ((2, 8, 28), ["In an hour: 11:30", "At closing: 18:00", "tomorrow 09:00", "tomorrow 12:00", "tomorrow 18:00"]),
        ((2, 15, 0), ["In an hour: 18:00", "tomorrow 09:00", "tomorrow 12:00", "tomorrow 18:00"]),
        ((2, 15, 30), ["At closing: 18:00", "tomorrow 09:00", "tomorrow 12:00", "tomorrow 18:00"]),
        ((6, 18, 0), ["Monday 9 March, 09:00", "Monday 9 March, 12:00", "Monday 9 March, 18:00"]),
    ],
)
def test_usual_times(garage: House, at: tuple[int, int, int], expected: list[str]) -> None:
    with garage.work():
        assert named(datetime(2026, 3, *at, tzinfo=UTC)) == expected


def test_a_branch_that_closes_at_noon_names_noon_once(garage: House) -> None:
    with garage.work():
        branch = Branch.objects.get()
        for day in (2, 3):
            branches.set_special_day(
                branch, day=datetime(2026, 3, day).date(), name="", opens=time(9), closes=time(12),
                by=garage.owner, at=MONDAY,
            )  # fmt: skip
        assert named(MONDAY) == ["In an hour: 11:30", "At closing: 12:00", "tomorrow 09:00", "tomorrow 12:00"]


def test_a_branch_that_never_opens_names_nothing(garage: House) -> None:
    with garage.work():
        Branch.objects.get().intervals.all().delete()
        assert named(MONDAY) == []


def test_without_a_forecast_nothing_is_suggested(garage: House) -> None:
    with garage.work():
        kind = work.add_kind("Brakes that hold", by=garage.owner, at=MONDAY)
        assert suggestion(Branch.objects.get(), kind, MONDAY) is None
        assert suggestion(Branch.objects.get(), None, MONDAY) is None
