"""A calendar invitation in words: what, when and where."""

import re

from django.utils.translation import gettext_lazy as _

_SHOWN = {"SUMMARY": _("What"), "DTSTART": _("From"), "DTEND": _("Until"), "LOCATION": _("Where"),
          "DESCRIPTION": _("More"), "ORGANIZER": _("Who invites")}  # fmt: skip


def as_text(calendar: str) -> str:
    """One line for each thing that it says; "" when it says nothing."""
    lines = re.sub(r"\n[ \t]", "", calendar).split("\n")
    found: dict[str, str] = {}
    for line in lines[:2000]:
        name, colon, value = line.partition(":")
        key = name.split(";")[0].strip().upper()
        if colon and key in _SHOWN:
            found[key] = _said(key, value)  # the last: a time zone begins with one, too
    return "\n".join(f"{_SHOWN[key]}: {found[key]}" for key in _SHOWN if found.get(key))


def _said(key: str, value: str) -> str:
    if key in ("DTSTART", "DTEND"):
        moment = re.match(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?", value.strip())
        if moment:
            year, month, day, hour, minute, utc = moment.groups()
            return f"{year}-{month}-{day}" + (f" {hour}:{minute}" if hour else "") + (" UTC" if utc else "")
    value = value.removeprefix("mailto:").removeprefix("MAILTO:")
    return re.sub(r"\\([,;nN\\])", lambda found: " " if found[1] in "nN" else found[1], value).strip()
