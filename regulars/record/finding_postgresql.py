"""The index behind search.py on PostgreSQL: two tables of words in order, walled by row-level security.

Full-text search will not do. `@@` is not leakproof, and under row-level security PostgreSQL asks an index only what is:
it would read every row of the business. What is equal, and what lies between two words, is leakproof.
"""

from typing import Any
from uuid import UUID

from django.db import connection

from regulars.kernel import whose
from regulars.record.finding import Group, deletions

MOST_HITS = 20_000  # of one word: whoever types a single letter is shown some, soon
_LAST = "\U0010ffff"  # comes after every letter


def matches(query: list[Group], limit: int) -> list[tuple[UUID, str]]:
    """Customers and their words; at most `limit`, and of vague words not all."""
    business = whose.business()
    groups: list[str] = []
    values: list[Any] = []
    for group in query:
        ranges = _ranges(group)
        groups.append(f"({' UNION '.join(f'({_HITS.format(where)})' for where, _words in ranges)})")
        for _where, words in ranges:
            values += [business, *words]
    # INTERSECT and not a join: how many words lie between two is guessed too low, and a join would go by the guess
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT customer_id, words FROM record_finder WHERE business_id = %s AND customer_id IN"
            f" (SELECT customer_id FROM ({' INTERSECT '.join(groups)}) AS hit LIMIT %s)",
            [business, *values, limit],
        )
        return list(cursor)


# In the order of the index, so that it is read from where they begin and no further than the limit.
_HITS = f"""
SELECT customer_id FROM record_finder_word WHERE business_id = %s AND {{}} ORDER BY word LIMIT {MOST_HITS}
"""


def _ranges(group: Group) -> list[tuple[str, list[Any]]]:
    """Where the words of the group stand, each with the values of its condition."""
    words = sorted(group.words | group.variants | _spelt_nearly(group.variants))
    found: list[tuple[str, list[Any]]] = [("word = ANY(%s)", [words])] if words else []
    return found + [("word >= %s AND word < %s", [word, word + _LAST]) for word in sorted(group.beginnings)]


def _spelt_nearly(variants: set[str]) -> set[str]:
    """The words of the business that are one of these when one letter is left out."""
    if not variants:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT word FROM record_finder_variant WHERE business_id = %s AND variant = ANY(%s)",
            [whose.business(), sorted(variants)],
        )
        return {word for (word,) in cursor}


def forget(rows: list[Any]) -> None:
    """Their words, and the variants of words that nobody has any more."""
    business, words = whose.business(), _words(rows)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM record_finder_word WHERE business_id = %s AND customer_id = ANY(%s)",
            [business, [row.customer_id for row in rows]],
        )
        cursor.execute(
            "DELETE FROM record_finder_variant AS variant WHERE business_id = %s AND word = ANY(%s) AND NOT EXISTS"
            " (SELECT FROM record_finder_word AS hers WHERE hers.business_id = %s AND hers.word = variant.word)",
            [business, words, business],
        )


def remember(rows: list[Any]) -> None:
    business, words = whose.business(), _words(rows)
    pairs = [(word, row.customer_id) for row in rows for word in set(row.words.split())]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT word FROM record_finder_variant WHERE business_id = %s AND word = ANY(%s)",
            [business, words],
        )
        known = {word for (word,) in cursor}
        variants = [(variant, word) for word in words if word not in known for variant in deletions(word) - {word}]
        cursor.execute(
            "INSERT INTO record_finder_variant (business_id, variant, word)"
            " SELECT %s, * FROM unnest(%s::text[], %s::text[]) ON CONFLICT DO NOTHING",  # another writer may be first
            [business, *_columns(variants)],
        )
        cursor.execute(
            "INSERT INTO record_finder_word (business_id, word, customer_id)"
            " SELECT %s, * FROM unnest(%s::text[], %s::uuid[])",
            [business, *_columns(pairs)],
        )


def _words(rows: list[Any]) -> list[str]:
    return sorted({word for row in rows for word in row.words.split()})


def _columns(pairs: list[tuple[Any, Any]]) -> tuple[list[Any], list[Any]]:
    return [first for first, _ in pairs], [second for _, second in pairs]
