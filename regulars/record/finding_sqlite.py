"""The index behind search.py on SQLite: FTS5 over the words and their variants of each Finder row."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import connection

from regulars.kernel import whose
from regulars.record.finding import Group


def matches(query: list[Group], limit: int) -> list[tuple[UUID, str]]:
    """Customers and their words; at most `limit`."""
    match = " AND ".join("(" + " OR ".join(_terms(group)) + ")" for group in query)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT finder.customer_id, finder.words FROM record_finder_index AS hit"
            " JOIN record_finder AS finder ON finder.place = hit.rowid"
            " WHERE record_finder_index MATCH %s AND finder.business_id = %s LIMIT %s",
            [match, whose.business().hex, limit],
        )
        return [(UUID(customer), words) for customer, words in cursor]


def _terms(group: Group) -> Iterator[str]:
    for word in group.words | group.variants:
        yield f'words : "{word}"'
    for word in group.beginnings:
        yield f'words : "{word}" *'
    for word in group.variants:
        yield f'variants : "{word}"'


def forget(rows: list[Any]) -> None:
    """The index holds no text of its own, so it is told what it was given."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO record_finder_index (record_finder_index, rowid, words, variants)"
            " VALUES ('delete', %s, %s, %s)",
            [(row.place, row.words, row.variants) for row in rows],
        )


def remember(rows: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO record_finder_index (rowid, words, variants) VALUES (%s, %s, %s)",
            [(row.place, row.words, row.variants) for row in rows],
        )
