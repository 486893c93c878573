"""Lists as files."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from regulars.desk.export import Cell, csv_file, xlsx_file

HEADS = ["Name", "Visits", "Spent", "Last visit", "Note"]
ROWS: list[Sequence[Cell]] = [
    ["Mrs Oja", 12, Decimal("1234.50"), date(2026, 3, 2), "likes; semicolons, and commas"],
    ['=HYPERLINK("http://evil.example")', 0, Decimal("-0.05"), None, "+372 555"],
]


def text(language: str) -> str:
    with csv_file(HEADS, ROWS, language) as made:
        return made.read().decode("utf-8-sig")


def test_a_file_begins_with_the_mark_that_excel_looks_for() -> None:
    with csv_file(HEADS, ROWS, "en") as made:
        assert made.read().startswith(b"\xef\xbb\xbfName,")


def test_where_a_point_stands_in_numbers_commas_part_the_columns() -> None:
    read = list(csv.reader(io.StringIO(text("en"))))
    assert read[1] == ["Mrs Oja", "12", "1234.50", "2026-03-02", "likes; semicolons, and commas"]


@pytest.mark.parametrize("language", ["fi", "et", "ru"])
def test_where_a_comma_stands_in_numbers_semicolons_part_the_columns(language: str) -> None:
    read = list(csv.reader(io.StringIO(text(language)), delimiter=";"))
    assert read[1] == ["Mrs Oja", "12", "1234,50", "2026-03-02", "likes; semicolons, and commas"]


def test_what_a_spreadsheet_would_run_is_defused_and_numbers_are_left_alone() -> None:
    read = list(csv.reader(io.StringIO(text("en"))))
    assert read[2] == ['\'=HYPERLINK("http://evil.example")', "0", "-0.05", "", "'+372 555"]


def test_a_workbook_has_numbers_as_numbers_and_dates_as_dates() -> None:
    with xlsx_file(HEADS, ROWS, "fi") as made:
        read = CalamineWorkbook.from_filelike(made).get_sheet_by_index(0).to_python()
    assert read[0] == HEADS
    assert read[1] == ["Mrs Oja", 12.0, 1234.5, date(2026, 3, 2), "likes; semicolons, and commas"]
    assert read[2][0] == '\'=HYPERLINK("http://evil.example")'
    assert read[2][2:4] == [-0.05, ""]


def test_an_empty_list_is_a_file_with_a_first_line(monkeypatch: pytest.MonkeyPatch) -> None:
    with xlsx_file(HEADS, [], "en") as made:
        assert CalamineWorkbook.from_filelike(made).get_sheet_by_index(0).to_python() == [HEADS]
    with csv_file(HEADS, [], "en") as made:
        assert made.read().decode("utf-8-sig") == "Name,Visits,Spent,Last visit,Note\r\n"


def test_more_rows_than_a_sheet_holds_go_on_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("regulars.desk.export.ROWS_ON_A_SHEET", 2)
    with xlsx_file(["Number"], [[1], [2], [3]], "en") as made:
        book = CalamineWorkbook.from_filelike(made)
        assert [book.get_sheet_by_index(i).to_python() for i in (0, 1)] == [[["Number"], [1], [2]], [["Number"], [3]]]
