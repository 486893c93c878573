"""Do rare complaints come more often, or more seldom? Charts of how far they lie apart.

Where most weeks have none a chart of weeks says nothing. The g chart counts the jobs between one complaint and the next
(Kaminsky and others, Journal of Quality Technology 24, 1992; Benneyan, Health Care Management Science 4, 2001), which
are geometric while nothing changes; the t chart the days between (Nelson, Journal of Quality Technology 26, 1994),
which are exponential. Limits are those of the distribution itself: Nelson's root and three sigmas come close to them,
and cannot draw the lower one. The centre is the median: half of the points lie above it, where only a third lie
above the mean. A point above the upper limit is a long time without a complaint. As in `control` otherwise.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.stats import expon, geom

from regulars.engines.control import BEYOND, Chart, charted


def of_jobs_between(jobs: npt.ArrayLike) -> Chart:
    """Jobs without a complaint between each two complaints; none when they are of neighbouring jobs."""
    return _of(jobs, lambda mean: geom(1 / (mean + 1), loc=-1), 1)


def of_days_between(days: npt.ArrayLike) -> Chart:
    """Days and parts of days from each complaint to the next; the chart above is for whole days."""
    return _of(days, lambda mean: expon(scale=mean), 0)


def _of(between: npt.ArrayLike, distribution: Callable[[float], Any], step: int) -> Chart:
    points = np.asarray(between, np.float64)
    if (points < 0).any():
        raise ValueError("less than nothing between two complaints")
    if not points.any():  # none, or all at one moment
        return charted(points, points, float("nan"), points + np.nan, points + np.nan)
    usual = distribution(float(points.mean()))
    below, above = usual.cdf(points) <= 0.5, usual.sf(points - step) <= 0.5
    sides = np.where(below, -1, np.where(above, 1, 0))
    level = np.ones(len(points))
    return charted(points, sides, float(usual.median()), level * usual.ppf(BEYOND), level * usual.isf(BEYOND))
