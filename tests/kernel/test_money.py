"""Money in minor units, with as many of them as the currency has."""

from decimal import Decimal

import pytest

from regulars.kernel import money


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("12.34", "EUR", 1234),
        ("12.345", "EUR", 1235),  # half a cent goes up, as on a receipt
        ("12.344", "EUR", 1234),
        ("-12.345", "EUR", -1235),
        ("0", "EUR", 0),
        ("500", "JPY", 500),
        ("1.234", "KWD", 1234),
    ],
)
def test_an_amount_becomes_minor_units(amount: str, currency: str, minor: int) -> None:
    assert money.minor(Decimal(amount), currency) == minor


@pytest.mark.parametrize("currency", ["EUR", "JPY", "KWD"])
@pytest.mark.parametrize("amount", [-1, 0, 1, 10**17 + 1])
def test_there_and_back_nothing_is_lost(amount: int, currency: str) -> None:
    assert money.minor(money.major(amount, currency), currency) == amount


@pytest.mark.parametrize(
    ("language", "written", "whole"),
    [
        ("en", "€332,500.50", "€332,500"),
        ("fi", "332 500,50 €", "332 500 €"),
        ("et", "332 500,50 €", "332 500 €"),
        ("ru", "332 500,50 €", "332 500 €"),
    ],
)
def test_money_is_written_as_each_language_writes_it(language: str, written: str, whole: str) -> None:
    said = [money.written(33250050, "EUR", language, whole=is_whole) for is_whole in (False, True)]
    assert [words.replace("\u00a0", " ").replace("\u202f", " ") for words in said] == [written, whole]


def test_currencies_of_today_are_known_and_dead_ones_are_not() -> None:
    assert {"EUR", "USD", "RUB", "JPY"} <= set(money.currencies())
    assert "DEM" not in money.currencies()
    assert list(money.currencies()) == sorted(money.currencies())
