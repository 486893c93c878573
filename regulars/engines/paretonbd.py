"""Pareto/NBD: a customer buys at her own rate and leaves at a moment of her own, whether she buys or not.

Schmittlein, Morrison and Colombo (1987), "Counting Your Customers", Management Science 33; the likelihood in the form
of Fader and Hardie (2005), "A Note on Deriving the Pareto/NBD Model". Pfaff's transformation of their 2F1 keeps every
term positive and finite for customers with hundreds of purchases.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln, hyp2f1

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Chances:
    """r and alpha: how buying rates differ; s and beta: how leaving rates differ (two gammas)."""

    r: float
    alpha: float
    s: float
    beta: float


def _log_area(chances: Chances, x: Floats, last: Floats, age: Floats) -> Floats:
    """ln A0: the weight of having left between the last purchase and now (minus infinity when those coincide)."""
    r, alpha, s, beta = chances.r, chances.alpha, chances.s, chances.beta
    total = r + s + x
    longer, shorter, other = (alpha, beta, s + 1) if alpha >= beta else (beta, alpha, r + x)

    def log_term(t: Floats) -> Floats:
        tame = np.maximum(hyp2f1(1.0, other, total + 1, -(longer - shorter) / (shorter + t)), 0.0)
        return np.asarray(np.log(tame)) + other * np.log((longer + t) / (shorter + t)) - total * np.log(longer + t)

    with np.errstate(divide="ignore", invalid="ignore"):  # far out a search may meet infinities and turns back
        at_last, at_end = log_term(last), log_term(age)
        return at_last + np.log(-np.expm1(np.minimum(at_end - at_last, 0)))


def log_likelihood(chances: Chances, x: Floats, last: Floats, age: Floats) -> Floats:
    """Per customer. `x` purchases after the first, the last at `last`, in all `age`, in units of time."""
    r, alpha, s, beta = chances.r, chances.alpha, chances.s, chances.beta
    still = -(r + x) * np.log(alpha + age) - s * np.log(beta + age)
    left = np.log(s / (r + s + x)) + _log_area(chances, x, last, age)
    common = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta)
    with np.errstate(invalid="ignore"):
        return np.asarray(common + np.logaddexp(still, left))


class Grouped:
    """The history, with customers who are alike in all three taken as one line with a weight."""

    def __init__(self, frequency: Ints, recency: Ints, age: Ints, unit: float) -> None:
        alike, weight = np.unique(np.stack([frequency, recency, age]), axis=1, return_counts=True)
        self.x, self.last, self.age = alike[0].astype(np.float64), alike[1] / unit, alike[2] / unit
        self.share = weight / max(len(frequency), 1)

    def log_likelihood(self, parameters: Floats) -> tuple[float, Floats]:
        """The mean log-likelihood per customer, and its gradient by differences of the fourth order."""
        slope = np.empty(4)
        for place, value in enumerate(parameters):
            step = np.zeros(4)
            step[place] = 1e-3 * value
            far_below, below, above, far_above = (self._mean(parameters + times * step) for times in (-2, -1, 1, 2))
            slope[place] = (far_below - 8 * below + 8 * above - far_above) / (12 * step[place])
        return self._mean(parameters), slope

    def _mean(self, parameters: Floats) -> float:
        return float(self.share @ log_likelihood(Chances(*parameters), self.x, self.last, self.age))


def alive(chances: Chances, x: Floats, last: Floats, age: Floats) -> Floats:
    """P(alive) at the end of her history."""
    r, alpha, s, beta = chances.r, chances.alpha, chances.s, chances.beta
    log_odds = (
        np.log(s / (r + s + x))
        + (r + x) * np.log(alpha + age)
        + s * np.log(beta + age)
        + _log_area(chances, x, last, age)
    )
    return 1 / (1 + np.exp(np.minimum(log_odds, 700)))


def expected_if_alive(chances: Chances, x: Floats, age: Floats, horizon: Floats) -> Floats:
    """Expected purchases over `horizon` for a customer who is alive, with her (x, age)."""
    r, alpha, s, beta = chances.r, chances.alpha, chances.s, chances.beta
    rate = (r + x) / (alpha + age)
    stretch = np.log((beta + age + horizon) / (beta + age))
    # (1 - exp(-(s - 1) stretch)) / (s - 1) without its hole at s = 1
    shrink = stretch if abs(s - 1) < 1e-9 else -np.expm1(-(s - 1) * stretch) / (s - 1)
    return rate * (beta + age) * shrink


def expected_of_new(chances: Chances, horizon: Floats) -> Floats:
    """E[X(t)]: repeat purchases of somebody just won, over `horizon` units."""
    nothing = np.zeros_like(horizon)
    return expected_if_alive(chances, nothing, nothing, horizon)
