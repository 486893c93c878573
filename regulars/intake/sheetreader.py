"""Reads one sheet of a workbook and writes its rows as JSON. A program of its own, and no part of any other.

A hostile workbook can make the reader ask for more memory than there is, and then its process ends without a word. So
that it is never ours, workbook.py starts this one and gives it limits. It knows nothing of Regulars.
"""

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import IO, Any

MEMORY, SECONDS = 400 * 1024 * 1024, 60
ROWS_AT_A_TIME = 500
TOO_LARGE = 4


def answer(path: str, sheet: str, decimal: str) -> Iterator[Any]:
    """What the sheets are, which is read, its first line, its length; its rows, some at a time; at the end, nothing."""
    from python_calamine import CalamineWorkbook  # here, so that the limits stand before it

    book = CalamineWorkbook.from_path(path)
    chosen = sheet if sheet in book.sheet_names else book.sheet_names[0]
    cells = book.get_sheet_by_name(chosen)
    yield {
        "sheets": book.sheet_names,
        "sheet": chosen,
        "first": cells.start[0] + 1 if cells.start else 1,
        "total": max(cells.height, 1),
    }
    rows = ([as_text(cell, decimal) for cell in row] for row in cells.iter_rows())
    while some := list(islice(rows, ROWS_AT_A_TIME)):
        yield some
    yield []


def as_text(cell: Any, decimal: str) -> str:
    """What stands in a cell, as plain text: 12.34, 2026-01-31, 2026-01-31 14:05:00, 1 for yes."""
    match cell:
        case bool():
            return "1" if cell else ""
        case float() | int():
            # Fifteen digits are what a spreadsheet shows: 0.1 + 0.2 is 0.3 there, and so it is here.
            number = format(Decimal(f"{cell:.15g}"), "f")
            return (number.rstrip("0").rstrip(".") if "." in number else number).replace(".", decimal)
        case datetime():
            return cell.isoformat(" ", "seconds") if cell.time() != time(0) else cell.date().isoformat()
        case date():
            return cell.isoformat()
        case time():
            return cell.isoformat("seconds")
        case timedelta():
            return str(cell)
    return str(cell or "").replace("\0", "").strip()


def main(arguments: list[str], out: IO[str]) -> int:
    """The way out: 0, or TOO_LARGE; anything else means that it cannot be read."""
    try:
        for part in answer(*arguments):
            out.write(json.dumps(part) + "\n")
    except MemoryError:
        return TOO_LARGE
    return 0


if __name__ == "__main__":
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(main(sys.argv[1:], sys.stdout))
