"""The parts of a letter: what is read, what is attached, what a mail server reports."""

import re
from dataclasses import dataclass, field
from email.message import Message as Mime

from django.utils.translation import gettext

from regulars.intake import charsets, hypertext, invitations
from regulars.record.attachments import File

MOST_FILES = 50
LONGEST = 200_000  # letters of text that are shown
_ID = re.compile(r"^message-id:\s*(<[^<>\s]{1,480}>)", re.I | re.M)


@dataclass
class Parts:
    """What was found so far."""

    text: str = ""
    beside: list[str] = field(default_factory=list)  # readable, and not her words: a letter that she passed on
    files: list[File] = field(default_factory=list)
    oddities: list[str] = field(default_factory=list)
    bounced: list[str] = field(default_factory=list)
    bounce: str = ""


def take_apart(mime: Mime, *, is_whole: bool = True) -> Parts:
    parts = Parts()
    reader = _Reader(parts, is_whole, is_report=mime.get_content_type() == "multipart/report")
    parts.text = "\n\n".join(words for _form, words in reader.read(mime)).strip()
    if len(reader.left) > 0:
        parts.oddities.append(gettext("Left in your mailbox: %(names)s.") % {"names": ", ".join(reader.left[:20])})
    return parts


def safe_name(name: str) -> str:
    """A file's name without folders, without tricks."""
    name = re.split(r"[/\\]", charsets.clean(name).replace("\n", " ").replace("\t", " "))[-1]
    name = re.sub(r'[<>:"|?*]', "_", name).strip(" .")
    stem, dot, ending = name.rpartition(".")
    return f"{stem[:140]}{dot}{ending[:20]}" if stem else name[:140]


class _Reader:
    def __init__(self, parts: Parts, is_whole: bool, *, is_report: bool = False) -> None:
        self.parts, self.is_whole, self.is_report = parts, is_whole, is_report
        self.left: list[str] = []

    def read(self, part: Mime) -> list[tuple[str, str]]:
        """What is to be read in it: ("text/plain", words), ..."""
        form = part.get_content_type()
        if form == "message/rfc822" or (part.is_multipart() and form.startswith("message/")):
            return self._within(part, form)
        if part.is_multipart():
            found = [one for child in part.get_payload() if isinstance(child, Mime) for one in self.read(child)]
            is_choice = form == "multipart/alternative" and any(kind == "text/plain" for kind, _words in found)
            return [one for one in found if one[0] != "text/html"] if is_choice else found
        if form.startswith("multipart/"):  # it says so, and is not
            return self._words(part, "text/plain")
        if form in ("text/plain", "text/html") and not _is_file(part):
            return self._words(part, form)
        if form == "text/calendar":
            self._keep(part, form, "invitation.ics")
            return [(form, invitations.as_text(self._text(part)))]
        if form == "text/rfc822-headers" and self.is_report:
            self._returned(self._text(part))
            return []
        self._keep(part, form)
        return []

    def _words(self, part: Mime, form: str) -> list[tuple[str, str]]:
        said = self._text(part)
        if form == "text/html":
            said = hypertext.as_text(said)
        return [(form, said)] if said.strip() else []

    def _text(self, part: Mime) -> str:
        raw = part.get_payload(decode=True)
        declared = str(part.get_param("charset") or "")
        said, rightly = charsets.decode(raw if isinstance(raw, bytes) else b"", declared)
        if not rightly:
            self._odd(gettext("The letter does not say rightly in which alphabet it is: some letters may be wrong."))
        if len(said) > LONGEST:
            self._odd(gettext("The letter is very long: this is its beginning."))
        return charsets.clean(said[:LONGEST])

    def _keep(self, part: Mime, form: str, unnamed: str = "") -> None:
        name = _name(part) or unnamed or f"file-{len(self.parts.files) + 1}"
        if not self.is_whole:
            self.left.append(name)
            return
        if len(self.parts.files) >= MOST_FILES:
            self._odd(gettext("More files came than are shown: the rest is in the letter as it came."))
            return
        raw = part.get_payload(decode=True)
        if form == "application/ms-tnef" or name.lower() == "winmail.dat":
            self._odd(gettext("What is in winmail.dat only Outlook can read: ask for the letter as plain text."))
        if part.defects:
            self._odd(gettext("The file %(name)s came damaged.") % {"name": name})
        self.parts.files.append(File(name, form[:100], raw if isinstance(raw, bytes) else b""))

    def _within(self, part: Mime, form: str) -> list[tuple[str, str]]:
        """A letter in the letter, or what a mail server reports about one of ours."""
        within = [child for child in part.get_payload() if isinstance(child, Mime)]
        if form == "message/delivery-status":
            self._report("\n".join(child.as_string() for child in within))
            return []
        for child in within:
            if self.is_report:
                self._returned(f"Message-ID: {child.get('Message-ID', '')}")
                continue
            try:
                self.parts.files.append(File("letter.eml", "message/rfc822", child.as_bytes()))
            except Exception:  # a letter that cannot be written as it was read
                self._odd(gettext("A letter within the letter could not be taken out of it."))
            found = Parts()
            said = "\n\n".join(words for _form, words in _Reader(found, self.is_whole).read(child))
            self.parts.beside.append(f"{gettext('A letter within the letter:')}\n{said}")
        return []

    def _report(self, said: str) -> None:
        """RFC 3464: only "failed" is for good; "delayed" is tried again."""
        if re.search(r"^action:\s*failed", said, re.I | re.M):
            why = re.search(r"^diagnostic-code:\s*(.{1,300})", said, re.I | re.M)
            self.parts.bounce = charsets.clean(why[1]).strip() if why else "failed"

    def _returned(self, headers: str) -> None:
        self.parts.bounced += _ID.findall(headers)[:3]

    def _odd(self, sentence: str) -> None:
        self.parts.oddities.append(sentence)


def _is_file(part: Mime) -> bool:
    return part.get_content_disposition() == "attachment" or bool(_name(part))


def _name(part: Mime) -> str:
    try:
        return safe_name(charsets.header(str(part.get_filename() or "")))
    except Exception:  # a name in pieces that do not fit
        return ""
