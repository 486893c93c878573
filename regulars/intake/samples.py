"""The first lines of a file: kept beside it, so that a page need not open a large file to show how it is understood."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from regulars.intake import mapping, refusals, words
from regulars.intake.lines import Reader
from regulars.intake.plans import COLUMNS, CUSTOMERS, SALES, Plan
from regulars.intake.tablefile import TableFile
from regulars.kernel.refusal import Refused
from regulars.record.business import Business
from regulars.record.draft import Line, Words
from regulars.record.imports import Import
from regulars.record.mapping import recall
from regulars.record.particulars import OPT_OUTS, OWN
from regulars.record.tags import OwnField

DAYS = ("when", "met", "birthday")
GUESSED_FROM, SHOWN = 200, 4
REMEMBERED = ("columns", "own", "date_order", "decimal", "currency", "branch")
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

    @property
    def more(self) -> list[tuple[str, str]]:
        """What else the line says of her: what it is, and what we read."""
        fields = dict(self.who.fields) if self.who else {}
        return [(_called(name), _said(name, text)) for name, text in fields.items()]


def _called(name: str) -> str:
    if name.startswith(OWN):
        return name.removeprefix(OWN)
    return str(COLUMNS["met" if name == "met_at" else name])


def _said(name: str, text: str) -> str:
    """As the reader's language writes it."""
    if name in ("met_at", "birthday"):
        return date_format(date.fromisoformat(text[:10]), "DATE_FORMAT")
    if name in OPT_OUTS:
        return gettext("yes")
    return text.replace("\n", ", ")


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
        if any(headings) and (remembered := recall(brought.subject, headings)):
            return asdict(plan) | {name: remembered[name] for name in REMEMBERED if name in remembered}
    find_columns(plan, seen, brought.subject)
    dates = [text for name in DAYS for text in _column(seen, plan, name)]
    plan.date_order, is_doubtful = words.guess_date_order(dates) if dates else (plan.date_order, False)
    plan.doubt = next(filter(_reads_twice, dates), "") if is_doubtful else ""
    plan.decimal = words.guess_decimal(_column(seen, plan, "amount"))
    return asdict(plan)


def find_columns(plan: Plan, seen: Sample, subject: str) -> None:
    """What the columns are: called as we call them on the page, or as far as headings and cells tell."""
    plan.headings = seen.headings
    ours = {str(COLUMNS[name]): name for name in mapping.OF[subject]}
    plan.columns = {ours[heading]: place for place, heading in enumerate(seen.headings) if heading in ours}
    for name, place in mapping.guess(seen.headings, seen.cells, subject).items():
        if name not in plan.columns and place not in plan.columns.values():
            plan.columns[name] = place
    plan.own = {}
    if subject == CUSTOMERS:
        fields = OwnField.objects.filter(retired_at=None).values_list("name", flat=True)
        plan.own = mapping.guess_own(seen.headings, plan.columns.values(), fields)


def _reads_twice(text: str) -> bool:
    """Whether it means one day in Europe and another in America. Days with points are European."""
    try:
        return "." not in text and words.day(text, "dmy") != words.day(text, "mdy")
    except Refused:
        return False


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
