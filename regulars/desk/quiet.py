"""Silence for whoever looks: a line for each branch, shift and colleague, and the weeks of a branch as a picture."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from regulars.desk import charts, silence
from regulars.desk.charts import Line, Table
from regulars.desk.pen import Pen
from regulars.desk.silence import SHIFT_NAMES, Watched
from regulars.desk.system import silence_in_words
from regulars.record.silences import Silence

WEEKS = 52
FEWEST = 4


@dataclass(frozen=True)
class One:
    """A group by its name, and how it stands; `say` in words."""

    name: str
    state: str
    expected: float
    received: int
    say: str


@dataclass(frozen=True)
class Picture:
    branches: list[One]
    shifts: list[One]
    people: list[One]
    lines: list[Line]
    open: list[tuple[Silence, str]]
    ended: list[tuple[Silence, str]]


def picture(business: Any, pen: Pen, *, at: datetime) -> Picture:
    """A fixed number of queries; what was counted is worked out anew, so it says what holds now."""
    found = silence.watched(at=at, false_alarms=float(business.false_alarms))
    alarms = Silence.objects.select_related("branch", "member", "ended_by").order_by("-raised_at")[:50]
    told = [(one, in_words(one)) for one in alarms]
    return Picture(
        branches=[_one(one) for one in found if one.group.branch and not one.group.shift],
        shifts=[_one(one) for one in found if one.group.shift],
        people=[_one(one) for one in found if one.group.member],
        lines=[line for one in found if one.group.branch and not one.group.shift and (line := _line(one, pen))],
        open=[pair for pair in told if pair[0].ended_at is None],
        ended=[pair for pair in told if pair[0].ended_at is not None],
    )


def in_words(alarm: Silence) -> str:
    say = silence_in_words(alarm)
    return f"{say} ({SHIFT_NAMES[alarm.shift]})" if alarm.shift else say


def _one(found: Watched) -> One:
    group, watch = found.group, found.watch
    name = str(group.member or group.branch)
    if group.shift:
        name = f"{name}, {SHIFT_NAMES[group.shift]}"
    return One(name, watch.state, watch.expected, watch.received, _say(found))


def _say(found: Watched) -> str:
    watch = found.watch
    since = _day(found.first + timedelta(days=watch.since))
    said = {
        "day": since,
        "received": watch.received,
        "expected": round(watch.expected, 1) if watch.expected == watch.expected else "–",
    }
    return {
        "too_few": _("Too little is known of it to say anything."),
        "usual": _("As usual: %(received)s since %(day)s, where %(expected)s were to be expected."),
        "quiet": _("Too quiet since %(day)s: %(received)s, where %(expected)s were to be expected."),
        "loud": _("More than usual since %(day)s: %(received)s, where %(expected)s were to be expected."),
    }[watch.state] % said


def _line(found: Watched, pen: Pen) -> Line | None:
    """The weeks of a branch, with the limits of what is only chance."""
    weeks = found.watch.weeks[-WEEKS:]
    if len(weeks) < FEWEST:
        return None
    last = found.first + timedelta(days=len(found.watch.raised))
    names = [_day(last - timedelta(days=7 * (len(weeks) - place))) for place in range(len(weeks))]
    known = [week.expected == week.expected for week in weeks]
    rows = [
        [
            name,
            pen.count(week.received),
            pen.number(round(week.expected, 1)) if is_known else "–",
            f"{pen.count(week.lower)} – {pen.count(week.upper)}" if is_known else "–",
        ]
        for name, week, is_known in zip(names, weeks, known, strict=True)
    ]
    top = max([1.0, *(week.received for week in weeks), *(week.upper for week in weeks if week.upper == week.upper)])
    return charts.line(
        f"silence-{found.group.branch.pk if found.group.branch else ''}",
        f"{found.group.branch}: {_say(found)}",
        [week.received for week in weeks],
        Table([_("The week of"), _("Complaints"), _("To be expected"), _("Only chance")], rows),
        labels=[names[0], names[-1]],
        marks=[(mark, pen.count(mark)) for mark in (0, round(top / 2), round(top))],
        band=(_whole([week.lower for week in weeks]), _whole([week.upper for week in weeks])),
        other=_whole([week.expected for week in weeks]),
        signals=[_signal(week) for week in weeks],
    )


def _whole(numbers: list[float]) -> list[float]:
    """Weeks of which nothing was known yet are drawn as nothing."""
    return [0.0 if number != number else number for number in numbers]


def _signal(week: Any) -> int:
    return int(week.received > week.upper) - int(week.received < week.lower)


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
