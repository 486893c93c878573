"""The owner's page, picture by picture: the stored story as charts with their findings in words."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars.desk import charts
from regulars.desk.charts import Bars, Heat, Line, Table
from regulars.desk.pen import Pen


def customers(pen: Pen, number: int) -> str:
    """ "1,234 customers"."""
    return ngettext("%(count)s customer", "%(count)s customers", number) % {"count": pen.count(number)}


def spread(pen: Pen, told: dict[str, Any]) -> Bars:
    """How many customers are worth how much."""
    edges, counts, sums = told["edges"], told["counts"], told["sums"]
    labels = [_group(pen, edges, i) for i in range(len(counts))]
    largest = max(range(len(counts)), key=counts.__getitem__)
    return charts.bars(
        "spread",
        _("The largest group: %(count)s of %(all)s customers are worth %(group)s each.")
        % {"count": pen.count(counts[largest]), "all": pen.count(sum(counts)), "group": labels[largest]},
        [(label, customers(pen, count), count) for label, count in zip(labels, counts, strict=True)],
        Table(
            [_("Worth of one customer"), _("Customers"), _("Worth together")],
            [[labels[i], pen.count(counts[i]), pen.money(sums[i])] for i in range(len(counts))],
        ),
    )


def tops(pen: Pen, told: dict[str, Any]) -> Line:
    """What share of the worth the best customers hold."""
    share = dict(map(tuple, told["tops"]))
    curve = told["curve"]
    return charts.line(
        "tops",
        _("The top 10%% bring %(tenth)s of the worth, the top 1%% alone %(hundredth)s.")
        % {"tenth": pen.percent(share[0.1]), "hundredth": pen.percent(share[0.01])},
        curve,
        Table(
            [_("The best of your customers"), _("Their share of the worth")],
            [[pen.percent(part), pen.percent(held)] for part, held in told["tops"]],
        ),
        labels=[pen.percent(part) for part in (0, 0.25, 0.5, 0.75, 1)],
        marks=[(mark, pen.percent(mark)) for mark in (0, 0.5, 1)],
        other=[i / (len(curve) - 1) for i in range(len(curve))],
    )


def back(pen: Pen, told: dict[str, Any]) -> Heat | None:
    """Who came back, by the time of the first visit; None before anybody could have."""
    rows, by_month = told["rows"], told["by"] == "month"
    longest = max((len(row["came"]) for row in rows), default=0)
    if not longest:
        return None
    first = [
        _("First visit"),
        _("Customers"),
        *(pen.count(i + 1) for i in range(longest)),
    ]
    size = sum(row["size"] for row in rows if row["came"])
    again = sum(row["came"][0] for row in rows if row["came"])
    caption = (
        _("Of %(count)s new customers %(share)s came back in the month after their first visit.")
        if by_month
        else _("Of %(count)s new customers %(share)s came back in the quarter after their first visit.")
    )
    name = pen.month if by_month else pen.quarter
    return charts.heat(
        "cohorts",
        caption % {"count": pen.count(size), "share": pen.percent(again / size)},
        first,
        [
            (
                name(date.fromisoformat(row["start"])),
                pen.count(row["size"]),
                [(came / row["size"], pen.percent(came / row["size"]), customers(pen, came)) for came in row["came"]],
            )
            for row in rows
        ],
    )


def leavers(pen: Pen, told: list[dict[str, Any]]) -> Bars:
    """What the customers who left cost, month by month."""
    year = sum(month["cost"] for month in told)
    rows = [(pen.month(date.fromisoformat(month["month"])), month) for month in told]
    return charts.bars(
        "leavers",
        _("The customers who left within twelve months would have brought %(money)s.") % {"money": pen.money(year)},
        [(label, pen.money(month["cost"]), month["cost"]) for label, month in rows],
        Table(
            [_("Month"), _("Customers who left"), _("What they would have brought")],
            [[label, pen.count(month["customers"]), pen.money(month["cost"])] for label, month in rows],
        ),
    )


def check(pen: Pen, told: dict[str, Any]) -> Bars:
    """What the model said about weeks that it had not seen, and what came."""
    groups = told["groups"]
    labels = [_times(group["times"], is_last=i == len(groups) - 1) for i, group in enumerate(groups)]
    weeks = ngettext(
        "In the %(count)s week that was held back, %(predicted)s visits were expected and %(actual)s came.",
        "In the %(count)s weeks that were held back, %(predicted)s visits were expected and %(actual)s came.",
        round(told["weeks"]),
    )
    return charts.bars(
        "check",
        weeks
        % {
            "count": pen.count(told["weeks"]),
            "predicted": pen.count(told["predicted"]),
            "actual": pen.count(told["actual"]),
        },
        [
            (label, f"{pen.count(group['predicted'])} / {pen.count(group['actual'])}", group["predicted"])
            for label, group in zip(labels, groups, strict=True)
        ],
        Table(
            [_("Came back before"), _("Customers"), _("Visits expected"), _("Visits that came")],
            [
                [
                    label,
                    pen.count(group["customers"]),
                    pen.count(group["predicted"]),
                    pen.count(group["actual"]),
                ]
                for label, group in zip(labels, groups, strict=True)
            ],
        ),
        others=[group["actual"] for group in groups],
        legend=[_("expected"), _("came")],
    )


def _group(pen: Pen, edges: list[int], i: int) -> str:
    if i == 0:
        return _("under %(money)s") % {"money": pen.money(edges[1])}
    return _("%(low)s to %(high)s") % {"low": pen.money(edges[i]), "high": pen.money(edges[i + 1])}


def _times(times: int, *, is_last: bool) -> str:
    if times == 0:
        return _("never")
    said = (
        ngettext("%(count)s time or more", "%(count)s times or more", times)
        if is_last and times > 1
        else ngettext("%(count)s time", "%(count)s times", times)
    )
    return said % {"count": times}
