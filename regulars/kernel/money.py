"""Money: integer minor units and a currency. Nothing here, or in the book, is a float."""

from copy import copy
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from babel.core import Locale, get_global
from babel.numbers import NumberPattern, get_currency_precision, get_territory_currencies


@cache
def exponent(currency: str) -> int:
    """How many digits stand after the point: 2 for EUR, 0 for JPY, 3 for KWD."""
    return get_currency_precision(currency)


def minor(amount: Decimal, currency: str) -> int:
    """12.345 EUR -> 1235: half a cent goes up, as on a receipt."""
    return int(amount.scaleb(exponent(currency)).quantize(Decimal(1), ROUND_HALF_UP))


def major(amount: int, currency: str) -> Decimal:
    """1235 EUR -> Decimal('12.35')."""
    return Decimal(amount).scaleb(-exponent(currency))


def written(amount: int, currency: str, language: str, *, whole: bool = False) -> str:
    """The amount as people of that language write it; `whole` leaves out the cents."""
    locale, pattern = _way_of_writing(language, whole)
    return str(pattern.apply(major(amount, currency), locale, currency=currency, currency_digits=not whole))


@cache
def _way_of_writing(language: str, whole: bool) -> tuple[Locale, NumberPattern]:
    """The language and its pattern of money."""
    locale = Locale.parse(language)
    pattern: NumberPattern = copy(locale.currency_formats["standard"])
    if whole:
        pattern.frac_prec = (0, 0)
    return locale, pattern


@cache
def currencies() -> tuple[str, ...]:
    """The ISO 4217 codes that are money somewhere today, in alphabetical order."""
    return tuple(sorted({c for land in get_global("territory_currencies") for c in get_territory_currencies(land)}))
