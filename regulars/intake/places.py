"""Countries, zones and currencies to choose from, and what is usual where."""

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from babel.core import Locale
from babel.numbers import get_currency_name, get_territory_currencies
from django.utils.translation import get_language

from regulars.kernel import money

LANGUAGES = {"EE": "et", "FI": "fi", "RU": "ru", "BY": "ru", "KZ": "ru", "KG": "ru"}

Choices = list[tuple[str, str]]


class Usual(NamedTuple):
    currency: str
    zone: str  # "" where a country has several
    language: str


@cache
def _zones() -> dict[str, list[str]]:
    """Country to its zones, from the time zone database itself (zone.tab)."""
    found: dict[str, list[str]] = {}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            found.setdefault(country, []).append(zone)
    return found


def usual(country: str) -> Usual:
    """What a business of that country most likely uses."""
    here = get_territory_currencies(country)
    zones = _zones().get(country, [])
    return Usual(
        currency=here[0] if here else "EUR",
        zone=zones[0] if len(zones) == 1 else "",
        language=LANGUAGES.get(country, "en"),
    )


def _locale() -> Locale:
    return Locale.parse(get_language() or "en")


def countries() -> Choices:
    """Every country that has a clock, by its name in the reader's language."""
    names = _locale().territories
    return sorted(((code, names.get(code, code)) for code in _zones()), key=lambda choice: choice[1])


def currencies() -> Choices:
    """EUR - euro, by code."""
    language = get_language() or "en"
    return [(code, f"{code} – {get_currency_name(code, locale=language)}") for code in money.currencies()]


def zones() -> Choices:
    """Every zone of zone.tab."""
    names = sorted({zone for zones in _zones().values() for zone in zones})
    return [(zone, zone.replace("_", " ")) for zone in names]


def or_usual(choices: Callable[[], Choices], word: Any) -> Callable[[], Choices]:
    """The same choices after an empty one, called `word`."""
    return lambda: [("", word), *choices()]
