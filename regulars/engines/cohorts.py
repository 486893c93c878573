"""Who came back: customers by the period of their first visit, and how many came in each later one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True)
class Cohorts:
    """`sizes[i]` customers came for the first time in period i; `came[i][j]` of them came in period i + j."""

    sizes: list[int]
    came: list[list[int]]


def cohorts(codes: ArrayLike, days: ArrayLike, starts: ArrayLike) -> Cohorts:
    """Visits (customer code, day number; any order, repeats allowed) by periods.

    `starts`: the day on which each period begins, ascending; the last has no end. Visits before the first are
    not counted.
    """
    who, when = np.asarray(codes, np.int64), np.asarray(days, np.int64)
    begins = np.asarray(starts, np.int64)
    periods = len(begins)
    period = np.searchsorted(begins, when, side="right") - 1
    seen = np.unique((who * max(periods, 1) + period)[period >= 0])  # by customer, period
    who, period = seen // max(periods, 1), seen % max(periods, 1)
    customer, is_first = np.unique(who, return_index=True)
    born = period[is_first][np.searchsorted(customer, who)]
    table = np.zeros((periods, periods), np.int64)
    np.add.at(table, (born, period - born), 1)
    return Cohorts(
        sizes=table[:, 0].tolist() if periods else [],
        came=[row[: periods - i].tolist() for i, row in enumerate(table)],
    )


@dataclass(frozen=True)
class Kept:
    """Of `before` customers who came in one span of time, `again` came in the next."""

    before: int
    again: int
    span: int  # days

    @property
    def share(self) -> float | None:
        return self.again / self.before if self.before else None


def kept(codes: ArrayLike, days: ArrayLike, until: int, span: int) -> Kept:
    """How many of those who came in the `span` days before the last `span` days came again in these.

    `until` is the last day, a day number, and belongs to the second span.
    """
    who, when = np.asarray(codes, np.int64), np.asarray(days, np.int64)
    first = np.unique(who[(when > until - 2 * span) & (when <= until - span)])
    second = np.unique(who[(when > until - span) & (when <= until)])
    return Kept(before=len(first), again=len(np.intersect1d(first, second)), span=span)
