"""Words to facts: an amount, a day, a moment, a phone, an e-mail, as people and old shop programs write them.

Each function takes text and gives a fact, or raises Refused with a reason that says what to do. Money never passes
through a float, and a moment always has a zone.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import phonenumbers

from regulars.kernel.money import exponent
from regulars.kernel.refusal import Refused, gettext_noop

LARGEST = 10**15  # minor units: more than any sale
EXCEL_BEGAN = date(1899, 12, 30)
ORDERS = ("dmy", "mdy", "ymd")
PIVOT = 70  # 69 is 2069, 70 is 1970

_SPACES = str.maketrans("", "", " \t\u00a0\u202f\u2009'’")
_AMOUNT = re.compile(r"(?P<open>\()?(?P<sign>[-+−–]?)(?P<before>[^\d.,()+-]{0,4})(?P<sign2>[-−–]?)"
                     r"(?P<digits>[\d.,]+)(?P<after>[^\d.,()+-]{0,4})(?P<trail>[-−–]?)(?P<close>\))?")  # fmt: skip
_MINUS = frozenset("-−–")


def money(text: str, currency: str, decimal: str = "") -> int:
    """ "1 234,50 €" -> 123450 minor units. `decimal`: "," or "." when the file says so; else it is told from the text.

    A minus may stand before or after, and parentheses mean one too. More digits than the currency has are refused
    unless they are zeros: half a cent is not money.
    """
    bare = text.translate(_SPACES)
    found = _AMOUNT.fullmatch(bare)
    if found is None:
        raise Refused(gettext_noop("“%(text)s” is not an amount. Write it like 1234.50."), field="amount", text=text)
    whole, fraction = _parts(found["digits"], decimal, text)
    places = exponent(currency)
    if len(fraction) > places:
        if fraction[places:].strip("0"):
            raise Refused(
                gettext_noop("“%(text)s” has more digits after the point than %(currency)s has."),
                field="amount",
                text=text,
                currency=currency,
            )
        fraction = fraction[:places]
    amount = int((whole or "0") + fraction.ljust(places, "0"))
    if amount > LARGEST:
        raise Refused(gettext_noop("“%(text)s” is too large to be one sale."), field="amount", text=text)
    negative = bool(found["open"]) or any(found[name] in _MINUS for name in ("sign", "sign2", "trail") if found[name])
    return -amount if negative else amount


def _parts(digits: str, decimal: str, text: str) -> tuple[str, str]:
    """What stands before and after the decimal mark; the other mark, and one that comes twice, part thousands."""
    if not decimal:
        decimal = _mark_of(digits) or "."
    thousands = "," if decimal == "." else "."
    whole, _mark, fraction = digits.partition(decimal)
    if decimal in fraction or thousands in fraction or not (whole + fraction).strip(",."):
        raise Refused(gettext_noop("“%(text)s” is not an amount. Write it like 1234.50."), field="amount", text=text)
    return whole.replace(thousands, ""), fraction


def _mark_of(digits: str) -> str:
    """The decimal mark, as far as one amount tells: "" for 1234 and for 1,234, which may be either."""
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return ""
    mark = digits[last]
    other = "," if mark == "." else "."
    if digits.count(mark) > 1:
        return other
    if other in digits or len(digits) - last - 1 != 3 or last > 3 or digits.startswith("0"):
        return mark
    return ""


def guess_decimal(samples: Iterable[str]) -> str:
    """ "," or "." for a whole column: what most of its clear amounts say; "." when none is clear."""
    marks = [_mark_of("".join(re.findall(r"[\d.,]", sample))) for sample in samples]
    return "," if marks.count(",") > marks.count(".") else "."


# --- days and moments --------------------------------------------------------------------------------------------

_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
    "dec": 12, "янв": 1, "фев": 2, "мар": 3, "апр": 4, "мая": 5, "май": 5, "июн": 6, "июл": 7, "авг": 8, "сен": 9,
    "окт": 10, "ноя": 11, "дек": 12, "tam": 1, "hel": 2, "maa": 3, "huh": 4, "tou": 5, "kes": 6, "hei": 7, "elo": 8,
    "syy": 9, "lok": 10, "mar ": 11, "jou": 12, "vee": 2, "mär": 3, "mai": 5, "juu": 6, "aug ": 8, "okt": 10, "det": 12,
}  # fmt: skip
_LONG_MONTHS = {"marraskuu": 11, "juuli": 7, "juuni": 6, "maaliskuu": 3, "märts": 3}
_NUMBERS = re.compile(r"(\d{1,4})[./\-\s]+(\d{1,2})[./\-\s]+(\d{1,4})\.?")
_NAMED = re.compile(r"(?:(\d{1,2})\.?[\s\-]*)?([^\W\d_]{3,})\.?[\s\-,]*(?:(\d{1,2}),?\s+)?(\d{2,4})(?:\s*(?:г|a)\.?)?")
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?", re.IGNORECASE)
_ISO_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*")


@lru_cache(maxsize=20_000)
def day(text: str, order: str = "dmy") -> date:
    """ "31.03.2024" -> date. `order` ("dmy", "mdy", "ymd") settles 3/4/2024; a year that comes first needs none.

    Also 20240331, 31-Mar-2024, 31. märts 2024, and the day numbers of spreadsheets. Two digits of a year below
    PIVOT are of this century.
    """
    bare = text.strip()
    found = _day_of(bare, order)
    if found is None:
        raise Refused(gettext_noop("“%(text)s” is not a date. Write it like 31.12.2025."), field="when", text=text)
    return found


def _day_of(bare: str, order: str) -> date | None:
    try:
        if bare.isascii() and bare.isdigit() and len(bare) == 8:
            return date(int(bare[:4]), int(bare[4:6]), int(bare[6:]))
        if numbers := _NUMBERS.fullmatch(bare):
            return _by_numbers(numbers.groups(), order)
        if _SERIAL.fullmatch(bare):
            return EXCEL_BEGAN + timedelta(days=int(float(bare.replace(",", "."))))
        if named := _NAMED.fullmatch(bare):
            before, word, after, year = named.groups()
            month, the_day = _month(word.casefold()), before or after
            if month and the_day:
                return date(_year(year), month, int(the_day))
    except ValueError:
        pass
    return None


def _by_numbers(numbers: tuple[str, ...], order: str) -> date:
    first, second, third = numbers
    if len(first) == 4:
        return date(int(first), int(second), int(third))
    if len(first) > 2 or len(third) == 1:
        raise ValueError
    if order == "ymd" and len(third) == 2:
        return date(_year(first), int(second), int(third))
    if order == "mdy":
        return date(_year(third), int(first), int(second))
    return date(_year(third), int(second), int(first))


def _year(text: str) -> int:
    if len(text) == 3:
        raise ValueError
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < PIVOT else 1900)


def _month(word: str) -> int | None:
    for name, number in _LONG_MONTHS.items():
        if word.startswith(name):
            return number
    return _MONTHS.get(word[:3])


def moment(text: str, order: str, zone: str, clock: str = "") -> datetime:
    """A day, with or without a time of day, on the wall clock of `zone`. `clock` is a column of its own for the time.

    Without a time it is the first moment of that day. An hour that the clock skips in spring is the one after it, an
    hour that comes twice in autumn is the first. A text with an offset of its own keeps it.
    """
    bare = text.strip()
    if _ISO_MOMENT.fullmatch(bare):
        try:
            found = datetime.fromisoformat(bare)
        except ValueError:
            found = None
        if found is not None:
            return found if found.tzinfo else _local(found, zone)
    the_day, _, rest = bare.partition("T") if bare[10:11] == "T" else _split(bare)
    hours = time_of_day(clock or rest) if (clock or rest).strip() else time(0)
    return _local(datetime.combine(day(the_day, order), hours), zone)


def _split(bare: str) -> tuple[str, str, str]:
    """The day and the time of "31.3.2024 14:05", which may both hold spaces and points."""
    found = re.search(r"\s+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?$", bare, re.IGNORECASE)
    return (bare[: found.start()], "", found.group().strip()) if found else (bare, "", "")


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
    raise Refused(gettext_noop("“%(text)s” is not a time of day. Write it like 14:05."), field="time", text=text)


def _local(wall: datetime, zone: str) -> datetime:
    there = wall.replace(tzinfo=ZoneInfo(zone))
    back = there.astimezone(UTC).astimezone(ZoneInfo(zone))
    return there if back.replace(tzinfo=None) == wall else back  # the clock skips this hour


def guess_date_order(samples: Iterable[str]) -> tuple[str, bool]:
    """The order that reads the most of a column, and whether another reads it just as well (so a person must look)."""
    texts = [_split(sample.strip())[0].split("T")[0] for sample in samples if sample.strip()]
    readable = {order: sum(_day_of(text, order) is not None for text in texts) for order in ORDERS}
    best = max(ORDERS, key=lambda order: readable[order])
    alike = [order for order in ORDERS if readable[order] == readable[best]]
    differ = {tuple(_day_of(text, order) for text in texts) for order in alike}
    return best, len(differ) > 1


# --- ways to reach somebody --------------------------------------------------------------------------------------

_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\".]+(?:\.[^@\s,;<>\".]+)+")


@lru_cache(maxsize=5_000)
def phone(text: str, region: str) -> str:
    """ "555 1234" in "EE" -> "+3725551234" (E.164). `region`: where a number without a country code is."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise Refused(
            gettext_noop("“%(text)s” is not a phone number. Begin it with + and the country code."),
            field="phone",
            text=text,
        )
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def email(text: str) -> str:
    """The address in small letters: two that differ by capitals are one mailbox nearly everywhere."""
    bare = text.strip().removeprefix("mailto:").strip("<>").lower()
    if len(bare) > 254 or not _EMAIL.fullmatch(bare):
        raise Refused(gettext_noop("“%(text)s” is not an e-mail address."), field="email", text=text)
    return bare
