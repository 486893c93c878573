"""Lists as files: CSV and XLSX that open in any spreadsheet with numbers as numbers and dates as dates.

CSV follows the reader's language, because the spreadsheet on her desk does: where a comma stands in numbers
columns are parted by semicolons, elsewhere by commas; UTF-8 with a mark at the front, for Excel. Cells which
a spreadsheet would run as a formula are defused.
"""

import csv
import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import TextIOWrapper
from typing import IO, Any

import xlsxwriter
from babel.numbers import get_decimal_symbol

from regulars.kernel.cells import defuse

Cell = str | int | Decimal | date | None

CSV, XLSX = "csv", "xlsx"
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ROWS_ON_A_SHEET = 1_000_000  # Excel's sheet ends at 1,048,576


def csv_file(heads: Sequence[str], rows: Iterable[Sequence[Cell]], language: str, *, delimiter: str = "") -> IO[bytes]:
    """A file, open at its beginning and gone when it is closed. `delimiter`: where not the language decides."""
    mark = get_decimal_symbol(language)
    out = tempfile.TemporaryFile()  # noqa: SIM115 (the answer closes it)
    text = TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=delimiter or (";" if mark == "," else ","))
    writer.writerow([defuse(head) for head in heads])
    for row in rows:
        writer.writerow([_as_text(cell, mark) for cell in row])
    text.flush()
    text.detach()
    out.seek(0)
    return out


def xlsx_file(heads: Sequence[str], rows: Iterable[Sequence[Cell]], language: str) -> IO[bytes]:
    """The same as a workbook. Rows are written as they come, so that memory stays small at any length."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 (the answer closes it)
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_numbers": False})
    bold, a_day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    amounts: dict[int, Any] = {}
    sheet: Any = None
    for number, row in enumerate(rows):
        if number % ROWS_ON_A_SHEET == 0:
            sheet = _new_sheet(book, heads, bold)
        for column, cell in enumerate(row):
            _write(book, sheet, number % ROWS_ON_A_SHEET + 1, column, cell, a_day, amounts)
    if sheet is None:
        _new_sheet(book, heads, bold)
    book.close()
    out.seek(0)
    return out


WRITERS: dict[str, Callable[[Sequence[str], Iterable[Sequence[Cell]], str], IO[bytes]]] = {
    CSV: csv_file,
    XLSX: xlsx_file,
}


def like(delimiter: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> tuple[str, IO[bytes]]:
    """The kind, and the file: as one that came with this delimiter; a workbook where it had none."""
    if delimiter:
        return CSV, csv_file(heads, rows, "en", delimiter=delimiter)
    return XLSX, xlsx_file(heads, rows, "en")


def _as_text(cell: Cell, mark: str) -> str:
    match cell:
        case None:
            return ""
        case str():
            return str(defuse(cell))
        case Decimal():
            return f"{cell:f}".replace(".", mark)
        case date():
            return cell.isoformat()
    return str(cell)


def _new_sheet(book: Any, heads: Sequence[str], bold: Any) -> Any:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for column, head in enumerate(heads):
        sheet.set_column(column, column, max(12, len(head) + 2))
        sheet.write_string(0, column, defuse(head), bold)
    return sheet


def _write(book: Any, sheet: Any, row: int, column: int, cell: Cell, a_day: Any, amounts: dict[int, Any]) -> None:
    match cell:
        case None:
            return
        case str():
            sheet.write_string(row, column, defuse(cell))
        case date():
            sheet.write_datetime(row, column, cell, a_day)
        case Decimal():
            digits = max(-int(cell.as_tuple().exponent), 0)
            if digits not in amounts:
                amounts[digits] = book.add_format({"num_format": "0" + "." * bool(digits) + "0" * digits})
            sheet.write_number(row, column, cell, amounts[digits])
        case _:
            sheet.write_number(row, column, cell)
