"""Words to facts: an amount, a day, a moment, a phone, an e-mail, as people and old shop programs write them.

Each function takes text and gives a fact, or raises Refused with a reason that says what to do. Money never passes
through a float, and a moment always has a zone. Files repeat themselves, so what was read is remembered.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from babel.core import get_global

from regulars.intake.moments import ORDERS, day, guess_date_order, moment, time_of_day
from regulars.kernel.money import exponent
from regulars.kernel.refusal import Refused, gettext_noop

__all__ = [
    "ORDERS", "day", "email", "guess_date_order", "guess_decimal", "is_amount", "moment", "money", "phone",
    "time_of_day", "yes",
]  # fmt: skip

LARGEST = 10**15  # minor units: more than any sale
LONGEST = 60  # letters of an amount or a phone: more is a sentence

# What stands beside an amount, and which currencies it can mean; ISO codes mean themselves.
SIGNS = {
    "€": "EUR", "EURO": "EUR", "EUROS": "EUR", "EUROA": "EUR", "E": "EUR", "£": "GBP EGP GIP", "¥": "JPY CNY",
    "$": "USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP BRL", "US$": "USD", "₽": "RUB", "РУБ": "RUB BYN", "Р": "RUB BYN",
    "₴": "UAH", "ГРН": "UAH", "₸": "KZT", "ТГ": "KZT", "KR": "SEK NOK DKK ISK EEK", "ZŁ": "PLN", "ZL": "PLN",
    "₺": "TRY", "TL": "TRY", "₹": "INR", "RS": "INR PKR LKR NPR", "₾": "GEL", "KČ": "CZK", "FT": "HUF", "FR": "CHF",
    "LEI": "RON MDL", "LS": "LVL", "LT": "LTL", "MK": "FIM", "₪": "ILS",
}  # fmt: skip

_BLANKS = str.maketrans(dict.fromkeys("\t\u00a0\u202f\u2009\u2007'’", " "))
_SIGN = r"(?:[^\W\d_]{1,5}[$¢-¥\u20a0-\u20cf]?\.?|[$¢-¥\u20a0-\u20cf])?"
_AMOUNT = re.compile(
    rf"(?P<open>\()? *(?P<sign>[-+−–])? *(?P<before>{_SIGN}) *(?P<sign2>[-−–])? *(?P<digits>[\d.,](?:[\d., ]*[\d.,])?)"
    rf"(?P<dash>[-−–—]{{1,2}})? *(?P<after>{_SIGN}) *(?P<trail>[-−–])? *(?P<close>\))?"
)
_GROUPS = re.compile(r"\d*|\d{1,3}([., ])\d{3}(?:\1\d{3})*|\d{1,2}(?:,\d\d)+,\d{3}")  # the last as in India
_MINUS = frozenset("-−–")
_PLAIN = re.compile(r"(-?\d{1,12})(?:([.,])(\d{1,2}))?")  # nine amounts of ten, read ten times as fast


class _Read(NamedTuple):
    """An amount taken apart; `signs` is what stands beside it."""

    is_minus: bool
    digits: str
    whole: str
    fraction: str
    signs: tuple[str, ...]


@lru_cache(maxsize=20_000)
def money(text: str, currency: str, decimal: str = "") -> int:
    """ "1 234,50 €" -> 123450 minor units. `decimal`: "," or "." when the file says so; else it is told from the text.

    A minus may stand before or after, and parentheses mean one too; "45,-" is 45. More digits than the currency has
    are refused unless they are zeros: half a cent is not money. A mark with three digits after it parts thousands,
    except in currencies of three places, where it may be either and is refused. So is an amount in another currency.
    """
    places, plain = exponent(currency), _PLAIN.fullmatch(text)
    if plain and (not plain[2] or plain[2] == (decimal or plain[2])) and len(plain[3] or "") <= places:
        return int(plain[1] + (plain[3] or "").ljust(places, "0"))
    read = _read(text, decimal)
    if read is None:
        raise Refused(
            gettext_noop("“%(text)s” is not an amount. Write it like 1234.50."), field="amount", text=text[:LONGEST]
        )
    if any(currency not in _meanings(sign) for sign in read.signs):
        raise Refused(
            gettext_noop("“%(text)s” is not in %(currency)s. Choose the currency that the file is in."),
            field="amount",
            text=text,
            currency=currency,
        )
    if not decimal and places == 3 and _is_doubtful(read.digits):
        raise Refused(
            gettext_noop("“%(text)s” may be read in two ways. Write it without a mark for thousands."),
            field="amount",
            text=text,
        )
    if read.fraction[places:].strip("0"):
        raise Refused(
            gettext_noop("“%(text)s” has more digits after the point than %(currency)s has."),
            field="amount",
            text=text,
            currency=currency,
        )
    amount = int((read.whole or "0") + read.fraction[:places].ljust(places, "0"))
    if amount > LARGEST:
        raise Refused(gettext_noop("“%(text)s” is too large to be one sale."), field="amount", text=text)
    return -amount if read.is_minus else amount


def is_amount(text: str) -> bool:
    """Whether it can be an amount at all, in any currency."""
    return any(_read(text, mark) for mark in ("", ",", "."))


def _read(text: str, decimal: str) -> _Read | None:
    bare = text.translate(_BLANKS).strip()
    found = _AMOUNT.fullmatch(bare) if len(bare) <= LONGEST else None
    if found is None or bool(found["open"]) != bool(found["close"]):
        return None
    signs = tuple(sign for name in ("before", "after") if (sign := found[name].rstrip(".").upper()))
    digits = found["digits"]
    # The other mark, or a blank, parts thousands and nothing else: "1,23" is not 123 because the file has points.
    mark = decimal or _mark_of(digits) or ("," if "." in digits else ".")
    whole, _mark, fraction = digits.partition(mark)
    if not _GROUPS.fullmatch(whole) or (fraction and not fraction.isdecimal()) or not (whole or fraction):
        return None
    if not all(map(_meanings, signs)):
        return None
    minus = any(found[name] in _MINUS for name in ("sign", "sign2", "trail") if found[name])
    dash = bool(found["dash"]) and digits[-1] not in ",."  # in "45,-" the dash stands for the cents
    return _Read(bool(found["open"]) or minus or dash, digits, re.sub("[., ]", "", whole), fraction, signs)


@cache
def _meanings(sign: str) -> frozenset[str]:
    """The currencies that a sign can mean; none if it is no sign of money."""
    known = SIGNS.get(sign, "").split()
    return frozenset(known or ([sign] if sign in get_global("all_currencies") else []))


def _is_doubtful(digits: str) -> bool:
    """1,234 and 1.234, which may be either."""
    return ("," in digits or "." in digits) and not _mark_of(digits)


def _mark_of(digits: str) -> str:
    """The decimal mark, as far as one amount tells: "" for 1234 and for 1,234, which may be either."""
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return ""
    mark = digits[last]
    other = "," if mark == "." else "."
    if digits.count(mark) > 1:
        return other
    after = len(digits) - last - 1
    is_clear = other in digits or " " in digits or after != 3 or not 0 < last <= 3 or digits.startswith("0")
    return mark if is_clear else ""


def guess_decimal(samples: Iterable[str]) -> str:
    """ "," or "." for a whole column: what most of its clear amounts say.

    Where none is clear, a mark with three digits after it parts thousands; and where there is no mark, it is a point.
    """
    digits = ["".join(re.findall(r"[\d., ]", sample.translate(_BLANKS))).strip() for sample in samples]
    marks = [_mark_of(one) for one in digits]
    if not any(marks):
        return "," if any("." in one for one in digits) else "."
    return "," if marks.count(",") > marks.count(".") else "."


# --- ways to reach somebody --------------------------------------------------------------------------------------

_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\".]+(?:\.[^@\s,;<>\".]+)+")


@lru_cache(maxsize=100_000)  # 40 us each, and a customer comes again: some 20 MB at most
def phone(text: str, region: str) -> str:
    """ "555 1234" in "EE" -> "+3725551234" (E.164). `region`: where a number without a country code is."""
    import phonenumbers  # large, and `regulars value` needs none of it

    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise Refused(
            gettext_noop("“%(text)s” is not a phone number. Begin it with + and the country code."),
            field="phone",
            text=text[:LONGEST],
        )
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def email(text: str) -> str:
    """The address in small letters: two that differ by capitals are one mailbox nearly everywhere."""
    bare = text.strip().removeprefix("mailto:").strip("<>").lower()
    if len(bare) > 254 or not _EMAIL.fullmatch(bare):
        raise Refused(gettext_noop("“%(text)s” is not an e-mail address."), field="email", text=text[:LONGEST])
    return bare


_YES = frozenset(
    ["1", "+", "x", "✓", "✔", "yes", "y", "true", "jah", "j", "ja", "да", "д", "истина", "kyllä", "k", "on"]
)
_NO = frozenset(["", "0", "-", "–", "no", "n", "false", "ei", "e", "нет", "н", "ложь", "nein", "nej"])


def yes(text: str) -> bool:
    """ "Jah", "x", "да", "1" -> True; "ei", "0" and an empty cell -> False."""
    bare = text.strip().casefold()
    if bare in _YES or bare in _NO:
        return bare in _YES
    raise Refused(gettext_noop("“%(text)s” is neither yes nor no. Write 1 or 0."), text=text[:LONGEST])
