"""Days and moments in every common order and in the languages of those who wrote them; always with a zone."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.intake import months, words
from regulars.intake.moments import FIRST_YEAR, LAST_YEAR
from regulars.kernel.refusal import Refused

TALLINN = "Europe/Tallinn"
SPRING = date(2024, 3, 31)


@pytest.mark.parametrize(
    "text",
    ["2024-03-31", "2024/3/31", "2024.03.31.", "31.03.2024", "31.3.24", "31/3/24", "31-03-2024", "31. 3. 2024",
     "20240331", "31-Mar-2024", "Mar 31, 2024", "31 March 2024", "Sun, 31 Mar 2024", "31. märts 2024",
     "31. märts 2024. a", "31 марта 2024 г.", "31 мар 2024", "31. maaliskuuta 2024", "su 31.3.2024",
     "P, 31.03.2024", "31. März 2024", "31 mars 2024", "2024 m. kovo 31 d.", "2024. gada 31. marts", "45382",
     "31 MAR 24"],
)  # fmt: skip
def test_a_day_however_it_is_written(text: str) -> None:
    assert words.day(text) == SPRING


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("3/4/2024", "dmy", date(2024, 4, 3)),
        ("3/4/2024", "mdy", date(2024, 3, 4)),
        ("24/3/4", "ymd", None),
        ("24/03/04", "ymd", date(2024, 3, 4)),
        ("2024/3/4", "dmy", date(2024, 3, 4)),
        ("4.3.2024", "ymd", date(2024, 3, 4)),
        ("24-Mar-04", "ymd", date(2024, 3, 4)),
        ("24-Mar-04", "dmy", date(2004, 3, 24)),
        ("1.1.69", "dmy", date(2069, 1, 1)),
        ("1.1.70", "dmy", date(1970, 1, 1)),
    ],
)
def test_the_order_settles_what_may_be_either(text: str, order: str, day: date | None) -> None:
    if day is None:
        with pytest.raises(Refused):
            words.day(text, order)
    else:
        assert words.day(text, order) == day


@pytest.mark.parametrize("language", months.LANGUAGES)
@pytest.mark.parametrize("width", ["long", "medium", "full"])
def test_a_day_as_each_language_writes_it(language: str, width: str) -> None:
    for month in range(1, 13):
        day = date(2024, month, 17)
        assert words.day(format_date(day, width, locale=language), "mdy" if language == "en" else "dmy") == day


def test_a_short_name_that_may_be_two_months_is_none() -> None:
    assert months.number("juu") is None  # juuni or juuli
    assert months.number("juun") == 6


@pytest.mark.parametrize(
    "text",
    ["", "soon", "31.02.2024", "31/13/2024", "20241301", "1234", "123456", "1.1.124", "1.1.1", "001.1.2024", "1.1.0001",
     "31.12.9999", "31 smarch 2024", "March", "March 2024", "1 2 3 March 2024", "31 March 24 May", "1.1.2024x",
     "٣١", "x" * 100],
)  # fmt: skip
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"is not a date\. Write it like") as refused:
        words.day(text)
    assert refused.value.field == "when"


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("31.12.2024 14:05", ""),
        ("31.12.2024 14.05", ""),
        ("31.12.2024, 14:05:00", ""),
        ("31.12.2024 kell 14:05", ""),
        ("31.12.2024 klo 14.05", ""),
        ("31 декабря 2024 г. в 14:05", ""),
        ("31.12.2024 2:05 PM", ""),
        ("31.12.2024 2:05 p.m.", ""),
        ("31.12.2024 14:05 PM", ""),
        ("2024-12-31T14:05", ""),
        ("2024-12-31 14:05:00.000", ""),
        ("2024-12-31T12:05:00Z", ""),
        ("2024-12-31 12:05 UTC", ""),
        ("2024-12-31 14:05:00 +0200", ""),
        ("2024-12-31 14:05:00+02", ""),
        ("2024-12-31T07:05:00-05:00", ""),
        ("202412311405", ""),
        ("20241231140500", ""),
        ("20241231 1405", ""),
        ("45657.5868055556", ""),
        ("31.12.2024", "14:05"),
        ("31.12.2024 00:00:00", "14.05"),
        ("31. detsember 2024", "2:05 pm"),
    ],
)
def test_a_moment_however_it_is_written(text: str, clock: str) -> None:
    at = words.moment(text, "dmy", TALLINN, clock)
    assert at == datetime(2024, 12, 31, 14, 5, tzinfo=ZoneInfo(TALLINN))


def test_a_day_without_a_time_is_its_first_moment_there() -> None:
    at = words.moment("31.12.2024", "dmy", TALLINN)
    assert (at.date(), at.time(), at.utcoffset()) == (date(2024, 12, 31), time(0), timedelta(hours=2))


def test_noon_and_midnight_of_the_twelve_hour_clock() -> None:
    assert words.time_of_day("12:00 AM") == time(0)
    assert words.time_of_day("12:30 pm") == time(12, 30)


def test_an_hour_that_the_clock_skips_is_the_one_after_it() -> None:
    assert words.moment("31.03.2024 03:30", "dmy", TALLINN).isoformat() == "2024-03-31T04:30:00+03:00"


def test_a_day_that_begins_an_hour_late_begins_then() -> None:
    assert words.moment("15.10.2017", "dmy", "America/Sao_Paulo").isoformat() == "2017-10-15T01:00:00-02:00"


def test_an_hour_that_comes_twice_is_the_first() -> None:
    assert words.moment("27.10.2024 03:30", "dmy", TALLINN).isoformat() == "2024-10-27T03:30:00+03:00"


def test_the_last_second_of_a_day_in_a_spreadsheet_stays_in_it() -> None:
    assert words.moment("45657.999999999", "dmy", TALLINN).date() == date(2024, 12, 31)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("31.12.2024 24:00", "time of day"),
        ("31.12.2024 14:60", "time of day"),
        ("202412312505", "time of day"),
        ("2024-12-31 14:05 +99:00", "time zone"),
        ("14:05", "not a date"),
        ("soon 14:05", "not a date"),
        ("0001-01-01T00:00", "not a date"),
        ("9999-12-31T23:59:59-12:00", "not a date"),
    ],
)
def test_what_is_no_moment_is_refused(text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        words.moment(text, "dmy", TALLINN)


@given(st.text(max_size=60) | st.text("0123456789.:/-T +ZAPM", max_size=30), st.sampled_from(words.ORDERS))
@settings(max_examples=400)
def test_only_moments_with_a_zone_or_refusals_come_of_odd_texts(text: str, order: str) -> None:
    with suppress(Refused):
        at = words.moment(text, order, TALLINN)
        assert at.astimezone(UTC).tzinfo is UTC
        assert FIRST_YEAR <= at.year <= LAST_YEAR


@given(st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)))
@settings(max_examples=200)
def test_every_moment_that_is_written_is_read_back(wall: datetime) -> None:
    wall = wall.replace(microsecond=0)
    there = words.moment(wall.strftime("%d.%m.%Y %H:%M:%S"), "dmy", "UTC")
    assert there == words.moment(wall.isoformat(), "mdy", "UTC") == wall.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("samples", "order", "is_doubtful"),
    [
        ([], "dmy", False),
        (["2024-01-02", "45657"], "dmy", False),
        (["01/02/2024", "03/04/2024"], "dmy", True),
        (["01/02/2024 14:05", ""], "dmy", True),
        (["01/02/2024", "31/12/2024"], "dmy", False),
        (["01/02/2024", "12/31/2024"], "mdy", False),
        (["24/03/31"], "dmy", True),
        (["99/03/31"], "ymd", False),
        (["1.1.2024", "2.2.2024"], "dmy", False),
        (["5. mai 2024"], "dmy", False),
    ],
)
def test_a_column_tells_its_order_or_that_a_person_must_look(samples: list[str], order: str, is_doubtful: bool) -> None:
    assert words.guess_date_order(samples) == (order, is_doubtful)


def test_a_column_of_hours_that_holds_none_is_refused() -> None:
    with pytest.raises(Refused, match="time of day"):
        words.moment("31.12.2024", "dmy", TALLINN, "evening")
