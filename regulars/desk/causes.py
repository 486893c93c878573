"""Causes: which few make most of the complaints, of the cost, of the worth that is hit; and the story of one."""

from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from regulars.desk import charts, recurrence
from regulars.desk.charts import Bars, Line, Table
from regulars.desk.pen import Pen
from regulars.desk.recurrence import Counted
from regulars.desk.words import span
from regulars.engines import causes as engine
from regulars.engines.alike import nearest
from regulars.record import complaints
from regulars.record.causes import Cause
from regulars.record.changes import Change, Verdict
from regulars.record.complaints import Complaint
from regulars.record.tasks import Task
from regulars.record.worth import Estimate

SHOWN = 100
DRAWN = 10  # bars
BY = {
    "number": gettext_lazy("How many"),
    "cost": gettext_lazy("What they cost"),
    "worth": gettext_lazy("Worth of the customers hit"),
}


@dataclass(frozen=True)
class OneCause:
    """One cause in the list. `share`: of the whole, in it and those before it."""

    cause: Cause
    number: int
    cost: int
    worth: int
    share: float
    changes: int
    waits: int  # changes that are still to be done
    held: str  # the last verdict, "" before any


@dataclass(frozen=True)
class Causes:
    lines: list[OneCause]
    few: int  # so many of them make most of it
    bars: Bars | None
    without: int  # complaints that are right, and have no cause yet


def causes(by: str, pen: Pen) -> Causes:
    """All of them, the heaviest first; a fixed number of queries."""
    some = list(Cause.objects.annotate(number=Count("complaints", filter=Q(complaints__aside_at=None))))
    cost, worth = _costs(), _worths()
    state = _changes()
    held = dict(Verdict.objects.order_by("at").values_list("change__cause", "held"))
    amounts = {
        "number": [cause.number for cause in some],
        "cost": [cost.get(cause.pk, 0) for cause in some],
        "worth": [worth.get(cause.pk, 0) for cause in some],
    }[by]
    order = engine.pareto(amounts)
    lines = [
        OneCause(
            some[place],
            some[place].number,
            cost.get(some[place].pk, 0),
            worth.get(some[place].pk, 0),
            share,
            *state.get(some[place].pk, (0, 0)),
            held.get(some[place].pk, ""),
        )
        for place, share in zip(order.places, order.shares, strict=True)
    ]
    without = complaints.open_ones().filter(right_at__isnull=False, cause=None, no_change="").count()
    return Causes(lines, order.few, _bars(lines, by, order.few, pen), without)


def _costs() -> dict[UUID, int]:
    spent = Task.objects.filter(recovery__agreed_at__isnull=False, recovery__complaint__aside_at=None)
    return dict(spent.values_list("recovery__complaint__cause").annotate(sum=Sum("cost")))


def _worths() -> dict[UUID, int]:
    """Of each cause the worth of every customer whom it hit, once."""
    pairs = complaints.counted().exclude(cause=None).exclude(customer=None).values_list("cause", "customer").distinct()
    hit = list(pairs)
    values = dict(Estimate.objects.filter(customer__in={who for _cause, who in hit}).values_list("customer", "value"))
    sums: dict[UUID, int] = {}
    for cause, who in hit:
        sums[cause] = sums.get(cause, 0) + values.get(who, 0)
    return sums


def _changes() -> dict[UUID, tuple[int, int]]:
    counted = Change.objects.filter(dropped_at=None).values("cause")
    rows = counted.annotate(many=Count("pk"), waits=Count("pk", filter=Q(done_at=None)))
    return {row["cause"]: (row["many"], row["waits"]) for row in rows}


def _bars(lines: list[OneCause], by: str, few: int, pen: Pen) -> Bars | None:
    """The heaviest as a picture, with the share that they make together."""
    drawn = [line for line in lines if _amount(line, by)][:DRAWN]
    if not drawn or not few:
        return None
    caption = ngettext(
        "%(number)s of %(all)s causes makes %(share)s of it.", "%(number)s of %(all)s causes make %(share)s of it.", few
    )
    said = {"number": few, "all": len(lines), "share": pen.percent(lines[few - 1].share)}
    heads = [_("Cause"), str(BY[by]), _("Together with those above")]
    rows = [[str(line.cause), _said(line, by, pen), pen.percent(line.share)] for line in lines]
    shown = [(str(line.cause), _said(line, by, pen), float(_amount(line, by))) for line in drawn]
    return charts.bars("causes", caption % said, shown, Table(heads, rows))


def _amount(line: OneCause, by: str) -> int:
    return {"number": line.number, "cost": line.cost, "worth": line.worth}[by]


def _said(line: OneCause, by: str, pen: Pen) -> str:
    amount = _amount(line, by)
    return pen.count(amount) if by == "number" else pen.money(amount)


@dataclass(frozen=True)
class Changed:
    """One change, what was counted since, and the verdicts."""

    change: Change
    said: list[str]  # what was counted, in words; nothing before it was done
    verdicts: list[Verdict]


@dataclass(frozen=True)
class Story:
    cause: Cause
    complaints: list[Complaint]
    number: int
    open: int
    changes: list[Changed]
    line: Line | None


def story(cause: Cause, pen: Pen, *, at: datetime) -> Story:
    """Some queries for each of its changes, which are few."""
    hers = complaints.counted().filter(cause=cause)
    verdicts: dict[Any, list[Verdict]] = {}
    for verdict in Verdict.objects.filter(change__cause=cause).order_by("at"):
        verdicts.setdefault(verdict.change_id, []).append(verdict)
    some = Change.objects.filter(cause=cause).select_related("keeper", "teaches", "article", "done_by")
    return Story(
        cause=cause,
        complaints=list(hers.select_related("customer").order_by("-happened_at")[:SHOWN]),
        number=hers.count(),
        open=hers.filter(closed_at=None).count(),
        changes=[
            Changed(change, _counted(change, pen, at), verdicts.get(change.pk, []))
            for change in some.order_by("-made_at")
        ],
        line=_line(cause, pen, at),
    )


def _counted(change: Change, pen: Pen, at: datetime) -> list[str]:
    """Before and since, and what follows from it."""
    if not change.done_at and not change.back_at:
        return []
    found = recurrence.counted(change, at=at)
    what = (
        _("Before: %(before)s on %(work_before)s jobs. Since: %(after)s on %(work_after)s jobs.")
        if found.are_jobs
        else _("Before: %(before)s on %(work_before)s visits. Since: %(after)s on %(work_after)s visits.")
    )
    said = [what % {name: pen.count(number) for name, number in found.numbers.items()}, _judged(found, pen)]
    told = found.told
    if found.before and found.work_after and isfinite(told.upper):
        limits = {"ratio": pen.percent(told.ratio), "low": pen.percent(told.lower), "high": pen.percent(told.upper)}
        sure = _("Now %(ratio)s of the old rate; in 95 cases of 100 the truth lies between %(low)s and %(high)s.")
        said.append(sure % limits)
    return said


def _judged(found: Counted, pen: Pen) -> str:
    expected = {"expected": pen.number(round(found.told.expected, 1)) if isfinite(found.told.expected) else "–"}
    if found.told.verdict == "gone":
        return _("At the old rate %(expected)s would have come: it is gone, and that is hardly chance.") % expected
    if found.told.verdict == "back":
        return _("It came back. At the old rate %(expected)s would have come.") % expected
    if found.days_to_go:
        return _("None came, and that may be chance: no proof for another %(time)s at this pace.") % {
            "time": span(found.days_to_go)
        }
    return _("Too little is known to prove anything.")


def _line(cause: Cause, pen: Pen, at: datetime) -> Line | None:
    """How much work was done between each two complaints: the longer, the better."""
    found = recurrence.chart(cause, at=at)
    if found is None:
        return None
    chart, some, is_work = found
    names = [date_format(one.happened_at, "SHORT_DATE_FORMAT") for one in some]
    chance = [
        f"{pen.count(low)} – {pen.count(high)}" if isfinite(high) else "–"
        for low, high in zip(chart.lower, chart.upper, strict=True)
    ]
    between = _("Jobs since the one before") if is_work else _("Days since the one before")
    heads = [_("Complaint of"), between, _("Only chance")]
    rows = [[name, pen.count(point), limits] for name, point, limits in zip(names, chart.points, chance, strict=True)]
    top = max([*chart.points, 1.0])
    return charts.line(
        "cause",
        _finding(chart.change, is_work),
        chart.points,
        Table(heads, rows),
        labels=[names[0], names[-1]],
        marks=[(mark, pen.count(mark)) for mark in (0, top / 2, top)],
        other=[chart.centre] * len(chart.points) if isfinite(chart.centre) else [],
        signals=chart.signals,
    )


def _finding(change: str, is_work: bool) -> str:
    what = _("Jobs between each two complaints.") if is_work else _("Days between each two complaints.")
    return (
        f"{what} "
        + {
            "too_few": _("From nine complaints on one can tell a change from chance."),
            "steady": _("The ups and downs are chance."),
            "up": _("They come more seldom than before, and that is not chance."),
            "down": _("They come more often than before, and that is not chance."),
        }[change]
    )


def likely(complaint: Complaint) -> list[Cause]:
    """Every cause, the one whose complaints sound most like this first."""
    some = list(Cause.objects.prefetch_related("complaints")[:SHOWN])
    texts = [" ".join([str(cause), *(one.text for one in cause.complaints.all()[:5])]) for cause in some]
    return [some[place] for place in nearest(complaint.text, texts)]
