"""What a fitted model foretells of each customer: visits, spend, discounted value and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri

from regulars.engines import bgnbd, gammagamma, paretonbd
from regulars.engines.summary import Floats, Ints, Summary

if TYPE_CHECKING:
    from regulars.engines.fitting import Fit

YEAR = 365.25  # days
INTERVAL = (0.1, 0.9)
_LINES = 16_384  # at a time: so many stay in the processor's cache

# five-point Gauss-Legendre rule on (0, 1): the sum of a smooth curve
_NODES = 0.5 + np.polynomial.legendre.leggauss(5)[0] / 2
_WEIGHTS = np.polynomial.legendre.leggauss(5)[1] / 2


@dataclass(frozen=True)
class Scores:
    """One entry per customer of the summary, in its order. Money in the unit of the amounts.

    `p_alive` is NaN where plain averages stand in. `low` and `high`: four customers in five bring between these two.
    """

    p_alive: Floats
    expected_visits: Floats  # over the horizon
    spend: Floats  # expected on a visit
    value: Floats  # of the visits over the horizon, discounted to today
    low: Floats
    high: Floats


def score(fit: Fit, summary: Summary, horizon: float, yearly_discount: float = 0.10) -> Scores:
    """What each customer of the summary will bring over `horizon` days; a discount of 0.10 is ten percent a year."""
    table = _Table(fit, summary, horizon, yearly_discount)
    scores = Scores(*(np.empty(len(summary)) for _ in range(6)))
    for start in range(0, len(summary), _LINES):
        lines = slice(start, start + _LINES)
        some = summary.part(lines)
        place = table.place(some)
        chance = alive(fit, some)
        certain = np.where(np.isnan(chance), 1.0, chance)
        expected = certain * table.visits[place]
        spend = spend_per_visit(fit, some)
        worth = spend * table.present[place]
        scores.p_alive[lines], scores.expected_visits[lines], scores.spend[lines] = chance, expected, spend
        scores.value[lines] = expected * worth
        nothing = 1 - certain * table.some[place]
        for bound, point in zip((scores.low, scores.high), INTERVAL, strict=True):
            bound[lines] = table.quantile(point, place, nothing) * worth
    return scores


def visits(fit: Fit, summary: Summary, horizon: float) -> Floats:
    """Expected visits over `horizon` days."""
    table = _Table(fit, summary, horizon, 0.0)
    chance = alive(fit, summary)
    return np.where(np.isnan(chance), 1.0, chance) * table.visits[table.place(summary)]


def alive(fit: Fit, summary: Summary) -> Floats:
    """P(alive) at the end of the history; NaN for plain averages, which do not know."""
    x = summary.frequency.astype(np.float64)
    last, age = summary.recency / fit.unit, summary.age / fit.unit
    if fit.model == "averages":
        return np.full(len(summary), np.nan)
    if fit.model == "paretonbd":
        return paretonbd.alive(paretonbd.Chances(**fit.parameters), x, last, age)
    return bgnbd.alive(bgnbd.Chances(**fit.parameters), x, last, age, leaves=int(fit.model == "mbgnbd"))


def spend_per_visit(fit: Fit, summary: Summary) -> Floats:
    """Expected spend on a visit. Without a gamma-gamma fit: her own mean, with one visit of everybody's added."""
    x = summary.frequency.astype(np.float64)
    if fit.spend_parameters:
        return gammagamma.expected_spend(gammagamma.Spending(**fit.spend_parameters), x, summary.mean_spend)
    return (x * summary.mean_spend + fit.mean_spend) / (x + 1)


class _Table:
    """What depends on a customer's (frequency, age) alone, worked out once for each such pair, not for each customer.

    Each column has a place for every frequency that there is, times every age up to the longest; those that nobody
    has stay empty.
    """

    def __init__(self, fit: Fit, summary: Summary, horizon: float, yearly_discount: float) -> None:
        there = np.bincount(summary.frequency) > 0
        self.top = int(summary.age.max(initial=0)) + 1
        self.row = (np.cumsum(there) - 1) * self.top
        taken = np.zeros(int(np.count_nonzero(there)) * self.top, bool)
        for start in range(0, len(summary), _LINES):
            taken[self.place(summary.part(slice(start, start + _LINES)))] = True
        pairs = np.flatnonzero(taken)
        x, age = np.flatnonzero(there)[pairs // self.top], pairs % self.top
        whole = _if_alive(fit, x, age, horizon)
        self.visits = self._column(pairs, whole)  # if she is alive
        self.present = self._column(pairs, _present_worth(fit, x, age, horizon, yearly_discount, whole))
        some, mean, shape = _amount_if_alive(fit, x, whole)
        self.some, self.mean, self.shape = (self._column(pairs, column) for column in (some, mean, shape))

    def _column(self, pairs: Ints, values: Floats) -> Floats:
        column = np.zeros(len(self.row) and int(self.row[-1]) + self.top)
        column[pairs] = values
        return column

    def place(self, summary: Summary) -> Ints:
        return np.asarray(self.row[summary.frequency] + summary.age)

    def quantile(self, point: float, place: Ints, nothing: Floats) -> Floats:
        """Of the amount, in visits; `nothing`: the chance that she brings none. Wilson and Hilferty (1931)."""
        found = np.zeros(len(place))
        more = np.flatnonzero(nothing < point)
        inside = np.clip((point - nothing[more]) / np.maximum(1 - nothing[more], 1e-12), 1e-9, 1 - 1e-9)
        shape = self.shape[place[more]]
        cube = 1 - 1 / (9 * shape) + ndtri(inside) / (3 * np.sqrt(shape))
        found[more] = self.mean[place[more]] * np.maximum(cube, 0.0) ** 3
        return found


def _present_worth(fit: Fit, x: Ints, age: Ints, horizon: float, yearly_discount: float, whole: Floats) -> Floats:
    """Of a visit within the horizon, 0 to 1: the integral of exp(-rate t) dE(t), by parts; E is smooth where its
    slope is not."""
    rate = np.log1p(yearly_discount) / YEAR
    inner = np.zeros(len(x))
    if rate:
        for node, weight in zip(_NODES, _WEIGHTS, strict=True):
            inner += weight * np.exp(-rate * node * horizon) * _if_alive(fit, x, age, node * horizon)
    discounted = np.exp(-rate * horizon) * whole + rate * horizon * inner
    present: Floats = np.divide(discounted, whole, out=np.ones(len(x)), where=whole > 0)
    return present


def _if_alive(fit: Fit, x: Ints, age: Ints, horizon: float) -> Floats:
    times, units, span = x.astype(np.float64), age / fit.unit, np.full(len(x), horizon / fit.unit)
    if fit.model == "averages":  # her own rate, drawn to everybody's by one customer's worth of history
        typical = float(age.mean()) if len(age) else 0.0
        return np.asarray((x + fit.mean_rate * typical) / np.maximum(age + typical, 1.0) * horizon)
    if fit.model == "paretonbd":
        return paretonbd.expected_if_alive(paretonbd.Chances(**fit.parameters), times, units, span)
    return bgnbd.expected_if_alive(
        bgnbd.Chances(**fit.parameters), times, units, span, leaves=int(fit.model == "mbgnbd")
    )


def _amount_if_alive(fit: Fit, x: Ints, visits: Floats) -> tuple[Floats, Floats, Floats]:
    """The chance that she brings anything, and the mean and shape of a gamma for what she then brings, in visits.

    Visits of a customer who is alive are a negative binomial with the shape of what is known of her rate; a visit's
    spend differs within her (p) and in what is known of her mean (p x + q). The gamma has their joint moments.
    """
    shape = fit.parameters.get("r", 1.0) + x
    p, q = fit.spend_parameters.get("p", 1.0), fit.spend_parameters.get("q", 3.0)
    visit_variance = visits + visits**2 / shape
    spread = visits / p + visit_variance + (visits**2 + visit_variance) / np.maximum(p * x + q - 2, 1.0)
    some = 1 - (shape / (shape + visits)) ** shape
    mean = visits / np.maximum(some, 1e-12)
    variance = np.maximum((spread + visits**2) / np.maximum(some, 1e-12) - mean**2, 1e-12)
    return some, mean, np.maximum(mean**2 / variance, 1e-6)
