"""Tables in files, as old shop programs write them: CSV in any letters and delimiter, or XLSX; rows of text."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from io import TextIOWrapper
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from regulars.intake import letters, words, workbook
from regulars.intake.letters import ENCODINGS
from regulars.kernel.refusal import Refused, gettext_noop

__all__ = ["DELIMITERS", "ENCODINGS", "Row", "TableFile", "example"]

Row = tuple[int, list[str]]  # the line in the file, from 1, and its cells

DELIMITERS = {",": ",", ";": ";", "\t": "Tab", "|": "|"}

PEEK = 256 * 1024  # bytes that are looked at to find out how a file is written
HEAD = 20  # rows among which the headings are looked for
TITLES = 6  # headings stand at most so many rows below the first row that looks like one of the table
MOST_COLUMNS = 200

_FIGURES = re.compile(r"[-+−(]?\d[\d\s.,:/()-]*[€$£₽]?")
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r\x0b\x0c\x1a"))
_END = "\0end\0"  # a line of ours below the last one: whoever does not see it is inside an open quotation


class TableFile:
    """A file that has been opened as a table. Use it in `with`.

    What is not said (letters, delimiter, sheet) is found out. `decimal` is how numbers of an XLSX file, which have no
    mark of their own, are put into text. `share` is how much of the file has been read, 0 to 1.
    """

    def __init__(
        self, path: Path, *, encoding: str = "", delimiter: str = "", sheet: str = "", decimal: str = "."
    ) -> None:
        self.path, self.share = path, 0.0
        self.encoding, self.delimiter, self.sheet = "", "", ""
        self.sheets: list[str] = []
        self._text: IO[str] | None = None
        self._book: workbook.Workbook | None = None
        with path.open("rb") as file:
            peek = file.read(PEEK)
        if not peek.strip(b"\0\r\n\t \xff\xfe\xef\xbb\xbf"):
            raise Refused(gettext_noop("This file is empty. Choose another."), field="file")
        if peek.startswith(b"PK\x03\x04"):
            self._book = workbook.Workbook(path, sheet, decimal)
            self.sheets, self.sheet = self._book.sheets, self._book.sheet
        elif peek.startswith(workbook.OLD_OR_LOCKED):
            raise workbook.old_or_locked(path)
        else:
            self.encoding = encoding if encoding in ENCODINGS else letters.guess(path)
            _refuse_strange(peek, is_wide=self.encoding.startswith("utf-16"))
            self.delimiter = delimiter if delimiter in DELIMITERS else self._guess_delimiter(peek)
        try:
            self.headings, self._skipped = self._find_headings()
        except Refused:
            self.close()
            raise

    def __enter__(self) -> "TableFile":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    @property
    def is_workbook(self) -> bool:
        """Whether it has sheets, and neither letters nor a delimiter."""
        return self._book is not None

    def close(self) -> None:
        """Nothing more will be read."""
        if self._text is not None:
            self._text.close()
        if self._book is not None:
            self._book.close()

    def rows(self) -> Iterator[Row]:
        """The rows below the headings."""
        return islice(self._all(), self._skipped, None)

    def _all(self) -> Iterator[Row]:
        return self._text_rows() if self._book is None else self._workbook_rows(self._book)

    def _workbook_rows(self, book: workbook.Workbook) -> Iterator[Row]:
        for line, share, cells in book.rows():
            self.share = share
            yield line, cells

    # --- CSV ---------------------------------------------------------------------------------------------------

    def _text_rows(self) -> Iterator[Row]:
        size = self.path.stat().st_size
        with self.path.open("rb") as raw:
            self._text = TextIOWrapper(raw, encoding=self.encoding, newline="")
            reader = csv.reader(chain(self._text, [_END]), delimiter=self.delimiter, strict=False)
            begins = 1
            try:
                for number, cells in enumerate(reader):
                    if cells == [_END]:
                        return
                    if number == 0 and len(cells) <= 2 and cells and cells[0].lower().startswith("sep="):
                        cells = []  # Excel's own remark about the delimiter
                    if not number % 1000:
                        self.share = raw.tell() / size
                    if "\0" in self.delimiter.join(cells):
                        if cells[-1].endswith(_END):
                            raise _open_quotation(begins)
                        cells = [cell.replace("\0", "") for cell in cells]
                    begins = reader.line_num + 1
                    yield reader.line_num, [cell.strip() for cell in cells]
            except UnicodeError as error:
                raise Refused(
                    gettext_noop("Line %(line)s has letters that are not %(encoding)s. Choose others under “Letters”."),
                    field="encoding",
                    encoding=ENCODINGS[self.encoding],
                    line=letters.line_of_error(self.path, self.encoding),
                ) from error
            except csv.Error as error:
                raise _open_quotation(begins) from error

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

    # --- headings ----------------------------------------------------------------------------------------------

    def _find_headings(self) -> tuple[list[str], int]:
        """The headings, and how many rows stand up to them. Titles above them are passed over; a file may have none."""
        head = [cells for _line, cells in islice(self._all(), HEAD)]
        self.share = 0.0
        if self._text is not None:
            self._text.close()
        usual = max((sum(map(bool, cells)) for cells in head), default=0)
        if usual == 0:
            raise Refused(gettext_noop("This file is empty. Choose another."), field="file")
        width = max(map(len, head))
        if width > MOST_COLUMNS:
            raise Refused(
                gettext_noop("This file has more than %(most)s columns. Leave out what is not needed."),
                field="file",
                most=MOST_COLUMNS,
            )
        place, is_heading = _headings_among(head, usual)
        if not is_heading:
            return [""] * width, place
        return [*head[place], *[""] * (width - len(head[place]))], place + 1


def _headings_among(head: Sequence[Sequence[str]], usual: int) -> tuple[int, bool]:
    """The place of the headings, or of the first row where there are none.

    The first row that is half full is taken, unless it holds a value (a title with the days of a report does) and
    fuller words without one stand a little below it.
    """
    full = [place for place, cells in enumerate(head) if sum(map(bool, cells)) * 2 >= usual]
    plain = [place for place in full if not any(map(_is_a_value, head[place]))]
    if full[0] in plain:
        return full[0], True
    for place in plain:
        if place < full[0] + TITLES and sum(map(bool, head[place])) > sum(map(bool, head[full[0]])):
            return place, True
    return full[0], False


def _is_a_value(cell: str) -> bool:
    """An amount or a day: headings are neither."""
    if _FIGURES.fullmatch(cell):
        return True
    with suppress(Refused):
        words.day(cell)
        return True
    return False


def _refuse_strange(peek: bytes, *, is_wide: bool) -> None:
    """Pictures, documents and archives have marks that no text has; a few zeros are only an old program's slip."""
    strange = 0 if is_wide else len(peek) - len(peek.translate(None, _CONTROLS))
    if peek.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"\x1f\x8b")) or strange * 20 > len(peek):
        raise Refused(gettext_noop("This is not a table. Choose a CSV or XLSX file."), field="file")


def _open_quotation(line: int) -> Refused:
    return Refused(gettext_noop("Line %(line)s cannot be read. Is a quotation mark missing?"), field="file", line=line)


def example(rows: Sequence[Sequence[str]], place: int, most: int = 3) -> list[str]:
    """The first different words of one column, for people to recognise it by."""
    found = dict.fromkeys(row[place] for row in rows if place < len(row) and row[place])
    return list(islice(found, most))
