"""What somebody wrote in a letter, without what the letter quotes and without the signature.

Whatever is cut away stands in the whole letter, one tap away; so it is better to leave a line too many than to lose
one of hers. One rule serves all languages and programs: a line that ends in a colon, holds a date, and says "wrote"
or an address, begins a quotation; so does a block of From, Sent and To.
"""

import re

_WROTE = re.compile(
    r"\b(?:wrote|writes|пишет|писал|писала|написал|написала|написал\(а\)|kirjoitti|kirjoittaa|kirjutas|kirjutab)\b",
    re.I,
)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,253}")
_DATE = re.compile(r"\d{1,2}[.:]\d{2}|\b20\d{2}\b|\d{1,2}[./-]\d{1,2}")
_LINES = 4  # a long line is broken by the program that sends it
_LONGEST = 600
_BLOCK = re.compile(
    r"^[*\s]*(?:from|sent|date|to|cc|subject|reply-to"
    r"|от|от кого|отправлено|дата|кому|копия|тема"
    r"|lähettäjä|lähetetty|päiväys|päivämäärä|vastaanottaja|kopio|aihe"
    r"|saatja|kellelt|saadetud|kuupäev|adressaat|saaja|kellele|koopia|teema)\s*\*?:[*\s]",
    re.I,
)
_RULE = re.compile(
    r"^\s*[-_]{3,}\s*(?:original message|forwarded message|begin forwarded message|исходное сообщение"
    r"|пересланное сообщение|пересылаемое сообщение|конец пересылаемого сообщения|alkuperäinen viesti"
    r"|välitetty viesti|edelleenlähetetty viesti|algne kiri|algne sõnum|originaalsõnum|edastatud kiri"
    r"|edastatud sõnum)\s*[-_]*\s*$",
    re.I,
)
_SENT_FROM = re.compile(
    r"^\s*(?:sent (?:from|with|via) |get outlook for |отправлено (?:из|с|от|через) |отправлена? с "
    r"|lähetetty .{0,40}(?:iphone|android|puhelimesta|outlook|laitteesta|samsung)|hanki outlook"
    r"|saadetud (?:minu|mu|rakendusest|seadmest)|hangi outlook)",
    re.I,
)
_QUOTED = re.compile(r"^\s{0,3}>")


def spoken(text: str) -> str:
    """Her own words; the whole letter when nothing else is left."""
    kept: list[str] = []
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        if _QUOTED.match(line):
            at += 1
            continue
        if _RULE.match(line) or _is_block(lines, at):
            break
        header = _header(lines, at)
        if header and _quotes_next(lines, at + header):
            at += header
            continue
        if header and any(_ADDRESS.search(part) for part in lines[at : at + header]):
            break  # nothing marks where the quotation ends; without an address it may be a sentence of hers
        kept.append(line)
        at += 1
    return _unsigned(kept) or text.strip()


def _header(lines: list[str], at: int) -> int:
    """Of how many lines "On Monday she wrote:" is here; 0 when this is none."""
    joined = ""
    for count, line in enumerate(lines[at : at + _LINES], 1):
        if not line.strip() or _QUOTED.match(line):
            return 0
        joined = f"{joined} {line.strip()}"
        if len(joined) > _LONGEST:
            return 0
        if joined.endswith(":"):
            # a sentence of hers may stand above it; only what itself begins the header is cut
            is_header = bool(_DATE.search(joined) and (_WROTE.search(joined) or _ADDRESS.search(joined)))
            return count if is_header and (count == 1 or not _begins_later(lines, at, count)) else 0
        if line.rstrip().endswith((".", "!", "?")) and not _DATE.search(line):
            return 0
    return 0


def _begins_later(lines: list[str], at: int, count: int) -> bool:
    """Whether the header is whole without its first line, which then is hers."""
    rest = " ".join(line.strip() for line in lines[at + 1 : at + count])
    return bool(not _DATE.search(lines[at]) and _DATE.search(rest) and (_WROTE.search(rest) or _ADDRESS.search(rest)))


def _quotes_next(lines: list[str], at: int) -> bool:
    """Whether what comes after the header is marked as quoted: then what stands below it is hers."""
    return next((bool(_QUOTED.match(line)) for line in lines[at:] if line.strip()), False)


def _is_block(lines: list[str], at: int) -> bool:
    """From, Sent, To, Subject: three such lines of five."""
    return bool(_BLOCK.match(lines[at])) and sum(bool(_BLOCK.match(line)) for line in lines[at : at + 5]) >= 3


def _unsigned(lines: list[str]) -> str:
    """Without what stands below "-- ", and without "Sent from my telephone"."""
    for at, line in enumerate(lines):
        if line.rstrip() == "--" and any(above.strip() for above in lines[:at]):
            lines = lines[:at]
            break
    while lines and (not lines[-1].strip() or _is_device(lines[-1]) or _is_underline(lines[-1])):
        lines = lines[:-1]
    return "\n".join(lines).strip()


def _is_device(line: str) -> bool:
    return len(line) < 100 and bool(_SENT_FROM.match(line))


def _is_underline(line: str) -> bool:
    """The line that Outlook draws above what it quotes."""
    return len(line.strip()) > 9 and not line.strip().strip("_-")
