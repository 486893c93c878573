"""Did it come back? Complaints of a cause among the work done before a change and after it, counted.

What counts is when the work was done, not when she complained of it. Work is finished jobs; where a business writes no
jobs down, visits. Before the change a year is counted, or as far back as there is any work.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
from django.db.models import Count
from django.db.models.functions import TruncDate

from regulars.engines import causes as engine
from regulars.engines import rare
from regulars.engines.causes import Recurrence
from regulars.engines.control import Chart
from regulars.record import complaints
from regulars.record.causes import Cause
from regulars.record.changes import Change
from regulars.record.complaints import Complaint
from regulars.record.sales import Sale
from regulars.record.work import Job

A_YEAR = timedelta(days=365)
CHARTED = 60  # complaints, the latest


@dataclass(frozen=True)
class Work:
    """How much was done on each day; `are_jobs`: else they are visits."""

    days: dict[date, int]
    are_jobs: bool

    def between(self, begins: datetime, ends: datetime) -> int:
        """After the day of `begins`, and with the day of `ends`."""
        first, last = begins.date(), ends.date()
        return sum(count for day, count in self.days.items() if first < day <= last)


@dataclass(frozen=True)
class Counted:
    """Of one change: complaints and work before it and after it, and what follows from them."""

    before: int
    work_before: int
    after: int
    work_after: int
    told: Recurrence
    are_jobs: bool
    pace: float  # work a day, lately

    @property
    def days_to_go(self) -> int | None:
        """Without a complaint, until it is gone beyond chance; None when that is not what one waits for."""
        if not self.told.more_jobs or not self.pace:
            return None
        return round(self.told.more_jobs / self.pace)

    @property
    def numbers(self) -> dict[str, int]:
        return {
            "before": self.before,
            "work_before": self.work_before,
            "after": self.after,
            "work_after": self.work_after,
        }


def work_of(branches: Iterable[Any], *, since: datetime, until: datetime) -> Work:
    """Two queries at most, each with a row a day."""
    places = list(branches)
    jobs = Job.objects.filter(branch__in=places, finished_at__gt=since, finished_at__lte=until, dropped_at=None)
    days = dict(jobs.annotate(on=TruncDate("finished_at")).values_list("on").annotate(many=Count("pk")))
    if days:
        return Work(days, are_jobs=True)
    sales = Sale.objects.filter(branch__in=places, at__gt=since, at__lte=until, amount__gt=0)
    return Work(dict(sales.values_list("day").annotate(many=Count("customer", distinct=True))), are_jobs=False)


def counted(change: Change, *, at: datetime) -> Counted:
    """Of a change that is done, or was done until the cause came back. Five queries."""
    done_at = change.done_at or change.held_from or at
    begins = done_at - A_YEAR
    hers = complaints.counted().filter(cause=change.cause_id, happened_at__gt=begins, happened_at__lte=at)
    rows = list(hers.values_list("happened_at", "branch_id"))
    places = {branch for _happened, branch in rows}
    work = work_of(places, since=begins, until=at)
    before = sum(happened <= done_at for happened, _branch in rows)
    work_before, work_after = work.between(begins, done_at), work.between(done_at, at)
    after = len(rows) - before
    told = engine.recurrence(before, max(work_before, before), after, max(work_after, after))
    days = max((at - done_at).days, 1)
    pace = work_after / days if work_after else work_before / A_YEAR.days
    return Counted(before, work_before, after, work_after, told, work.are_jobs, pace)


def chart(cause: Cause, *, at: datetime) -> tuple[Chart, list[Complaint], bool] | None:
    """Work between each two complaints of a cause (days where nothing is written down), and those at its right ends.

    True when it is work that is counted. Nothing before there are three of them.
    """
    hers = complaints.counted().filter(cause=cause).order_by("-happened_at")[:CHARTED]
    some = list(reversed(hers))
    if len(some) < 3:
        return None
    work = work_of({one.branch_id for one in some}, since=some[0].happened_at, until=at)
    pairs = list(pairwise(some))
    if not work.days:
        spans = [(after.happened_at - before.happened_at) / timedelta(days=1) for before, after in pairs]
        return rare.of_days_between(spans), some[1:], False
    between = [max(work.between(before.happened_at, after.happened_at) - 1, 0) for before, after in pairs]
    return rare.of_jobs_between(np.asarray(between)), some[1:], True
