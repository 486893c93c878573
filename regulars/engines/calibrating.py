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

from regulars.engines.lasting import Known, Lasting, lasting

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

WARMING = 20  # finished jobs before promises of the past are made again
REPLAYED = 1_500  # jobs
ROUNDS = 60  # moments of the past
MOST = 1_500  # jobs that a curve looks back at


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

    def known(self, at: float, until: int) -> Known:
        """What was known of the last jobs before `until`, at a moment; time of work is spread evenly over the whole."""
        part = slice(max(until - MOST, 0), until)
        opened, ended = self.opened[part], np.minimum(self.finished[part], self.now)
        whole = np.maximum(ended - opened, 0.0)
        done = self.finished[part] <= at
        passed = np.divide(at - opened, whole, out=np.ones_like(whole), where=whole > 0)
        took = self.took[part] * np.where(done, 1.0, np.clip(passed, 0.0, 1.0))
        return Known(np.log(took + self.little), done, self.kind[part], self.weekday[part], self.busy[part])


def calibrate(history: History, shares: Floats, speed: float = 0.0) -> tuple[Floats, int]:
    """For each share the log-odds to aim at, and how many promises of the past they stand on."""
    asked = np.log(shares / (1 - shares))
    aims = asked.copy()
    total = len(history.opened)
    order = np.sort(history.finished)
    if total <= WARMING or order[WARMING] > history.now:
        return aims, 0
    first = int(np.searchsorted(history.opened, order[WARMING], side="right"))
    block = max(5, (min(total, REPLAYED) + ROUNDS - 1) // ROUNDS)
    first = max(first, (total - REPLAYED) // block * block)
    promised = np.full((total, len(shares)), np.nan)
    for start in range(first, total, block):
        moment = float(history.opened[start])
        base = lasting(history.known(moment, start))
        aims = _aims(history, base, promised, first, start, moment, asked, shares, speed)
        block_jobs = _some(history, start, min(start + block, total))
        for at, aim in enumerate(aims):
            promised[start : start + block, at] = base.times(block_jobs, float(aim))
    base = lasting(history.known(history.now, total))
    return _aims(history, base, promised, first, total, history.now, asked, shares, speed), total - first


def _some(history: History, start: int, end: int) -> Known:
    return Known(
        np.log(history.took[start:end] + history.little),
        np.isfinite(history.finished[start:end]),
        history.kind[start:end],
        history.weekday[start:end],
        history.busy[start:end],
    )


def _aims(
    history: History,
    base: Lasting,
    promised: Floats,
    first: int,
    until: int,
    moment: float,
    asked: Floats,
    shares: Floats,
    speed: float,
) -> Floats:
    if until == first:
        return asked
    seen = history.known(moment, until)
    seen = seen.part(slice(max(len(seen.time) - (until - first), 0), None))
    made = promised[until - len(seen.time) : until]
    kept = np.where(seen.done[:, None], seen.time[:, None] <= made, 0.0)
    still = ~seen.done
    if still.any():
        waiting = seen.part(still)
        so_far = base.shares(waiting, waiting.time)
        for at in range(len(shares)):
            then = base.shares(waiting, made[still, at])
            chance = np.clip((then - so_far) / (1 - so_far), 0.0, 1.0)
            kept[still, at] = np.where(waiting.time > made[still, at], 0.0, chance)
    missing = (shares - kept).sum(axis=0)
    pace = speed or max(0.005, 2.0 / len(made))
    return np.asarray(asked + np.clip(pace * missing / (shares * (1 - shares)), -2.5, 2.5), np.float64)
