"""The share of promises kept, week by week, with the limits of what is only chance."""

from collections.abc import Sequence
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
        "kept",
        _finding(told.change) % {"share": pen.percent(told.centre)},
        told.points,
        Table([_("The week of"), _("Share kept"), _("Kept, of how many"), _("Only chance")], rows),
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
