"""The first lines of a file: kept beside it, so that a page need not open a large file to show how it is understood."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from django.utils.translation import gettext

from regulars.intake import mapping, refusals, words
from regulars.intake.lines import Reader
from regulars.intake.plans import COLUMNS, SALES, Plan
from regulars.intake.tablefile import TableFile
from regulars.kernel.refusal import Refused
from regulars.record import imports
from regulars.record.business import Business
from regulars.record.draft import Line, Words
from regulars.record.imports import Import

GUESSED_FROM, SHOWN = 200, 4
OURS = 2  # columns that a file of refused lines has beyond its own


@dataclass
class Sample:
    """How the file was opened, its headings and its first rows: each with its line."""

    encoding: str
    delimiter: str
    sheet: str
    sheets: list[str]
    headings: list[str]
    rows: list[tuple[int, list[str]]]

    @property
    def cells(self) -> list[list[str]]:
        return [cells for _line, cells in self.rows]


@dataclass
class Shown:
    """One of the first lines as it stands, and as it is understood; or why it is not."""

    line: int
    cells: list[str]
    who: Words | None = None
    sale: Line | None = None
    reason: str = ""

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.sale.day) if self.sale else None

    @property
    def contacts(self) -> str:
        return ", ".join(written for _kind, _value, written in self.who.contacts) if self.who else ""


def take(brought: Import, plan: Plan) -> Sample:
    """Look into the file by this plan, and keep what was seen. Raises Refused when it is no table."""
    with plan.open(brought.file) as table:
        seen = Sample(table.encoding, table.delimiter, table.sheet, table.sheets, table.headings, _first(table))
    (brought.folder / "sample.json").write_text(json.dumps(asdict(seen)), encoding="utf-8")
    return seen


def _first(table: TableFile) -> list[tuple[int, list[str]]]:
    rows = ((line, cells) for line, cells in table.rows() if any(cells))
    return list(islice(rows, GUESSED_FROM))


def kept(brought: Import) -> Sample:
    """What was seen when the file was looked into last."""
    return Sample(**json.loads((brought.folder / "sample.json").read_text(encoding="utf-8")))


def guess(brought: Import, business: Business) -> dict[str, Any]:
    """The first plan: as a file with these headings was understood last time, else as its words suggest."""
    plan = Plan(currency=business.currency)
    seen = take(brought, plan)
    plan.encoding, plan.delimiter, plan.sheet, plan.headings = seen.encoding, seen.delimiter, seen.sheet, seen.headings
    for headings in (seen.headings, seen.headings[:-OURS]):
        if any(headings) and (remembered := imports.recall(brought.subject, headings)):
            return asdict(plan) | {
                name: remembered[name] for name in ("columns", "date_order", "decimal", "currency", "branch")
            }
    plan.columns = mapping.guess(seen.headings, seen.cells, brought.subject)
    dates = _column(seen, plan, "when") or _column(seen, plan, "met")
    plan.date_order = words.guess_date_order(dates)[0] if dates else plan.date_order
    plan.decimal = words.guess_decimal(_column(seen, plan, "amount"))
    return asdict(plan)


def _column(seen: Sample, plan: Plan, name: str) -> list[str]:
    place = plan.columns.get(name)
    return [row[place] for row in seen.cells if place is not None and place < len(row) and row[place]]


def shown(brought: Import, plan: Plan, seen: Sample, business: Business, today: date) -> list[Shown]:
    """The first lines as this plan understands them."""
    reader = Reader(brought.subject, plan, business, today=today)
    return [_show(reader, line, cells) for line, cells in seen.rows[:SHOWN]]


def _show(reader: Reader, line: int, cells: list[str]) -> Shown:
    try:
        return Shown(line, cells, *reader(cells))
    except Refused as refusal:
        return Shown(line, cells, reason=refusals.said(refusal.sentence, refusal.details, gettext))


def table(subject: str, at: datetime) -> tuple[list[str], Iterable[list[Any]]]:
    """Headings and rows of a small file to try, in the reader's language."""
    days = [at.date() - timedelta(days=ago) for ago in (92, 61, 30, 3)]
    people = [("17", "Mari Tamm", "+372 5551 2341"), ("23", "Outi Laine", "+358 40 123 4567")] * 2
    if subject == SALES:
        heads = ["when", "number", "name", "phone", "what", "amount"]
        amounts = [Decimal(text) for text in ("45.00", "52.50", "45.00", "60.00")]
        rows = [
            [day, *person, gettext("Haircut"), amount]
            for day, person, amount in zip(days, people, amounts, strict=True)
        ]
    else:
        heads = ["number", "name", "phone", "met"]
        rows = [[*person, day] for person, day in zip(people[:2], days, strict=False)]
    return [str(COLUMNS[head]) for head in heads], rows
