"""The bytes of one letter -> what she wrote, and what came with it. No bytes break it: what cannot be read is said.

A letter is read as far as it can be; where its form is hopeless, its bytes are shown as text. How much is read is
bounded, so that no letter takes the machine: the whole of it is kept beside, byte by byte.
"""

import logging
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import Message as Mime
from email.parser import BytesParser, HeaderParser
from email.utils import getaddresses, parsedate_to_datetime
from hashlib import blake2b

from django.utils.translation import gettext

from regulars.intake import automatic, charsets, mailparts, quotations
from regulars.record.attachments import File

log = logging.getLogger(__name__)

LONGEST_HEADER = 10_000
MOST_MARKS = 3_000  # of parts: a letter with more is a bomb, and shown as it is
DEEPEST = 60
SHOWN_RAW = 20_000  # bytes of a letter that could not be taken apart
_ID = re.compile(r"<[^<>\s]{1,480}>")


@dataclass(frozen=True)
class Letter:
    """One letter, as far as it could be read."""

    message_id: str  # its own, or made of its bytes
    in_reply_to: str
    references: tuple[str, ...]  # what it answers and what that answered; the nearest first
    sender_name: str
    sender: str  # in small letters; "" when it has none
    recipients: tuple[str, ...]
    subject: str
    sent_at: datetime | None
    text: str  # her words
    whole: str  # with what they quote
    attachments: tuple[File, ...]
    is_automatic: bool  # a machine wrote it
    is_muted: bool  # no machine may answer it
    bounced: tuple[str, ...]  # the letters that did not arrive, by their message IDs; of a bounce alone
    bounce: str  # why not, as the server says it
    oddities: tuple[str, ...]  # what could not be read, in words


def read(raw: bytes, *, is_whole: bool = True) -> Letter:
    """The letter. `is_whole`: False when only its beginning was fetched; then no file of it is whole."""
    try:
        return _read(raw, is_whole)
    except Exception:  # whatever it was, the letter must land
        log.exception("a letter could not be taken apart; it is shown as it came")
        return as_it_came(raw, is_whole)


def _read(raw: bytes, is_whole: bool) -> Letter:
    if _is_bomb(raw):
        return as_it_came(raw, is_whole)
    mime = BytesParser(policy=policy.compat32).parsebytes(raw)
    parts = mailparts.take_apart(mime, is_whole=is_whole)
    return _letter(_headers(mime), raw, parts, mime, is_whole)


def as_it_came(raw: bytes, is_whole: bool) -> Letter:
    """Its headers as far as they go, and its beginning as text."""
    head = re.split(rb"\r?\n\r?\n", raw[:200_000], maxsplit=1)[0]
    try:
        mime = HeaderParser(policy=policy.compat32).parsestr(head.decode("ascii", "surrogateescape"))
        headers = _headers(mime)
    except Exception:  # not even those
        mime, headers = Mime(), {}
    words, _ = charsets.decode(raw[len(head) :][:SHOWN_RAW])
    parts = mailparts.Parts(text=charsets.clean(words))
    parts.oddities.append(gettext("The letter is built in a way that cannot be read: this is how it begins."))
    return _letter(headers, raw, parts, mime, is_whole)


def _letter(headers: dict[str, str], raw: bytes, parts: mailparts.Parts, mime: Mime, is_whole: bool) -> Letter:
    replies = _ID.findall(headers.get("in-reply-to", ""))[:5]
    references = list(dict.fromkeys([*replies, *reversed(_ID.findall(headers.get("references", ""))[-50:])]))
    name, sender = automatic.sender(_people(headers.get("from", "")), _people(headers.get("reply-to", "")))
    own = _ID.search(headers.get("message-id", ""))
    oddities = list(parts.oddities)
    if not is_whole:
        oddities.append(gettext("The letter is very large: the rest of it is in your mailbox."))
    if not sender:
        oddities.append(gettext("The letter does not say who sent it."))
    text = parts.text.strip()
    whole = "\n\n".join(filter(None, [text, *parts.beside]))
    return Letter(
        message_id=own[0] if own else f"<{blake2b(raw, digest_size=16).hexdigest()}@unnamed>",
        in_reply_to=replies[0] if replies else "",
        references=tuple(references),
        sender_name=name[:200],
        sender=sender,
        recipients=tuple(
            address for key in ("to", "cc", "delivered-to") for _name, address in _people(headers.get(key, ""))
        )[:100],
        subject=" ".join(headers.get("subject", "").split())[:500],
        sent_at=_moment(headers.get("date", "")),
        text=quotations.spoken(text) or whole,
        whole=whole,
        attachments=tuple(parts.files),
        is_automatic=automatic.is_machine(headers, sender, mime.get_content_type()),
        is_muted=automatic.is_muted(headers, sender, mime.get_content_type()),
        bounced=tuple(parts.bounced),
        bounce=parts.bounce,
        oddities=tuple(dict.fromkeys(oddities)),
    )


def _is_bomb(raw: bytes) -> bool:
    """More parts, or parts within parts, than anybody sends: to take them apart would take minutes."""
    low = raw.lower()
    nested = low.count(b"message/rfc822") + low.count(b"boundary")
    return nested > DEEPEST or len(re.findall(rb"^--", raw, re.M)) > MOST_MARKS or len(raw) > 60_000_000


def _headers(mime: Mime) -> dict[str, str]:
    """Each header once, the first one, as words; names in small letters."""
    found: dict[str, str] = {}
    for name, value in mime.raw_items():
        key = name.lower()
        if key not in found and len(found) < 500:
            found[key] = charsets.header(str(value)[:LONGEST_HEADER])
    return found


def _people(value: str) -> list[tuple[str, str]]:
    """Names and addresses; an address that is none is left out."""
    try:
        pairs = getaddresses([value])
    except Exception:  # brackets within brackets
        pairs = [("", found) for found in re.findall(r"[^\s<>@,;]{1,64}@[^\s<>@,;]{1,189}", value)[:20]]
    return [
        (" ".join(name.split()), address.lower())
        for name, address in pairs[:100]
        if re.fullmatch(r"[^\s@<>]{1,64}@[^\s@<>]{1,189}", address)
    ]


def _moment(value: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(value)
        moment = found if found.tzinfo else found.replace(tzinfo=UTC)
        return moment.astimezone(UTC) if 1990 < moment.year < 2200 else None
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
