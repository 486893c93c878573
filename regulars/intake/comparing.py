"""A draft beside the book: which of its sales are there already, and what would come of bringing it in."""

import json
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from regulars.record import sales
from regulars.record.draft import Draft
from regulars.record.sales import Sale

AT_A_TIME = 1_000
REASONS = 5

# Two equal lines of one file are two true sales: the second has occurrence 2, and so has it in the next file that
# overlaps with this one. The card, not the customer: a merge of two customers must not make their lines new.
EQUAL_LINES = """
SELECT line, card, at, amount, currency, branch, what, receipt,
    row_number() OVER (PARTITION BY card, at, amount, currency, branch, what, receipt ORDER BY line)
FROM sale JOIN who ON who.id = sale.who JOIN person ON person.id = who.person
ORDER BY line
"""


def compare(draft: Draft, *, is_at: Callable[[float], None], read: Callable[[], Any]) -> None:
    """Give each sale of the draft its fingerprint, mark those that the book knows, and note each first day."""
    total, done = draft.count("sale"), 0
    lines = draft.rows(EQUAL_LINES)
    while some := list(islice(lines, AT_A_TIME)):
        prints = [(sales.fingerprint(*row[1:]), row[0]) for row in some]
        with read():
            known = set(
                Sale.objects.filter(fingerprint__in=[one for one, _line in prints])
                .order_by()
                .values_list("fingerprint", flat=True)
            )
        with draft.writing():
            draft.db.executemany(
                "UPDATE sale SET fingerprint = ?, is_known = ? WHERE line = ?",
                [(one, one in known, line) for one, line in prints],
            )
        done += len(some)
        is_at(done / total)
    draft.db.execute(
        "UPDATE person SET first_at = first.at FROM"
        " (SELECT person, min(at) AS at FROM sale JOIN who ON who.id = sale.who GROUP BY person) AS first"
        " WHERE first.person = person.id"
    )


def outcome(draft: Draft) -> dict[str, Any]:
    """What would come of it, in numbers that show at once whether dates and decimals were understood.

    `sums`: currency to minor units; `largest`: [amount, currency]; `reasons`: [sentence, details, first line, count],
    the commonest first.
    """
    first, last, refunds = _one(draft, "min(day), max(day), count(*) FILTER (WHERE amount < 0) FROM sale " + SETTLED)
    return {
        "added": draft.count(f"sale {SETTLED} AND NOT is_known"),
        "known": draft.count(f"sale {SETTLED} AND is_known"),
        "refused": draft.count("refusal"),
        "customers": draft.count("person WHERE is_new"),
        "completed": draft.count(
            "person WHERE NOT is_new AND (fields != '{}' OR id IN (SELECT person FROM contact WHERE contact.is_new))"
        ),
        "people": draft.count("(SELECT DISTINCT person FROM who WHERE person IS NOT NULL)"),
        "refunds": refunds,
        "first_on": first,
        "last_on": last,
        "sums": dict(draft.rows(f"SELECT currency, sum(amount) FROM sale {SETTLED} GROUP BY currency ORDER BY 1")),
        "largest": next(
            map(list, draft.rows(f"SELECT amount, currency FROM sale {SETTLED} ORDER BY amount DESC LIMIT 1")), None
        ),
        "reasons": list(_reasons(draft)),
    }


SETTLED = "JOIN who ON who.id = sale.who WHERE person IS NOT NULL"


def _one(draft: Draft, query: str) -> Any:
    return next(draft.rows("SELECT " + query))


def _reasons(draft: Draft) -> Iterator[list[Any]]:
    for sentence, details, line, count in draft.rows(
        "SELECT sentence, details, min(line), count(*) FROM refusal GROUP BY sentence ORDER BY 4 DESC, 3 LIMIT ?",
        REASONS,
    ):
        yield [sentence, json.loads(details), line, count]


def refusals_by_identity(draft: Draft) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Lines whose customer could not be told, in order: the line, the sentence, its details."""
    for line, refusal in draft.rows(
        "SELECT first_line, refusal FROM who WHERE refusal IS NOT NULL AND id NOT IN (SELECT who FROM sale)"
        " UNION ALL SELECT sale.line, refusal FROM sale JOIN who ON who.id = sale.who WHERE refusal IS NOT NULL"
        " ORDER BY 1"
    ):
        yield line, *json.loads(refusal)
