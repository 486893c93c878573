"""Has a figure changed, or is it only chance? Control charts by period, instead of arrows.

A share: the p-chart (Shewhart, "Economic Control of Quality of Manufactured Product", 1931; Montgomery, "Introduction
to Statistical Quality Control", chapter 7). Its limits are those of the binomial itself and not three sigmas of a
normal one: in a small period those leave 0 to 1 and cry wolf. Beyond each lies at most what lies beyond three sigmas,
so that chance alone is taken for a change at most once in 370 periods. A number: the chart of individuals, whose limits
are 2.66 mean moving ranges from the mean (Montgomery, chapter 6).

A point is a signal beyond a limit, or as the eighth in a row, or later, on one side of the centre (Western Electric
1956). A share is on a side when chance alone brings it so far at most every other time: where nearly everything is
kept, that of a small period is below the centre more often than above it, and eight in a row would be nothing.
The latest signal of the last RUN periods says which way it changed; an older one is over.
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from scipy.stats import binom

BEYOND = 0.00135  # of a normal distribution lies above three sigmas
RANGES = 2.66  # 3 / d2, with d2 = 1.128 for two neighbours
RUN = 8  # points in a row on one side; with fewer in all there are too few to tell
Change = Literal["too_few", "steady", "up", "down"]


@dataclass(frozen=True)
class Chart:
    """One entry per period, in the order in which they were given; nan where a period has none."""

    points: list[float]
    centre: float  # nan without any points
    lower: list[float]
    upper: list[float]
    signals: list[int]  # 1 above, -1 below, 0 as usual
    change: Change


def of_shares(many: npt.ArrayLike, hits: npt.ArrayLike) -> Chart:
    """`hits` of `many` in each period."""
    n, k = np.asarray(many, np.float64), np.asarray(hits, np.float64)
    some = n > 0
    size = np.where(some, n, 1)
    centre = float(k[some].sum() / n[some].sum()) if some.any() else float("nan")
    points = np.where(some, k / size, np.nan)
    lower = np.where(some, binom.ppf(BEYOND, size, centre) / size, np.nan).clip(0)
    upper = np.where(some, binom.isf(BEYOND, size, centre) / size, np.nan)
    below, above = binom.cdf(k, size, centre) <= 0.5, binom.sf(k - 1, size, centre) <= 0.5
    return charted(points, np.where(below, -1, np.where(above, 1, 0)), centre, lower, upper)


def of_numbers(numbers: npt.ArrayLike) -> Chart:
    """A number for each period; nan where there is none, and its neighbours are taken as neighbours."""
    points = np.asarray(numbers, np.float64)
    some = points[~np.isnan(points)]
    centre = float(some.mean()) if len(some) else float("nan")
    wide = RANGES * float(np.abs(np.diff(some)).mean()) if len(some) > 1 else float("nan")
    blank = np.where(np.isnan(points), np.nan, 0.0)
    return charted(points, np.sign(points - centre), centre, blank + centre - wide, blank + centre + wide)


def charted(
    points: npt.NDArray[np.float64],
    sides: npt.NDArray[Any],
    centre: float,
    lower: npt.NDArray[np.float64],
    upper: npt.NDArray[np.float64],
) -> Chart:
    signals, run, side = [0] * len(points), 0, 0
    some = np.flatnonzero(~np.isnan(points)).tolist()
    for at in some:
        here = int(sides[at])
        run = run + 1 if here == side else 1
        side = here
        if points[at] > upper[at] or points[at] < lower[at] or (side and run >= RUN):
            signals[at] = here
    lately = [signals[at] for at in some[-RUN:] if signals[at]]
    change: Change = "steady"
    if len(some) < RUN:
        change = "too_few"
    elif lately:
        change = "up" if lately[-1] > 0 else "down"
    return Chart(points.tolist(), centre, lower.tolist(), upper.tolist(), signals, change)
