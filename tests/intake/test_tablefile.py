"""Files of every kind that old shop programs write are read as one: rows of text below headings."""

import zipfile
from pathlib import Path

import pytest

from regulars.intake import tablefile
from regulars.intake import workbook as weighing
from regulars.intake.tablefile import TableFile
from regulars.kernel.refusal import Refused
from tests.intake.files import ESTONIAN, RUSSIAN, workbook, write


def read(path: Path, **how: str) -> tuple[list[str], list[list[str]]]:
    with TableFile(path, **how) as table:
        return table.headings, [cells for _line, cells in table.rows()]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_common_delimiter(tmp_path: Path, delimiter: str) -> None:
    text = f'a{delimiter}b{delimiter}c\n1{delimiter}"x, y; z"{delimiter}3\n'
    assert read(write(tmp_path, text.encode())) == (["a", "b", "c"], [["1", "x, y; z", "3"]])


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ESTONIAN, "cp1257"),
        (ESTONIAN, "utf-8-sig"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "cp866"),
        (RUSSIAN, "utf-16"),
        ("Päivä;Summa;Nimi\n1.2.2026;5,00;Öhman\n", "cp1252"),
    ],
)
def test_letters_are_told_from_the_bytes(tmp_path: Path, text: str, encoding: str) -> None:
    path = write(tmp_path, text.encode(encoding))
    with TableFile(path) as table:
        assert table.encoding == encoding
        assert table.headings == text.splitlines()[0].split(";")


def test_a_letter_that_is_cut_in_two_by_our_look_is_no_other_alphabet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tablefile, "PEEK", 7)
    with TableFile(write(tmp_path, "a;b;žžžž\n1;2;3\n".encode())) as table:
        assert table.encoding == "utf-8-sig"


def test_a_title_above_the_headings_is_passed_over(tmp_path: Path) -> None:
    text = "Müügiaruanne 2025;;;\n;;;\nKuupäev;Klient;Kaup;Summa\n1.1.2025;Mari;x;5,00\n"
    assert read(write(tmp_path, text.encode()))[0] == ["Kuupäev", "Klient", "Kaup", "Summa"]


def test_a_file_without_headings_has_empty_ones(tmp_path: Path) -> None:
    headings, rows = read(write(tmp_path, b"4,1997-01-01,29.33\n5,1997-01-02,1.00\n"))
    assert headings == ["", "", ""]
    assert len(rows) == 2


def test_excels_own_remark_about_the_delimiter(tmp_path: Path) -> None:
    assert read(write(tmp_path, b"sep=;\na;b\n1,5;2,5\n")) == (["a", "b"], [["1,5", "2,5"]])


def test_lines_are_numbered_as_in_the_file(tmp_path: Path) -> None:
    with TableFile(write(tmp_path, b'a,b\n1,"x\ny"\n2,z\n')) as table:
        assert [line for line, _cells in table.rows()] == [3, 4]


def test_a_workbook_gives_text(tmp_path: Path) -> None:
    path = write(tmp_path, workbook([["a", "b", "c"], [17, 12.34, True], ["x", None, 3725551234]]), "f.xlsx")
    assert read(path) == (["a", "b", "c"], [["17", "12.34", "1"], ["x", "", "3725551234"]])
    assert read(path, decimal=",")[1][0][1] == "12,34"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\n\n ;;\n", "empty"),
        (b"\xd0\xcf\x11\xe0 old", "old kind"),
        (b"%PDF-1.7 ...", "not a table"),
        (b"a\0b\0c", "not a table"),
        (b"PK\x03\x04 broken", "cannot be read"),
        (b";".join([b"x"] * 201), "more than 200 columns"),
    ],
)
def test_what_is_no_table_is_refused_in_words(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        TableFile(write(tmp_path, content))


def test_an_unclosed_quotation_mark_is_said(tmp_path: Path) -> None:
    path = write(tmp_path, b'a,b\n1,2\n"' + b"x" * 140_000)
    with pytest.raises(Refused, match="quotation mark"):
        read(path)


def test_other_letters_than_chosen_are_said(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="not UTF-8"):
        read(write(tmp_path, ESTONIAN.encode("cp1257")), encoding="utf-8-sig")


def bomb(path: Path, *, declared: int | None = None) -> Path:
    """A small workbook whose sheet unpacks to 60 MB of zeros; its list may be made to say less."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", "xl/workbook.xml"):
            archive.writestr(name, "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (60 * 1024 * 1024))
    if declared is not None:
        content = path.read_bytes()
        path.write_bytes(content.replace((60 * 1024 * 1024).to_bytes(4, "little"), declared.to_bytes(4, "little")))
    return path


@pytest.mark.parametrize("declared", [None, 1000])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(
    tmp_path: Path, declared: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unpacked(*_: object) -> None:
        raise AssertionError("it was handed on")

    monkeypatch.setattr(weighing.Workbook, "_begin", unpacked)
    with pytest.raises(Refused, match="too large"):
        TableFile(bomb(tmp_path / "bomb.xlsx", declared=declared))


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, workbook([["day", "sum"], [1, 2]]))
    TableFile(path).close()
    monkeypatch.setattr(weighing, "MOST_UNPACKED", 1000)
    with pytest.raises(Refused, match="too large"):
        TableFile(path)


def test_a_workbook_of_too_many_members_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "many.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(1001):
            archive.writestr(str(number), "")
    with pytest.raises(Refused, match="too large"):
        TableFile(path)


def test_how_far_the_reading_is(tmp_path: Path) -> None:
    path = write(tmp_path, b"a,b\n" + b"1,2\n" * 5000)
    with TableFile(path) as table:
        assert table.share == 0
        assert len(list(table.rows())) == 5000
        assert 0.5 < table.share <= 1
