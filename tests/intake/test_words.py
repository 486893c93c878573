"""What people and old shop programs write becomes an amount, a phone, an address, a yes; or is refused with advice."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.intake import words
from regulars.kernel.refusal import Refused


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12.50", 1250),
        ("12,5", 1250),
        ("12", 1200),
        ("5.", 500),
        (".5", 50),
        ("0,05", 5),
        ("-12.50", -1250),
        ("\u221212,50", -1250),
        ("- 12,50", -1250),
        ("12.50-", -1250),
        ("12,50- €", -1250),
        ("(12.50)", -1250),
        ("(€12.50)", -1250),
        ("+12", 1200),
        ("-0.30", -30),
        ("45,-", 4500),
        ("45.– €", 4500),
        ("-45,-", -4500),
        ("1 234,50", 123450),
        ("1\u00a0234,50\u00a0€", 123450),
        ("1\u202f234.50", 123450),
        ("1'234.50", 123450),
        ("1’234’567.50", 123456750),
        ("1,234.50", 123450),
        ("1.234,50", 123450),
        ("1.234.567", 123456700),
        ("1,234,567.8", 123456780),
        ("1,23,456.00", 12345600),
        ("1 234 567", 123456700),
        ("1,234", 123400),
        ("1.234", 123400),
        ("€ 12", 1200),
        ("EUR 12.50", 1250),
        ("12.50 eur", 1250),
        ("12,50 euroa", 1250),
        ("€-5", -500),
        ("0.1000", 10),
        (" 12.50 ", 1250),
        ("9999999999999.99", 999999999999999),
    ],
)
def test_an_amount_however_it_is_written(text: str, amount: int) -> None:
    assert words.money(text, "EUR") == amount


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("1 234,50 руб.", "RUB", 123450),
        ("100р", "RUB", 10000),
        ("500 ₽", "RUB", 50000),
        ("US$ 1,234.50", "USD", 123450),
        ("$12", "CAD", 1200),
        ("45 kr.", "SEK", 4500),
        ("kr. 45", "NOK", 4500),
        ("12,50 Ls", "LVL", 1250),
        ("1,500", "JPY", 1500),
        ("¥1500", "JPY", 1500),
        ("1500.00", "JPY", 1500),
        ("12.345", "KWD", None),
        ("12.34", "KWD", 12340),
        ("1,234.567", "KWD", 1234567),
    ],
)
def test_an_amount_in_its_currency(text: str, currency: str, amount: int | None) -> None:
    if amount is None:
        with pytest.raises(Refused, match="two ways"):
            words.money(text, currency)
        assert words.money(text, currency, ".") == 12345
        assert words.money(text, currency, ",") == 12345000
    else:
        assert words.money(text, currency) == amount


@pytest.mark.parametrize(
    ("text", "decimal", "amount"),
    [("1,234", ".", 123400), ("1.234", ",", 123400), ("1.234,5", ",", 123450), ("12,5", ",", 1250), ("7", ",", 700)],
)
def test_the_file_says_which_mark_parts_the_cents(text: str, decimal: str, amount: int) -> None:
    assert words.money(text, "EUR", decimal) == amount


@pytest.mark.parametrize(
    ("text", "decimal"),
    [("1,23", "."), ("12.5", ","), ("1.234,50", "."), ("1,234.50", ","), ("12,34,56", "."), ("1.2.3", ".")],
)
def test_a_mark_that_does_not_fit_the_file_is_refused_and_not_read_a_hundredfold(text: str, decimal: str) -> None:
    with pytest.raises(Refused, match="is not an amount"):
        words.money(text, "EUR", decimal)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not an amount"),
        ("  ", "is not an amount"),
        ("free", "is not an amount"),
        ("1e5", "is not an amount"),
        ("12%", "is not an amount"),
        ("A12", "is not an amount"),
        ("12 34", "is not an amount"),
        ("1 2 3", "is not an amount"),
        ("12 34,50", "is not an amount"),
        ("(12", "is not an amount"),
        ("12)", "is not an amount"),
        (".", "is not an amount"),
        ("-", "is not an amount"),
        ("1.2,3.4", "is not an amount"),
        ("NaN", "is not an amount"),
        ("9" * 100, "is not an amount"),
        ("12.345,678 €", "more digits after the point than EUR"),
        ("0.125", "more digits after the point than EUR"),
        ("1234567,895", "more digits after the point than EUR"),
        ("12.50 USD", "not in EUR"),
        ("$12", "not in EUR"),
        ("100 руб.", "not in EUR"),
        ("99 999 999 999 999", "too large"),
        ("99999999999999999999", "too large"),
    ],
)
def test_what_is_no_amount_is_refused_in_words(text: str, said: str) -> None:
    with pytest.raises(Refused, match=said) as refused:
        words.money(text, "EUR")
    assert refused.value.field == "amount"


def test_half_a_yen_is_not_money() -> None:
    with pytest.raises(Refused, match="than JPY has"):
        words.money("12.5", "JPY")


@given(st.integers(-(10**15), 10**15), st.sampled_from([",", "."]), st.booleans())
@settings(max_examples=200)
def test_every_amount_that_is_written_is_read_back(cents: int, decimal: str, is_grouped: bool) -> None:
    whole, fraction = divmod(abs(cents), 100)
    thousands = "," if decimal == "." else "."
    written = f"{whole:,}".replace(",", thousands) if is_grouped else str(whole)
    text = f"{'-' if cents < 0 else ''}{written}{decimal}{fraction:02d}"
    assert words.money(text, "EUR", decimal) == words.money(text, "EUR") == cents


@given(st.text(max_size=80) | st.text("0123456789., -+()'€$", max_size=20), st.sampled_from(["", ",", "."]))
@settings(max_examples=300)
def test_only_refusals_come_of_odd_amounts(text: str, decimal: str) -> None:
    with suppress(Refused):
        assert abs(words.money(text, "EUR", decimal)) <= words.LARGEST
        assert words.is_amount(text)


@pytest.mark.parametrize(
    ("samples", "decimal"),
    [
        ([], "."),
        (["12", "7"], "."),
        (["12,50", "1.234,50"], ","),
        (["12.50", "1,234"], "."),
        (["1,234", "2,50"], ","),
        (["1.234", "12.000"], ","),  # thousands: nobody prices in tenths of a cent
        (["1,234", "12,000"], "."),
        (["1 234,50 €", "x"], ","),
        (["1.234.567"], ","),
        (["1 234.567"], "."),
    ],
)
def test_a_column_tells_which_mark_parts_the_cents(samples: list[str], decimal: str) -> None:
    assert words.guess_decimal(samples) == decimal


@pytest.mark.parametrize("text", ["12,50", "1.234.567", "5", "-3 €", "7 USD", "12.345"])
def test_what_can_be_an_amount(text: str) -> None:
    assert words.is_amount(text)


@pytest.mark.parametrize("text", ["", "31.12.2025", "A-12", "mari@x.ee", "12 34"])
def test_what_cannot_be_an_amount(text: str) -> None:
    assert not words.is_amount(text)


# --- ways to reach somebody ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "region", "number"),
    [
        ("5551 2341", "EE", "+37255512341"),
        ("+372 5551 2341", "FI", "+37255512341"),
        ("00372 55512341", "EE", "+37255512341"),
        ("tel. 5551-2341", "EE", "+37255512341"),
        ("040 123 4567", "FI", "+358401234567"),
        ("8 (912) 345-67-89", "RU", "+79123456789"),
    ],
)
def test_a_phone_however_it_is_written(text: str, region: str, number: str) -> None:
    assert words.phone(text, region) == number


@pytest.mark.parametrize("text", ["", "no phone", "1", "12", "5" * 60, "+999 123"])
def test_what_is_no_phone_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"Begin it with \+"):
        words.phone(text, "EE")


@pytest.mark.parametrize("text", ["Mari@X.ee", " mari@x.ee ", "<mari@x.ee>", "mailto:mari@x.ee"])
def test_an_address_however_it_is_written(text: str) -> None:
    assert words.email(text) == "mari@x.ee"


@pytest.mark.parametrize(
    "text", ["", "mari", "mari@x", "ma ri@x.ee", "a@b@c.ee", "a@.ee", "a@b.ee,", "x" * 250 + "@x.ee"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="not an e-mail address"):
        words.email(text)


@given(st.text(max_size=60) | st.text("0123456789+-() ", max_size=30))
@settings(max_examples=200)
def test_only_refusals_come_of_odd_phones_and_addresses(text: str) -> None:
    for read in (lambda: words.phone(text, "EE"), lambda: words.email(text), lambda: str(words.yes(text))):
        with suppress(Refused):
            assert read()


@pytest.mark.parametrize(
    ("text", "is_yes"),
    [("Jah", True), ("да", True), ("KYLLÄ", True), ("x", True), ("1", True), ("ei", False), ("0", False), ("", False)],
)
def test_yes_and_no_in_our_languages(text: str, is_yes: bool) -> None:
    assert words.yes(text) is is_yes


def test_neither_yes_nor_no_is_refused() -> None:
    with pytest.raises(Refused, match="neither yes nor no"):
        words.yes("sometimes")
