"""Which share to aim at, so that the share that was asked for is kept: the promises of the past are made again.

At moments of the past, in the order of time, jobs are promised what would have been promised with what was known then.
Whenever fewer were kept than asked for, the next promises aim at a higher share, and the other way round: adaptive
conformal inference (Gibbs and Candès 2021), in log-odds so that no correction leaves 0 to 1, and as a sum over all
promises so that errors of either sign cancel (Angelopoulos, Candès and Tibshirani 2023). A job that is still open is
counted as kept with the chance that it has now, which is zero when its promise has passed: nothing waits for slow jobs.

The asked share then holds on average over time whatever the process does, and not for each kind of job by itself.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regulars.engines.lasting import HAIR, Known, Lasting, lasting

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

WARMING = 20  # finished jobs before promises of the past are made again
LOOK_BACK = 1_500  # jobs that a curve is drawn from
REPLAYED, FINE, COARSE = 5_000, 20, 100  # the last jobs are promised again, learning after every 20; before them, 100
PACE, HURRY = 0.0075, 4.0  # how far one miss moves the aim; in a short history, 4 by the number of promises
FARTHEST_AIM = 6.0  # log-odds from the share that was asked for


@dataclass(frozen=True)
class History:
    """Jobs in the order of opening; times as logarithms."""

    kind: Ints
    weekday: Ints
    busy: Floats
    opened: Floats
    finished: Floats  # infinite while open
    took: Floats  # so far, while open
    little: float  # what is added before taking the logarithm
    now: float

    def known(self, at: float, until: int, since: int | None = None) -> Known:
        """What was known at a moment of the jobs before `until`; time of work is spread evenly over the whole."""
        part = slice(max(until - LOOK_BACK, 0) if since is None else since, until)
        opened, ended = self.opened[part], np.minimum(self.finished[part], self.now)
        whole = np.maximum(ended - opened, 0.0)
        done = self.finished[part] <= at
        passed = np.divide(at - opened, whole, out=np.ones_like(whole), where=whole > 0)
        took = self.took[part] * np.where(done, 1.0, np.clip(passed, 0.0, 1.0))
        return Known(np.log(took + self.little), done, self.kind[part], self.weekday[part], self.busy[part])


def calibrate(history: History, shares: Floats) -> tuple[Floats, int]:
    """For each share the log-odds to aim at, and how many promises of the past they stand on."""
    asked = np.log(shares / (1 - shares))
    total = len(history.opened)
    order = np.sort(history.finished)
    if total <= WARMING or order[WARMING] > history.now:
        return np.asarray(asked, np.float64), 0
    starts = _starts(int(np.searchsorted(history.opened, order[WARMING], side="right")), total)
    if not starts:
        return np.asarray(asked, np.float64), 0
    promised = np.full((total, len(shares)), np.nan)
    for start, end in zip(starts, [*starts[1:], total], strict=True):
        moment = float(history.opened[start])
        base = lasting(history.known(moment, start))
        aims = _aims(history.known(moment, start, starts[0]), base, promised[starts[0] : start], shares)
        block = history.known(history.now, end, start)
        for at, aim in enumerate(aims):
            promised[start:end, at] = base.times(block, float(aim))
    base = lasting(history.known(history.now, total))
    aims = _aims(history.known(history.now, total, starts[0]), base, promised[starts[0] :], shares)
    return aims, total - starts[0]


def _starts(first: int, total: int) -> list[int]:
    """Before which jobs one learns again: the same ones tomorrow, as far as can be."""
    fine = min(FINE, 5 if total <= 300 else 10 if total <= 600 else FINE)
    recent = max(first, (total - LOOK_BACK) // COARSE * COARSE)
    first = max(first, (total - REPLAYED) // COARSE * COARSE)
    return [*range(first, recent, COARSE), *range(recent, total, fine)]


def _aims(seen: Known, base: Lasting, made: Floats, shares: Floats) -> Floats:
    """Where to aim after these promises."""
    asked = np.log(shares / (1 - shares))
    if not len(made):
        return np.asarray(asked, np.float64)
    kept = np.where(seen.done[:, None], seen.time[:, None] <= made + HAIR, 0.0)
    still = ~seen.done
    waiting = seen.part(still)
    so_far = base.shares(waiting, waiting.time)
    for at in range(len(shares)):
        then = base.shares(waiting, made[still, at])
        chance = np.clip((then - so_far) / (1 - so_far), 0.0, 1.0)
        kept[still, at] = np.where(waiting.time > made[still, at], 0.0, chance)
    missing = (shares - kept).sum(axis=0) / (shares * (1 - shares))
    move = max(PACE, HURRY / len(made)) * missing
    return np.asarray(asked + np.clip(move, -FARTHEST_AIM, FARTHEST_AIM), np.float64)
