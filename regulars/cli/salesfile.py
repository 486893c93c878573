"""A file of sales becomes a summary per customer, without a database: CSV and XLSX as they come, Parquet by DuckDB.

There are two ways in. DuckDB reads Parquet, and CSV whose days are ISO and whose amounts are plain, and groups them
itself: millions of lines in a second. Whatever is written otherwise goes line by line through the words of `intake`.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from regulars.engines.lifetime import HeldOut, Summary, hold_out, summarise
from regulars.engines.summary import Floats, Ints
from regulars.kernel.refusal import Refused, gettext_noop

HELD_OUT_CUSTOMERS = 20_000
GUESSED_FROM = 200  # lines
Tell = Callable[[float], None]  # how much is done, 0 to 1


@dataclass(frozen=True)
class Columns:
    """The names of the columns, empty for those that are to be guessed."""

    customer: str = ""
    date: str = ""
    amount: str = ""


@dataclass(frozen=True)
class History:
    """`names`: her id in the file, in the order of the summary. `refused`: a reason to how many lines."""

    names: list[str]
    summary: Summary
    held_out: HeldOut | None
    lines: int
    refused: dict[str, int]


def read(
    path: Path, *, until: date | None = None, columns: Columns = Columns(), tell: Tell = lambda _: None
) -> History:
    """The history up to and including `until`. Raises Refused with a sentence that says what to do."""
    if not path.is_file():
        raise Refused(gettext_noop("There is no file %(path)s."), path=path)
    if path.suffix.lower() in (".parquet", ".pq"):
        return _read_by_duckdb(path, columns, until, f"read_parquet({_quoted(path)})")
    from regulars.intake.tablefile import TableFile

    with TableFile(path) as table:
        headings = [heading or f"column {place + 1}" for place, heading in enumerate(table.headings)]
        sample = [cells for _line, cells in islice(table.rows(), GUESSED_FROM)]
        places = _places(headings, sample, columns)
        if not table.is_workbook and _is_plain(sample, places) and any(table.headings):
            how = f"delim={_quoted(table.delimiter)}, quote='\"', header=true, all_varchar=true"
            source = f"read_csv({_quoted(path)}, {how})"
            named = Columns(*(headings[place] for place in places))
            try:
                return _read_by_duckdb(path, named, until, source, strict=True)
            except Refused:
                pass  # something further down is written otherwise
        return _read_by_lines(table, sample, places, until, tell)


# --- which column is what ----------------------------------------------------------------------------------------


def _places(headings: list[str], sample: list[list[str]], wanted: Columns) -> tuple[int, int, int]:
    from regulars.intake import mapping

    guessed = mapping.guess(headings, [], "sales") | mapping.guess(headings, sample, "sales")
    who = next((guessed[name] for name in ("number", "name", "email", "phone") if name in guessed), None)
    return (
        _place(headings, wanted.customer, who, "customer"),
        _place(headings, wanted.date, guessed.get("when"), "date"),
        _place(headings, wanted.amount, guessed.get("amount"), "amount"),
    )


def _place(headings: list[str], wanted: str, guessed: int | None, what: str) -> int:
    if wanted:
        found = [place for place, heading in enumerate(headings) if heading.casefold() == wanted.casefold()]
        if found:
            return found[0]
        raise Refused(
            gettext_noop("There is no column %(wanted)s. The columns are: %(columns)s."),
            wanted=wanted,
            columns=", ".join(headings),
        )
    if guessed is None:
        raise Refused(
            gettext_noop(
                "No column looks like the %(what)s. Name it with --%(what)s-column; the columns are: %(columns)s."
            ),
            what=what,
            columns=", ".join(headings),
        )
    return guessed


def _is_plain(sample: list[list[str]], places: tuple[int, int, int]) -> bool:
    """Whether days are ISO and amounts have a point or nothing: then DuckDB reads them as we would."""
    _customer, when, amount = places
    for cells in sample:
        try:
            date.fromisoformat(cells[when])
            float(cells[amount].replace("_", "x").replace("n", "x"))
        except (ValueError, IndexError):
            return False
    return bool(sample)


# --- by DuckDB ---------------------------------------------------------------------------------------------------

_VISITS = """
WITH line AS (SELECT {customer} AS who, {day} AS day, {amount} AS amount FROM {source}),
good AS (SELECT * FROM line WHERE who IS NOT NULL AND day IS NOT NULL AND amount IS NOT NULL AND day <= {until}),
visit AS (SELECT who, day, sum(amount) AS amount FROM good WHERE amount >= 0 GROUP BY who, day),
her AS (
    SELECT who, count(*) - 1 AS frequency, min(day) AS first, max(day) AS last, sum(amount) AS total,
           arg_min(amount, day) AS on_first FROM visit GROUP BY who
),
back AS (SELECT who, -sum(amount) AS amount FROM good WHERE amount < 0 GROUP BY who)
SELECT CAST(her.who AS VARCHAR) AS who, frequency, first, last, total, on_first, coalesce(back.amount, 0) AS back
FROM her LEFT JOIN back USING (who) ORDER BY her.who
"""
_COUNTS = """
SELECT count(*), count(*) FILTER (WHERE who IS NULL), count(*) FILTER (WHERE who IS NOT NULL AND day IS NULL),
       count(*) FILTER (WHERE who IS NOT NULL AND day IS NOT NULL AND amount IS NULL),
       count(*) FILTER (WHERE who IS NOT NULL AND amount IS NOT NULL AND day > {until}),
       count(*) FILTER (WHERE who IS NOT NULL AND amount < 0 AND day <= {until}), max(day)
FROM (SELECT {customer} AS who, {day} AS day, {amount} AS amount FROM {source})
"""
_SAMPLE = """
SELECT dense_rank() OVER (ORDER BY who) - 1 AS code, day, amount FROM (
    SELECT {customer} AS who, {day} AS day, {amount} AS amount FROM {source}
) WHERE day <= {until} AND amount IS NOT NULL AND hash(who) % {step} = 0
"""


def _read_by_duckdb(path: Path, columns: Columns, until: date | None, source: str, *, strict: bool = False) -> History:
    import duckdb

    base = duckdb.connect()
    try:
        return _grouped(base, columns, until, source, strict=strict)
    except duckdb.Error as error:
        sentence = gettext_noop("%(path)s cannot be read: %(why)s")
        raise Refused(sentence, path=path, why=str(error).splitlines()[0]) from error
    finally:
        base.close()


def _grouped(base: Any, columns: Columns, until: date | None, source: str, *, strict: bool) -> History:
    described = base.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
    types = {name: kind for name, kind, *_ in described}
    headings = list(types)
    if not strict:
        sample = [[str(cell) for cell in row] for row in base.execute(f"SELECT * FROM {source} LIMIT 200").fetchall()]
        columns = Columns(*(headings[place] for place in _places(headings, sample, columns)))
    words = {
        "source": source,
        "customer": _customer(columns.customer, types[columns.customer]),
        "day": f"TRY_CAST({_name(columns.date)} AS DATE) - DATE '1970-01-01'",
        "amount": f"TRY_CAST({_name(columns.amount)} AS DOUBLE)",
    }
    last = (until or date.max).toordinal() - date(1970, 1, 1).toordinal()
    counts = base.execute(_COUNTS.format(**words, until=last)).fetchone()
    lines, nameless, dayless, amountless, later, refunds, newest = (int(count or 0) for count in counts)
    if strict and (dayless or amountless):
        raise Refused("not plain")
    if until is None:
        last, later = newest, 0
    found = base.execute(_VISITS.format(**words, until=last)).fetchnumpy()
    summary = _summary(found, last, refunds, later)
    step = max(1, len(summary) // HELD_OUT_CUSTOMERS)
    some = base.execute(_SAMPLE.format(**words, until=last, step=step)).fetchnumpy()
    refused = {"no customer": nameless, "not a date": dayless, "not an amount": amountless}
    return History(
        names=found["who"].tolist(),
        summary=summary,
        held_out=hold_out(some["code"], some["day"], some["amount"], last),
        lines=lines,
        refused={reason: count for reason, count in refused.items() if count},
    )


def _summary(found: dict[str, Any], until: int, refunds: int, later: int) -> Summary:
    frequency = np.asarray(found["frequency"], np.int64)
    first, last = (np.asarray(found[name], np.int64) for name in ("first", "last"))
    total, on_first, back = (np.asarray(found[name], np.float64) for name in ("total", "on_first", "back"))
    repeat = np.where(frequency > 0, (total - on_first) / np.maximum(frequency, 1), on_first)
    kept = np.maximum(total - back, 0) / np.where(total > 0, total, 1)
    customer = np.arange(len(frequency), dtype=np.int64)
    return Summary(customer, frequency, last - first, until - first, repeat * kept, first, until, refunds, later)


def _customer(column: str, kind: str) -> str:
    """Her id as it stands; an empty text is nobody. Whole numbers stay numbers: they group three times as fast."""
    return _name(column) if "INT" in kind else f"nullif(trim(CAST({_name(column)} AS VARCHAR)), '')"


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"


# --- line by line ------------------------------------------------------------------------------------------------


def _read_by_lines(
    table: Any, sample: list[list[str]], places: tuple[int, int, int], until: date | None, tell: Tell
) -> History:
    from regulars.intake import words

    who, when, how_much = places
    order, _doubtful = words.guess_date_order(cells[when] for cells in sample if len(cells) > when)
    decimal = words.guess_decimal(cells[how_much] for cells in sample if len(cells) > how_much)
    names: dict[str, int] = {}
    codes, days, amounts = [], [], []
    refused: Counter[str] = Counter()
    lines = 0
    for number, (_line, cells) in enumerate(table.rows()):
        if not any(cells):
            continue
        lines += 1
        if not number % 10_000:
            tell(table.share)
        try:
            name = cells[who].strip()
            day = words.moment(cells[when], order, "UTC").date()
            amount = words.money(cells[how_much], "EUR", decimal) / 100
        except IndexError:
            refused["too short"] += 1
        except Refused as refusal:
            refused["not an amount" if refusal.field == "amount" else "not a date"] += 1
        else:
            if not name:
                refused["no customer"] += 1
                continue
            codes.append(names.setdefault(name, len(names)))
            days.append(day.toordinal())
            amounts.append(amount)
    code, day_numbers, sums = np.array(codes, np.int64), np.array(days, np.int64), np.array(amounts, np.float64)
    last = until.toordinal() if until else int(day_numbers.max(initial=0))
    return _by_columns(list(names), code, day_numbers, sums, last, lines, dict(refused))


def _by_columns(
    names: list[str], codes: Ints, days: Ints, amounts: Floats, last: int, lines: int, refused: dict[str, int]
) -> History:
    summary = summarise(codes, days, amounts, last)
    hers = [names[code] for code in summary.customer.tolist()]
    return History(hers, summary, hold_out(codes, days, amounts, last), lines, refused)
