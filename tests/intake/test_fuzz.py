"""Whatever bytes a file is made of, it is read, or refused in a sentence: nothing else happens, and nothing takes long.

REGULARS_FUZZ=10000 tries so many files instead of a few.
"""

import csv
import io
import os
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from regulars.intake import mapping
from regulars.intake.tablefile import TableFile
from regulars.kernel.refusal import Refused
from tests.cast import House
from tests.intake.files import ESTONIAN, RUSSIAN, SALES, bring_in, workbook, write

TRIES = int(os.environ.get("REGULARS_FUZZ", "0"))
LONGEST = 2.0  # seconds of work for one small file, its reader's included; a busy machine may take longer by the clock
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251", "cp1252", "cp1257", "cp866"]
CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["31.01.2026", "2026-02-30", "1 045,50", "-30.00", "5551 2341", "=1+1", '"', "1e999", "\0", "NaN"]),
)
BOOK = workbook([["Date", "Number", "Name", "Amount"], *[[date(2026, 1, 5), 17, "Mari Oja", 45.5]] * 3])


def few(tries: int) -> settings:
    return settings(
        max_examples=TRIES or tries,
        deadline=None,
        derandomize=not TRIES,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    )


@st.composite
def spoilt(draw: Callable[..., Any], whole: st.SearchStrategy[bytes]) -> bytes:
    """A file of which something was cut out, doubled, overwritten or cut off."""
    content = draw(whole)
    for _ in range(draw(st.integers(0, 6))):
        begin = draw(st.integers(0, len(content)))
        end = draw(st.integers(begin, min(begin + 200, len(content))))
        put = draw(st.one_of(st.binary(max_size=8), st.just(content[begin:end] * 2), st.just(b"\0" * 3)))
        content = content[:begin] + put + (content[end:] if draw(st.integers(0, 7)) else b"")
    return content


@st.composite
def tables(draw: Callable[..., Any]) -> bytes:
    """CSV in any letters and with any delimiter: of the kind that is brought, or of anything at all."""
    text = draw(st.sampled_from([SALES, ESTONIAN, RUSSIAN]))
    if draw(st.booleans()):
        out = io.StringIO()
        delimiter = draw(st.sampled_from(",;\t|:^"))
        rows = draw(st.lists(st.lists(CELLS, max_size=6), max_size=6))
        csv.writer(out, delimiter=delimiter, lineterminator=draw(st.sampled_from(["\n", "\r\n", "\r"]))).writerows(rows)
        text = draw(st.sampled_from([text, ""])) + out.getvalue()
    return text.encode(draw(st.sampled_from(ENCODINGS)), "replace")


def worked() -> float:
    return sum(os.times()[:4])


def read(content: bytes, name: str) -> None:
    """As the first page does: open it, read every row, guess the columns."""
    began = worked()
    with (
        tempfile.TemporaryDirectory() as folder,
        suppress(Refused),
        TableFile(write(Path(folder), content, name)) as table,
    ):
        rows = [cells for _line, cells in table.rows()]
        assert all(isinstance(cell, str) for cells in rows for cell in cells)
        for subject in mapping.OF:
            mapping.guess(table.headings, rows[:200], subject)
    assert worked() - began < LONGEST


@few(150)
@given(spoilt(tables()))
@example(b"")
@example(b'"' * 100_000)
@example(b";" * 300_000)
@example(b"a;b\n" + b'1;"' + b"x" * 200_000)
def test_a_text_of_any_bytes_is_read_or_refused(content: bytes) -> None:
    read(content, "any.csv")


@few(12)
@given(spoilt(st.just(BOOK)))
@example(BOOK[:200])
def test_a_workbook_of_any_bytes_is_read_or_refused(content: bytes) -> None:
    read(content, "any.xlsx")


SHEET = "xl/worksheets/sheet1.xml"


@few(12)
@given(spoilt(st.just(zipfile.ZipFile(io.BytesIO(BOOK)).read(SHEET))))
def test_a_workbook_with_any_sheet_is_read_or_refused(sheet: bytes) -> None:
    """The archive is whole: what is spoilt reaches the reader of the sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, sheet if member == SHEET else old.read(member))
    read(out.getvalue(), "any.xlsx")


@few(25)
@given(spoilt(tables()), st.sampled_from(["sales", "customers"]))
def test_a_file_of_any_bytes_goes_in_or_comes_back(garage: House, content: bytes, subject: str) -> None:
    """All the way into the book: no line of it can break anything."""
    with suppress(Refused):
        brought = bring_in(garage, content, subject=subject)
        assert brought.finished_at or brought.failure
