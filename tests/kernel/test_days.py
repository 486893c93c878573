"""Opening hours: several intervals a day, holidays, special days, midnight, and the nights when clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.kernel.days import Hours, OpeningHours, holidays_ahead, public_holidays

TALLINN = ZoneInfo("Europe/Tallinn")
DAY: list[Hours] = [(time(9), time(13)), (time(14), time(18))]
HOURS = OpeningHours(
    zone="Europe/Tallinn",
    week=dict.fromkeys(range(5), DAY) | {5: [(time(20), time(0))]},
    holidays={date(2026, 2, 24)},
    special={date(2026, 3, 4): [], date(2026, 3, 8): [(time(10), time(12))], date(2026, 2, 24): [(time(8), time(9))]},
)


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=TALLINN)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (at(2, 8, 59), False),
        (at(2, 9), True),
        (at(2, 12, 59), True),
        (at(2, 13), False),
        (at(2, 14), True),
        (at(2, 18), False),
        (at(4, 10), False),  # a special day without hours
        (at(8, 11), True),  # a Sunday with hours
        (at(8, 12), False),
        (at(7, 23, 59), True),  # Saturday until midnight
        (at(24, 8, 30, month=2), True),  # stronger than the holiday
        (at(24, 10, month=2), False),
    ],
)
def test_open_at_that_moment(moment: datetime, is_open: bool) -> None:
    assert HOURS.is_open(moment) is is_open
    assert HOURS.is_open(moment.astimezone(ZoneInfo("Asia/Tokyo"))) is is_open


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (at(2, 7), at(2, 9)),
        (at(2, 10), at(2, 10)),
        (at(2, 13, 30), at(2, 14)),
        (at(3, 19), at(5, 9)),  # Wednesday is special and closed
        (at(6, 18), at(7, 20)),
        (at(7, 23, 59), at(7, 23, 59)),
        (at(8, 13), at(9, 9)),
    ],
)
def test_the_next_opening(moment: datetime, opens: datetime) -> None:
    assert HOURS.next_open(moment) == opens


def test_a_place_that_never_opens_says_so() -> None:
    assert OpeningHours(zone="Europe/Tallinn", week={}).next_open(at(2, 10)) is None


def test_midnight_is_the_end_of_the_day_on_which_it_opened() -> None:
    assert HOURS.on(date(2026, 3, 7)) == [(at(7, 20), at(8, 0))]


@pytest.mark.parametrize(("day", "hours"), [(29, 8), (25, 10)])
def test_the_night_when_clocks_change_is_an_hour_shorter_or_longer(day: int, hours: int) -> None:
    month = {29: 3, 25: 10}[day]
    all_night = OpeningHours(zone="Europe/Tallinn", week={6: [(time(0), time(9))]})
    (opens, closes), *_ = all_night.on(date(2026, month, day))
    assert (closes.timestamp() - opens.timestamp()) / 3600 == hours
    assert all_night.is_open(datetime(2026, month, day, 5, tzinfo=TALLINN))


def test_holidays_of_a_country_and_of_one_that_nobody_tabled() -> None:
    assert date(2026, 2, 24) in public_holidays("EE")
    assert date(2026, 2, 24) not in public_holidays("FI")
    assert date(2026, 1, 1) not in public_holidays("XX")


def test_holidays_ahead_are_those_of_the_year_that_begins_then() -> None:
    ahead = holidays_ahead("EE", date(2026, 2, 24), "en_US")
    assert ahead[0] == (date(2026, 2, 24), "Independence Day")
    assert date(2027, 2, 24) in dict(ahead)
    assert max(dict(ahead)) < date(2027, 2, 25)
    assert holidays_ahead("XX", date(2026, 2, 24), "en") == []


@pytest.mark.parametrize(
    ("since", "until", "hours"),
    [
        (at(2, 9), at(2, 18), 8),  # the hour of lunch is not worked
        (at(2, 12), at(2, 15), 2),
        (at(2, 13), at(2, 14), 0),
        (at(2, 17), at(3, 10), 2),  # overnight
        (at(3, 17), at(5, 10), 2),  # the closed Wednesday is jumped
        (at(7, 19), at(8, 11), 5),  # Saturday until midnight, and Sunday's special hour
        (at(2, 15), at(2, 10), 0),  # the wrong way round
        (at(2, 3), at(2, 23), 8),
    ],
)
def test_time_runs_while_it_is_open(since: datetime, until: datetime, hours: int) -> None:
    assert HOURS.worked(since, until) == timedelta(hours=hours)
    assert HOURS.worked(since.astimezone(UTC), until.astimezone(ZoneInfo("Asia/Tokyo"))) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("since", "hours", "then"),
    [
        (at(2, 9), 8, at(2, 18)),  # by closing time
        (at(2, 9), 4, at(2, 13)),
        (at(2, 9), 5, at(2, 15)),
        (at(2, 17), 2, at(3, 10)),
        (at(2, 20), 1, at(3, 10)),
        (at(3, 17), 2, at(5, 10)),
        (at(2, 18), 0, at(3, 9)),  # nothing to do: at the next opening
        (at(2, 10), 0, at(2, 10)),
    ],
)
def test_so_much_work_later(since: datetime, hours: int, then: datetime) -> None:
    assert HOURS.after(since, timedelta(hours=hours)) == then


def test_work_that_is_never_done_ends_nowhere() -> None:
    assert HOURS.after(at(2, 9), timedelta(days=3000)) is None
    assert OpeningHours(zone="UTC", week={}).after(at(2, 9), timedelta()) is None


@pytest.mark.parametrize(
    ("moment", "may"),
    [
        (at(2, 18), True),  # at closing time it can still be handed over
        (at(2, 18, 1), False),
        (at(2, 13), True),
        (at(2, 8, 59), False),
        (at(8, 0), True),  # Saturday's midnight
        (at(9, 0), False),
    ],
)
def test_what_can_be_promised_for_that_moment(moment: datetime, may: bool) -> None:
    assert HOURS.may_be_due(moment) is may


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 3, 30), 24)],
)
def test_a_night_when_the_clocks_change_is_as_long_as_it_is(day: date, hours: int) -> None:
    always = OpeningHours(zone="Europe/Tallinn", week={weekday: [(time(0), time(0))] for weekday in range(7)})
    begins = datetime.combine(day, time(0), TALLINN)
    ends = datetime.combine(day + timedelta(days=1), time(0), TALLINN)
    assert always.worked(begins, ends) == timedelta(hours=hours)
    assert always.after(begins, timedelta(hours=hours)) == ends


def test_a_shift_over_the_lost_hour_is_an_hour_shorter() -> None:
    night = OpeningHours(zone="Europe/Tallinn", week={6: [(time(1), time(5))]})
    lost, twice = at(29, 0), at(25, 0, month=10)
    assert night.worked(lost, lost + timedelta(days=1)) == timedelta(hours=3)
    assert night.worked(twice, twice + timedelta(days=1)) == timedelta(hours=5)


@given(
    st.integers(0, 60 * 24 * 30),
    st.integers(0, 60 * 24 * 5),
)
def test_after_and_worked_agree(start: int, minutes: int) -> None:
    since, work = at(1, 0) + timedelta(minutes=start), timedelta(minutes=minutes)
    then = HOURS.after(since, work)
    assert then is not None
    assert HOURS.worked(since, then) == work
    assert HOURS.may_be_due(then)
