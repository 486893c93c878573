"""Gamma-gamma: what a customer spends on a visit, given what she has spent so far.

Fader and Hardie (2013), "The Gamma-Gamma Model of Monetary Value". Spend must not depend on frequency.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln, psi

from regulars.engines.maximising import Maximum, maximise

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Spending:
    """p: how even one customer's visits are; q and gamma: how customers differ. gamma is in the unit of money."""

    p: float
    q: float
    gamma: float


def fit(frequency: npt.NDArray[np.int64], mean_spend: Floats) -> tuple[Maximum, float]:
    """Customers with at least one repeat visit and a mean above zero. Returns the maximum and its log-likelihood.

    The search runs on spend divided by its mean, so that kopecks and millions are alike; gamma comes back in money.
    """
    unit = float(mean_spend.mean())
    spend = mean_spend / unit
    x = frequency.astype(np.float64)
    counts = np.arange(int(frequency.max()) + 1, dtype=np.float64)
    count_of = np.bincount(frequency).astype(np.float64)
    counts, count_of = counts[1:], count_of[1:]
    log_spend, total = np.log(spend), x * spend
    of_data = x @ log_spend + count_of @ (counts * np.log(counts))
    constant = -log_spend.sum()
    size = len(spend)

    def likelihood(parameters: Floats) -> tuple[float, Floats]:
        p, q, gamma = parameters
        log_all = np.log(gamma + total)
        shape = p * counts
        value = count_of @ (gammaln(shape + q) - gammaln(shape)) + size * (q * np.log(gamma) - gammaln(q))
        value += p * of_data + constant - p * (x @ log_all) - q * log_all.sum()
        to_p = count_of @ (counts * (psi(shape + q) - psi(shape))) + of_data - x @ log_all
        to_q = count_of @ psi(shape + q) + size * (np.log(gamma) - psi(q)) - log_all.sum()
        to_gamma = size * q / gamma - ((p * x + q) / (gamma + total)).sum()
        return value / size, np.array([to_p, to_q, to_gamma]) / size

    found = maximise(likelihood, [1.0, 2.0, 1.0])
    scaled = found.parameters * [1, 1, unit]
    in_money = Maximum(scaled, found.likelihood, found.converged, found.inverse_hessian, found.evaluations)
    return in_money, found.likelihood * size - size * np.log(unit)


def expected_spend(spending: Spending, frequency: Floats, mean_spend: Floats) -> Floats:
    """E(M): what she will spend on a visit; for nobody's history (frequency 0) the mean of all."""
    p, q, gamma = spending.p, spending.q, spending.gamma
    return p * (gamma + frequency * mean_spend) / (p * frequency + q - 1)
