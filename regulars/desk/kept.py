"""A share week by week, with the limits of what is only chance: of promises kept, of customers who are content."""

from collections.abc import Callable, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from regulars.desk import charts
from regulars.desk.charts import Line, Table
from regulars.desk.pen import Pen
from regulars.engines import control

FEWEST = 2  # weeks that make a line


def chart(pen: Pen, weeks: Sequence[tuple[date, int, int]]) -> Line | None:
    """`weeks`: Monday, kept, of how many. Nothing before there are two of them."""
    heads = [_("The week of"), _("Share kept"), _("Kept, of how many"), _("Only chance")]
    return _chart(pen, "kept", weeks, heads, _finding)


def content(pen: Pen, name: str, weeks: Sequence[tuple[date, int, int]]) -> Line | None:
    """The same of those who gave 4 or 5 of 5 to the question of that name."""
    heads = [_("The week of"), _("Content"), _("Content, of how many"), _("Only chance")]
    return _chart(pen, name, weeks, heads, _content)


def _chart(
    pen: Pen,
    name: str,
    weeks: Sequence[tuple[date, int, int]],
    heads: list[str],
    finding: Callable[[control.Change], str],
) -> Line | None:
    if len(weeks) < FEWEST:
        return None
    told = control.of_shares([of for _monday, _kept, of in weeks], [kept for _monday, kept, _of in weeks])
    names = [date_format(monday, "SHORT_DATE_FORMAT") for monday, _kept, _of in weeks]
    chance = [f"{pen.percent(low)} – {pen.percent(high)}" for low, high in zip(told.lower, told.upper, strict=True)]
    rows = [
        [names[i], pen.percent(told.points[i]), f"{kept} / {of}", chance[i]]
        for i, (_monday, kept, of) in enumerate(weeks)
    ]
    return charts.line(
        name,
        finding(told.change) % {"share": pen.percent(told.centre)},
        told.points,
        Table(heads, rows),
        labels=[names[0], names[-1]],
        marks=[(mark, pen.percent(mark)) for mark in (0, 0.5, 1)],
        band=(told.lower, told.upper),
        other=[told.centre] * len(weeks),
        signals=told.signals,
    )


def _finding(change: control.Change) -> str:
    return {
        "too_few": _("%(share)s kept, week by week. From eight weeks on one can tell a change from chance."),
        "steady": _("%(share)s kept, week by week. The ups and downs are chance: nothing has changed."),
        "up": _("%(share)s kept over all, and lately more: that is not chance. Find out what you do better."),
        "down": _("%(share)s kept over all, and lately fewer: that is not chance. Find out what has changed."),
    }[change]


def _content(change: control.Change) -> str:
    return {
        "too_few": _("%(share)s content, week by week. From eight weeks on one can tell a change from chance."),
        "steady": _("%(share)s content, week by week. The ups and downs are chance: nothing has changed."),
        "up": _("%(share)s content over all, and lately more: that is not chance. Find out what you do better."),
        "down": _("%(share)s content over all, and lately fewer: that is not chance. Find out what has changed."),
    }[change]
