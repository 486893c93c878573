"""The index behind search.py on PostgreSQL: two tables of words in order, walled by row-level security.

Full-text search will not do. `@@` is not leakproof, and under row-level security PostgreSQL asks an index only what is:
it would read every row of the business. What is equal, and what lies between two words, is leakproof.
"""

from typing import Any
from uuid import UUID

from django.db import connection

from regulars.kernel import whose
from regulars.record.finding import Group, deletions

_LAST = "\U0010ffff"  # comes after every letter


def matches(query: list[Group], limit: int) -> list[tuple[UUID, str]]:
    """Customers and their words; at most `limit`."""
    business = whose.business()
    tables: list[str] = []
    links: list[str] = []
    values: list[Any] = []
    for place, group in enumerate(query):
        where, words = _where(place, group)
        tables.append(f"record_finder_word AS hit{place}")
        links += [f"hit{place}.business_id = %s", where]
        values += [business, *words]
        if place:
            links.append(f"hit{place}.customer_id = hit0.customer_id")
    hits = f"SELECT hit0.customer_id FROM {', '.join(tables)} WHERE {' AND '.join(links)}"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT finder.customer_id, finder.words FROM record_finder AS finder"
            f" WHERE finder.business_id = %s AND finder.customer_id IN ({hits} LIMIT %s)",
            [business, *values, 4 * limit],  # several of her words may begin as one that was typed
        )
        return list(cursor)


def _where(place: int, group: Group) -> tuple[str, list[Any]]:
    words = group.words | group.variants | _spelt_nearly(group.variants)
    either = [f"hit{place}.word = ANY(%s)"] if words else []
    values: list[Any] = [sorted(words)] if words else []
    for word in sorted(group.beginnings):
        either.append(f"(hit{place}.word >= %s AND hit{place}.word < %s)")
        values += [word, word + _LAST]
    return f"({' OR '.join(either)})", values


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
