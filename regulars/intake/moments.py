"""Days and moments as people and old shop programs write them. A moment always has a zone."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from regulars.intake import months
from regulars.kernel.refusal import Refused, gettext_noop

LONGEST = 60  # letters of a day: more is a sentence
NOTHING = timedelta(0)
EXCEL_BEGAN = date(1899, 12, 30)
FIRST_YEAR, LAST_YEAR = 1800, 2200  # a sale or a birthday outside of them is a slip, and no zone knows the hour there
ORDERS = ("dmy", "mdy", "ymd")
PIVOT = 70  # 69 is 2069, 70 is 1970

_NUMBERS = re.compile(r"(\d{1,4})[./\-\s]+(\d{1,2})[./\-\s]+(\d{1,4})\.?")
_NAMED = re.compile(r"(?:[\d.,/\-\s]|[^\W\d_])+")
_TOKENS = re.compile(r"\d+|[^\W\d_]+")
_SERIAL = re.compile(r"(\d{5})(?:[.,](\d{1,15}))?")  # a day number of spreadsheets, from 1927 on
_PACKED = re.compile(r"(\d{8})[ T]?(\d{2})(\d{2})(\d{2})?")
_CLOCK = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?"
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?", re.IGNORECASE)
_SPLIT = re.compile(rf"(.*?)(?:[\s,]+(?:(?:kell|klo|kl|kello|в|at|um)\.?\s+)?|(?<=\d)T)({_CLOCK})"
                    r"\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?", re.IGNORECASE)  # fmt: skip


@lru_cache(maxsize=20_000)
def day(text: str, order: str = "dmy") -> date:
    """ "31.03.2024" -> date. `order` ("dmy", "mdy", "ymd") settles 3/4/2024; a year that comes first needs none.

    Also 20240331, 31-Mar-2024, 31. märts 2024, and the day numbers of spreadsheets. Two digits of a year below
    PIVOT are of this century.
    """
    found = _day_of(text.strip(), order)
    if found is None:
        raise Refused(
            gettext_noop("“%(text)s” is not a date. Write it like 31.12.2025."), field="when", text=text[:LONGEST]
        )
    return found


def _day_of(bare: str, order: str) -> date | None:
    found = None
    try:
        if numbers := _NUMBERS.fullmatch(bare):
            found = _by_numbers(numbers[1], numbers[2], numbers[3], order)
        elif bare.isdecimal() and len(bare) == 8:
            found = date(int(bare[:4]), int(bare[4:6]), int(bare[6:]))
        elif serial := _SERIAL.fullmatch(bare):
            found = EXCEL_BEGAN + timedelta(days=int(serial[1]))
        elif len(bare) <= LONGEST and _NAMED.fullmatch(bare):
            found = _by_name(bare, order)
    except ValueError:
        return None
    return found if found and FIRST_YEAR <= found.year <= LAST_YEAR else None


def _by_numbers(first: str, second: str, third: str, order: str) -> date:
    if len(first) == 4:
        return date(int(first), int(second), int(third))
    if len(first) > 2 or len(third) == 1:
        raise ValueError
    if order == "ymd" and len(third) == 2:
        return date(_year(first), int(second), int(third))
    if order == "mdy":
        return date(_year(third), int(first), int(second))
    return date(_year(third), int(second), int(first))


def _by_name(bare: str, order: str) -> date | None:
    """31 марта 2024 г., Mar 31, 2024, 2024 m. kovo 31 d., or a weekday before numbers."""
    tokens = _TOKENS.findall(bare)
    numbers = [token for token in tokens if token[0].isdecimal()]
    named = [token for token in tokens if not token[0].isdecimal() and not months.is_beside(token)]
    if not named and len(numbers) == 3 and len(tokens) > 3:
        return _by_numbers(numbers[0], numbers[1], numbers[2], order)
    month = months.number(named[0]) if len(named) == 1 else None
    if month is None or len(numbers) != 2:
        return None
    if len(numbers[0]) == 4 or (order == "ymd" and len(numbers[1]) == 2):
        numbers.reverse()
    return date(_year(numbers[1]), month, int(numbers[0]))


def _year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    if len(text) != 2:
        raise ValueError
    return year + (2000 if year < PIVOT else 1900)


@lru_cache(maxsize=20_000)
def moment(text: str, order: str, zone: str, clock: str = "") -> datetime:
    """A day, with or without a time of day, on the wall clock of `zone`. `clock` is a column of its own for the time.

    Without a time it is the first moment of that day. An hour that the clock skips in spring is the one after it, an
    hour that comes twice in autumn is the first. A text with an offset of its own keeps it.
    """
    bare = text.strip()
    packed = _PACKED.fullmatch(bare)
    if clock.strip():
        split = _SPLIT.fullmatch(bare)  # "31.12.2025 00:00" beside a column for the hour
        return _local(day(split[1] if split else bare, order), time_of_day(clock), zone)
    if packed:
        return _local(day(packed[1]), time_of_day(f"{packed[2]}:{packed[3]}:{packed[4] or '00'}"), zone)
    if serial := _SERIAL.fullmatch(bare):
        return _local(day(serial[1]), _share_of_day(serial[2] or "0"), zone)
    if (split := _SPLIT.fullmatch(bare)) is None:
        return _local(day(bare, order), time(0), zone)
    at = datetime.combine(day(split[1], order), time_of_day(split[2]))
    return at.replace(tzinfo=_offset(split[3])) if split[3] else _local(at.date(), at.time(), zone)


@lru_cache(maxsize=5_000)
def time_of_day(text: str) -> time:
    """14:05, 14.05, 2:05 PM, 14:05:59."""
    found = _TIME.fullmatch(text.strip())
    if found:
        hour, minute, second, half = int(found[1]), int(found[2]), int(found[3] or 0), (found[4] or "").lower()[:1]
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        if hour < 24 and minute < 60 and second < 60:
            return time(hour, minute, second)
    raise Refused(
        gettext_noop("“%(text)s” is not a time of day. Write it like 14:05."), field="time", text=text[:LONGEST]
    )


def _share_of_day(fraction: str) -> time:
    """The digits after the point of a spreadsheet's moment: "5" is noon."""
    seconds = min((int(fraction) * 86_400 * 2 // 10 ** len(fraction) + 1) // 2, 86_399)
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60)


def _offset(text: str) -> timezone:
    if text[0] not in "+-":
        return UTC
    away = timedelta(hours=int(text[1:3]), minutes=int(text[3:].lstrip(":") or 0))
    if away >= timedelta(days=1):
        raise Refused(gettext_noop("“%(text)s” is not a time zone. Write it like +02:00."), field="when", text=text)
    return timezone(-away if text[0] == "-" else away)


def _local(the_day: date, clock: time, zone: str) -> datetime:
    there = datetime.combine(the_day, clock, _zone(zone))
    skipped = (there.replace(fold=1).utcoffset() or NOTHING) > (there.utcoffset() or NOTHING)
    return there.astimezone(UTC).astimezone(there.tzinfo) if skipped else there


_zone = lru_cache(ZoneInfo)


def guess_date_order(samples: Iterable[str]) -> tuple[str, bool]:
    """The order that reads the most of a column, and whether another reads it just as well (so a person must look)."""
    bare = [sample.strip() for sample in samples if sample.strip()]
    texts = [split[1] if (split := _SPLIT.fullmatch(text)) else text for text in bare]
    readable = {order: sum(_day_of(text, order) is not None for text in texts) for order in ORDERS}
    best = max(ORDERS, key=lambda order: readable[order])
    alike = [order for order in ORDERS if readable[order] == readable[best]]
    differ = {tuple(_day_of(text, order) for text in texts) for order in alike}
    return best, len(differ) > 1
