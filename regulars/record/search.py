"""Finding a customer by anything written about her: name, phone, e-mail, number, plate, own field; typing errors too.

A Finder row holds her words and, for typing errors, each word with one letter left out (the symmetric deletes of
Garbe 2012). A query's words are treated alike, so that one letter too many, too few, wrong or swapped still meets.
SQLite answers from an FTS5 index, PostgreSQL from a table of words (migrations 0003 and 0005, `finding_*.py`). There
are three queries at any size, each with a limit; what they bring is put in order here.
"""

import re
import secrets
import unicodedata
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from rapidfuzz.distance import OSA

from regulars.record import finding_postgresql, finding_sqlite
from regulars.record.finding import FORGIVEN, Group, deletions
from regulars.record.owned import Owned, OwnedForeignKey, keys

MOST_WORDS = 6  # of a query
EACH = 60  # hits that one of the three queries brings
TOO_FAR = 9.0
AT_ONCE = 500  # customers indexed in one go

_WORD = re.compile(r"[^\W_]+")
_DIGITS_ONLY = re.compile(r"[\d\s()+./-]+")
_NOT_DECOMPOSED = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"})


class Finder(Owned):
    """The words by which one customer is found.

    `variants`: her words with a letter left out; `place`: her row in the FTS5 index. Both for SQLite only.
    """

    customer = OwnedForeignKey("record.Customer")
    words = models.TextField()
    variants = models.TextField()
    place = models.BigIntegerField()

    class Meta(Owned.Meta):
        constraints = [
            *keys("finder", customer="customer"),
            models.UniqueConstraint(fields=["business", "customer"], name="finder_once"),
            models.UniqueConstraint(fields=["business", "place"], name="finder_place"),
        ]


def fold(text: str) -> str:
    """What a careless typist means: small letters, no accents (ä as a, ё as е)."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_NOT_DECOMPOSED))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def document(texts: Iterable[str], phones: Iterable[str]) -> tuple[str, str]:
    """The words and the variants of one customer. A phone is found from either end; a wrong digit is another phone."""
    words: dict[str, None] = {}
    for text in texts:
        parts = _WORD.findall(fold(text))
        words.update(dict.fromkeys(parts))
        if 1 < len(parts) < 4 and any(map(str.isdigit, text)):
            words["".join(parts)] = None  # ABC 123 is found as abc123
    variants = {variant for word in words for variant in deletions(word)}
    for phone in phones:
        digits = "".join(filter(str.isdigit, phone))
        words[digits] = None
        words["r" + digits[::-1]] = None
    return " ".join(words), " ".join(sorted(variants - words.keys()))


@transaction.atomic
def index(customers: Iterable[UUID]) -> None:
    """Make the words of these customers anew; called by every verb that changes what they are found by."""
    ids = list(customers)
    for begin in range(0, len(ids), AT_ONCE):
        _index_some(ids[begin : begin + AT_ONCE])


def find(text: str, limit: int = 20) -> list[UUID]:
    """The ids of the customers who are most likely meant, the best first; at most `limit`."""
    words = _query_words(text)
    if not words:
        return []
    found: dict[UUID, str] = {}
    for query in (_exact, _beginning, _forgiving):
        for customer, her_words in _index().matches(query(words), EACH):
            found.setdefault(customer, her_words)
    scored = [(_likeness(words, her_words.split()), customer) for customer, her_words in found.items()]
    good = sorted((score, customer) for score, customer in scored if score is not None)
    return [customer for _, customer in good[:limit]]


# --- the query --------------------------------------------------------------------------------------------------


def _query_words(text: str) -> list[str]:
    """The folded words; a phone number, however it is written, is one word of digits."""
    if _DIGITS_ONLY.fullmatch(text.strip()) and sum(map(str.isdigit, text)) >= 3:
        return ["".join(filter(str.isdigit, text))]
    return _WORD.findall(fold(text))[:MOST_WORDS]


def _exact(words: list[str]) -> list[Group]:
    return [Group({word}) for word in words]


def _beginning(words: list[str]) -> list[Group]:
    together = {"".join(words)} if len(words) == 2 else set()  # abc 123 finds abc123 too
    from_the_end = ({_from_the_end(word)} if word.isdigit() else set() for word in words)
    return [Group(beginnings={word} | end | together) for word, end in zip(words, from_the_end, strict=True)]


def _forgiving(words: list[str]) -> list[Group]:
    return [Group(beginnings={word}, variants=deletions(word) if len(word) >= FORGIVEN else set()) for word in words]


def _from_the_end(digits: str) -> str:
    """The last digits of a phone, as they stand in the index; the trunk zeros of home are not part of it abroad."""
    return "r" + (digits.lstrip("0") or digits)[::-1]


def _likeness(wanted: list[str], hers: list[str]) -> float | None:
    """How far her words are from those that were typed, 0 for the same; None when one is not among hers at all."""

    def nearest(word: str) -> float:
        return min((_distance(word, her) for her in hers), default=TOO_FAR)

    apart = [nearest(word) for word in wanted]
    if max(apart) <= 1:
        return sum(apart)
    together = nearest("".join(wanted)) if len(wanted) == 2 else TOO_FAR  # abc 123 may be written abc123
    return together if together <= 1 else None


def _distance(word: str, her: str) -> float:
    if word == her:
        return 0.0
    if her.startswith(word):
        return 0.2
    if word.isdigit() and her.startswith(_from_the_end(word)):
        return 0.3
    return float(OSA.distance(word, her)) if len(word) >= FORGIVEN else TOO_FAR


# --- the index --------------------------------------------------------------------------------------------------


def _index() -> Any:
    return finding_postgresql if connection.vendor == "postgresql" else finding_sqlite


def _index_some(ids: list[UUID]) -> None:
    texts, phones = _written(ids)
    old = list(Finder.objects.filter(customer__in=ids))
    new = []
    for pk, written in texts.items():
        words, variants = document(written, phones.get(pk, ()))
        new.append(Finder(customer_id=pk, words=words, variants=variants, place=secrets.randbits(62)))
    _index().forget(old)
    Finder.objects.filter(customer__in=ids).delete()
    Finder.objects.bulk_create(new)
    _index().remember(new)


def _written(ids: list[UUID]) -> tuple[dict[UUID, list[str]], dict[UUID, list[str]]]:
    """Everything that is written about them, and their phones."""
    from regulars.record.customers import Contact, Customer
    from regulars.record.tags import OwnValue

    texts: dict[UUID, list[str]] = {}
    phones: dict[UUID, list[str]] = {}
    wanted = Customer.objects.filter(pk__in=ids, merged_at=None)
    for pk, name, number, called in wanted.values_list("pk", "name", "number", "address_as"):
        texts[pk] = [name, number, called]
    for pk, kind, value in Contact.objects.filter(customer__in=ids).values_list("customer_id", "kind", "value"):
        if pk in texts:
            (phones if kind == Contact.Kind.PHONE else texts).setdefault(pk, []).append(value)
    for pk, text in OwnValue.objects.filter(customer__in=ids).values_list("customer_id", "text"):
        if pk in texts:
            texts[pk].append(text)
    return texts, phones
