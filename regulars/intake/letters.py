"""How the letters of a file are written: told from its bytes, all of them, by which letters the languages here use."""

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "cp1251": "Windows-1251",
    "cp1252": "Windows-1252",
    "cp1257": "Windows-1257",
    "iso8859-15": "ISO-8859-15",
    "cp866": "DOS 866",
}
SAMPLE = 256 * 1024  # bytes of lines with letters beyond ASCII, for telling Cyrillic from Latin
AT_A_TIME = 1024 * 1024

_ASCII = bytes(range(0x80))
_LINE_BEYOND_ASCII = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
# How unlikely a letter is where the encoding is right; unlisted ones cost most. What is written alike in all of them
# (ä ö ü õ, quotation marks, no-break space) costs nothing anywhere and decides nothing. Of equals the first is taken.
_FREE = "äöüõÄÖÜÕ€–—“”„’‘…•\u00a0«»§°©®·±"
_COSTS = {
    "cp1252": {0: _FREE, 1: "éèàçñåæøßáíóúÉÀÅÆØšžŠŽ", 2: "êëïôâîûœòìùÿÇÈÊÁÍÓÚÑ", 6: "ðþýÐÞÝ"},
    "cp1257": {0: _FREE, 1: "āčēģīķļņšūžąęėįųéóßåĀČĒĢĪĶĻŅŠŪŽĄĘĖĮŲÅ", 3: "żźłńśćæøōŗŻŹŁŃŚĆÆØŌŖ"},
    "iso8859-15": {0: _FREE, 1: "éèàçñåæøßáíóúÉÀÅÆØšžŠŽ", 2: "êëïôâîûœòìùÿÇÈÊÁÍÓÚÑ", 6: "ðþýÐÞÝ"},
}
_MARK_COST, _NONE_COST = 5, 20
_WEIGHTS = {
    name: {letter: cost for cost, letters in costs.items() for letter in letters} for name, costs in _COSTS.items()
}


def guess(path: Path) -> str:
    """A name of ENCODINGS. The whole file is looked at: one Estonian name may stand in the last line of a million."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if wide := _wide(head):
        return wide
    if _is_utf8(path):
        return "utf-8-sig"
    counts, sample = _beyond_ascii(path)
    return _cyrillic(counts) if _is_cyrillic(sample) else min(_WEIGHTS, key=lambda name: _cost(counts, name))


def line_of_error(path: Path, encoding: str) -> int:
    """The first line, from 1, that cannot be read by these letters."""
    decoder, line = codecs.getincrementaldecoder(encoding)(), 1
    for chunk in _chunks(path):
        before = decoder.getstate()
        try:
            line += decoder.decode(chunk).count("\n")
        except UnicodeDecodeError as error:
            decoder.setstate(before)
            return line + decoder.decode(error.object[len(before[0]) : error.start]).count("\n")
    return line


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(AT_A_TIME):
            yield chunk


def _wide(head: bytes) -> str:
    """UTF-16 without a mark: figures, delimiters and line ends have a zero on one side, and never on the other."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(head) >= 8 and max(even, odd) * 20 > len(head) and min(even, odd) * 50 <= max(even, odd):
        return "utf-16-le" if odd > even else "utf-16-be"
    return ""


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in _chunks(path):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _beyond_ascii(path: Path) -> tuple[Counter[int], bytes]:
    """How often each byte beyond ASCII comes in the file, and some of the lines that have one."""
    counts: Counter[int] = Counter()
    sample = bytearray()
    for chunk in _chunks(path):
        counts.update(chunk.translate(None, _ASCII))
        if len(sample) < SAMPLE:
            for line in _LINE_BEYOND_ASCII.finditer(chunk):
                sample += line.group()[:SAMPLE] + b"\n"
                if len(sample) >= SAMPLE:
                    break
    return counts, bytes(sample)


def _is_cyrillic(sample: bytes) -> bool:
    """Cyrillic words are beyond ASCII from end to end; in Latin words such letters stand among others."""
    cyrillic = latin = 0
    for word in _WORD.findall(sample):
        beyond = len(word.translate(None, _ASCII))
        if beyond == len(word):
            cyrillic += beyond if beyond > 1 else 0
        else:
            latin += beyond
    return cyrillic > latin


def _cyrillic(counts: Counter[int]) -> str:
    """DOS has its letters lower: а-п stand at A0-AF, where Windows has marks that are rare."""
    dos = sum(count for byte, count in counts.items() if 0x80 <= byte <= 0xAF)
    windows = sum(count for byte, count in counts.items() if 0xC0 <= byte <= 0xDF or byte >= 0xF0)
    return "cp866" if dos > windows else "cp1251"


def _cost(counts: Counter[int], name: str) -> int:
    weights, total = _WEIGHTS[name], 0
    for byte, count in counts.items():
        letter = bytes([byte]).decode(name, "replace")
        none = letter == "\ufffd" or "\x80" <= letter < "\xa0"
        total += count * weights.get(letter, _NONE_COST if none else _MARK_COST)
    return total
