"""Since when a customer stands where she stands: from her own visits, so that it does not matter when one looks."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regulars.engines.rhythm import (
    FIRST,
    GONE,
    PRIOR_GAPS,
    REGULAR,
    REGULAR_VISITS,
    REPEAT,
    SLIPPING,
    SLIPPING_BELOW,
    Rhythm,
    gone_below,
)

_DAY_BITS = 22
_VISITS_OF = {FIRST: 1, REPEAT: 2, REGULAR: REGULAR_VISITS}


def since(rhythm: Rhythm, visits: ArrayLike, last: ArrayLike, codes: ArrayLike, days: ArrayLike) -> NDArray[np.int64]:
    """The day number on which each customer's stage began.

    `rhythm`, `visits`, `last`: one entry per customer, as `rhythm.rhythm` took and gave them. `codes`, `days`: all
    visits by the day that was looked at; a code is the customer's place in the former, and each has at least one.
    Who slips away or is gone does so on the day on which her silence became too long; all others are what they are
    since the visit that made them so.
    """
    times, ended = np.asarray(visits, np.int64), np.asarray(last, np.int64)
    began = np.empty(len(times), np.int64)
    for stage, count in _VISITS_OF.items():
        who = rhythm.stage == stage
        began[who] = _nth_visit(codes, days, times, count)[who]
    for stage, below in ((SLIPPING, SLIPPING_BELOW), (GONE, gone_below(times))):
        who = rhythm.stage == stage
        began[who] = (ended + longest_silence(rhythm, times, below) + 1)[who]
    return began


def longest_silence(rhythm: Rhythm, visits: NDArray[np.int64], below: ArrayLike) -> NDArray[np.int64]:
    """The last day of silence, counted from her last visit, on which its chance is not yet under `below`."""
    gaps = visits - 1 + PRIOR_GAPS
    days: NDArray[np.int64] = np.floor(rhythm.usual_gap * gaps * (np.asarray(below) ** (-1 / gaps) - 1)).astype(
        np.int64
    )
    return days


def _nth_visit(codes: ArrayLike, days: ArrayLike, visits: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """The day of each customer's n-th visit, or of her last when she has fewer."""
    when = np.asarray(days, np.int64)
    zero = int(when.min(initial=0))
    order = np.unique((np.asarray(codes, np.int64) << _DAY_BITS) | (when - zero))
    starts = np.concatenate([[0], np.cumsum(visits)[:-1]]) if len(visits) else np.zeros(0, np.int64)
    day: NDArray[np.int64] = order[starts + np.minimum(n, visits) - 1] & ((1 << _DAY_BITS) - 1)
    return day + zero
