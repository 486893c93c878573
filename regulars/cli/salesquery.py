"""DuckDB counts a file of sales: it streams past in the order of its days, or is grouped by SQL where it cannot."""

import datetime
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from regulars.engines.lifetime import HeldOut, Summary, hold_out
from regulars.engines.tally import Tally
from regulars.kernel.refusal import Refused

HELD_OUT_CUSTOMERS = 20_000
HELD_OUT = 1 / 3  # of the days
LINES_AT_A_TIME = 500_000
MOST_READINGS = 24  # of the file; one that is in the order of its days is read once all the same
EPOCH = datetime.date(1970, 1, 1).toordinal()
WHOLE = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"}
Tell = Callable[[float], None]  # how much is done, 0 to 1


@dataclass(frozen=True)
class Source:
    """What to read: SQL for the table, and its three columns with their types."""

    table: str
    customer: str
    date: str
    amount: str
    types: dict[str, str]

    @property
    def is_numbered(self) -> bool:
        """Whole numbers for customers, and days: they can be counted as they stream by."""
        kind = self.types[self.date]
        return self.types[self.customer] in WHOLE and (kind == "DATE" or kind.startswith("TIMESTAMP"))

    @property
    def line(self) -> str:
        """Who, the day since 1970 and the amount of each line; null where there is none."""
        customer, day, amount = name(self.customer), name(self.date), name(self.amount)
        who = customer if "INT" in self.types[self.customer] else f"nullif(trim(CAST({customer} AS VARCHAR)), '')"
        on = f"TRY_CAST({day} AS DATE)"
        sum_ = f"TRY_CAST({amount} AS DOUBLE)"
        return (
            f"SELECT {who} AS who, CASE WHEN isfinite({on}) THEN {on} - DATE '1970-01-01' END AS day,"
            f" CASE WHEN isfinite({sum_}) THEN {sum_} END AS amount FROM {self.table}"
        )


class Counted(NamedTuple):
    """`who`: her id in the file, in the order of the summary."""

    who: Any
    summary: Summary
    held_out: HeldOut | None
    lines: int
    refused: dict[str, int]


_GLANCE = """
SELECT count(*), count(who), count(day), count(amount), min(day), max(day), {least}, {most}, min(amount) FROM ({line})
"""
_COUNTS = """
SELECT count(*), count(*) FILTER (WHERE who IS NULL), count(*) FILTER (WHERE who IS NOT NULL AND day IS NULL),
       count(*) FILTER (WHERE who IS NOT NULL AND day IS NOT NULL AND amount IS NULL),
       count(*) FILTER (WHERE who IS NOT NULL AND amount IS NOT NULL AND day > {until}),
       count(*) FILTER (WHERE who IS NOT NULL AND amount < 0 AND day <= {until}),
       min(day) FILTER (WHERE who IS NOT NULL AND amount IS NOT NULL),
       max(day) FILTER (WHERE who IS NOT NULL AND amount IS NOT NULL AND day <= {until}), {least}, {most}
FROM ({line})
"""
_VISITS = """
WITH good AS (SELECT * FROM ({line}) WHERE who IS NOT NULL AND amount IS NOT NULL AND day <= {until}),
visit AS (SELECT who, day, sum(amount) AS amount FROM good WHERE amount >= 0 GROUP BY who, day),
her AS (
    SELECT who, count(*) - 1 AS frequency, min(day) AS first, max(day) AS last, sum(amount) AS total,
           arg_min(amount, day) AS on_first FROM visit GROUP BY who
),
back AS (SELECT who, -sum(amount) AS amount FROM good WHERE amount < 0 GROUP BY who)
SELECT CAST(her.who AS VARCHAR) AS who, frequency, first, last, total, on_first, coalesce(back.amount, 0) AS back
FROM her LEFT JOIN back USING (who) ORDER BY her.who
"""
_SAMPLE = """
SELECT dense_rank() OVER (ORDER BY who) - 1 AS code, day, amount FROM ({line})
WHERE day <= {until} AND amount IS NOT NULL AND who IS NOT NULL AND hash(who) % {step} = 0
"""
_SPELL = """
SELECT CAST(CAST(who AS BIGINT) - {least} AS INTEGER) AS code, CAST(day AS INTEGER) AS day, amount FROM (
    {line} WHERE {date} >= DATE '1970-01-01' + {begin} AND {date} < DATE '1970-01-01' + {end}
) WHERE who IS NOT NULL AND amount IS NOT NULL
"""


def count(
    base: Any, source: Source, until: datetime.date | None, latest: datetime.date, *, is_strict: bool, tell: Tell
) -> Counted:
    """Everybody's summary. `is_strict`: refuses when a line has a date or an amount that DuckDB cannot read.

    The history ends with `until`; without it, with its last sale that is not after `latest`.
    """
    end = latest.toordinal() - EPOCH
    words = {"line": source.line, "until": end}
    lines, nameless, dayless, amountless, later, refunds, *ends = _counts(base, source, words)
    if is_strict and (dayless or amountless):
        raise Refused("")
    first, newest, least, most = (int(number or 0) for number in ends)
    last = end if until else newest
    tell(0.2)
    good = lines - nameless - dayless - amountless - later
    span = most - least + 1
    if source.is_numbered and good and span <= 4 * good + 1000:
        cut = last - int((last - first) * HELD_OUT)
        tally = Tally(span, cut if first < cut < last else None)
        _stream(base, source, tally, (first, newest + 1), least, good, tell)
        summary, held_out = tally.summary(last, later), tally.held_out(last)
        who: Any = summary.customer + least
    else:
        found = base.execute(_VISITS.format(**words)).fetchnumpy()
        summary = _summary(found, last, refunds, later)
        step = max(1, len(summary) // HELD_OUT_CUSTOMERS)
        some = base.execute(_SAMPLE.format(**words, step=step)).fetchnumpy()
        held_out, who = hold_out(some["code"], some["day"], some["amount"], last), found["who"]
    refused = {"no customer": nameless, "not a date": dayless, "not an amount": amountless}
    return Counted(who, summary, held_out, lines, {reason: many for reason, many in refused.items() if many})


def _counts(base: Any, source: Source, words: dict[str, Any]) -> list[Any]:
    """As _COUNTS has them. A glance is enough, in half the time, where nothing is amiss and nothing was taken back."""
    names = {"least": "min(who)", "most": "max(who)"} if source.is_numbered else {"least": "NULL", "most": "NULL"}
    lines, *whole, first, newest, least, most, lowest = base.execute(_GLANCE.format(**words, **names)).fetchone()
    if whole == [lines] * 3 and lines and newest <= words["until"] and lowest >= 0:
        return [lines, 0, 0, 0, 0, 0, first, newest, least, most]
    return list(base.execute(_COUNTS.format(**words, **names)).fetchone())


def _stream(base: Any, source: Source, tally: Tally, days: tuple[int, int], least: int, lines: int, tell: Tell) -> None:
    """Spell after spell of the days. Where the file is in their order, DuckDB skips what is outside a spell unread."""
    count = min(max(1, lines // LINES_AT_A_TIME), MOST_READINGS, days[1] - days[0])
    edges = np.linspace(*days, count + 1).round().astype(int).tolist()

    def read(spell: tuple[int, int]) -> dict[str, Any]:
        words = {"line": source.line, "date": name(source.date), "least": least, "begin": spell[0], "end": spell[1]}
        return dict(base.execute(_SPELL.format(**words)).fetchnumpy())

    with ThreadPoolExecutor(1) as ahead:  # the next spell is read while this one is counted
        coming: Future[dict[str, Any]] | None = None
        for spell, following in zip(pairwise(edges), [*pairwise(edges[1:]), None], strict=True):
            found = (coming or ahead.submit(read, spell)).result()
            coming = ahead.submit(read, following) if following else None
            tally.add(found["code"], found["day"], found["amount"])
            tell(0.2 + 0.8 * (spell[1] - days[0]) / (days[1] - days[0]))


def _summary(found: dict[str, Any], until: int, refunds: int, later: int) -> Summary:
    frequency = np.asarray(found["frequency"], np.int64)
    first, last = (np.asarray(found[column], np.int64) for column in ("first", "last"))
    total, on_first, back = (np.asarray(found[column], np.float64) for column in ("total", "on_first", "back"))
    repeat = np.where(frequency > 0, (total - on_first) / np.maximum(frequency, 1), on_first)
    kept = np.maximum(total - back, 0) / np.where(total > 0, total, 1)
    customer = np.arange(len(frequency), dtype=np.int64)
    return Summary(customer, frequency, last - first, until - first, repeat * kept, until, refunds, later)


def name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"
