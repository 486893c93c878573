"""Numbers as people type them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from regulars.intake.numbers import Number, written


@pytest.mark.parametrize(
    ("language", "typed", "read"),
    [
        ("en", "25,000.50", "25000.50"),
        ("en", "25 000", "25000"),
        ("en", "-3", "-3"),
        ("fi", "25 000,50", "25000.50"),
        ("fi", "25\u00a0000,50", "25000.50"),
        ("ru", "0,33", "0.33"),
        ("et", "0.33", "0.33"),
    ],
)
def test_a_number_is_read_as_people_of_that_language_write_it(language: str, typed: str, read: str) -> None:
    with translation.override(language):
        assert Number().clean(typed) == Decimal(read)


@pytest.mark.parametrize("typed", ["0,33", "many", "NaN", "Infinity", "1.2.3", "25'000"])
def test_a_doubtful_number_is_refused_with_an_example(typed: str) -> None:
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        Number(example="12.5").clean(typed)
    assert refused.value.messages == ["Write a number, such as 12.5."]


def test_nothing_typed_is_nothing() -> None:
    assert Number(required=False).clean("  ") is None
    assert Number(required=False).clean(None) is None
    assert Number().clean("0") == 0


def test_a_number_can_be_typed_over_as_it_was_shown() -> None:
    with translation.override("fi"):
        assert written(Decimal("25000.50")) == "25000,5"
        assert Number().clean(written(Decimal("25000.50"))) == Decimal("25000.5")
        assert Number().clean(Decimal("2.5")) == Decimal("2.5")
        assert Number().prepare_value("what she typed") == "what she typed"
        assert Number().prepare_value(Decimal("1E+5")) == "100000"
