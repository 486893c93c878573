"""Pareto/NBD: a customer buys at her own rate and leaves at a moment of her own, whether she buys or not.

Schmittlein, Morrison and Colombo (1987), "Counting Your Customers", Management Science 33; the likelihood in the form
of Fader and Hardie (2005), "A Note on Deriving the Pareto/NBD Model". Pfaff's transformation of their 2F1 keeps every
term positive and finite for customers with hundreds of purchases.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import expit, gammaln, hyp2f1, psi

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_SHARE = 6  # the points follow a part of the fall only: the rest stays smooth where a silence was long
_LINES = 8192  # at a time: the points of so many stay in the processor's cache
_POINTS, _WEIGHTS = np.polynomial.legendre.leggauss(24)
_POINTS, _WEIGHTS = 0.5 + _POINTS / 2, _WEIGHTS / 2


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
        top = int(age.max(initial=0)) + 1
        keys, self.weight = np.unique((frequency * top + recency) * top + age, return_counts=True)
        rest, ages = np.divmod(keys, top)
        times, lasts = np.divmod(rest, top)
        self.x, self.last, self.age = times.astype(np.float64), lasts / unit, ages / unit
        self.size = max(len(frequency), 1)

    def log_likelihood(self, parameters: Floats) -> tuple[float, Floats]:
        """The mean log-likelihood per customer, and its gradient in (r, alpha, s, beta).

        2F1 and its derivatives are dear. Here the integral that it stands for, of (alpha + y)**-(r + x) times
        (beta + y)**-(s + 1) over the silence, is taken by a Gauss rule in the variable in which its first factor is
        flat; the same points give the gradient.
        """
        value, slope = 0.0, np.zeros(4)
        for start in range(0, len(self.x), _LINES):
            lines = slice(start, start + _LINES)
            one = _log_likelihood_by_points(parameters, self.x[lines], self.last[lines], self.age[lines])
            value += float(self.weight[lines] @ one[0])
            slope += one[1:] @ self.weight[lines]
        return value / self.size, slope / self.size


def _log_likelihood_by_points(parameters: Floats, x: Floats, last: Floats, age: Floats) -> Floats:
    """Five rows: the log-likelihood and its four derivatives; a column for each customer."""
    r, alpha, s, beta = parameters
    steep = r + x - 1
    bend = steep / _SHARE
    bend = np.where(np.abs(bend) < 1e-9, 1e-9, bend)  # at nought it is a logarithm, which this is close enough to
    log_last, log_age, log_end = np.log(alpha + last), np.log(alpha + age), np.log(beta + age)
    reach = -np.expm1(-bend * (log_age - log_last)) / bend
    passed = np.log1p(-bend * reach * _POINTS[:, None]) / -bend
    since = log_last + passed  # log(alpha + y) at the points
    there = np.exp(since)
    leaving = np.maximum(there + (beta - alpha), beta)  # beta + y
    log_leaving, log_began = np.log(leaving), np.log(beta + last)
    heights = _WEIGHTS[:, None] * np.exp((bend - steep) * passed - (s + 1) * (log_leaving - log_began))
    area = heights.sum(axis=0)
    heights /= area
    with np.errstate(divide="ignore"):  # no silence, no area
        left = np.log(s * reach * area) - steep * log_last - (s + 1) * log_began
    still = -(r + x) * log_age - s * log_end
    gone = expit(left - still)
    stays = 1 - gone
    return np.array([
        gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta) + np.logaddexp(still, left),
        psi(r + x) - psi(r) + np.log(alpha) - stays * log_age - gone * (heights * since).sum(axis=0),
        r / alpha - (r + x) * (stays / (alpha + age) + gone * (heights / there).sum(axis=0)),
        np.log(beta) - stays * log_end + gone * (1 / s - (heights * log_leaving).sum(axis=0)),
        s / beta - s * stays / (beta + age) - (s + 1) * gone * (heights / leaving).sum(axis=0),
    ])  # fmt: skip


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
