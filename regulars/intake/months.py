"""Names of months and weekdays, whole and cut short, in the languages in which old shop programs write dates."""

from functools import cache

from babel import Locale

LANGUAGES = (
    "en",
    "ru",
    "fi",
    "et",
    "de",
    "sv",
    "lv",
    "lt",
)  # where two mean another month by a word, the first is right
SHORTEST = 3
# Beside a date: "31 марта 2024 г.", "2024 m. kovo 31 d.", "2024. gada 31. marts".
_BESIDE = frozenset(["г", "года", "году", "a", "aasta", "m", "d", "gada", "den"])


@cache
def number(word: str) -> int | None:
    """ "Märts", "мар", "maaliskuuta" -> 3; None for any other word."""
    return _names().get(word.casefold())


@cache
def is_beside(word: str) -> bool:
    """Whether the word may stand beside a date and says nothing more: a weekday, "года"."""
    return word.casefold() in _BESIDE or word.casefold() in _weekdays()


@cache
def _names() -> dict[str, int]:
    whole: dict[str, int] = {}
    cut: dict[str, int] = {}
    for language in LANGUAGES:
        here: dict[str, set[int]] = {}
        for name, month in _written(language):
            whole.setdefault(name, month)
            for length in range(SHORTEST, len(name)):
                here.setdefault(name[:length], set()).add(month)
        for name, months in here.items():
            if len(months) == 1:
                cut.setdefault(name, *months)
    return cut | whole


def _written(language: str) -> list[tuple[str, int]]:
    from babel.dates import get_month_names  # large, and most files write months as numbers

    locale = Locale.parse(language)
    return [
        (str(name).casefold().strip("."), month)
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for month, name in get_month_names(width, context, locale).items()
        if str(name)[:1].isalpha()
    ]


@cache
def _weekdays() -> frozenset[str]:
    from babel.dates import get_day_names

    return frozenset(
        str(name).casefold().strip(".")
        for language in LANGUAGES
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated", "short")
        for name in get_day_names(width, context, Locale.parse(language)).values()
    )
