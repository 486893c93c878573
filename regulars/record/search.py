"""Finding a customer by anything written about her: name, phone, e-mail, number, plate, own field; typing errors too.

A Finder row holds her words and, for typing errors, each word with one letter left out (the symmetric deletes of
Garbe 2012). A query's words are treated alike, so that one letter too many, too few, wrong or swapped still meets.
SQLite answers from an FTS5 index over the two columns, PostgreSQL from two GIN indexes (migration 0003). There are
three queries at any size, each with a limit; what they bring is put in order here.
"""

import re
import secrets
import unicodedata
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from rapidfuzz.distance import OSA

from regulars.kernel import whose
from regulars.record.owned import Owned, OwnedForeignKey, keys

MOST_WORDS = 6  # of a query
EACH = 60  # hits that one of the three queries brings
FORGIVEN = 4  # words of at least so many letters may have a typing error
LONGEST = 24  # letters of a word that is worth its deletions
TOO_FAR = 9.0
AT_ONCE = 500  # customers indexed in one go

_WORD = re.compile(r"[^\W_]+")
_DIGITS_ONLY = re.compile(r"[\d\s()+./-]+")
_NOT_DECOMPOSED = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"})


class Finder(Owned):
    """The words by which one customer is found. `place` is the row of the FTS5 index on SQLite."""

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


def deletions(word: str) -> set[str]:
    """The word and, where it is long enough to be forgiven, the word without each of its letters."""
    if not FORGIVEN <= len(word) <= LONGEST:
        return {word}
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def document(texts: Iterable[str], phones: Iterable[str]) -> tuple[str, str]:
    """The words and the variants of one customer. A phone is found from either end of its digits."""
    words: dict[str, None] = {}
    for text in texts:
        parts = _WORD.findall(fold(text))
        words.update(dict.fromkeys(parts))
        if 1 < len(parts) < 4:
            words["".join(parts)] = None  # ABC 123 is found as abc123
    variants = {variant for word in words for variant in deletions(word)}
    for phone in phones:
        digits = "".join(filter(str.isdigit, phone))
        words[digits] = None
        words["r" + digits[::-1]] = None
        variants |= deletions(digits)
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
        for customer, her_words in _matches(query(words)):
            found.setdefault(customer, her_words)
    scored = [(_likeness(words, her_words.split()), customer) for customer, her_words in found.items()]
    good = sorted((score, customer) for score, customer in scored if score is not None)
    return [customer for _, customer in good[:limit]]


# --- the query --------------------------------------------------------------------------------------------------

# A query is a list of groups, all of which must be met; a group is a list of (column, word, is_beginning), any of
# which meets it.
_Query = list[list[tuple[str, str, bool]]]


def _query_words(text: str) -> list[str]:
    """The folded words; a phone number, however it is written, is one word of digits."""
    if _DIGITS_ONLY.fullmatch(text.strip()) and sum(map(str.isdigit, text)) >= 3:
        return ["".join(filter(str.isdigit, text))]
    return _WORD.findall(fold(text))[:MOST_WORDS]


def _exact(words: list[str]) -> _Query:
    return [[("words", word, False)] for word in words]


def _beginning(words: list[str]) -> _Query:
    groups = [[("words", word, True)] for word in words]
    for word, group in zip(words, groups, strict=True):
        if word.isdigit():
            group.append(("words", _from_the_end(word), True))
    if len(words) == 2:  # abc 123 finds abc123 too
        return [[*group, ("words", "".join(words), True)] for group in groups]
    return groups


def _forgiving(words: list[str]) -> _Query:
    return [
        [
            ("words", word, True),
            *(
                (column, variant, False)
                for variant in sorted(deletions(word))
                for column in ("variants", "words")
                if len(word) >= FORGIVEN
            ),
        ]
        for word in words
    ]


def _from_the_end(digits: str) -> str:
    """The last digits of a phone, as they stand in the index; the trunk zeros of home are not part of it abroad."""
    return "r" + (digits.lstrip("0") or digits)[::-1]


def _matches(query: _Query) -> list[tuple[UUID, str]]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            where = " AND ".join("(" + " OR ".join(_postgres_term(term) for term in group) + ")" for group in query)
            terms: list[Any] = [word + (":*" if begins else "") for group in query for _, word, begins in group]
            sql = f"SELECT customer_id, words FROM record_finder WHERE business_id = %s AND {where} LIMIT {EACH}"
            cursor.execute(sql, [whose.business(), *terms])
        else:
            match = " AND ".join("(" + " OR ".join(_sqlite_term(term) for term in group) + ")" for group in query)
            cursor.execute(
                "SELECT finder.customer_id, finder.words FROM record_finder_index AS hit"
                " JOIN record_finder AS finder ON finder.place = hit.rowid"
                f" WHERE record_finder_index MATCH %s AND finder.business_id = %s LIMIT {EACH}",
                [match, whose.business().hex],
            )
        return [(customer if isinstance(customer, UUID) else UUID(customer), words) for customer, words in cursor]


def _postgres_term(term: tuple[str, str, bool]) -> str:
    return f"to_tsvector('simple', {term[0]}) @@ to_tsquery('simple', %s)"


def _sqlite_term(term: tuple[str, str, bool]) -> str:
    column, word, begins = term
    return f'{column} : "{word}"' + (" *" if begins else "")


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


def _index_some(ids: list[UUID]) -> None:
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
    old = list(Finder.objects.filter(customer__in=ids))
    new = []
    for pk, written in texts.items():
        words, variants = document(written, phones.get(pk, ()))
        new.append(Finder(customer_id=pk, words=words, variants=variants, place=secrets.randbits(62)))
    Finder.objects.filter(customer__in=ids).delete()
    Finder.objects.bulk_create(new)
    if connection.vendor == "sqlite":
        _index_on_sqlite(old, new)


def _index_on_sqlite(old: list[Finder], new: list[Finder]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO record_finder_index (record_finder_index, rowid, words, variants)"
            " VALUES ('delete', %s, %s, %s)",
            [(row.place, row.words, row.variants) for row in old],
        )
        cursor.executemany(
            "INSERT INTO record_finder_index (rowid, words, variants) VALUES (%s, %s, %s)",
            [(row.place, row.words, row.variants) for row in new],
        )
