"""What to promise: from a business's own jobs, the time that is kept in the share of cases that was asked for.

    jobs = Jobs(kind, opened, finished, took, weekday, busy)
    learned = learn(jobs, now, shares=(0.8, 0.9, 0.95))
    learned.suggest(kind=3, busy=12, weekday=0, share=0.9)   # Suggestion(took=..., based_on=..., cautious=...)
    scores(share, promised, took, age)                       # how the promises were kept, for each share

Moments (`opened`, `finished`, `now`) and times of work (`took`) may be in different units: a time of work leaves out
the hours when the shop is closed and those when we wait for the customer. `took` of an open job is the time so far.
"""

import math
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from regulars.engines.calibrating import History, calibrate
from regulars.engines.keeping import Score, scores
from regulars.engines.lasting import HAIR, Known, Lasting, lasting

ENOUGH = 30  # finished jobs, with fewer a margin is added
MARGIN = 1.5
LOWEST, HIGHEST = 0.5, 0.99

__all__ = ["ENOUGH", "HIGHEST", "LOWEST", "Jobs", "Learned", "Score", "Suggestion", "busyness", "learn", "scores"]


@dataclass(frozen=True)
class Jobs:
    """A row for a job, in any order."""

    kind: npt.ArrayLike  # the caller's whole numbers
    opened: npt.ArrayLike  # moments
    finished: npt.ArrayLike  # moments; nan while open
    took: npt.ArrayLike  # time of work; so far, while open
    weekday: npt.ArrayLike  # of opening, 0 to 6
    busy: npt.ArrayLike | None = None  # jobs that were open when it was opened; counted from the moments if not given


@dataclass(frozen=True)
class Suggestion:
    took: float | None  # nothing when no job has been finished yet
    share: float
    based_on: int  # finished jobs of this kind
    borrowed: float  # how much comes from jobs of other kinds, 0 to 1
    cautious: bool  # too little history: a margin was added


@dataclass(frozen=True)
class Learned:
    base: Lasting | None
    shares: tuple[float, ...]  # those that are calibrated, ascending
    aims: tuple[float, ...]  # the log-odds to aim at for each
    little: float
    done: int
    longest: float
    replayed: int  # jobs of the past that were promised again to find the aims

    def suggest(self, kind: int, busy: float, weekday: int, share: float = 0.9) -> Suggestion:
        share = min(max(share, LOWEST), HIGHEST)
        if self.base is None:
            return Suggestion(None, share, 0, 1.0, cautious=True)
        one = Known(
            np.zeros(1),
            np.zeros(1, bool),
            np.array([kind], np.int64),
            np.array([weekday], np.int64),
            np.log1p(np.array([max(busy, 0.0)])),
        )
        took = math.exp(self.base.times(one, self._aim(share))[0] + HAIR) - self.little
        row = int(self.base.row(one.kind)[0])
        cautious = self.done < ENOUGH
        if cautious:
            took *= MARGIN
            if share > self.done / (self.done + 1):  # more than so many jobs can vouch for
                took = max(took, self.longest * MARGIN)
        return Suggestion(max(took, 0.0), share, int(self.base.jobs[row]), float(self.base.borrowed[row]), cautious)

    def as_plain(self) -> dict[str, Any]:
        """For JSON: a few kB, and up to 30 with many kinds of job."""
        plain: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(self)}
        if self.base is not None:
            base = {field.name: np.asarray(getattr(self.base, field.name)).tolist() for field in fields(Lasting)}
            base["curves"] = (np.ceil(self.base.curves * 1e4 - 1e-6) / 1e4).round(4).tolist()  # up: ties stay kept
            plain["base"] = base
        return plain

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Self:
        base = plain["base"]
        if base is not None:
            base = {name: np.array(value) if isinstance(value, list) else value for name, value in base.items()}
        known = base and Lasting(**base)
        return cls(**{**plain, "base": known, "shares": tuple(plain["shares"]), "aims": tuple(plain["aims"])})

    def _aim(self, share: float) -> float:
        asked = [math.log(one / (1 - one)) for one in self.shares]
        added = np.interp(math.log(share / (1 - share)), asked, np.array(self.aims) - asked)
        return math.log(share / (1 - share)) + float(added)


def learn(jobs: Jobs, now: float, shares: tuple[float, ...] = (0.8, 0.9, 0.95)) -> Learned:
    """`now` is a moment; jobs that were opened after it are left out, finished later is still open."""
    kind, weekday = np.asarray(jobs.kind, np.int64), np.asarray(jobs.weekday, np.int64)
    opened, finished = np.asarray(jobs.opened, np.float64), np.asarray(jobs.finished, np.float64)
    took = np.asarray(jobs.took, np.float64)
    finished = np.where(np.isnan(finished), np.inf, finished)
    busy = busyness(opened, finished) if jobs.busy is None else np.asarray(jobs.busy, np.float64)
    seen = opened <= now
    order = np.lexsort((busy, weekday, kind, took, finished, opened))
    order = order[seen[order]]
    done = finished[order] <= now
    some = took[order][done & (took[order] > 0)]
    little = 0.01 * float(np.median(some)) if len(some) else 1.0
    history = History(
        kind[order],
        weekday[order],
        np.log1p(np.maximum(busy[order], 0.0)),
        opened[order],
        finished[order],
        np.maximum(took[order], 0.0),
        little,
        now,
    )
    shares = tuple(sorted(shares))
    if not done.any():
        return Learned(None, shares, tuple(math.log(one / (1 - one)) for one in shares), little, 0, 0.0, 0)
    aims, replayed = calibrate(history, np.array(shares))
    base = lasting(history.known(now, len(order)))
    return Learned(
        base,
        shares,
        tuple(np.maximum.accumulate(aims).tolist()),
        little,
        int(done.sum()),
        float(took[order][done].max()),
        replayed,
    )


def busyness(opened: npt.NDArray[np.float64], finished: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """How many other jobs were open when each was opened."""
    before = np.searchsorted(np.sort(opened), opened, side="left")
    return np.asarray(before - np.searchsorted(np.sort(finished), opened, side="right"), np.float64).clip(0)
