"""A customer's own page: what she was promised and how it stands, in her language, and nothing of what is only ours."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext

from regulars.desk.duty import when
from regulars.kernel.days import OpeningHours
from regulars.record import branches
from regulars.record.branches import Branch
from regulars.record.business import Business
from regulars.record.customers import Customer
from regulars.record.moves import Move
from regulars.record.promises import Promise, Standing
from regulars.record.work import Job

LATELY = timedelta(days=30)
SHOWN = 30
AN_ANSWER = timedelta(hours=1)  # with so much of the day left, she hears from us on the same day


@dataclass(frozen=True)
class Line:
    """One promise: `say` is how it stands, `moves` each move that she was told of."""

    promise: Promise
    say: str
    standing: Standing
    moves: list[str]
    job: Job | None

    @property
    def can_be_wrong(self) -> bool:
        """A finished job: she may tell us that it is not right."""
        return self.job is not None and self.job.finished_at is not None


@dataclass(frozen=True)
class Yours:
    customer: Customer
    branch: Branch
    hours: OpeningHours
    open_ones: list[Line]
    lately: list[Line]


def language(customer: Customer, branch: Branch, business: Business) -> str:
    """Hers, else the branch's, else the business's: the first that we speak."""
    spoken = dict(settings.LANGUAGES)
    return next((one for one in (customer.language, branch.language, business.language) if one in spoken), "en")


def branch_of(customer: Customer) -> Branch:
    """Where something was promised to her last, else where she usually comes."""
    latest = Promise.objects.filter(customer=customer).select_related("branch").order_by("-made_at").first()
    found: Branch = (
        (latest and latest.branch) or customer.branch or Branch.objects.order_by("closed_at", "opened_at")[0]
    )
    return found


def yours(customer: Customer, branch: Branch, *, at: datetime) -> Yours:
    """What is open, and what ended lately; a fixed number of queries."""
    since = at - LATELY
    open_or_new = Q(kept_at=None, missed_at=None) | Q(kept_at__gt=since) | Q(missed_at__gt=since)
    found = Promise.objects.filter(open_or_new, customer=customer, dropped_at=None).select_related("job", "branch")
    some = list(found.order_by("-made_at")[:SHOWN])
    told: dict[Any, list[Move]] = {}
    for move in Move.objects.filter(promise__in=some).exclude(told_at=None):
        told.setdefault(move.promise_id, []).append(move)
    lines = [_line(promise, told.get(promise.pk, []), at) for promise in some]
    return Yours(
        customer=customer,
        branch=branch,
        hours=branches.hours(branch),
        open_ones=[line for line in reversed(lines) if line.promise.is_open],
        lately=[line for line in lines if not line.promise.is_open],
    )


def _line(promise: Promise, moves: list[Move], at: datetime) -> Line:
    zone = ZoneInfo(promise.zone)
    standing = promise.standing(at)
    told = [
        gettext("%(was)s became %(to)s.")
        % {"was": when(move.was.astimezone(zone), at), "to": when(move.to.astimezone(zone), at)}
        for move in moves
    ]
    return Line(promise, _say(promise, standing, at), standing, told, promise.job)


def _say(promise: Promise, standing: Standing, at: datetime) -> str:
    zone = ZoneInfo(promise.zone)
    due = when(promise.due_there, at)
    if promise.kept_at is not None:
        return gettext("Ready since %(time)s.") % {"time": when(promise.kept_at.astimezone(zone), at)}
    if standing == Standing.MISSED:
        return gettext("We could not keep this. We are sorry.")
    if promise.waiting_since is not None:
        since = when(promise.waiting_since.astimezone(zone), at)
        return gettext("We wait for your answer since %(time)s. Until then the clock stands.") % {"time": since}
    if standing == Standing.OVERDUE:
        return gettext("Promised by %(due)s, and late. We are sorry; ask us how it stands.") % {"due": due}
    return gettext("Ready by %(due)s.") % {"due": due}


def answer_by(hours: OpeningHours, at: datetime) -> str:
    """When she hears from us: today while there is time, else when we open next. Never sooner than we can."""
    rest = hours.worked(at, at.astimezone(ZoneInfo(hours.zone)).replace(hour=23, minute=59, second=59))
    if hours.is_open(at) and rest >= AN_ANSWER:
        return gettext("You hear from us today.")
    opens = hours.next_open(at if not hours.is_open(at) else at + rest + timedelta(minutes=1))
    if opens is None:
        return gettext("You hear from us as soon as we are there.")
    there = opens.astimezone(ZoneInfo(hours.zone))
    if there.date() == at.astimezone(there.tzinfo).date():
        return gettext("We open at %(time)s. You hear from us today.") % {"time": when(there, at)}
    return gettext("We open next: %(time)s. You hear from us on that day.") % {"time": when(there, at)}
