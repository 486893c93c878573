"""A file of sales becomes a summary per customer, without a database: CSV and XLSX as they come, Parquet by DuckDB.

There are two ways in. DuckDB reads Parquet, and CSV whose days are ISO and whose amounts are plain: millions of lines
in a second. Whatever is written otherwise goes line by line through the words of `intake`.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from regulars.cli import salesquery
from regulars.cli.salesquery import EPOCH, Tell, quoted
from regulars.engines.lifetime import HeldOut, Summary, hold_out, summarise
from regulars.kernel import clock
from regulars.kernel.refusal import Refused, gettext_noop

GUESSED_FROM = 200  # lines


@dataclass(frozen=True)
class Columns:
    """The names of the columns, empty for those that are to be guessed."""

    customer: str = ""
    date: str = ""
    amount: str = ""


@dataclass(frozen=True)
class History:
    """`names`: her id in the file, in the order of the summary. `refused`: a reason to how many lines.

    Days are counted from 1970-01-01.
    """

    names: Any  # texts, or an array of whole numbers: a million texts would take longer than all the counting
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
        return _read_by_duckdb(path, columns, until, f"read_parquet({quoted(path)})", tell)
    from regulars.intake.tablefile import TableFile

    with TableFile(path) as table:
        headings = [heading or f"column {place + 1}" for place, heading in enumerate(table.headings)]
        sample = [cells for _line, cells in islice(table.rows(), GUESSED_FROM)]
        places = _places(headings, sample, columns)
        if not table.is_workbook and _is_plain(sample, places) and any(table.headings):
            how = f"delim={quoted(table.delimiter)}, quote='\"', header=true, all_varchar=true"
            named = Columns(*(headings[place] for place in places))
            try:
                return _read_by_duckdb(path, named, until, f"read_csv({quoted(path)}, {how})", tell, is_strict=True)
            except Refused:
                pass  # something further down is written in another way
        return _read_by_lines(table, sample, places, until, tell)


def _read_by_duckdb(
    path: Path, columns: Columns, until: date | None, table: str, tell: Tell, *, is_strict: bool = False
) -> History:
    """`is_strict`: refuses where DuckDB would read a line or a heading otherwise than we do."""
    import duckdb

    base = duckdb.connect()
    try:
        base.execute("SET TimeZone = 'UTC'")  # the same day on every machine for a moment that has a zone
        types = {name: kind for name, kind, *_ in base.execute(f"DESCRIBE SELECT * FROM {table}").fetchall()}
        if not is_strict:
            headings = list(types)
            texts = f"SELECT COLUMNS(*)::VARCHAR FROM {table} LIMIT {GUESSED_FROM}"
            some = [[cell or "" for cell in row] for row in base.execute(texts).fetchall()]
            places = _places(headings, some, columns)
            columns = Columns(*(headings[place] for place in places))
        elif not types.keys() >= {columns.customer, columns.date, columns.amount}:
            raise Refused("")
        source = salesquery.Source(table, columns.customer, columns.date, columns.amount, types)
        return History(*salesquery.count(base, source, until, until or _today(), is_strict=is_strict, tell=tell))
    except duckdb.Error as error:
        sentence = gettext_noop("%(path)s cannot be read: %(why)s")
        raise Refused(sentence, path=path, why=str(error).splitlines()[0]) from error
    finally:
        base.close()


def _today() -> date:
    """What is dated later is a slip of the pen, wherever on the earth it was sold."""
    return clock.today("Pacific/Kiritimati")


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
            days.append(day.toordinal() - EPOCH)
            amounts.append(amount)
    code, day_numbers, sums = np.array(codes, np.int64), np.array(days, np.int64), np.array(amounts, np.float64)
    end = (until or _today()).toordinal() - EPOCH
    last = end if until else int(day_numbers[day_numbers <= end].max(initial=0))
    summary = summarise(code, day_numbers, sums, last)
    hers = list(names)
    held_out = hold_out(code, day_numbers, sums, last)
    return History([hers[place] for place in summary.customer.tolist()], summary, held_out, lines, dict(refused))
