"""The ledger of promises as figures: how many were kept, of how many, how long it took against what was told.

Share kept = kept / (kept + late + open and overdue); a promise that was missed is late. What was dropped, and what is
not due yet, counts neither way. It is counted when it ended, or while it is overdue.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from django.db.models import Exists, OuterRef, Q

from regulars.record.moves import Move
from regulars.record.promises import EARLY, Promise, open_ones

A_MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Counts:
    """`kept` has the early ones in it; `late` those that were missed."""

    kept: int
    early: int
    late: int
    overdue: int
    moved: int = 0

    @property
    def of(self) -> int:
        """The denominator."""
        return self.kept + self.late + self.overdue

    @property
    def share(self) -> float | None:
        return self.kept / self.of if self.of else None


@dataclass(frozen=True)
class Spans:
    """Open minutes, over what is kept, late or not: half took no more than `median`, nine of ten `ninetieth`."""

    median: float
    ninetieth: float


@dataclass(frozen=True)
class Ledger:
    """`groups`: by "branch", "keeper" and "kind", each name with its counts. `weeks`: Monday, kept, of how many."""

    counts: Counts
    promised: Spans | None
    took: Spans | None
    groups: dict[str, list[tuple[str, Counts]]] = field(default_factory=dict)
    weeks: list[tuple[date, int, int]] = field(default_factory=list)


def share_kept(at: datetime, *, within: timedelta = A_MONTH) -> Counts:
    """The first number of all: three counts, each by an index."""
    since = at - within
    kept = Promise.objects.filter(kept_at__gt=since, kept_at__lte=at)
    missed = Promise.objects.filter(missed_at__gt=since, missed_at__lte=at)
    on_time = kept.filter(broken_at=None).count()
    return Counts(on_time, 0, kept.count() - on_time + missed.count(), _overdue(at).count())


def ledger(at: datetime, *, since: datetime, zone: str, **only: Any) -> Ledger:
    """All that ended in the period, and what is overdue now. `only`: a branch, a keeper, a kind."""
    ended = Q(kept_at__gt=since, kept_at__lte=at) | Q(missed_at__gt=since, missed_at__lte=at)
    was_moved = Exists(Move.objects.filter(promise=OuterRef("pk")))
    settled, late_now = Promise.objects.filter(ended, **only), _overdue(at).filter(**only)
    lines = [
        _line(row, zone)
        for found in (settled, late_now)
        for row in found.annotate(was_moved=was_moved).values_list(*_COLUMNS).iterator(5_000)
    ]
    timed = [line for line in lines if line.took is not None]
    return Ledger(
        counts=_count(lines),
        promised=_spans(line.promised for line in timed),
        took=_spans(line.took for line in timed),
        groups={
            "branch": _grouped(lines, lambda line: line.branch),
            "keeper": _grouped(lines, lambda line: line.keeper),
            "kind": _grouped(lines, lambda line: line.kind),
        },
        weeks=_weeks(lines),
    )


_COLUMNS = (
    *("kept_at", "missed_at", "broken_at", "took", "promised", "due_at", "was_moved"),
    *("branch__name", "keeper__name", "kind__name"),
)


@dataclass(frozen=True)
class _Line:
    kept: bool
    early: bool
    overdue: bool
    moved: bool
    promised: int
    took: int | None
    week: date
    branch: str
    keeper: str
    kind: str


def _line(row: tuple[Any, ...], zone: str) -> _Line:
    kept_at, missed_at, broken_at, took, promised, due_at, was_moved, branch, keeper, kind = row
    day = (kept_at or missed_at or due_at).astimezone(ZoneInfo(zone)).date()
    kept = kept_at is not None and broken_at is None
    return _Line(
        kept=kept,
        early=kept and took <= EARLY * promised,
        overdue=kept_at is None and missed_at is None,
        moved=was_moved,
        promised=promised,
        took=took if kept_at is not None else None,
        week=day - timedelta(days=day.weekday()),
        branch=branch,
        keeper=keeper or "",
        kind=kind or "",
    )


def _overdue(at: datetime) -> Any:
    return open_ones().filter(Q(broken_at__isnull=False) | Q(due_at__lt=at, waiting_since=None))


def _count(lines: Iterable[_Line]) -> Counts:
    some = list(lines)
    kept, overdue = sum(line.kept for line in some), sum(line.overdue for line in some)
    return Counts(
        kept=kept,
        early=sum(line.early for line in some),
        late=len(some) - kept - overdue,
        overdue=overdue,
        moved=sum(line.moved for line in some),
    )


def _grouped(lines: list[_Line], by: Any) -> list[tuple[str, Counts]]:
    """The largest group first; nameless last."""
    groups: dict[str, list[_Line]] = {}
    for line in lines:
        groups.setdefault(by(line), []).append(line)
    counted = [(name, _count(some)) for name, some in groups.items()]
    return sorted(counted, key=lambda pair: (pair[0] == "", -pair[1].of, pair[0]))


def _spans(minutes: Iterable[int | None]) -> Spans | None:
    some = [number for number in minutes if number is not None]
    if not some:
        return None
    median, ninetieth = np.quantile(some, [0.5, 0.9])
    return Spans(float(median), float(ninetieth))


def _weeks(lines: list[_Line]) -> list[tuple[date, int, int]]:
    """Week by week, those without any left out; what is overdue counts in the week in which it was due."""
    kept: dict[date, int] = {}
    all_of_them: dict[date, int] = {}
    for line in lines:
        all_of_them[line.week] = all_of_them.get(line.week, 0) + 1
        kept[line.week] = kept.get(line.week, 0) + line.kept
    return [(week, kept[week], all_of_them[week]) for week in sorted(all_of_them)]
