"""Tables in files, as old shop programs write them: CSV in any letters and delimiter, or XLSX; rows of text."""

import csv
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from io import TextIOWrapper
from itertools import islice, pairwise
from pathlib import Path
from typing import IO, Any

from python_calamine import CalamineError, CalamineWorkbook

from regulars.intake import words
from regulars.kernel.refusal import Refused, gettext_noop

Row = tuple[int, list[str]]  # the line in the file, from 1, and its cells

ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "cp1251": "Windows-1251",
    "cp1252": "Windows-1252",
    "cp1257": "Windows-1257",
    "cp866": "DOS 866",
}
DELIMITERS = {",": ",", ";": ";", "\t": "Tab", "|": "|"}

_FIGURES = re.compile(r"[-+−(]?\d[\d\s.,:/()-]*[€$£₽]?")
PEEK = 256 * 1024  # bytes that are looked at to find out how a file is written
HEAD = 20  # rows among which the headings are looked for
MOST_COLUMNS = 200
MOST_UNPACKED, MOST_TIMES, MOST_MEMBERS = 50 * 1024 * 1024, 100, 1_000  # of an XLSX file

_BALTIC, _WESTERN = (
    set("äöüõšžåāčēģīķļņūąęėįųéÄÖÜÕŠŽÅĀČĒĢĪĶĻŅŪĄĘĖĮŲÉ€–“„”"),
    set("äöüõšžåéèàçñßæøêôíóáâëïœÄÖÜÕŠŽÅÉÈÆØ€–“„”’"),
)


class TableFile:
    """A file that has been opened as a table. Use it in `with`.

    What is not said (letters, delimiter, sheet) is found out. `decimal` is how numbers of an XLSX file, which have no
    mark of their own, are put into text. `share` is how much of the file has been read, 0 to 1.
    """

    def __init__(
        self, path: Path, *, encoding: str = "", delimiter: str = "", sheet: str = "", decimal: str = "."
    ) -> None:
        self.path, self.decimal, self.share = path, decimal, 0.0
        self.encoding, self.delimiter, self.sheet = "", "", ""
        self.sheets: list[str] = []
        self._text: IO[str] | None = None
        with path.open("rb") as file:
            peek = file.read(PEEK)
        if not peek.strip(b"\0\r\n\t \xff\xfe\xef\xbb\xbf"):
            raise Refused(gettext_noop("This file is empty. Choose another."), field="file")
        self.is_workbook = peek.startswith(b"PK\x03\x04")
        if self.is_workbook:
            self._book = _workbook(path)
            self.sheets = self._book.sheet_names
            self.sheet = sheet if sheet in self.sheets else self.sheets[0]
        else:
            _refuse_strange(peek)
            self.encoding = encoding if encoding in ENCODINGS else _guess_encoding(peek)
            self.delimiter = delimiter if delimiter in DELIMITERS else self._guess_delimiter(peek)
        self.headings, self._skipped = self._find_headings()

    def __enter__(self) -> "TableFile":
        return self

    def __exit__(self, *_: Any) -> None:
        if self._text is not None:
            self._text.close()

    def rows(self) -> Iterator[Row]:
        """The rows below the headings."""
        return islice(self._all(), self._skipped, None)

    def _all(self) -> Iterator[Row]:
        return self._workbook_rows() if self.is_workbook else self._text_rows()

    # --- CSV ---------------------------------------------------------------------------------------------------

    def _text_rows(self) -> Iterator[Row]:
        size = self.path.stat().st_size
        with self.path.open("rb") as raw:
            self._text = TextIOWrapper(raw, encoding=self.encoding, newline="")
            reader = csv.reader(self._text, delimiter=self.delimiter, strict=False)
            try:
                for number, cells in enumerate(reader):
                    if number == 0 and len(cells) <= 2 and cells and cells[0].lower().startswith("sep="):
                        cells = []  # Excel's own remark about the delimiter
                    if not number % 1000:
                        self.share = raw.tell() / size
                    if "\0" in self.delimiter.join(cells):
                        cells = [cell.replace("\0", "") for cell in cells]
                    yield reader.line_num, [cell.strip() for cell in cells]
            except UnicodeError as error:
                raise Refused(
                    gettext_noop("The letters of this file are not %(encoding)s. Choose others under “Letters”."),
                    field="encoding",
                    encoding=ENCODINGS[self.encoding],
                ) from error
            except csv.Error as error:
                raise Refused(
                    gettext_noop("Line %(line)s cannot be read. Is a quotation mark missing?"),
                    field="file",
                    line=reader.line_num,
                ) from error

    def _guess_delimiter(self, peek: bytes) -> str:
        text = peek.decode(self.encoding, "ignore")
        lines = text.splitlines()[: HEAD * 5]
        if lines and lines[0].lower().startswith("sep=") and lines[0][4:5] in DELIMITERS:
            return lines[0][4]
        lines = lines[:-1] if len(peek) == PEEK and len(lines) > 1 else lines

        def likeliness(delimiter: str) -> tuple[float, int]:
            try:
                widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if any(row))
            except csv.Error:
                return 0.0, 0
            width, often = max(widths.items(), key=lambda item: (item[0] > 1) * item[1], default=(1, 0))
            return (often / widths.total(), width) if width > 1 else (0.0, 0)

        return max(DELIMITERS, key=likeliness)

    # --- XLSX --------------------------------------------------------------------------------------------------

    def _workbook_rows(self) -> Iterator[Row]:
        try:
            sheet = self._book.get_sheet_by_name(self.sheet)
            first = sheet.start[0] if sheet.start else 0
            total = max(sheet.total_height, 1)
            for number, cells in enumerate(sheet.iter_rows()):
                self.share = number / total
                yield first + number + 1, [_as_text(cell, self.decimal) for cell in cells]
        except CalamineError as error:
            raise _broken_workbook() from error

    # --- headings ----------------------------------------------------------------------------------------------

    def _find_headings(self) -> tuple[list[str], int]:
        """The headings, and how many rows stand up to them. A title above them is passed over; a file may have none."""
        head = [cells for _line, cells in islice(self._all(), HEAD)]
        self.share = 0.0
        if self._text is not None:
            self._text.close()
        filled = [sum(map(bool, cells)) for cells in head]
        usual = max(filled, default=0)
        if usual == 0:
            raise Refused(gettext_noop("This file is empty. Choose another."), field="file")
        width = max(map(len, head))
        if width > MOST_COLUMNS:
            raise Refused(
                gettext_noop("This file has more than %(most)s columns. Leave out what is not needed."),
                field="file",
                most=MOST_COLUMNS,
            )
        place = next(number for number, count in enumerate(filled) if count * 2 >= usual)
        if any(_is_a_value(cell) for cell in head[place]):
            return [""] * width, place
        return [*head[place], *[""] * (width - len(head[place]))], place + 1


def _is_a_value(cell: str) -> bool:
    """An amount or a day: headings are neither."""
    if _FIGURES.fullmatch(cell):
        return True
    try:
        words.day(cell)
    except Refused:
        return False
    return True


# --- letters --------------------------------------------------------------------------------------------------


def _guess_encoding(peek: bytes) -> str:
    if peek.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        peek.decode("utf-8")
        return "utf-8-sig"
    except UnicodeDecodeError as error:
        if len(peek) == PEEK and error.start >= PEEK - 4:
            return "utf-8-sig"  # a letter was cut in two
    high = [byte >= 0x80 for byte in peek]
    pairs = sum(1 for one, next_one in pairwise(high) if one and next_one)
    if pairs * 2 > sum(high):  # Cyrillic words are high bytes throughout; Latin ones have one here and there
        small = sum(1 for byte in peek if byte >= 0xE0)
        dos = sum(1 for byte in peek if 0x80 <= byte <= 0xAF)
        return "cp866" if dos > small else "cp1251"
    return max(("cp1252", "cp1257"), key=lambda name: _likeness(peek, name))


def _likeness(peek: bytes, encoding: str) -> int:
    usual = _BALTIC if encoding == "cp1257" else _WESTERN
    letters = Counter(letter for letter in peek.decode(encoding, "replace") if letter > "\x7f")
    return sum(count if letter in usual else -count for letter, count in letters.items())


def _refuse_strange(peek: bytes) -> None:
    if peek.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(
            gettext_noop("This is a workbook of an old kind. Open it and save it as XLSX or CSV."), field="file"
        )
    is_wide = peek.startswith((b"\xff\xfe", b"\xfe\xff"))
    if peek.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"\x1f\x8b")) or (not is_wide and b"\0" in peek):
        raise Refused(gettext_noop("This is not a table. Choose a CSV or XLSX file."), field="file")


# --- workbooks ------------------------------------------------------------------------------------------------


def _workbook(path: Path) -> Any:
    """The workbook, after a look at what it would become when it is unpacked."""
    try:
        _refuse_bomb(path)
        book = CalamineWorkbook.from_path(str(path))
    except (CalamineError, zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, ValueError) as error:
        raise _broken_workbook() from error
    if not book.sheet_names:
        raise _broken_workbook()
    return book


def _refuse_bomb(path: Path) -> None:
    """A small file may unpack into gigabytes. What its list says is checked first, then what it really holds."""
    with zipfile.ZipFile(path) as archive, path.open("rb") as raw:
        members = archive.infolist()
        declared = sum(member.file_size for member in members)
        times = declared / max(path.stat().st_size, 1)
        if len(members) > MOST_MEMBERS or declared > MOST_UNPACKED or times > MOST_TIMES:
            raise _too_large_workbook()
        left = MOST_UNPACKED
        for member in members:
            left -= _unpacked(raw, member, left)


def _unpacked(raw: IO[bytes], member: zipfile.ZipInfo, most: int) -> int:
    """How many bytes the member really unpacks to; the list of a hostile file may say less. Keeps none of them."""
    if member.compress_type == zipfile.ZIP_STORED:
        return member.compress_size
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise _broken_workbook()
    raw.seek(member.header_offset + 26)
    name, extra = (int.from_bytes(raw.read(2), "little") for _ in range(2))
    raw.seek(name + extra, 1)
    unpack, left, size = zlib.decompressobj(-zlib.MAX_WBITS), member.compress_size, 0
    chunk = b""
    while not unpack.eof and (left or chunk):
        if not chunk:
            chunk = raw.read(min(left, 64 * 1024))
            if not chunk:
                break
            left -= len(chunk)
        size += len(unpack.decompress(chunk, 256 * 1024))
        chunk = unpack.unconsumed_tail
        if size > most:
            raise _too_large_workbook()
    return size


def _too_large_workbook() -> Refused:
    return Refused(gettext_noop("This workbook is too large. Save the sheet as CSV and bring that."), field="file")


def _broken_workbook() -> Refused:
    return Refused(gettext_noop("This workbook cannot be read. Save the sheet as CSV and bring that."), field="file")


def _as_text(cell: Any, decimal: str) -> str:
    match cell:
        case bool():
            return "1" if cell else ""
        case float() | int():
            return f"{cell:.10f}".rstrip("0").rstrip(".").replace(".", decimal)
        case datetime():
            return cell.isoformat(" ", "seconds") if cell.time() != time(0) else cell.date().isoformat()
        case date():
            return cell.isoformat()
        case time():
            return cell.isoformat("seconds")
        case timedelta():
            return str(cell)
    return str(cell or "").replace("\0", "").strip()


def example(rows: Sequence[Sequence[str]], place: int, most: int = 3) -> list[str]:
    """The first different words of one column, for people to recognise it by."""
    found = dict.fromkeys(row[place] for row in rows if place < len(row) and row[place])
    return list(islice(found, most))
