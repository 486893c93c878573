"""Workbooks (XLSX): weighed before they are unpacked, then read as rows of text."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from python_calamine import CalamineError, CalamineWorkbook

from regulars.kernel.refusal import Refused, gettext_noop

# What an honest workbook stays below. A sheet of 100,000 sales unpacks to 35 MB, 9 times its size.
MOST_UNPACKED, MOST_TIMES, MOST_MEMBERS = 50 * 1024 * 1024, 100, 1_000
# The reader takes 32 bytes for every cell between the first and the last one, empty or not: one lone word in the last
# corner of a sheet would be 550 GB, and the whole process would be gone.
MOST_CELLS = 8_000_000

OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_PARTS = {"[Content_Types].xml", "xl/workbook.xml"}
_BLANKS = b" \t\r\n"
_PLACE = re.compile(rb"""r=["']([A-Za-z]{0,3})(\d{1,7})["']""")
_CHUNK, _OVERLAP = 256 * 1024, 32


def open_workbook(path: Path) -> Any:
    """The workbook, after a look at what it would become when it is unpacked. Raises Refused."""
    try:
        _refuse_bomb(path)
        book = CalamineWorkbook.from_path(str(path))
    except (CalamineError, zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, ValueError) as error:
        raise _broken() from error
    if not book.sheet_names:
        raise _broken()
    return book


def rows(book: Any, sheet: str, decimal: str) -> Iterator[tuple[int, float, list[str]]]:
    """The line from 1, the share of the sheet that is read, and the cells as text. Raises Refused."""
    try:
        cells = book.get_sheet_by_name(sheet)
        first, total = cells.start[0] if cells.start else 0, max(cells.total_height, 1)
        for number, row in enumerate(cells.iter_rows()):
            yield first + number + 1, number / total, [as_text(cell, decimal) for cell in row]
    except CalamineError as error:
        raise _broken() from error


def old_or_locked(path: Path) -> Refused:
    """Why a file of Excel's kind before XLSX is refused: that box also holds new workbooks with a password."""
    overlap = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if _LOCKED in overlap + chunk:
                return Refused(
                    gettext_noop("This workbook is locked with a password. Save it without one and bring that."),
                    field="file",
                )
            overlap = chunk[-len(_LOCKED) :]
    return Refused(gettext_noop("This is a workbook of an old kind. Open it and save it as XLSX or CSV."), field="file")


def as_text(cell: Any, decimal: str) -> str:
    """What stands in a cell, as plain text: 12.34, 2026-01-31, 2026-01-31 14:05:00, 1 for yes."""
    match cell:
        case bool():
            return "1" if cell else ""
        case float() | int():
            # Fifteen digits are what a spreadsheet shows: 0.1 + 0.2 is 0.3 there, and so it is here.
            return _plain(format(Decimal(f"{cell:.15g}"), "f")).replace(".", decimal)
        case datetime():
            return cell.isoformat(" ", "seconds") if cell.time() != time(0) else cell.date().isoformat()
        case date():
            return cell.isoformat()
        case time():
            return cell.isoformat("seconds")
        case timedelta():
            return str(cell)
    return str(cell or "").replace("\0", "").strip()


def _plain(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


# --- weighing -----------------------------------------------------------------------------------------------------


def _refuse_bomb(path: Path) -> None:
    """A small file may unpack into gigabytes. What its list says is checked first, then what it really holds."""
    with zipfile.ZipFile(path) as archive, path.open("rb") as raw:
        members = archive.infolist()
        declared = sum(member.file_size for member in members)
        times = declared / max(path.stat().st_size, 1)
        if len(members) > MOST_MEMBERS or declared > MOST_UNPACKED or times > MOST_TIMES:
            raise _too_large()
        if not {member.filename.replace("\\", "/") for member in members} >= _PARTS:
            raise _broken()
        left = MOST_UNPACKED
        for member in members:
            left = _weigh(raw, member, left)


def _weigh(raw: IO[bytes], member: zipfile.ZipInfo, left: int) -> int:
    """How many bytes are left when this member is unpacked. Keeps none of it, and notes its last row and column."""
    row = column = 1
    before = b""
    for chunk in _unpacked(raw, member):
        left -= len(chunk)
        if left < 0:
            raise _too_large()
        text = before + chunk.translate(None, _BLANKS)
        places = _PLACE.findall(text)
        row = max(row, max((int(number) for _letters, number in places), default=0))
        column = max(column, max(map(_column, {letters for letters, _number in places}), default=0))
        if row * column > MOST_CELLS:
            raise _too_large()
        before = text[-_OVERLAP:]
    return left


def _column(letters: bytes) -> int:
    """ "AA" -> 27."""
    place = 0
    for letter in letters.upper():
        place = place * 26 + letter - 64
    return place


def _unpacked(raw: IO[bytes], member: zipfile.ZipInfo) -> Iterator[bytes]:
    """What the member really unpacks to, piece by piece; the list of a hostile file may say less."""
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _broken()
    raw.seek(member.header_offset + 26)
    name, extra = (int.from_bytes(raw.read(2), "little") for _ in range(2))
    raw.seek(name + extra, 1)
    packed = member.compress_size
    unpack = None if member.compress_type == zipfile.ZIP_STORED else zlib.decompressobj(-zlib.MAX_WBITS)
    while packed > 0 and (chunk := raw.read(min(packed, _CHUNK))):
        packed -= len(chunk)
        if unpack is None:
            yield chunk
            continue
        while chunk and not unpack.eof:
            yield unpack.decompress(chunk, _CHUNK)
            chunk = unpack.unconsumed_tail
    if unpack is not None:
        yield unpack.flush()


def _too_large() -> Refused:
    return Refused(gettext_noop("This workbook is too large. Save the sheet as CSV and bring that."), field="file")


def _broken() -> Refused:
    return Refused(gettext_noop("This workbook cannot be read. Save the sheet as CSV and bring that."), field="file")
