"""How promises were kept: for each share that was promised, how many were kept, and whether that has changed.

Only promises whose time has come are counted, whatever became of the others: quick jobs are known early, and counting
them before the slow ones would flatter. The interval is Wilson's (1927). Whether it has changed is told by an exact
binomial test of the last RECENT promises against the share that was promised, on both sides; with every new promise
tested, and 1,000 promises a year, a false alarm comes once in nine years at 80%, in 16 at 90% and in 25 at 95%.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.special import bdtr
from scipy.stats import norm

RECENT, FEWEST = 100, 30
ALARM = 0.001  # the chance, on either side, below which the last promises did not come from the share promised
Verdict = Literal["too_few", "as_promised", "kept_less", "kept_more"]


@dataclass(frozen=True)
class Score:
    """Of the promises with one share."""

    share: float
    due: int  # promises whose time has come
    kept: int
    kept_share: float  # nan when none is due
    low: float  # of an interval that holds the true share in 95 cases of 100
    high: float
    recent: int  # the last ones, on which the verdict stands
    recent_kept: int
    verdict: Verdict


def scores(share: npt.ArrayLike, promised: npt.ArrayLike, took: npt.ArrayLike, age: npt.ArrayLike) -> list[Score]:
    """One score for each share, ascending.

    `promised`, `took`: times of work, `took` nan while open; `age`: the time of work since the promise was made, also
    for jobs that are finished.
    """
    shares, times = np.asarray(share, np.float64), np.asarray(promised, np.float64)
    kept, since = np.asarray(took, np.float64) <= times, np.asarray(age, np.float64) - times
    answers = []
    for one in np.unique(shares).tolist():
        due = (shares == one) & (since >= 0)
        order = np.lexsort((kept[due], since[due]))  # the last one first
        hits, recent = kept[due], kept[due][order][:RECENT]
        low, high = wilson(int(hits.sum()), len(hits))
        answers.append(
            Score(
                share=one,
                due=len(hits),
                kept=int(hits.sum()),
                kept_share=float(hits.mean()) if len(hits) else float("nan"),
                low=low,
                high=high,
                recent=len(recent),
                recent_kept=int(recent.sum()),
                verdict=verdict(int(recent.sum()), len(recent), one),
            )
        )
    return answers


def verdict(kept: int, due: int, share: float) -> Verdict:
    """Whether `kept` of `due` can be chance when the share is kept."""
    if due < FEWEST:
        return "too_few"
    if bdtr(kept, due, share) < ALARM:
        return "kept_less"
    if bdtr(due - kept, due, 1 - share) < ALARM:
        return "kept_more"
    return "as_promised"


def wilson(hits: int, many: int, confidence: float = 0.95) -> tuple[float, float]:
    """The interval for a share; all from 0 to 1 when there is nothing."""
    if not many:
        return 0.0, 1.0
    z = float(norm.ppf((1 + confidence) / 2))
    middle, wide = hits + z * z / 2, z * float(np.sqrt(hits * (many - hits) / many + z * z / 4))
    return max((middle - wide) / (many + z * z), 0.0), min((middle + wide) / (many + z * z), 1.0)
