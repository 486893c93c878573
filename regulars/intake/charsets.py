"""Bytes of a letter turned into readable text, whatever alphabet the letter claims to be in."""

import codecs
import re
import unicodedata
from email.header import decode_header

# Of these every byte means something, so a wrong name is not noticed by decoding: only by what comes out.
_BARE = re.compile(
    r"^(?:us-?ascii|ascii|iso-?8859.*|latin.*|l1|windows-?125.*|cp125.*|koi8.*|cp866|mac.*|unknown.*|x-.*)$"
)
_CYRILLIC = ("cp1251", "koi8-r", "cp866")
_COMMON = frozenset("оеаинтсрвлкмдпу")
_HIDDEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u200b")


def decode(raw: bytes, declared: str = "") -> tuple[str, bool]:
    """The text, and whether the letter named its alphabet rightly. Never fails."""
    name = declared.strip().strip("\"'").lower()
    known = _lookup(name)
    if raw.isascii() and (known is None or _BARE.match(name)):
        return raw.decode("ascii"), True
    if known is not None and not _BARE.match(name):
        try:
            return raw.decode(known), True
        except (UnicodeError, ValueError):
            pass
    try:
        return raw.decode("utf-8"), known == "utf-8"  # by accident nothing is UTF-8
    except UnicodeDecodeError:
        nearly = raw.decode("utf-8", "replace")
    if nearly.count("\ufffd") * 10 <= sum(byte > 127 for byte in raw):  # cut off within a letter
        return nearly, False
    likely = _likely(raw, known)
    return raw.decode(likely, "replace"), likely == known


def clean(text: str) -> str:
    """What a database and a page can hold: no NUL, no half characters, nothing that turns the words around."""
    kept = []
    for letter in text.replace("\r\n", "\n").replace("\r", "\n"):
        kind = unicodedata.category(letter)
        if kind == "Cs":
            kept.append("\ufffd")
        elif letter in "\n\t" or (kind != "Cc" and letter not in _HIDDEN):
            kept.append(letter)
    return "".join(kept)


def header(value: str) -> str:
    """A header as people read it, however it is written."""
    if not value.isascii():
        value, _rightly = decode(value.encode("ascii", "surrogateescape"))
    try:
        pieces = decode_header(value) if "=?" in value else [(value, None)]
    except Exception:  # a piece that was cut off
        pieces = [(value, None)]
    said = [piece if isinstance(piece, str) else decode(piece, name or "ascii")[0] for piece, name in pieces]
    return clean("".join(said)).strip()


def _lookup(name: str) -> str | None:
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        return None
    return found.name if found._is_text_encoding else None


def _likely(raw: bytes, known: str | None) -> str:
    """Of alphabets of one byte a letter the one in which this reads like words."""
    some = raw[:20_000]
    high = sum(byte > 127 for byte in some)
    plain = sum(65 <= byte <= 90 or 97 <= byte <= 122 for byte in some)
    beside = len(re.findall(rb"[A-Za-z][\x80-\xff]|[\x80-\xff][A-Za-z]", some))
    is_latin = known is not None and (known.startswith("iso8859") or known in ("cp1252", "cp1257", "mac-roman"))
    if high < plain / 3 or beside > high / 2 or (is_latin and high < 8):  # a few dotted letters: Estonian, Finnish
        return known if known is not None and is_latin and known not in ("iso8859-1", "iso8859-5") else "cp1252"
    return max(_CYRILLIC, key=lambda name: (_russian(some, name), name == known))


def _russian(raw: bytes, name: str) -> int:
    """How much it reads like Russian: common small letters; another alphabet's give capitals and frames."""
    text = raw.decode(name, "replace")
    return sum(letter in _COMMON for letter in text) - sum("А" <= letter <= "Я" or letter > "ё" for letter in text)
