"""Gamma-gamma: what a customer spends on a visit, given what she has spent so far.

Fader and Hardie (2013), "The Gamma-Gamma Model of Monetary Value". Spend must not depend on frequency.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln, psi

from regulars.engines.maximising import Maximum, maximise

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_LINES = 8192  # at a time: so many stay in the processor's cache


@dataclass(frozen=True)
class Spending:
    """p: how even one customer's visits are; q and gamma: how customers differ. gamma is in the unit of money."""

    p: float
    q: float
    gamma: float


def fit(frequency: Ints, mean_spend: Floats, sample: int = 20_000) -> tuple[Maximum, float]:
    """Customers with at least one repeat visit and a mean above zero. Returns the maximum and its log-likelihood.

    The search runs on spend divided by its mean, so that kopecks and millions are alike; gamma comes back in money.
    Where there are more customers than `sample`, about so many show where the whole search begins.
    """
    unit = float(mean_spend.mean())
    start, step = np.array([1.0, 2.0, 1.0]), len(frequency) // sample
    if step > 1:
        first = maximise(_Grouped(frequency[::step], mean_spend[::step] / unit).log_likelihood, start, tolerance=1e-5)
        history = _Grouped(frequency, mean_spend / unit)
        found = maximise(history.log_likelihood, first.parameters, first.inverse_hessian, tolerance=1e-7)
    else:
        history = _Grouped(frequency, mean_spend / unit)
        found = maximise(history.log_likelihood, start)
    size = len(frequency)
    return replace(found, parameters=found.parameters * [1, 1, unit]), found.likelihood * size - size * np.log(unit)


class _Grouped:
    """The history, with what does not change from step to step summed up, and gamma functions once per count."""

    def __init__(self, frequency: Ints, spend: Floats) -> None:
        self.x, self.total = frequency.astype(np.float64), frequency * spend
        count_of = np.bincount(frequency).astype(np.float64)
        self.counts, self.count_of = np.arange(1, len(count_of), dtype=np.float64), count_of[1:]
        self.of_data = float(self.count_of @ (self.counts * np.log(self.counts)))
        self.constant = 0.0
        self.size = len(spend)
        for start in range(0, self.size, _LINES):
            log_spend = np.log(spend[start : start + _LINES])
            self.of_data += float(self.x[start : start + _LINES] @ log_spend)
            self.constant -= float(log_spend.sum())

    def log_likelihood(self, parameters: Floats) -> tuple[float, Floats]:
        """The mean log-likelihood per customer, and its gradient in (p, q, gamma)."""
        p, q, gamma = parameters
        counts, count_of, size = self.counts, self.count_of, self.size
        logs = logs_by_x = to_gamma = 0.0
        for start in range(0, size, _LINES):
            x, all_spend = self.x[start : start + _LINES], gamma + self.total[start : start + _LINES]
            log_all = np.log(all_spend)
            logs += float(log_all.sum())
            logs_by_x += float(x @ log_all)
            to_gamma -= float(((p * x + q) / all_spend).sum())
        shape = p * counts
        value = count_of @ (gammaln(shape + q) - gammaln(shape)) + size * (q * np.log(gamma) - gammaln(q))
        value += p * self.of_data + self.constant - p * logs_by_x - q * logs
        to_p = count_of @ (counts * (psi(shape + q) - psi(shape))) + self.of_data - logs_by_x
        to_q = count_of @ psi(shape + q) + size * (np.log(gamma) - psi(q)) - logs
        return value / size, np.array([to_p, to_q, to_gamma + size * q / gamma]) / size


def expected_spend(spending: Spending, frequency: Floats, mean_spend: Floats) -> Floats:
    """E(M): what she will spend on a visit; for nobody's history (frequency 0) the mean of all."""
    p, q, gamma = spending.p, spending.q, spending.gamma
    return p * (gamma + frequency * mean_spend) / (p * frequency + q - 1)
