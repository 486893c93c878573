"""The lines of a file that were refused: kept as they were, and given back with the reason on each."""

import json
from collections.abc import Callable, Iterator, Sequence

from regulars.intake.plans import COLUMNS, Plan
from regulars.record.draft import Draft
from regulars.record.imports import Import

Row = list[str]


def keep(brought: Import, plan: Plan, draft: Draft) -> None:
    """Write the refused lines beside the file: the reasons as sentences to be translated for whoever reads them."""
    with brought.refused_lines.open("w", encoding="utf-8") as file:
        file.write(json.dumps(plan.headings) + "\n")
        for line, cells, sentence, details in draft.rows(
            "SELECT line, cells, sentence, details FROM refusal ORDER BY line"
        ):
            file.write(json.dumps([line, json.loads(cells), sentence, json.loads(details)]) + "\n")


def table(brought: Import, translate: Callable[[str], str]) -> tuple[Row, Iterator[Row]]:
    """Headings and rows: the file's own columns as they were, then the line and the reason.

    Corrected, it can be brought as it is: the two new columns stand last, and are not needed. Columns that had no
    headings get ours, by which they are known again.
    """
    lines = brought.refused_lines.open(encoding="utf-8")
    headings = json.loads(next(lines))
    if not any(headings):
        ours = {place: str(COLUMNS[name]) for name, place in brought.plan["columns"].items()}
        headings = [ours.get(place, "") for place in range(len(headings))]
    return [*headings, translate("Line"), translate("Why it came back")], _rows(lines, len(headings), translate)


def _rows(lines: Iterator[str], width: int, translate: Callable[[str], str]) -> Iterator[Row]:
    for text in lines:
        line, cells, sentence, details = json.loads(text)
        yield [*_to_width(cells, width), str(line), said(sentence, details, translate)]


def said(sentence: str, details: dict[str, object], translate: Callable[[str], str]) -> str:
    """The reason in the reader's language."""
    return translate(sentence) % details if details else translate(sentence)


def _to_width(cells: Sequence[str], width: int) -> Row:
    return [*cells[:width], *[""] * (width - len(cells))]
