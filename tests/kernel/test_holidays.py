"""The public holidays of the coming year, by name."""

from datetime import date

import pytest

from regulars.kernel.days import holidays_ahead

SINCE = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("country", "language", "first"),
    [
        ("EE", "et", (date(2026, 12, 24), "jõululaupäev")),
        ("EE", "en", (date(2026, 12, 24), "Christmas Eve")),
        ("FI", "fi", (date(2026, 12, 6), "Itsenäisyyspäivä")),
        ("FI", "ru", (date(2026, 12, 6), "Independence Day")),  # nobody has tabled it in Russian
    ],
)
def test_holidays_are_named_in_the_readers_language_or_in_english(
    country: str, language: str, first: tuple[date, str]
) -> None:
    assert holidays_ahead(country, SINCE, language)[0] == first


def test_it_is_one_year_from_that_day_on() -> None:
    days = [day for day, _ in holidays_ahead("EE", date(2026, 12, 25), "en")]
    assert days[0] == date(2026, 12, 25)
    assert days[-1] == date(2027, 12, 25)
    assert date(2026, 12, 24) not in days
    assert days == sorted(days)


def test_a_country_that_nobody_has_tabled_has_none() -> None:
    assert holidays_ahead("XX", SINCE, "en") == []
