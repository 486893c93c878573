"""How long a job lasts: for each kind a curve from a share of jobs to the time in which that share is finished.

Durations are taken in logarithms. A curve is Kaplan and Meier's (1958), so that a job that is still open counts for as
long as it has lasted: those who learn from finished jobs alone promise too little after a slowdown. Recent jobs weigh
more; since weights fall with the moment of opening, the curve is also that of the present period, not of those who
happened to start early. A kind with few jobs has a curve between its own and that of all, moved by how much longer its
jobs last; that move, and those of the day of the week and of how busy it is, are drawn towards zero as far as chance
alone would explain them (James and Stein 1961; Efron and Morris 1975).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

LOW, STEP, POINTS = -2.0, 0.25, 45  # the grid of a curve, in log-odds: shares from 0.12 to 0.9999
GRID: Floats = 1 / (1 + np.exp(-(LOW + STEP * np.arange(POINTS))))
_MIDDLE = (GRID > 0.45) & (GRID < 0.96)  # where two curves are compared: what promises are made of
MEMORY = 75.0  # jobs: the one before the last MEMORY weighs half as much as the last
FEWEST = 5  # finished jobs of a kind that has a curve of its own
MOST_KINDS = 60  # with a curve of their own: the most frequent ones
OWN = 60.0  # with so many finished jobs, half of a kind's curve is its own
WEEKDAYS = 7
FARTHEST = 1.5  # beyond the longest seen: 4.5 times it
HAIR = 1e-9  # what rounding may take from a time, so that a tie stays a tie
SLOPES = (-0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5)
DOUBT = 0.5  # of a spread's own error, by which a slope must better it


@dataclass(frozen=True)
class Known:
    """What is known of each job at a moment, in the order of opening."""

    time: Floats  # log of how long it took, or has taken so far
    done: Bools
    kind: Ints
    weekday: Ints
    busy: Floats  # log(1 + jobs that were open when it was opened)

    def part(self, which: slice | Bools) -> "Known":
        return Known(self.time[which], self.done[which], self.kind[which], self.weekday[which], self.busy[which])


@dataclass(frozen=True)
class Lasting:
    kinds: Ints  # ascending; curves[i + 1] is that of kinds[i], curves[0] that of any other
    curves: Floats  # a row for a kind, on GRID
    jobs: Ints  # finished ones behind each
    borrowed: Floats  # how much of each curve is that of all jobs, 0 to 1
    weekdays: Floats
    slope: float
    usual: float  # of log(1 + busy)
    least: float
    most: float

    def row(self, kind: Ints) -> Ints:
        """Which curve is whose."""
        if not len(self.kinds):
            return np.zeros(len(kind), np.int64)
        at = np.minimum(np.searchsorted(self.kinds, kind), len(self.kinds) - 1)
        return np.where(self.kinds[at] == kind, at + 1, 0)

    def moved(self, weekday: Ints, busy: Floats) -> Floats:
        """By how much the day and how busy it is move the time."""
        near = np.clip(busy, self.least, self.most)
        return np.asarray(self.weekdays[weekday % WEEKDAYS] + self.slope * (near - self.usual), np.float64)

    def times(self, jobs: Known, odds: float) -> Floats:
        """The time in which a share, given in log-odds, is finished."""
        at = min(max((odds - LOW) / STEP, 0.0), POINTS - 1.0)
        left = min(int(at), POINTS - 2)
        rows = self.curves[self.row(jobs.kind)]
        line = rows[:, left] + (at - left) * (rows[:, left + 1] - rows[:, left])
        return np.asarray(line + self.moved(jobs.weekday, jobs.busy), np.float64)

    def shares(self, jobs: Known, times: Floats) -> Floats:
        """The share that is finished by then."""
        rows = self.curves[self.row(jobs.kind)]
        passed = (rows <= (times - self.moved(jobs.weekday, jobs.busy))[:, None]).sum(axis=1)
        return np.asarray(np.where(passed > 0, GRID[np.maximum(passed - 1, 0)], GRID[0] / 2), np.float64)


def lasting(jobs: Known) -> Lasting:
    """At least one finished job."""
    ago = np.arange(len(jobs.time))[::-1]
    weight = 1.0 / (1.0 + ago / MEMORY)
    everything = curve(jobs.time, jobs.done, weight, ahead=0.0)
    spread = max(float(np.ptp(everything[_MIDDLE])) / 2, 0.01)
    kinds, jobs_of = np.unique(jobs.kind[jobs.done], return_counts=True)
    frequent = np.sort(np.lexsort((kinds, -jobs_of))[:MOST_KINDS])
    frequent = frequent[jobs_of[frequent] >= FEWEST]
    kinds, jobs_of = kinds[frequent], jobs_of[frequent]
    row = np.searchsorted(kinds, jobs.kind)
    known = row < len(kinds)
    known[known] = kinds[row[known]] == jobs.kind[known]
    row = np.where(known, row, -1)
    time = jobs.time.copy()
    moves = _moves(time, jobs.done, weight, row, len(kinds), everything, spread)
    time -= np.append(moves, 0.0)[row]
    middle = curve(time, jobs.done, weight, ahead=0.0)
    usual = float(np.average(jobs.busy, weights=weight))
    slope = _slope(time, jobs, weight)
    time -= slope * (jobs.busy - usual)
    weekdays = _moves(time, jobs.done, weight, jobs.weekday % WEEKDAYS, WEEKDAYS, middle, spread)
    time -= weekdays[jobs.weekday % WEEKDAYS]
    final = curve(time, jobs.done, weight)
    curves, borrowed = [], []
    for at in range(-1, len(kinds)):
        here = row == at
        mine = int((jobs.done & here).sum())
        share = OWN / (OWN + mine)
        move = moves[at] if at >= 0 else 0.0
        shape = curve(time[here], jobs.done[here], weight[here]) if mine else final
        curves.append(share * final + (1 - share) * shape + move)
        borrowed.append(share)
    return Lasting(
        kinds,
        np.array(curves),
        np.append((jobs.done & ~known).sum(), jobs_of),
        np.array(borrowed),
        weekdays,
        slope,
        usual,
        float(jobs.busy.min()),
        float(jobs.busy.max()) + 0.5,
    )


def curve(time: Floats, done: Bools, weight: Floats, *, ahead: float = 1.0) -> Floats:
    """The (log) time by which each share of GRID is finished."""
    order = np.lexsort((~done, time))
    time, done, weight = time[order], done[order], weight[order]
    at_risk = np.cumsum(weight[::-1])[::-1]
    left = np.cumprod(1 - np.where(done, np.minimum(weight / at_risk, 1.0), 0.0))
    many = weight.sum() ** 2 / (weight**2).sum()
    share = np.maximum.accumulate(1 - left) * many / (many + ahead)  # the next job is one of many + 1
    at = np.searchsorted(share, GRID - 1e-12)
    inside = time[np.minimum(at, len(time) - 1)]
    start = time[min(int(np.searchsorted(share, 0.8 * share[-1])), len(time) - 1)]
    upper = time >= start
    steep = min(max(float(np.average(time[upper] - start, weights=weight[upper])), 0.1), 1.0)
    beyond = time[-1] + np.minimum(steep * np.log(max(1 - share[-1], 1e-9) / (1 - GRID)), FARTHEST)
    return np.asarray(np.where(at < len(time), inside, np.maximum(beyond, time[-1])), np.float64)


def _moves(
    time: Floats, done: Bools, weight: Floats, group: Ints, groups: int, middle: Floats, spread: float
) -> Floats:
    """By how much each group's jobs last longer than `middle`, drawn towards zero."""
    moves, chance = np.zeros(groups), np.full(groups, np.inf)
    for at in range(groups):
        here = group == at
        if (done & here).any():
            moves[at] = (curve(time[here], done[here], weight[here], ahead=0.0) - middle)[_MIDDLE].mean()
            chance[at] = 2 * spread**2 * (weight[here] ** 2).sum() / weight[here & done].sum() ** 2
    between = 0.0
    if np.isfinite(chance).any():
        between = max(float(np.average(moves**2 - np.where(np.isfinite(chance), chance, 0), weights=1 / chance)), 0.0)
    return np.asarray(moves * between / (between + chance), np.float64)


def _slope(time: Floats, jobs: Known, weight: Floats) -> float:
    """How the time grows with how busy it is, in log-log: the slope that leaves the least to chance.

    It is drawn towards zero by as much of its gain as chance alone would explain.
    """
    widths = [_width(curve(time - slope * jobs.busy, jobs.done, weight, ahead=0.0)) for slope in SLOPES]
    best = int(np.argmin(widths[1:-1])) + 1
    left, low, right = widths[best - 1 : best + 2]
    bend = left - 2 * low + right
    slope = SLOPES[best] + (0.125 * (left - right) / bend if bend > 0 else 0.0)
    gain = 1 - low / max(widths[SLOPES.index(0.0)], 1e-9)
    chance = DOUBT * float(np.sqrt((weight[jobs.done] ** 2).sum()) / weight[jobs.done].sum())
    return min(max(slope, SLOPES[0]), SLOPES[-1]) * (1 - chance / gain) if gain > chance else 0.0


def _width(line: Floats) -> float:
    return float(np.ptp(line[_MIDDLE]))
