"""Workbooks are weighed before they are unpacked and read as text; those that are not what they seem are refused."""

import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regulars.intake import sheetreader
from regulars.intake.tablefile import TableFile
from regulars.kernel.refusal import Refused
from tests.intake.files import workbook, write

SALES = [["Kuupäev", "Klient", "Summa"], [date(2026, 1, 31), "Õie Žukova", 1045.5], [date(2026, 2, 1), "Mari", 5]]

WHOLE = workbook(SALES)  # once: the minute it was made stands in it


def read(path: Path) -> list[list[str]]:
    with TableFile(path) as table:
        return [table.headings, *(cells for _line, cells in table.rows())]


def changed(folder: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """A workbook whose parts were changed, or left out, by hand."""
    whole = write(folder, WHOLE, "whole.xlsx")
    path = folder / "changed.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if (content := change(name, old.read(name))) is not None:
                new.writestr(name, content)
    return path


def test_days_and_amounts_come_out_as_plain_text(tmp_path: Path) -> None:
    assert read(write(tmp_path, workbook(SALES))) == [
        ["Kuupäev", "Klient", "Summa"],
        ["2026-01-31", "Õie Žukova", "1045.5"],
        ["2026-02-01", "Mari", "5"],
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("", ""),
        (" Mari\0 ", "Mari"),
        (True, "1"),
        (False, ""),
        (17, "17"),
        (17.0, "17"),
        (0.0, "0"),
        (1200.0, "1200"),
        (0.1 + 0.2, "0.3"),
        (1234567.89, "1234567.89"),
        (-0.05, "-0.05"),
        (3725551234.0, "3725551234"),
        (48001010011.0, "48001010011"),
        (1e20, "100000000000000000000"),
        (0.00001, "0.00001"),
        (date(2026, 1, 31), "2026-01-31"),
        (datetime(2026, 1, 31), "2026-01-31"),
        (datetime(2026, 1, 31, 14, 5), "2026-01-31 14:05:00"),
        (time(14, 5), "14:05:00"),
        (timedelta(hours=1), "1:00:00"),
    ],
)
def test_every_kind_of_cell_has_one_plain_form(cell: object, text: str) -> None:
    assert sheetreader.as_text(cell, ".") == text


def test_amounts_take_the_mark_of_the_file() -> None:
    assert sheetreader.as_text(1234.5, ",") == "1234,5"


# --- what is not what it seems ------------------------------------------------------------------------------------


@pytest.mark.parametrize("corner", [(1_048_575, 16_383), (1_048_575, 25), (40_000, 300)])
def test_two_far_cells_are_refused_before_the_room_between_them_is_taken(
    tmp_path: Path, corner: tuple[int, int]
) -> None:
    """A file of 5 KB would be 550 GB, and the process would end without a word."""

    def far(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        column, number = "", corner[1] + 1
        while number:
            number, place = divmod(number - 1, 26)
            column = chr(65 + place) + column
        return content.replace(b"</sheetData>", f'<row><c  r = "{column}{corner[0] + 1}"/></row></sheetData>'.encode())

    path = changed(tmp_path, far)
    assert path.stat().st_size < 20_000
    with pytest.raises(Refused, match="too large"):
        TableFile(path)


def test_a_lone_cell_at_the_end_of_a_sheet_is_no_harm(tmp_path: Path) -> None:
    path = write(tmp_path, workbook([["day", "sum"], [date(2026, 1, 31), 5], *[[None, None]] * 50_000, [None, 7]]))
    with TableFile(path) as table:
        assert [cells for _line, cells in table.rows() if any(cells)] == [["2026-01-31", "5"], ["", "7"]]


def test_a_bomb_that_is_small_on_disk_is_refused(tmp_path: Path) -> None:
    def swollen(name: str, content: bytes) -> bytes:
        return content + b" " * 60_000_000 if name.endswith("sheet1.xml") else content

    path = changed(tmp_path, swollen)
    assert path.stat().st_size < 100_000
    with pytest.raises(Refused, match="too large"):
        TableFile(path)


def test_a_file_that_unpacks_to_a_hundred_times_its_size_is_refused(tmp_path: Path) -> None:
    path = changed(tmp_path, lambda name, content: content + b" " * 2_000_000 if "sheet1" in name else content)
    with pytest.raises(Refused, match="too large"):
        TableFile(path)


@pytest.mark.parametrize("left_out", ["[Content_Types].xml", "xl/workbook.xml"])
def test_an_archive_that_is_no_workbook_is_refused(tmp_path: Path, left_out: str) -> None:
    path = changed(tmp_path, lambda name, content: None if name == left_out else content)
    with pytest.raises(Refused, match="cannot be read"):
        TableFile(path)


def test_a_workbook_packed_without_squeezing_is_read(tmp_path: Path) -> None:
    whole = write(tmp_path, workbook(SALES), "whole.xlsx")
    path = tmp_path / "stored.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert len(read(path)) == 3


def test_a_workbook_packed_in_another_way_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive:
        for name in ("[Content_Types].xml", "xl/workbook.xml"):
            archive.writestr(name, "<x/>" * 9)
    with pytest.raises(Refused, match="cannot be read"):
        TableFile(path)


def test_a_workbook_without_a_sheet_is_refused(tmp_path: Path) -> None:
    def without_sheets(name: str, content: bytes) -> bytes:
        if name != "xl/workbook.xml":
            return content
        begin, end = content.index(b"<sheets>"), content.index(b"</sheets>")
        return content[: begin + 8] + content[end:]

    with pytest.raises(Refused, match="cannot be read"):
        TableFile(changed(tmp_path, without_sheets))


def test_a_workbook_that_lies_about_its_words_takes_the_reader_down_and_not_us(tmp_path: Path) -> None:
    def many(name: str, content: bytes) -> bytes:
        return content.replace(b'ount="', b'ount="999999999') if name == "xl/sharedStrings.xml" else content

    with pytest.raises(Refused, match="too large"):
        TableFile(changed(tmp_path, many))


def test_a_sheet_that_breaks_off_is_refused(tmp_path: Path) -> None:
    def broken(name: str, content: bytes) -> bytes:
        return content[:-200] if name.endswith("sheet1.xml") else content

    with pytest.raises(Refused, match="cannot be read"):
        TableFile(changed(tmp_path, broken))


def test_a_reader_that_is_gone_half_way_is_said(tmp_path: Path) -> None:
    path = write(tmp_path, workbook([["day", "sum"], *[[date(2026, 1, 31), 5]] * 20_000]), "f.xlsx")
    with TableFile(path) as table:
        assert table._book is not None
        rows = table.rows()
        next(rows)
        table._book._reader.kill()
        with pytest.raises(Refused, match="too large"):
            list(rows)


def test_a_sheet_is_read_again_from_its_beginning(tmp_path: Path) -> None:
    path = write(tmp_path, workbook([["day", "sum"], *[[date(2026, 1, 31), 5]] * 2_000]), "f.xlsx")
    with TableFile(path) as table:
        assert [len(list(table.rows())) for _ in range(2)] == [2_000, 2_000]
        assert list(table.rows())[-1] == (2_001, ["2026-01-31", "5"])
        assert table.share > 0.9


def test_no_reader_is_left_behind(tmp_path: Path) -> None:
    with TableFile(write(tmp_path, workbook(SALES), "f.xlsx")) as table:
        next(table.rows())
        assert table._book is not None
    assert table._book._reader.returncode is not None


def test_the_reader_says_what_stands_in_a_sheet(tmp_path: Path) -> None:
    path, out = write(tmp_path, workbook(SALES), "f.xlsx"), StringIO()
    assert sheetreader.main([str(path), "No such sheet", ","], out) == 0
    about, rows, end = map(json.loads, out.getvalue().splitlines())
    assert about == {"sheets": ["Sheet1"], "sheet": "Sheet1", "first": 1, "total": 3}
    assert rows[1] == ["2026-01-31", "Õie Žukova", "1045,5"]
    assert end == []


def test_the_reader_says_when_memory_is_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def short(*_: str) -> Iterator[Any]:
        raise MemoryError
        yield

    monkeypatch.setattr(sheetreader, "answer", short)
    assert sheetreader.main(["", "", ""], StringIO()) == sheetreader.TOO_LARGE


def test_a_workbook_with_a_password_says_so(tmp_path: Path) -> None:
    locked = b"\xd0\xcf\x11\xe0" + b"\0" * 300_000 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(Refused, match="locked with a password"):
        TableFile(write(tmp_path, locked, "locked.xlsx"))


def test_a_workbook_of_the_nineties_is_asked_for_in_another_form(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="save it as XLSX or CSV"):
        TableFile(write(tmp_path, b"\xd0\xcf\x11\xe0" + b"\0" * 1000, "old.xls"))


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_only_rows_or_refusals_come_of_broken_workbooks(tmp_path: Path, data: st.DataObject) -> None:
    whole = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(100, len(whole)))
    with suppress(Refused):
        read(write(tmp_path, bytes(whole[:cut]), "odd.xlsx"))


@given(st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_only_rows_or_refusals_come_of_broken_sheets(tmp_path: Path, data: st.DataObject) -> None:
    """The archive is whole; what it says is not."""
    part = data.draw(
        st.sampled_from(["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"])
    )

    def spoilt(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        place = data.draw(st.integers(60, len(content)))
        return content[:place] + data.draw(st.binary(max_size=6)) + content[place + data.draw(st.integers(0, 30)) :]

    with suppress(Refused):
        read(changed(tmp_path, spoilt))
