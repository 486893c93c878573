"""When something can be due, and when to warn that it is: the one reckoning for pages, reports and jobs."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from regulars.kernel import whose
from regulars.kernel.days import FURTHEST, OpeningHours
from regulars.kernel.refusal import Refused, gettext_noop

HOUR = timedelta(hours=1)


def minutes(span: timedelta) -> int:
    return round(span / timedelta(minutes=1))


def refuse_time(hours: OpeningHours, due_at: datetime, at: datetime, *, field: str = "due_at") -> None:
    """Not the past, not beyond a year, not when nobody is there: then the next open minute is offered."""
    if due_at <= at:
        raise Refused(gettext_noop("That time has passed. Choose one from now on."), field=field)
    if due_at > at + FURTHEST:
        raise Refused(gettext_noop("Choose a time within a year."), field=field)
    if hours.may_be_due(due_at):
        return
    offer = hours.next_open(due_at)
    if offer is None:
        raise Refused(gettext_noop("This branch has no opening hours. Set them in the settings first."), field=field)
    raise Refused(gettext_noop("We are closed then. The next open time is %(offer)s."), field=field, offer=offer)


def refuse_full(branch: Any, hours: OpeningHours, due_at: datetime, *, field: str = "due_at") -> None:
    """A branch may say how many promises fall due within an hour; the nearest hour with room is offered."""
    from regulars.record.branches import Branch
    from regulars.record.promises import open_ones

    if branch.promises_an_hour is None:
        return
    Branch.objects.select_for_update().get(pk=branch.pk)  # two counters take turns for the last place
    zone = ZoneInfo(hours.zone)
    hour = due_at.astimezone(zone).replace(minute=0, second=0, microsecond=0)
    ahead = open_ones().filter(branch=branch, due_at__gte=hour).values_list("due_at", flat=True)
    taken = Counter(due.astimezone(zone).replace(minute=0, second=0, microsecond=0) for due in ahead)
    if taken[hour] < branch.promises_an_hour:
        return
    offer: datetime | None = hour
    while offer is not None and taken[offer.replace(minute=0)] >= branch.promises_an_hour:
        offer = hours.next_open(offer.replace(minute=0) + HOUR)
    raise Refused(
        gettext_noop("That hour is full: %(number)d promises are due in it. The next free time is %(offer)s."),
        field=field,
        number=taken[hour],
        offer=offer,
    )


def warn_at(hours: OpeningHours, at: datetime, due_at: datetime, promised: int) -> datetime:
    """When to warn whoever keeps it: when no more than a share of the promised open minutes is left."""
    from regulars.record.business import Business

    share = Business.objects.values_list("warn_share", flat=True).get(pk=whose.business())
    spare = hours.worked(at, due_at) - timedelta(minutes=promised) * float(share)
    warn = hours.after(at, spare) if spare > timedelta() else at
    return min(warn or due_at, due_at)


def paused_since(waiting_since: datetime | None, hours: OpeningHours, at: datetime) -> int:
    """Open minutes for which the clock has been standing now."""
    return 0 if waiting_since is None else minutes(hours.worked(waiting_since, at))


def due_after(waiting_since: datetime | None, due_at: datetime, hours: OpeningHours, at: datetime) -> datetime:
    """What is due when the clock runs again: later by the open time for which it stood."""
    if waiting_since is None:
        return due_at
    return hours.after(due_at, hours.worked(waiting_since, at)) or due_at
