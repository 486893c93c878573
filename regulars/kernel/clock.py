"""The only clock. Verbs take `at=`, engines take arrays; only what starts a request, job or command looks here."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today(zone: str) -> date:
    """The date on the wall calendar of `zone` (an IANA name) at this moment."""
    return now().astimezone(ZoneInfo(zone)).date()
