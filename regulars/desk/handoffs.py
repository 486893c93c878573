"""The times by which a customer usually hears from us, and who could take her."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from regulars.desk.duty import when
from regulars.kernel.days import OpeningHours
from regulars.record.people import Member, Role

HOUR = timedelta(hours=1)
SOON = 4


def takers(member: Any) -> Any:
    """Colleagues who can look after a customer."""
    working = Member.objects.filter(left_at=None, role__gte=Role.FRONT_LINE).exclude(person_id=None)
    return working.exclude(pk=member.pk).order_by("name")


def who_may(member: Any) -> Any:
    """Somebody who can say yes to more: the first of those who manage the place, an owner last."""
    return takers(member).filter(role__gt=member.role).order_by("role", "name").first()


def usual_times(hours: OpeningHours, at: datetime, zone: str) -> list[tuple[str, datetime]]:
    """In an hour, before we close, at the next opening and an hour later; on the clock of `zone`, with their words."""
    now = at.astimezone(ZoneInfo(zone)).replace(second=0, microsecond=0)
    found = [(gettext("in an hour"), now + HOUR)]
    for days in range(8):
        for opens, closes in hours.on((at.astimezone(ZoneInfo(hours.zone)) + timedelta(days=days)).date()):
            moments = [opens + HOUR, closes]
            found += [(when(one.astimezone(ZoneInfo(zone)), at), one) for one in moments if one > at + HOUR]
        if len(found) >= SOON:
            break
    return [(words, moment.astimezone(ZoneInfo(zone))) for words, moment in found[:SOON]]
