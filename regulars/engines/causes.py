"""Did the change help? A cause that comes back is counted and not judged; and which few causes make most of the harm.

Complaints of one cause among the jobs before the change and among those after it are two Poisson counts. Given their
sum, the later one is binomial, whatever the rate was, so that the old rate's own uncertainty is in the answer
(Przyborowski and Wilenski, Biometrika 31, 1940). The interval of the ratio of rates is Clopper and Pearson's of that
binomial (Biometrika 26, 1934), as Garwood's is of one Poisson count (Biometrika 28, 1936).
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.stats import binomtest

CHANCE = 0.05  # none at the old rate by chance at most so often: then it is gone
MOST = 0.8  # of the harm, that the few causes make
Verdict = Literal["back", "gone", "no_proof"]


@dataclass(frozen=True)
class Recurrence:
    verdict: Verdict
    expected: float  # complaints after the change, had nothing changed; nan with no jobs before it
    by_chance: float  # how often so few, or fewer, would come without any change
    more_jobs: int | None  # without a complaint until it is gone; nothing when it is back, or was never seen before
    ratio: float  # the new rate in old ones; nan where neither is known
    lower: float  # 95 times of 100 the ratio lies between these
    upper: float
    chance: float  # that two counts of one rate lie so far apart, two-sided


def recurrence(before: int, jobs_before: int, after: int, jobs_after: int) -> Recurrence:
    """Complaints of one cause and the jobs they came from, by when the job was done: before the change or after."""
    if min(before, jobs_before, after, jobs_after) < 0 or (before and not jobs_before) or (after and not jobs_after):
        raise ValueError("complaints without jobs, or less than none")
    jobs, many = jobs_before + jobs_after, before + after
    expected = before * jobs_after / jobs_before if jobs_before else math.nan
    more = _to_go(before, jobs_before, jobs_after, after)
    verdict: Verdict = "back" if after else "gone" if more == 0 else "no_proof"
    if not many or not jobs_before or not jobs_after:
        return Recurrence(verdict, expected, 1.0, more, math.nan, 0, math.inf, 1.0)
    test = binomtest(after, many, jobs_after / jobs)
    low, high = test.proportion_ci(0.95, "exact")
    return Recurrence(
        verdict,
        expected,
        float(binomtest(after, many, jobs_after / jobs, "less").pvalue),
        more,
        _odds(after / many) * jobs_before / jobs_after,
        _odds(low) * jobs_before / jobs_after,
        _odds(high) * jobs_before / jobs_after,
        float(test.pvalue),
    )


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else math.inf


def _to_go(before: int, jobs_before: int, jobs_after: int, after: int) -> int | None:
    """(n0 / (n0 + n1)) ** x0 falls to CHANCE at so many jobs."""
    if after or not before:
        return None
    needed = jobs_before * (math.pow(CHANCE, -1 / before) - 1)
    return max(math.ceil(needed - jobs_after - 1e-9), 0)


@dataclass(frozen=True)
class Pareto:
    """The causes with most of it first."""

    places: list[int]  # where each stood in what was given
    shares: list[float]  # of the whole, in it and those before it
    few: int  # so many of the first make MOST


def pareto(amounts: npt.ArrayLike) -> Pareto:
    """`amounts`: of each cause its complaints, what they cost, or what those whom it hit are worth."""
    much = np.asarray(amounts, np.float64)
    places = np.argsort(-much, kind="stable")
    sums = np.cumsum(much[places])
    if not len(sums) or sums[-1] <= 0:
        return Pareto(places.tolist(), [0.0] * len(places), 0)
    shares = sums / sums[-1]
    return Pareto(places.tolist(), shares.tolist(), int(np.searchsorted(shares, MOST - 1e-9)) + 1)
