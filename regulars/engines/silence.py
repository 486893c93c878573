"""Fewer complaints than the work should bring, or more: an alarm for each group (a branch, a shift, a person).

    watch(jobs, complaints)      # a row for each group, a column for each day: a Watch for each group
    borrowed(jobs, complaints)   # what the groups together teach one that has little history of its own

Every night the last days are compared with the two years before them, for stretches of one day up to a year. Given the
sum of both, the complaints of the stretch are binomial, whatever the rate is (Przyborowski and Wilenski, Biometrika 31,
1940): the chance that so few came says of itself how little is known of the rate, and holds for a learnt one as for a
known one. With what is borrowed it is that of a gamma-Poisson. The smallest chance of all stretches is a scan for an
unknown day on which an unknown share was lost (as in Kulldorff, Journal of the Royal Statistical Society A 164, 2001).

How small it must be follows from the false alarms that one accepts, and from a table of how many come: simulated
whole, the learning and the ending of alarms included (`bench/silence.py --table`). An alarm stands until what came
since its first day is nothing unusual any more. A day without jobs says nothing: whoever mended a silence hands in its
days so. Whoever finds it right, because the work got better, hands in only the days since then.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, betaincc
from scipy.stats import nbinom

from regulars.engines.control import BEYOND

YEAR = 364  # days, the longest stretch
MEMORY = 728  # days before a stretch that it is compared with
ENOUGH = 5  # complaints, own and borrowed; with fewer nothing is said
MOST_BORROWED = 10.0  # complaints, so that a group's own history soon rules
OVER = 0.05  # an alarm ends where its chance is greater
LENGTHS = np.unique(np.rint(1.13 ** np.arange(49)).clip(1, YEAR).astype(np.int64))
SHORT = 28  # days of which is told when there is no alarm

Floats = npt.NDArray[np.float64]
Days = npt.NDArray[np.int64]
State = Literal["too_few", "usual", "quiet", "loud"]

CHANCES = 10.0 ** np.array([-1.5, -2.0, -2.5, -3.0, -4.0])
A_DAY = np.array([0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0])  # complaints expected
# A year, of silence (-1) and of too many (1): a row for each of A_DAY, a column for each of CHANCES.
FALSE_ALARMS = {
    -1: [
        [0.2387, 0.0638, 0.0200, 0.0063, 0.0006],
        [0.6188, 0.1800, 0.0669, 0.0275, 0.0019],
        [1.2181, 0.3681, 0.1319, 0.0500, 0.0050],
        [2.1400, 0.6650, 0.2400, 0.0775, 0.0144],
        [4.0838, 1.3975, 0.4956, 0.1862, 0.0338],
        [5.5619, 2.0488, 0.8550, 0.3406, 0.0531],
        [6.9794, 2.6794, 1.1175, 0.4369, 0.0644],
        [8.7969, 3.5525, 1.4612, 0.5887, 0.0900],
        [9.6219, 4.0200, 1.6825, 0.6837, 0.1031],
        [9.8012, 4.1969, 1.7737, 0.7269, 0.1081],
    ],
    1: [
        [4.2519, 0.8856, 0.3881, 0.1844, 0.0231],
        [3.5312, 1.4225, 0.6431, 0.2350, 0.0281],
        [4.4969, 1.9306, 0.7419, 0.2919, 0.0475],
        [5.7306, 2.0994, 0.8419, 0.3606, 0.0531],
        [6.2156, 2.4756, 1.0300, 0.4288, 0.0725],
        [7.0406, 2.8169, 1.1425, 0.4706, 0.0750],
        [7.8094, 3.1437, 1.3294, 0.5431, 0.0825],
        [8.6394, 3.5762, 1.4775, 0.6194, 0.0938],
        [8.9594, 3.8431, 1.6087, 0.6825, 0.1156],
        [9.6975, 4.1688, 1.7981, 0.7300, 0.0963],
    ],
}


@dataclass(frozen=True)
class Week:
    """Of seven days, the last of them the last day given; the limits are those of what was known before it."""

    expected: float  # nan while too little was known, the limits too
    received: int
    lower: float
    upper: float


@dataclass(frozen=True)
class Watch:
    state: State
    since: int  # the day on which the stretch began that the next three are about
    expected: float
    received: int
    chance: float  # that so few came, or so many where they are too many, while nothing has changed
    raised: list[int]  # per day: -1 when an alarm of silence began, 1 of too many, 0 on all others
    weeks: list[Week]


def watch(
    jobs: npt.ArrayLike,
    complaints: npt.ArrayLike,
    false_alarms: float = 1.0,
    prior: tuple[float, float] = (0.0, 0.0),
) -> list[Watch]:
    """`jobs`, `complaints`: (groups, days). `false_alarms`: so many of each kind a year. `prior`: see `borrowed`."""
    work, came = np.asarray(jobs, np.float64), np.asarray(complaints, np.float64)
    if work.ndim != 2 or work.shape != came.shape or not work.shape[1]:
        raise ValueError("a row of jobs and one of complaints for each group, of at least a day")
    if (work < 0).any() or (came < 0).any() or false_alarms <= 0:
        raise ValueError("fewer than none")
    past = _Past(work, came, prior)
    quiet, loud = (_walk(past, side, _levels(side, false_alarms)) for side in (-1, 1))
    weeks = _weeks(past)
    return [_one(past, group, quiet, loud, weeks[group]) for group in range(len(work))]


def borrowed(jobs: npt.ArrayLike, complaints: npt.ArrayLike) -> tuple[float, float]:
    """Complaints and jobs that each group adds to its own, from the totals of all: the more alike they are the more.

    Moments of a gamma-Poisson (Marshall, Applied Statistics 40, 1991). One group by itself has nobody to borrow from.
    """
    work, came = np.asarray(jobs, np.float64), np.asarray(complaints, np.float64)
    work, came = work[work > 0], came[work > 0]
    if len(work) < 2 or not came.any():
        return 0.0, 0.0
    rate = came.sum() / work.sum()
    apart = (work * (came / work - rate) ** 2).sum() / work.sum() - rate / work.mean()
    shape = min(rate**2 / apart, MOST_BORROWED) if apart > 0 else MOST_BORROWED
    return float(shape), float(shape / rate)


class _Past:
    """Running sums, so that any stretch is a difference of two."""

    def __init__(self, work: Floats, came: Floats, prior: tuple[float, float]) -> None:
        self.work, self.came = (np.pad(column.cumsum(axis=1), ((0, 0), (1, 0))) for column in (work, came))
        self.groups, self.days = work.shape
        self.shape, self.rate = prior

    def known(self, groups: Days | int, day: Days | int) -> tuple[Floats, Floats]:
        """Complaints and jobs before `day`, with those that are borrowed."""
        start = np.maximum(np.asarray(day) - MEMORY, 0)
        return (
            self.shape + self.came[groups, day] - self.came[groups, start],
            self.rate + self.work[groups, day] - self.work[groups, start],
        )


def _chance(side: int, seen: Floats, of: Floats, came: Floats, work: Floats) -> Floats:
    """Of so few (or so many) of `work`, after `seen` complaints of `of` jobs."""
    share = of / (of + work)
    if side < 0:
        return np.asarray(betainc(seen, came + 1, share))
    return np.asarray(betaincc(seen + 1, np.maximum(came, 1), share))


@dataclass
class _Walked:
    raised: npt.NDArray[np.bool_]  # (groups, days)
    stood: npt.NDArray[np.bool_]
    since: Days  # (groups,) at the end


def _walk(past: _Past, side: int, levels: Floats) -> _Walked:
    """Day by day, as it was known then; `levels`: the chance below which an alarm is raised, for each of A_DAY."""
    groups = np.arange(past.groups)
    raised, stood = np.zeros((2, past.groups, past.days), np.bool_)
    standing, since = np.zeros(past.groups, np.bool_), np.zeros(past.groups, np.int64)
    for day in range(1, past.days + 1):
        lengths = LENGTHS[day >= LENGTHS]
        starts = day - lengths
        seen, of = past.known(groups[:, None], starts)
        came, work = (sums[:, day, None] - sums[:, starts] for sums in (past.came, past.work))
        usual = seen / np.maximum(of, 1e-12) * work
        far = (seen >= ENOUGH) & (side * (came - usual) > 1.5 * np.sqrt(usual))  # nothing nearer can be unusual
        chance = np.ones(far.shape)
        chance[far] = _chance(side, seen[far], of[far], came[far], work[far])
        best = chance.argmin(axis=1)
        least = chance[groups, best]
        a_day = usual[:, -1] / lengths[-1]
        hit = least <= np.exp(np.interp(np.log(a_day + 1e-9), np.log(A_DAY), np.log(levels)))
        kept = np.where(standing, _since(past, side, groups, since, day), 1)
        raised[:, day - 1] = hit & ~standing
        since = np.where(hit & (least < kept), starts[best], since)
        standing = hit | (standing & (kept <= OVER))
        stood[:, day - 1] = standing
    return _Walked(raised, stood, since)


def _since(past: _Past, side: int, groups: Days, since: Days, day: int) -> Floats:
    seen, of = past.known(groups, since)
    came, work = (sums[groups, day] - sums[groups, since] for sums in (past.came, past.work))
    return _chance(side, np.maximum(seen, 1e-9), np.maximum(of, 1e-9), came, work)


def _levels(side: int, false_alarms: float) -> Floats:
    wanted = np.log(false_alarms)
    rows = [np.interp(wanted, np.log(row)[::-1], np.log(CHANCES[::-1])) for row in FALSE_ALARMS[side]]
    return np.exp(np.array(rows))


def _one(past: _Past, group: int, quiet: _Walked, loud: _Walked, weeks: list[Week]) -> Watch:
    state: State = "quiet" if quiet.stood[group, -1] else "loud" if loud.stood[group, -1] else "usual"
    since = {"quiet": int(quiet.since[group]), "loud": int(loud.since[group])}.get(state, max(past.days - SHORT, 0))
    seen, of = (float(one) for one in past.known(group, since))
    came, work = (float(sums[group, -1] - sums[group, since]) for sums in (past.came, past.work))
    if seen < ENOUGH:
        state = "too_few"
    side = 1 if state == "loud" else -1
    chance = float(_since(past, side, np.array([group]), np.array([since]), past.days)[0])
    raised = loud.raised[group].astype(int) - quiet.raised[group].astype(int)
    return Watch(state, since, seen / of * work if of else float("nan"), int(came), chance, raised.tolist(), weeks)


def _weeks(past: _Past) -> list[list[Week]]:
    groups, ends = np.arange(past.groups)[:, None], np.arange(past.days % 7 + 7, past.days + 1, 7)
    seen, of = past.known(groups, ends - 7)
    came, work = (sums[:, ends] - sums[:, ends - 7] for sums in (past.came, past.work))
    some = np.where(seen < ENOUGH, np.nan, seen)
    usual = nbinom(some, of / np.maximum(of + work, 1e-9))
    lower, upper = (np.where(work > 0, limit, some * 0) for limit in (usual.ppf(BEYOND), usual.isf(BEYOND)))
    columns = some / np.maximum(of, 1e-9) * work, came, lower, upper
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [[Week(e, int(c), low, high) for e, c, low, high in zip(*row, strict=True)] for row in rows]
