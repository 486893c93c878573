"""Puts work in order by what is at stake in it, and says how it came to that.

Each call takes about as long as any other, so the order that saves the most in the least time is that of the weight
(Smith 1956, "Various optimizers for single-stage production"). The weight is money: what is at stake, times the
chance that a call changes it, and more the nearer the day on which it was due.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

WEEK = 7.0
OVERDUE_MOST = 2.0  # a call that nobody makes must not push everything else off the page


@dataclass(frozen=True)
class Order:
    """`places`: the indices of the items, the most urgent first. `weight`, `urgency`: by the old places."""

    places: npt.NDArray[np.int64]
    weight: Floats
    urgency: Floats


def urgency(days_left: npt.ArrayLike) -> Floats:
    """1 for what is due in a week or later, 2 on the day itself, at most 1 + OVERDUE_MOST when it is late."""
    left = np.asarray(days_left, np.float64)
    return np.asarray(1 + np.clip(1 - left / WEEK, 0, OVERDUE_MOST))


def order(
    at_stake: npt.ArrayLike, chance: npt.ArrayLike, days_left: npt.ArrayLike, waited: npt.ArrayLike, key: npt.ArrayLike
) -> Order:
    """`at_stake`: money, any unit. `chance`: 0 to 1, that a call changes it. `days_left`: till it is due, below zero
    when late. `waited`: days since it was planned, longest first among equals. `key`: settles what is left, ascending;
    any sortable values, each only once, so that the same items always come in the same order.
    """
    stake = np.maximum(np.asarray(at_stake, np.float64), 0)
    pressing = urgency(days_left)
    weight = stake * np.asarray(chance, np.float64) * pressing
    places = np.lexsort((np.asarray(key), -np.asarray(waited, np.float64), -pressing, -weight))
    return Order(places, weight, pressing)
