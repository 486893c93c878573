"""Numbers as people type them: "25 000,50" in Finnish, "25,000.50" in English. Doubtful ones are refused."""

from decimal import Decimal
from typing import Any

from babel.numbers import NumberFormatError, format_decimal, parse_decimal
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Number(forms.DecimalField):
    """An exact decimal, read and shown by the customs of the reader's language."""

    default_error_messages = {"invalid": _("Write a number, such as %(example)s.")}

    def __init__(self, *, example: str = "12.50", **kwargs: Any) -> None:
        self.example = Decimal(example)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, Decimal):
            return value
        typed = "".join(str(value or "").split())
        if not typed:
            return None
        try:
            read = Decimal(parse_decimal(typed, locale=_locale(), strict=True))
        except NumberFormatError:
            read = Decimal("NaN")
        if not read.is_finite():
            example = {"example": written(self.example)}
            raise ValidationError(self.error_messages["invalid"], code="invalid", params=example)
        return read

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, Decimal) else value


def written(number: Decimal, places: int | None = 0) -> str:
    """The number as the reader's language writes it, without grouping, so that it can be typed over."""
    pattern = "0." + "0" * (places or 0) + "#" * (10 - (places or 0))
    return str(format_decimal(number, format=pattern, locale=_locale(), decimal_quantization=False))


def _locale() -> str:
    return (get_language() or "en").replace("-", "_")
