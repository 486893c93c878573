"""Workbooks (XLSX): weighed before they are unpacked, then read by a process of its own as rows of text."""

import json
import re
import signal
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from regulars.intake import sheetreader
from regulars.kernel.refusal import Refused, gettext_noop

# What an honest workbook stays below. A sheet of 300,000 sales unpacks to 136 MB, 10 times its size; its reader takes
# 233 MB for as long as it reads.
MOST_UNPACKED, MOST_TIMES, MOST_MEMBERS = 150 * 1024 * 1024, 100, 1_000
# The reader takes 32 bytes for every cell between the first and the last one, empty or not: one lone word in the last
# corner of a sheet would be 550 GB.
MOST_CELLS = 8_000_000

OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_PARTS = {"[Content_Types].xml", "xl/workbook.xml"}
_BLANKS = b" \t\r\n"
_PLACE = re.compile(rb"""r=["']([A-Za-z]{0,3})(\d{1,7})["']""")
_CHUNK, _OVERLAP = 256 * 1024, 32
_OUT_OF_MEANS = {sheetreader.TOO_LARGE, -signal.SIGABRT, -signal.SIGKILL, -signal.SIGXCPU}


class Workbook:
    """One sheet of a workbook, the first if none is named or known. Raises Refused; close it when done."""

    def __init__(self, path: Path, sheet: str, decimal: str) -> None:
        try:
            _refuse_bomb(path)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, ValueError) as error:
            raise _broken() from error
        self._arguments = [sys.executable, "-I", sheetreader.__file__, str(path), sheet, decimal]
        self._begin()

    def _begin(self) -> None:
        self._reader = subprocess.Popen(  # noqa: S603 (our own program; the sheet's name is handed over as it is)
            self._arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )
        self._is_read = False
        about = self._next()
        self.sheets: list[str] = about["sheets"]
        self.sheet: str = about["sheet"]
        self._first_line, self._total = about["first"], about["total"]
        self._first_rows = self._next()

    def _next(self) -> Any:
        assert self._reader.stdout is not None  # noqa: S101 (it is a pipe)
        if text := self._reader.stdout.readline():
            return json.loads(text)
        self._reader.wait()
        self.close()
        raise _too_large() if self._reader.returncode in _OUT_OF_MEANS else _broken()

    def rows(self) -> Iterator[tuple[int, float, list[str]]]:
        """The line from 1, the share of the sheet that is read, and the cells as text. May be asked for again."""
        if self._is_read:
            self.close()
            self._begin()
        number, some = 0, self._first_rows
        while some:
            for cells in some:
                yield self._first_line + number, number / self._total, cells
                number += 1
            self._is_read = True
            some = self._next()

    def close(self) -> None:
        """The reader ends, wherever it is."""
        with self._reader as reader:
            if reader.poll() is None:
                reader.kill()


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


# --- weighing -----------------------------------------------------------------------------------------------------


def _refuse_bomb(path: Path) -> None:
    """A small file may unpack into gigabytes. What its list says is checked first, then what it really holds."""
    with zipfile.ZipFile(path) as archive, path.open("rb") as raw:
        members = archive.infolist()
        left = min(MOST_UNPACKED, MOST_TIMES * path.stat().st_size)
        if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > left:
            raise _too_large()
        if not {member.filename.replace("\\", "/") for member in members} >= _PARTS:
            raise _broken()
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
