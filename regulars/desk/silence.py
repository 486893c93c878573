"""Is it quiet because all is well? Complaints expected from the work that was done, against those that came.

Watched by branch, by shift and by colleague. Work is finished jobs, and where a business writes none down, visits; it
counts on the day on which it was done, a complaint on the day on which she said it, and in the shift and for the
colleague whose work it was about. Days before a silence that somebody looked into count as they were; the days of the
silence itself do not, so that it is not learnt as the usual.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from django.db.models import Count
from django.db.models.functions import ExtractHour, TruncDate
from django.utils.translation import gettext_lazy as _

from regulars.engines import silence as engine
from regulars.engines.silence import Watch
from regulars.record import complaints, silences
from regulars.record.branches import Branch
from regulars.record.people import Member
from regulars.record.sales import Sale
from regulars.record.silences import Silence
from regulars.record.work import Job

LOOK_BACK = engine.YEAR + engine.MEMORY
# By the clock of the branch, the hour at which each begins.
SHIFTS = {"morning": 0, "afternoon": 12, "evening": 17}
SHIFT_NAMES = {"morning": _("in the morning"), "afternoon": _("in the afternoon"), "evening": _("in the evening")}
SIDES = {"quiet": Silence.Side.QUIET, "loud": Silence.Side.MANY}


@dataclass(frozen=True)
class Group:
    """A branch, one of its shifts, or a colleague."""

    branch: Branch | None
    shift: str
    member: Member | None

    @property
    def key(self) -> tuple[Any, str, Any]:
        return (self.branch and self.branch.pk, self.shift, self.member and self.member.pk)


@dataclass(frozen=True)
class Watched:
    """One group, what was found, and the day of its first column."""

    group: Group
    watch: Watch
    first: date


@dataclass(frozen=True)
class _Happened:
    """Work done, or a complaint heard, so many on one day."""

    day: date
    branch: Any
    hour: int
    member: Any
    many: int


def watched(*, at: datetime, false_alarms: float) -> list[Watched]:
    """Every group that has any work: branches first, then shifts, then colleagues. Eight queries."""
    places = {branch.pk: branch for branch in Branch.objects.filter(closed_at=None)}
    people = {member.pk: member for member in Member.objects.filter(left_at=None)}
    since = at - timedelta(days=LOOK_BACK)
    work, came = _work(since, at), _came(since, at)
    zone = ZoneInfo(next(iter(places.values())).zone) if places else ZoneInfo("UTC")
    last = at.astimezone(zone).date() - timedelta(days=1)  # today is not over
    found: list[Watched] = []
    for groups in (
        [Group(branch, "", None) for branch in places.values()],
        [Group(branch, shift, None) for branch in places.values() for shift in SHIFTS],
        [Group(None, "", member) for member in people.values()],
    ):
        found += _watched(groups, work, came, last, false_alarms)
    return found


def _watched(
    groups: list[Group], work: list[_Happened], came: list[_Happened], last: date, false_alarms: float
) -> list[Watched]:
    """The groups of one kind that have any work, together: what one has too little of it borrows from the others."""
    first = min((one.day for one in work), default=last)
    days = (last - first).days + 1
    if days < 1:
        return []
    known = _looked_into()
    rows = [(group, _column(group, work, first, days), _column(group, came, first, days)) for group in groups]
    rows = [row for row in rows if row[1].any()]
    if not rows:
        return []
    jobs, heard = np.array([row[1] for row in rows]), np.array([row[2] for row in rows])
    for place, (group, _jobs, _heard) in enumerate(rows):
        for begins, ends in known.get(group.key, []):
            gone = slice(max((begins - first).days, 0), max((ends - first).days + 1, 0))
            jobs[place, gone] = heard[place, gone] = 0
    prior = engine.borrowed(jobs.sum(axis=1), heard.sum(axis=1))
    found = engine.watch(jobs, heard, false_alarms, prior)
    return [Watched(row[0], watch, first) for row, watch in zip(rows, found, strict=True)]


def _looked_into() -> dict[tuple[Any, str, Any], list[tuple[date, date]]]:
    """The alarms that somebody has looked into: from when until when. Their days teach nothing about the usual."""
    ended: Any = Silence.objects.filter(ended_by__isnull=False)
    found: dict[tuple[Any, str, Any], list[tuple[date, date]]] = {}
    for one in ended:
        found.setdefault((one.branch_id, one.shift, one.member_id), []).append((one.since, one.ended_at.date()))
    return found


def _column(group: Group, happened: Iterable[_Happened], first: date, days: int) -> Any:
    column = np.zeros(days)
    for one in happened:
        place = (one.day - first).days
        if 0 <= place < days and _is_of(group, one):
            column[place] += one.many
    return column


def _is_of(group: Group, one: _Happened) -> bool:
    if group.member is not None:
        return bool(one.member == group.member.pk)
    return group.branch is not None and one.branch == group.branch.pk and group.shift in ("", _shift(one.hour))


def _shift(hour: int) -> str:
    return [name for name, begins in SHIFTS.items() if hour >= begins][-1]


def _work(since: datetime, until: datetime) -> list[_Happened]:
    """Finished jobs by day, hour, branch and colleague; without any, sales."""
    jobs = Job.objects.filter(finished_at__gt=since, finished_at__lte=until, dropped_at=None)
    found = _rows(jobs, "finished_at", "performer")
    if found:
        return found
    sales = Sale.objects.filter(at__gt=since, at__lte=until, amount__gt=0)
    return _rows(sales, "at", "served_by")


def _came(since: datetime, until: datetime) -> list[_Happened]:
    """Complaints by the day on which they were heard; in the shift in which what they are about was done."""
    heard = complaints.counted().filter(heard_at__gt=since, heard_at__lte=until)
    rows = heard.values_list("heard_at", "happened_at", "branch", "about", "branch__zone")
    return [
        _Happened(said.astimezone(ZoneInfo(zone)).date(), branch, done.astimezone(ZoneInfo(zone)).hour, about, 1)
        for said, done, branch, about, zone in rows
    ]


def _rows(found: Any, moment: str, member: str) -> list[_Happened]:
    """Counted by the database, on the clock of each branch."""
    rows: list[_Happened] = []
    for zone in set(Branch.objects.values_list("zone", flat=True)):
        there = ZoneInfo(zone)
        on, hour = TruncDate(moment, tzinfo=there), ExtractHour(moment, tzinfo=there)
        of_zone = found.filter(branch__zone=zone).annotate(on=on, hour=hour)
        counted = of_zone.order_by().values_list("on", "branch", "hour", member).annotate(many=Count("pk"))
        rows += [_Happened(*row) for row in counted]
    return rows


def sound(*, at: datetime, false_alarms: float) -> list[Silence]:
    """An alarm for every group whose silence, or noise, is improbable; those that are over fall silent."""
    found = {one.group.key: one for one in watched(at=at, false_alarms=false_alarms)}
    raised = []
    for one in found.values():
        side = SIDES.get(one.watch.state)
        if side is None:
            continue
        raised.append(
            silences.sound(
                branch=one.group.branch,
                shift=one.group.shift,
                member=one.group.member,
                side=side,
                since=one.first + timedelta(days=one.watch.since),
                expected=one.watch.expected,
                received=one.watch.received,
                chance=one.watch.chance,
                at=at,
            )
        )
    still = {(one.pk) for one in raised}
    for known in silences.open_ones():
        if known.pk not in still:
            silences.fall_silent(known, at=at)
    return raised
