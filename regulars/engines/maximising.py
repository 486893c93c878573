"""Finds the maximum of a log-likelihood over positive parameters: quasi-Newton steps on their logarithms."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
# parameters -> (mean log-likelihood, its gradient in the parameters)
Likelihood = Callable[[Floats], tuple[float, Floats]]

SMALLEST, LARGEST = np.log(1e-6), np.log(1e7)
_LONGEST_STEP = 2.0


@dataclass(frozen=True)
class Maximum:
    """Where the search ended. `inverse_hessian` is of the logarithms, and warms the next search."""

    parameters: Floats
    likelihood: float
    converged: bool
    inverse_hessian: Floats
    evaluations: int


def maximise(
    likelihood: Likelihood,
    start: npt.ArrayLike,
    inverse_hessian: Floats | None = None,
    *,
    tolerance: float = 1e-9,
    most: int = 200,
) -> Maximum:
    """BFGS with backtracking (Nocedal and Wright 2006, algorithm 6.1). Converged: the gradient is below `tolerance`.

    A parameter that runs off to a bound (customers who never leave) stays there and the search ends unconverged.
    """
    where = np.log(np.asarray(start, np.float64))
    scale = np.eye(len(where)) if inverse_hessian is None else inverse_hessian.copy()
    evaluations = 0

    def at(point: Floats) -> tuple[float, Floats]:
        nonlocal evaluations
        evaluations += 1
        parameters = np.exp(point)
        value, gradient = likelihood(parameters)
        return -value, -gradient * parameters

    cost, slope = at(where)
    while evaluations < most and np.abs(slope).max() > tolerance:
        step = -scale @ slope
        if slope @ step >= 0 or not np.isfinite(step).all():  # the curvature was lost: start again downhill
            scale = np.eye(len(where))
            step = -slope
        step *= min(1.0, _LONGEST_STEP / np.abs(step).max())
        share, found = 1.0, False
        while share > 1e-10 and evaluations < most:
            there = np.clip(where + share * step, SMALLEST, LARGEST)
            new_cost, new_slope = at(there)
            if np.isfinite(new_cost) and new_cost <= cost + 1e-4 * share * (slope @ step):
                found = True
                break
            share /= 4
        if not found:
            break
        moved, turned = there - where, new_slope - slope
        where, cost, slope = there, new_cost, new_slope
        bend = moved @ turned
        if bend > 1e-14:
            if inverse_hessian is None and evaluations <= 3:
                scale = np.eye(len(where)) * bend / (turned @ turned)
            left = np.eye(len(where)) - np.outer(moved, turned) / bend
            scale = left @ scale @ left.T + np.outer(moved, moved) / bend
        elif np.abs(moved).max() < 1e-12:
            break
    inside = bool(((where > SMALLEST) & (where < LARGEST)).all())
    converged = inside and bool(np.abs(slope).max() <= max(tolerance, 1e-6))
    return Maximum(np.exp(where), -cost, converged, scale, evaluations)
