"""Words about a business: opening hours as people write them, percentages, what is usual in a country."""

from datetime import time

import pytest
from django.utils import translation

from regulars.intake import places
from regulars.intake.business import BranchForm, BusinessForm, NewBusinessForm, read_hours, write_hours

NINE, NOON, ONE, SIX = time(9), time(12), time(13), time(18)


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("", []),
        ("9-18", [(NINE, SIX)]),
        ("9:00–18:00", [(NINE, SIX)]),
        ("09.00 — 18.00", [(NINE, SIX)]),
        ("9-12, 13-18", [(NINE, NOON), (ONE, SIX)]),
        ("9-12;13-18", [(NINE, NOON), (ONE, SIX)]),
        ("9-12 13-18", [(NINE, NOON), (ONE, SIX)]),
        ("10-24", [(time(10), time(0))]),
        ("0-24", [(time(0), time(0))]),
        ("8.30-17.45", [(time(8, 30), time(17, 45))]),
    ],
)
def test_hours_are_read_as_people_write_them(words: str, hours: list[tuple[time, time]]) -> None:
    assert read_hours(words) == hours
    assert read_hours(write_hours(hours)) == hours


@pytest.mark.parametrize("words", ["nine to six", "9", "9-", "25-26", "9-18:61", "24:30-25", "9-18 and so on"])
def test_hours_that_nobody_can_read_are_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_hours(words)


def test_hours_are_written_as_on_the_door() -> None:
    assert write_hours([(ONE, time(0)), (NINE, time(12, 30))]) == "9:00–12:30, 13:00–24:00"


def branch_words(**words: str) -> dict[str, str]:
    here = {"country": "EE", "zone": "Europe/Tallinn", "currency": "EUR", "language": "et"}
    return {"name": "Tartu", **here, **words}


def test_the_week_of_a_branch_leaves_out_the_days_it_is_closed() -> None:
    form = BranchForm(branch_words(day_0="9-12, 13-18", day_5="10-14", day_6=" "))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["week"] == {0: [(NINE, NOON), (ONE, SIX)], 5: [(time(10), time(14))]}


def test_an_unreadable_day_is_said_at_that_day() -> None:
    form = BranchForm(branch_words(day_2="noon"))
    assert not form.is_valid()
    assert list(form.errors) == ["day_2"]
    assert "noon" in form["day_2"].as_widget()


def business_words(**words: object) -> dict[str, object]:
    return {
        "name": "Garage", "country": "EE", "currency": "EUR", "language": "et", "zone": "Europe/Tallinn",
        "calls_from": "09:00", "calls_until": "20:00", "call_gap_days": 30, **words,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "word"),
    [
        ("call_gap_days", 0), ("call_gap_days", 366), ("calls_until", "09:00"),
        ("currency", "XXX"), ("zone", "Mars/Phobos"), ("country", "ZZ"), ("language", "tlh"), ("name", ""),
    ],
)  # fmt: skip
def test_each_setting_has_its_limits(field: str, word: object) -> None:
    form = BusinessForm(business_words(**{field: word}))
    assert not form.is_valid()
    assert list(form.errors) == [field]


@pytest.mark.parametrize(
    ("field", "word"),
    [
        ("call_gap_days", 1), ("call_gap_days", 365), ("calls_until", "09:01"),
    ],
)  # fmt: skip
def test_the_limits_themselves_are_allowed(field: str, word: object) -> None:
    assert BusinessForm(business_words(**{field: word})).is_valid()


@pytest.mark.parametrize(
    ("country", "currency", "zone", "language"),
    [
        ("EE", "EUR", "Europe/Tallinn", "et"),
        ("FI", "EUR", "Europe/Helsinki", "fi"),
        ("SE", "SEK", "Europe/Stockholm", "en"),
        ("JP", "JPY", "Asia/Tokyo", "en"),
    ],
)
def test_what_is_usual_in_a_country_is_filled_in(country: str, currency: str, zone: str, language: str) -> None:
    form = NewBusinessForm({"business_name": "Kuusk", "country": country})
    assert form.is_valid(), form.errors
    assert form.described() == {
        "name": "Kuusk", "country": country, "currency": currency, "zone": zone, "language": language,
    }  # fmt: skip


def test_a_country_of_many_zones_asks_which() -> None:
    form = NewBusinessForm({"business_name": "Ёлка", "country": "RU"})
    assert not form.is_valid()
    assert list(form.errors) == ["zone"]
    form = NewBusinessForm({"business_name": "Ёлка", "country": "RU", "zone": "Asia/Omsk", "currency": "USD"})
    assert form.is_valid()
    assert (form.described()["zone"], form.described()["currency"]) == ("Asia/Omsk", "USD")


def test_a_business_without_a_country_is_asked_for_it_alone() -> None:
    form = NewBusinessForm({"business_name": "Kuusk"})
    assert not form.is_valid()
    assert list(form.errors) == ["country"]


@pytest.mark.parametrize(("language", "name"), [("en", "Finland"), ("fi", "Suomi"), ("ru", "Финляндия")])
def test_countries_are_called_as_the_reader_calls_them(language: str, name: str) -> None:
    with translation.override(language):
        assert ("FI", name) in places.countries()


def test_a_place_that_nobody_has_tabled_gets_something_to_begin_with() -> None:
    assert places.usual("ZZ") == ("EUR", "", "en")
