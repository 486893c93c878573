"""What old shop programs leave in their CSV files does not stop the sales in them; nothing is lost without a word."""

import tracemalloc
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regulars.intake.tablefile import TableFile, example
from regulars.kernel.refusal import Refused
from tests.intake.files import write


def read(path: Path, **how: str) -> tuple[list[str], list[list[str]]]:
    with TableFile(path, **how) as table:
        return table.headings, [cells for _line, cells in table.rows()]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end(tmp_path: Path, end: str) -> None:
    assert read(write(tmp_path, end.join(["a;b", "1;2", "3;4"]).encode())) == (["a", "b"], [["1", "2"], ["3", "4"]])


def test_line_ends_of_three_programs_in_one_file(tmp_path: Path) -> None:
    assert read(write(tmp_path, b"a;b\r\n1;2\n3;4\r5;6"))[1] == [["1", "2"], ["3", "4"], ["5", "6"]]


def test_ragged_lines_come_as_they_are(tmp_path: Path) -> None:
    headings, rows = read(write(tmp_path, b"a;b;c\n1;2\n1;2;3;4\n\n5;6;7\n"))
    assert headings == ["a", "b", "c", ""]
    assert rows == [["1", "2"], ["1", "2", "3", "4"], [], ["5", "6", "7"]]


def test_zeros_that_an_old_program_left_are_passed_over(tmp_path: Path) -> None:
    text = b"name;sum\n" + b"Mari;5\n" * 20 + b"Ja\0an\0;7\n"
    assert read(write(tmp_path, text))[1][-1] == ["Jaan", "7"]


def test_the_end_mark_of_dos_is_no_reason_to_refuse(tmp_path: Path) -> None:
    assert read(write(tmp_path, b"a;b\n1;2\n\x1a"))[1][0] == ["1", "2"]


def test_a_title_with_the_days_of_the_report_is_no_heading(tmp_path: Path) -> None:
    text = (
        "Müügiaruanne;01.01.2024;31.01.2024;\n\nKuupäev;Klient;Kaup;Summa\n1.1.2024;Mari;x;5,00\n2.1.2024;Jaan;y;6,00\n"
    )
    headings, rows = read(write(tmp_path, text.encode()))
    assert headings == ["Kuupäev", "Klient", "Kaup", "Summa"]
    assert len(rows) == 2


def test_the_total_below_is_a_row_like_any_other(tmp_path: Path) -> None:
    """Whoever reads the lines sends it back with its reason: it has no day."""
    assert read(write(tmp_path, "Päev;Nimi;Summa\n1.1.2024;Mari;5,00\nKokku;;5,00\n".encode()))[1][-1][0] == "Kokku"


def test_a_first_row_with_a_day_in_words_is_no_heading(tmp_path: Path) -> None:
    assert read(write(tmp_path, "31. märts 2024;Mari;Rehvid\n1. aprill 2024;Jaan;Pidurid\n".encode()))[0] == [""] * 3


def test_words_with_line_ends_in_quotation_marks_are_one_cell(tmp_path: Path) -> None:
    assert read(write(tmp_path, b'a;b\n"x\r\ny ""z""";2\n'))[1] == [['x\r\ny "z"', "2"]]


@pytest.mark.parametrize("tail", [b'3;"Mari\n4;Jaan\n', b'3;"', b'3;x\n4;"'])
def test_a_quotation_that_nobody_closes_swallows_no_sale(tmp_path: Path, tail: bytes) -> None:
    with pytest.raises(Refused, match="Is a quotation mark missing"):
        read(write(tmp_path, b"a;b\n1;2\n" + tail))


def test_the_line_where_the_open_quotation_begins_is_named(tmp_path: Path) -> None:
    lines = [b"1;2\n"] * 100
    lines[59] = b'1;"2\n'
    with TableFile(write(tmp_path, b"a;b\n" + b"".join(lines))) as table, pytest.raises(Refused, match="Line 61 "):
        list(table.rows())


def test_columns_of_customers_need_no_figures_to_have_headings(tmp_path: Path) -> None:
    assert read(write(tmp_path, b"name,email\nMari,m@x.ee\nJaan,j@x.ee\n"))[0] == ["name", "email"]


def test_a_single_column_is_a_table_too(tmp_path: Path) -> None:
    assert read(write(tmp_path, b"phone\n5551234\n5551235\n")) == (["phone"], [["5551234"], ["5551235"]])


def test_a_delimiter_that_a_person_chose_is_kept(tmp_path: Path) -> None:
    assert read(write(tmp_path, b"a,b;c\n1,2;3\n"), delimiter=";")[0] == ["a,b", "c"]


def test_a_comma_in_the_amounts_parts_no_columns(tmp_path: Path) -> None:
    assert read(write(tmp_path, b"a;sum\n1;2,50\n2;3,50\n"))[1] == [["1", "2,50"], ["2", "3,50"]]


def test_people_recognise_a_column_by_its_first_different_words() -> None:
    assert example([["Mari"], ["Mari"], [""], [], ["Jaan"], ["Liis"], ["Peeter"]], 0) == ["Mari", "Jaan", "Liis"]


def test_a_hundred_thousand_lines_pass_through_little_memory(tmp_path: Path) -> None:
    path = write(tmp_path, b"day;name;sum\n" + "2026-01-31;Õie Žukova;12,50\n".encode() * 100_000)
    tracemalloc.start()
    try:
        with TableFile(path) as table:
            count = sum(1 for _row in table.rows())
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 100_000
    assert peak < 6 * 1024 * 1024


@given(st.binary(max_size=300) | st.text("ab1;,\"\n\r\t\0'=.é", max_size=120).map(str.encode))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_only_rows_or_refusals_come_of_odd_files(tmp_path: Path, content: bytes) -> None:
    with suppress(Refused):
        headings, rows = read(write(tmp_path, content))
        assert headings
        assert all(isinstance(cell, str) and "\0" not in cell for row in rows for cell in row)
