"""Complaints in figures: how many of how much work, how soon, by whom, what it cost, and whether she came back.

They are those that ISO 10002 asks for, and the method's own: how many people of ours a customer met, and whether the
system changed. All of the complaints that were heard in a period (who came back: in one as long, so many days earlier);
what was set aside counts nowhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from regulars.engines import shares
from regulars.kernel.days import OpeningHours
from regulars.record import branches, complaints, tasks
from regulars.record.approvals import Approval
from regulars.record.branches import Branch
from regulars.record.changes import Change, Verdict
from regulars.record.complaints import Complaint, PassedOn
from regulars.record.messages import Message
from regulars.record.recoveries import Recovery
from regulars.record.sales import Sale
from regulars.record.work import Job

BACK = (90, 180, 365)  # days within which she may have come back
COMPARED = 5_000  # visits of customers who had no complaint: the latest that are old enough
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    hits: int
    of: int

    @property
    def share(self) -> float | None:
        return self.hits / self.of if self.of else None

    @property
    def limits(self) -> tuple[float, float]:
        """Between which the true share lies in 95 cases of 100."""
        return shares.interval(self.hits, self.of)


@dataclass(frozen=True)
class Span:
    """Open minutes: half took no more than `median`, nine of ten `ninetieth`."""

    median: float
    ninetieth: float


@dataclass(frozen=True)
class Back:
    """Who came again within so many days: of those who complained, and of visits of those who never did."""

    days: int
    complained: Share
    others: Share


@dataclass(frozen=True)
class Group:
    """A branch, a kind of job, a door: complaints, and the finished jobs that could have brought them."""

    name: str
    complaints: int
    jobs: int

    @property
    def per_hundred(self) -> float | None:
        return 100 * self.complaints / self.jobs if self.jobs else None


@dataclass(frozen=True)
class Figures:
    """`first_person`: put right by whoever heard it first. `met`: approvals and hand-offs, which should be none.

    `right`: she says so, of those that were put right. `changed`: ended in a change, of those that are over. `turned`:
    bought again, of those that were put right: from a moment of misery to one of magic.
    """

    complaints: int
    jobs: int
    acknowledged: Span | None
    right_after: Span | None
    first_person: Share
    right: Share
    answered: Share
    changed: Share
    turned: Share
    praised: int
    approvals: int
    passed_on: int
    waited: Span | None  # for an approval
    cost: int
    spent_since: int
    gone: Share
    back: list[Back] = field(default_factory=list)
    groups: dict[str, list[Group]] = field(default_factory=dict)

    @property
    def per_hundred(self) -> float | None:
        return 100 * self.complaints / self.jobs if self.jobs else None


def figures(*, since: datetime, at: datetime, currency: str) -> Figures:
    """A fixed number of queries, however many complaints."""
    heard = complaints.counted().filter(heard_at__gt=since, heard_at__lte=at)
    some = list(heard.select_related("branch", "job__kind").order_by("heard_at"))
    finished = Job.objects.filter(finished_at__gt=since, finished_at__lte=at, dropped_at=None)
    hours = _hours({one.branch_id for one in some})
    attempts = _attempts(some)
    passed = set(PassedOn.objects.filter(complaint__in=heard).values_list("complaint_id", flat=True))
    done = [one for one in some if one.pk in attempts]
    over = [one for one in some if one.closed_at is not None]
    right = [one for one in some if one.right_at is not None]
    asked = Approval.objects.filter(recovery__complaint__in=heard).select_related("recovery__complaint")
    approvals = list(asked)
    bought = _bought_since(heard, at, currency)
    return Figures(
        complaints=len(some),
        jobs=finished.count(),
        acknowledged=_spans(hours, ((one, one.heard_at, one.acknowledged_at) for one in some)),
        right_after=_spans(hours, ((one, one.heard_at, one.right_at) for one in some)),
        first_person=Share(sum(_is_first(one, attempts[one.pk], passed) for one in done), len(done)),
        right=Share(sum(one.right_at is not None for one in done), len(done)),
        answered=_answered(since, at),
        changed=Share(sum(one.cause_id is not None for one in over), len(over)),
        turned=Share(sum(one.customer_id in bought for one in right), len(right)),
        praised=sum(one.praised_at is not None for one in some),
        approvals=len(approvals),
        passed_on=PassedOn.objects.filter(complaint__in=heard).count(),
        waited=_spans(hours, ((one.recovery.complaint, one.asked_at, one.decided_at) for one in approvals)),
        cost=sum(tasks.cost_of([one.pk for one in some]).values()),
        spent_since=sum(bought.values()),
        gone=_gone(),
        back=[_back(days, since, at) for days in BACK],
        groups=_groups(some, finished),
    )


def _hours(ids: set[Any]) -> dict[Any, OpeningHours]:
    found = Branch.objects.filter(pk__in=ids).prefetch_related("intervals", "special_days")
    return {branch.pk: branches.hours(branch) for branch in found}


def _attempts(some: list[Complaint]) -> dict[Any, list[Recovery]]:
    """What was done, complaint by complaint."""
    found: dict[Any, list[Recovery]] = {}
    done = Recovery.objects.filter(complaint__in=[one.pk for one in some], done_at__isnull=False)
    for recovery in done.order_by("began_at"):
        found.setdefault(recovery.complaint_id, []).append(recovery)
    return found


def _is_first(complaint: Complaint, attempts: list[Recovery], passed: set[Any]) -> bool:
    """Whether whoever met her first put it right, alone and at the first attempt."""
    return complaint.pk not in passed and len(attempts) == 1 and attempts[0].admitted_by_id == attempts[0].done_by_id


def _spans(hours: dict[Any, OpeningHours], found: Iterable[tuple[Complaint, datetime, datetime | None]]) -> Span | None:
    took = [hours[one.branch_id].worked(began, ended) / MINUTE for one, began, ended in found if ended is not None]
    if not took:
        return None
    median, ninetieth = np.percentile(took, [50, 90])
    return Span(float(median), float(ninetieth))


def _answered(since: datetime, at: datetime) -> Share:
    """Of all that customers wrote. What may still be answered in time counts nowhere."""
    hers = Message.objects.filter(
        way=Message.Way.IN, at__gt=since, at__lte=at, answer_by__isnull=False, complaint__aside_at=None
    )
    counted = hers.aggregate(
        hits=Count("pk", filter=Q(answered_at__isnull=False)),
        late=Count("pk", filter=Q(answered_at=None, answer_by__lt=at)),
    )
    return Share(counted["hits"], counted["hits"] + counted["late"])


def _bought_since(heard: Any, at: datetime, currency: str) -> dict[Any, int]:
    """What each customer has spent since it was right (or since she complained), who bought anything."""
    first = heard.filter(customer=OuterRef("customer_id")).order_by("heard_at")
    since = first.values(moment=Coalesce("right_at", "heard_at"))[:1]
    sales = Sale.objects.filter(
        customer__in=heard.exclude(customer=None).values("customer_id"), currency=currency, at__lte=at
    )
    after = sales.annotate(moment=since).filter(at__gt=F("moment"))
    sums = after.values("customer_id").annotate(sum=Sum("amount"), buys=Count("pk", filter=Q(amount__gt=0)))
    return {row["customer_id"]: row["sum"] for row in sums if row["buys"]}


def _gone() -> Share:
    """Causes whose change was watched, and how many did not come back."""
    judged = Verdict.objects.values("change__cause").annotate(gone=Count("pk", filter=Q(held=Verdict.Held.GONE)))
    back = set(Change.objects.filter(times_back__gt=0, done_at=None).values_list("cause_id", flat=True))
    some = list(judged.values_list("change__cause", "gone"))
    return Share(sum(1 for cause, gone in some if gone and cause not in back), len(some))


def _back(days: int, since: datetime, at: datetime) -> Back:
    """Did she come again within so many days? Of a period as long, so many days earlier: each of it had the time to."""
    span = timedelta(days=days)
    began, ended = since - span, at - span
    later = Sale.objects.filter(customer=OuterRef("customer_id"), amount__gt=0)
    known = complaints.counted().filter(heard_at__gt=began, heard_at__lte=ended).exclude(customer=None)
    hers = known.annotate(back=Exists(later.filter(at__gt=OuterRef("heard_at"), at__lte=OuterRef("heard_at") + span)))
    complained = hers.aggregate(of=Count("pk"), hits=Count("pk", filter=Q(back=True)))
    never = ~Exists(complaints.counted().filter(customer=OuterRef("customer_id")))
    visits = Sale.objects.filter(never, amount__gt=0, at__gt=began, at__lte=ended).order_by("-day")[:COMPARED]
    again = Exists(later.filter(day__gt=OuterRef("day"), at__lte=OuterRef("at") + span))
    others = list(Sale.objects.filter(pk__in=visits.values("pk")).values_list(again))
    return Back(days, Share(complained["hits"], complained["of"]), Share(sum(hit for (hit,) in others), len(others)))


def _groups(some: list[Complaint], finished: Any) -> dict[str, list[Group]]:
    by_branch = dict(finished.values_list("branch__name").annotate(jobs=Count("pk")))
    by_kind = dict(finished.values_list("kind__name").annotate(jobs=Count("pk")))
    kinds = [one.job.kind.name for one in some if one.job is not None]
    return {
        "branch": _grouped([one.branch.name for one in some], by_branch),
        "kind": _grouped(kinds, by_kind),
        "door": _grouped([str(one.get_source_display()) for one in some], {}),
    }


def _grouped(names: list[str], jobs: dict[str, int]) -> list[Group]:
    """The largest first."""
    found = [Group(name, names.count(name), jobs.get(name, 0)) for name in {*names, *jobs}]
    return sorted(found, key=lambda group: (-group.complaints, -group.jobs, group.name))
