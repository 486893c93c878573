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
    chance = alive(fit, summary)
    if_alive, present = _table(fit, summary, horizon, yearly_discount)
    spend = spend_per_visit(fit, summary)
    certain = np.where(np.isnan(chance), 1.0, chance)
    low, high = _interval(fit, summary, certain, if_alive, spend)
    value = certain * if_alive * present * spend
    return Scores(chance, certain * if_alive, spend, value, low * present, high * present)


def visits(fit: Fit, summary: Summary, horizon: float) -> Floats:
    """Expected visits over `horizon` days."""
    chance = alive(fit, summary)
    return np.where(np.isnan(chance), 1.0, chance) * _table(fit, summary, horizon, 0.0)[0]


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


def _table(fit: Fit, summary: Summary, horizon: float, yearly_discount: float) -> tuple[Floats, Floats]:
    """Per customer: expected visits over the horizon if alive, and the present worth of one of them (0 to 1).

    Worked out once for each pair (frequency, age), of which there are far fewer than customers.
    """
    top = int(summary.age.max(initial=0)) + 1
    pairs, where = np.unique(summary.frequency * top + summary.age, return_inverse=True)
    x, age = pairs // top, pairs % top
    whole = _if_alive(fit, x, age, horizon)
    rate = np.log1p(yearly_discount) / YEAR
    # integral of exp(-rate t) dE(t), by parts: E is smooth where its slope is not
    inner = np.zeros(len(pairs))
    if rate:
        for node, weight in zip(_NODES, _WEIGHTS, strict=True):
            inner += weight * np.exp(-rate * node * horizon) * _if_alive(fit, x, age, node * horizon)
    discounted = np.exp(-rate * horizon) * whole + rate * horizon * inner
    present = np.divide(discounted, whole, out=np.ones(len(pairs)), where=whole > 0)
    return whole[where], present[where]


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


def _interval(fit: Fit, summary: Summary, alive: Floats, visits: Floats, spend: Floats) -> tuple[Floats, Floats]:
    """The 10% and 90% points of what she spends, by moments: a chance of nothing, and a gamma for the rest.

    Visits of a customer who is alive are a negative binomial with the shape of what is known of her rate; a visit's
    spend differs within her (p) and in what is known of her mean (p x + q). Wilson and Hilferty (1931) for the
    quantile of the gamma.
    """
    x = summary.frequency.astype(np.float64)
    shape = fit.parameters.get("r", 1.0) + x
    p, q = fit.spend_parameters.get("p", 1.0), fit.spend_parameters.get("q", 3.0)
    visit_variance = visits + visits**2 / shape
    spread = visits / p + visit_variance + (visits**2 + visit_variance) / np.maximum(p * x + q - 2, 1.0)
    none_if_alive = (shape / (shape + visits)) ** shape
    nothing = 1 - alive * (1 - none_if_alive)
    some = np.maximum(1 - none_if_alive, 1e-12)
    mean = visits / some
    variance = np.maximum((spread + visits**2) / some - mean**2, 1e-12)
    k = np.maximum(mean**2 / variance, 1e-6)
    points = []
    for point in INTERVAL:
        inside = np.clip((point - nothing) / np.maximum(1 - nothing, 1e-12), 1e-9, 1 - 1e-9)
        cube = 1 - 1 / (9 * k) + ndtri(inside) / (3 * np.sqrt(k))
        points.append(np.where(nothing >= point, 0.0, spend * mean * np.maximum(cube, 0.0) ** 3))
    return points[0], points[1]
