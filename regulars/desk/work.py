"""Jobs as figures: right the first time, what they cost against the estimate, the little more that was given."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy

from regulars.desk.duty import when
from regulars.record.branches import Branch
from regulars.record.business import Business
from regulars.record.extras import Extra
from regulars.record.promises import open_ones
from regulars.record.work import Job


@dataclass(frozen=True)
class Right:
    """Of `jobs` finished in the period, `came_back` came back in time to count; `cost` is what those comebacks cost."""

    jobs: int
    came_back: int
    cost: int
    with_extra: int

    @property
    def share(self) -> float | None:
        return 1 - self.came_back / self.jobs if self.jobs else None


@dataclass(frozen=True)
class Estimates:
    """Billed jobs that had an estimate; `over` only with her yes. Money in minor units."""

    jobs: int
    under: int
    over: int
    estimated: int
    billed: int

    @property
    def difference(self) -> int:
        """What they paid less than they were told."""
        return self.estimated - self.billed


@dataclass(frozen=True)
class Performer:
    """One person's jobs: `commission` is the sum a commission may be reckoned from; work done again adds nothing."""

    name: str
    jobs: int
    came_back: int
    billed: int
    commission: int

    @property
    def share(self) -> float | None:
        return 1 - self.came_back / self.jobs if self.jobs else None


def right_first_time(business: Business, *, since: datetime, at: datetime, **only: Any) -> Right:
    """`only`: a branch, a performer, a kind."""
    found = _finished(since, at, **only).filter(comeback_of=None)
    again = Job.objects.filter(comeback_of__isnull=False, finished_at__gt=since, finished_at__lte=at, **only)
    given = Exists(Extra.objects.filter(job=OuterRef("pk"), taken_back_at=None))
    counted = found.annotate(again=_came_back(business), given=given).aggregate(
        jobs=Count("pk"), came_back=Count("pk", filter=Q(again=True)), with_extra=Count("pk", filter=Q(given=True))
    )
    return Right(cost=again.aggregate(sum=Sum("cost", default=0))["sum"], **counted)


def estimates(*, since: datetime, at: datetime, **only: Any) -> Estimates:
    found = Job.objects.filter(billed_at__gt=since, billed_at__lte=at, comeback_of=None, **only)
    return Estimates(
        **found.exclude(estimate=None).aggregate(
            jobs=Count("pk"),
            under=Count("pk", filter=Q(bill__lt=F("estimate"))),
            over=Count("pk", filter=Q(bill__gt=F("estimate"))),
            estimated=Sum("estimate", default=0),
            billed=Sum("bill", default=0),
        )
    )


def performers(business: Business, *, since: datetime, at: datetime, **only: Any) -> list[Performer]:
    """By whoever did the work, the most jobs first."""
    paid = Case(When(comeback_of=None, then=F("bill")), default=Value(0), output_field=IntegerField())
    found = _finished(since, at, **only).annotate(again=_came_back(business)).values("performer", "performer__name")
    rows = found.annotate(
        jobs=Count("pk", filter=Q(comeback_of=None)),
        came_back=Count("pk", filter=Q(comeback_of=None, again=True)),
        billed=Sum("bill", default=0),
        commission=Sum(paid, default=0),
    ).order_by("-jobs", "performer__name")
    return [
        Performer(row["performer__name"] or "", row["jobs"], row["came_back"], row["billed"], row["commission"])
        for row in rows
    ]


def extras_given(*, since: datetime, at: datetime) -> tuple[int, int]:
    """How many, and what they cost us."""
    given = Extra.objects.filter(given_at__gt=since, given_at__lte=at, taken_back_at=None)
    counted = given.aggregate(number=Count("pk"), cost=Sum("cost", default=0))
    return counted["number"], counted["cost"]


def _finished(since: datetime, at: datetime, **only: Any) -> Any:
    return Job.objects.filter(finished_at__gt=since, finished_at__lte=at, **only)


def _came_back(business: Business) -> Any:
    """Within the days that a business has set, counted from the end of the job."""
    within = OuterRef("finished_at") + timedelta(days=business.comeback_days)
    return Exists(Job.objects.filter(comeback_of=OuterRef("pk"), dropped_at=None, opened_at__lte=within))


# --- the list ------------------------------------------------------------------------------------------------------

LISTS = {"open": gettext_lazy("Open"), "finished": gettext_lazy("Finished"), "came_back": gettext_lazy("Came back")}


def listed(name: str) -> tuple[Any, str]:
    """The jobs of that list, and the column by which the most urgent, or the latest, comes first."""
    first_due = open_ones().filter(job=OuterRef("pk")).order_by("due_at").values("due_at")[:1]
    is_open = Job.objects.filter(finished_at=None, dropped_at=None)
    return {
        "open": (is_open.annotate(due_at=Coalesce(Subquery(first_due), F("opened_at"))), "due_at"),
        "finished": (Job.objects.filter(finished_at__isnull=False), "-finished_at"),
        "came_back": (Job.objects.filter(comeback_of__isnull=False), "-opened_at"),
    }[name]


@dataclass(frozen=True)
class Line:
    """One job of the list; `day`: until when, when it ended or began, on the clock of its branch."""

    job: Job
    day: str
    is_late: bool


def lines(jobs: list[Job], at: datetime) -> list[Line]:
    zones = dict(Branch.objects.values_list("pk", "zone"))
    found = []
    for job in jobs:
        due_at: datetime | None = getattr(job, "due_at", None)
        moment = job.finished_at or due_at or job.opened_at
        day = when(moment.astimezone(ZoneInfo(zones[job.branch_id])), at)
        found.append(Line(job, day, job.is_open and due_at is not None and due_at < at))
    return found
