"""How sure the sum of many estimates is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

FOUR_IN_FIVE = float(ndtri(0.9))  # standard deviations between the middle and either end


@dataclass(frozen=True)
class Total:
    """The sum, and where it will lie four times in five."""

    value: float
    low: float
    high: float


def total(
    value: ArrayLike, visits: ArrayLike, alive: ArrayLike, frequency: ArrayLike, *, r: float, miss: float
) -> Total:
    """The sum of `value`, one entry per customer, with its interval.

    Two errors are joined. Chance: each customer is here with the chance `alive` (NaN: taken as 1) and then makes
    a negative binomial number of visits with `r` + `frequency` as its shape; customers differ independently, so
    this error shrinks as they grow in number. And the model's own: `miss`, the share (0.1 for a tenth) by which it
    was off on weeks that it had not seen; that one stays however many there are.
    """
    worth = np.asarray(value, np.float64)
    expected = np.asarray(visits, np.float64)
    here = np.nan_to_num(np.asarray(alive, np.float64), nan=1.0)
    if_here = np.divide(expected, here, out=np.zeros_like(expected), where=here > 0)
    shape = r + np.asarray(frequency, np.float64)
    variance = here * (if_here + if_here**2 / np.maximum(shape, 1e-9)) + here * (1 - here) * if_here**2
    each = np.divide(worth, expected, out=np.zeros_like(worth), where=expected > 0)
    middle = float(worth.sum())
    spread = FOUR_IN_FIVE * float(np.hypot(np.sqrt((each**2 * variance).sum()), miss * middle))
    return Total(middle, max(middle - spread, 0.0), middle + spread)
