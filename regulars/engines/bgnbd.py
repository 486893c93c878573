"""BG/NBD and its modified form MBG/NBD: how often a customer buys, and whether she still does.

BG/NBD: Fader, Hardie and Lee (2005), "Counting Your Customers the Easy Way: An Alternative to the Pareto/NBD Model",
Marketing Science 24. A customer may leave after each repeat purchase. MBG/NBD: Batislam, Denizel and Filiztekin
(2007), International Journal of Research in Marketing 24: she may leave after the first one too. In the formulas that
is one more purchase after which she may have left: `_leaves` is 0 for BG/NBD and 1 for MBG/NBD.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv, betaln, expit, gammaln, hyp2f1, psi

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

QUANTILES = 400
_LINES = 8192  # at a time: so many stay in the processor's cache
_MOST_ODDS = 700.0  # whose exponential is still a number: that she has left is certain long before


@dataclass(frozen=True)
class Chances:
    """r and alpha: how buying rates differ (a gamma); a and b: how the chance to leave differs (a beta)."""

    r: float
    alpha: float
    a: float
    b: float


class Grouped:
    """The history, grouped so that each logarithm and gamma function is taken once per distinct day and count."""

    def __init__(self, frequency: Ints, recency: Ints, age: Ints, unit: float, *, leaves: int) -> None:
        self.leaves = leaves
        self.size = max(len(frequency), 1)
        self.days = np.arange(int(age.max(initial=0)) + 1) / unit
        self.count_of = np.bincount(frequency).astype(np.float64)
        self.counts = np.arange(len(self.count_of), dtype=np.float64)
        # customers alike in all three are one line with a weight; those who came once come first, by age alone
        top = len(self.days)
        keys, weight = np.unique((frequency * top + recency) * top + age, return_counts=True)
        once = int(np.searchsorted(keys, top))
        self.ages_of_once = np.bincount(keys[:once], weight[:once], minlength=top)
        keys, weight = keys[once:], weight[once:]
        self.age, rest = keys % top, keys // top
        self.recency, self.frequency = rest % top, rest // top
        self.weight = weight.astype(np.float64)
        self.x = self.frequency.astype(np.float64)

    def log_likelihood(self, parameters: Floats) -> tuple[float, Floats]:
        """The mean log-likelihood per customer, and its gradient in (r, alpha, a, b)."""
        r, alpha, a, b = parameters
        counts, count_of = self.counts, self.count_of
        log_day = np.log(alpha + self.days)
        inverse = 1 / (alpha + self.days)

        # what depends on the number of purchases alone
        n = counts + self.leaves
        value = count_of @ (gammaln(r + counts) - gammaln(r) + r * np.log(alpha) + betaln(a, b + n) - betaln(a, b))
        to_r = count_of @ (psi(r + counts) - psi(r) + np.log(alpha))
        to_alpha = count_of.sum() * r / alpha
        to_a = count_of @ (psi(a + b) - psi(a + b + n))
        to_b = count_of @ (psi(b + n) - psi(a + b + n) - psi(b) + psi(a + b))

        # those who came once: alive without a doubt (BG/NBD), or gone at once (MBG/NBD)
        once = self.ages_of_once
        if self.leaves:
            odds = np.log(a / b) + r * (log_day - np.log(alpha))
            gone = expit(odds)
            value += once @ (-r * log_day + np.logaddexp(0, odds))
            to_r += once @ (-log_day + gone * (log_day - np.log(alpha)))
            to_alpha += once @ (-r * inverse + gone * r * (inverse - 1 / alpha))
            to_a += (once @ gone) / a
            to_b -= (once @ gone) / b
        else:
            value -= r * (once @ log_day)
            to_r -= once @ log_day
            to_alpha -= r * (once @ inverse)

        # those who came again
        for start in range(0, len(self.x), _LINES):
            lines = slice(start, start + _LINES)
            x, weight, at_end, at_last = self.x[lines], self.weight[lines], self.age[lines], self.recency[lines]
            since = log_day[at_end]
            lost = since - log_day[at_last]
            inverse_age, inverse_last = inverse[at_end], inverse[at_last]
            total = r + x
            left = b + x + (self.leaves - 1)
            odds = np.exp(np.minimum(np.log(a / left) + total * lost, _MOST_ODDS))
            gone = odds / (1 + odds)
            value += weight @ (np.log1p(odds) - total * since)
            to_r += weight @ (gone * lost - since)
            to_alpha += weight @ (total * (gone * (inverse_age - inverse_last) - inverse_age))
            gone *= weight
            to_a += gone.sum() / a
            to_b -= (gone / left).sum()
        return value / self.size, np.array([to_r, to_alpha, to_a, to_b]) / self.size


def alive(chances: Chances, x: Floats, last: Floats, age: Floats, *, leaves: int) -> Floats:
    """P(alive) at the end of her history; x purchases after the first, the last at `last`, in all `age`, in units."""
    left = np.maximum(chances.b + x + (leaves - 1), 1e-300)
    odds = np.log(chances.a / left) + (chances.r + x) * np.log((chances.alpha + age) / (chances.alpha + last))
    return np.where((x == 0) & (leaves == 0), 1.0, expit(-odds))


def expected_if_alive(chances: Chances, x: Floats, age: Floats, horizon: Floats, *, leaves: int) -> Floats:
    """Expected purchases over `horizon` for a customer who is alive, with her (x, age).

    Euler's transformation of the printed 2F1 keeps it tame at long horizons: with z = t / (alpha + T + t) it reads
    1 - (1 - z)**(a - 1) 2F1(a + b + n - r - x - 1, a - 1; a + b + n - 1; z), n = x or x + 1.
    """
    r, alpha, a, b = chances.r, chances.alpha, chances.a, chances.b
    if abs(a - 1) < 1e-4:  # the printed form is 0 / 0 there; the limit is the mean of both sides
        below = Chances(r, alpha, 1 - 2e-4, b)
        above = Chances(r, alpha, 1 + 2e-4, b)
        return (
            expected_if_alive(below, x, age, horizon, leaves=leaves)
            + expected_if_alive(above, x, age, horizon, leaves=leaves)
        ) / 2
    n = x + leaves
    z = horizon / (alpha + age + horizon)
    with np.errstate(all="ignore"):  # what goes astray is mended below
        series = hyp2f1(a + b + n - r - x - 1, a - 1, a + b + n - 1, z)
        found = np.asarray((a + b + n - 1) / (a - 1) * (1 - (1 - z) ** (a - 1) * series))
        astray = ~((found >= 0) & (found <= (r + x) * horizon / (alpha + age) * (1 + 1e-9)))
    if astray.any():
        found[astray] = _by_quantiles(chances, x[astray], age[astray], horizon[astray], leaves=leaves)
    return found


def _by_quantiles(chances: Chances, x: Floats, age: Floats, horizon: Floats, *, leaves: int) -> Floats:
    """The same where 2F1 overflows: customers who hardly differ, or who never leave.

    Given the chance p to leave after a purchase, the expectation is (1 - (1 + p t / (alpha + T))**-(r + x)) / p;
    its mean is taken over QUANTILES of p, a beta of (a, b + n). Right to about two digits.
    """
    times, where = np.unique(x, return_inverse=True)
    middles = (np.arange(QUANTILES) + 0.5) / QUANTILES
    share = betaincinv(chances.a, chances.b + times[:, None] + leaves, middles)
    p = np.maximum(np.nan_to_num(share, nan=chances.a / (chances.a + chances.b)), 1e-12)[where]
    stretch = (horizon / (chances.alpha + age))[:, None]
    gone = -np.expm1(-(chances.r + x)[:, None] * np.log1p(p * stretch))
    return np.asarray((gone / p).mean(axis=1))


def expected_of_new(chances: Chances, horizon: Floats) -> Floats:
    """BG/NBD E[X(t)]: repeat purchases of somebody just won, over `horizon` units."""
    r, alpha, a, b = chances.r, chances.alpha, chances.a, chances.b
    z = horizon / (alpha + horizon)
    series = hyp2f1(r, b, a + b - 1, z)
    return np.asarray((a + b - 1) / (a - 1) * (1 - (alpha / (alpha + horizon)) ** r * series))
