"""A customer's own rhythm: how long she usually stays away, and whether she has been silent for longer than that.

Gaps between visits are taken as exponential with a rate of her own, and her rate as a gamma whose weight is that of
PRIOR_GAPS gaps as usual in this business. The chance that somebody with her rhythm is silent for so long is then
(G / (G + silent)) ** m, with m gaps of G days in all, the prior's among them: the Lomax law (Lomax 1954). Few visits
make it patient, many make it sharp: with two visits she slips after some two gaps, with ten after 1.7 of her own.

Who came once has no rhythm to slip from: she is a first-time customer until nineteen of twenty who ever come again
would have come (6.9 usual gaps), and gone after that.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

STAGES = ("first", "repeat", "regular", "slipping", "gone")
FIRST, REPEAT, REGULAR, SLIPPING, GONE = range(5)

PRIOR_GAPS = 2.0
REGULAR_VISITS = 4
SLIPPING_BELOW, GONE_BELOW, NEVER_BACK_BELOW = 0.20, 0.02, 0.05  # the chance of such a silence; the last with one visit
TYPICAL_GAP = 60.0  # days, in a business where nobody has come twice yet


@dataclass(frozen=True)
class Rhythm:
    """One entry per customer, in the order in which they were given."""

    usual_gap: npt.NDArray[np.float64]  # days
    silent: npt.NDArray[np.int64]  # days since the last visit
    chance: npt.NDArray[np.float64]  # of a silence this long or longer, 0 to 1
    stage: npt.NDArray[np.int8]  # index into STAGES
    typical_gap: float  # days: of this business


def rhythm(visits: npt.ArrayLike, first: npt.ArrayLike, last: npt.ArrayLike, until: int) -> Rhythm:
    """`visits`: days with a visit, at least 1. `first`, `last`: day numbers of the first and the last visit.

    `until`: the day number at which the silence is measured; visits after it count as today's.
    """
    times = np.asarray(visits, np.int64)
    began, ended = np.asarray(first, np.int64), np.asarray(last, np.int64)
    gaps, span = times - 1, np.maximum(ended - began, 0)
    silent = np.maximum(until - ended, 0)
    typical = float(span.sum() / gaps.sum()) if gaps.sum() else TYPICAL_GAP
    typical = max(typical, 1.0)
    many = gaps + PRIOR_GAPS
    whole = span + PRIOR_GAPS * typical
    chance = (whole / (whole + silent)) ** many
    stage = np.where(times >= REGULAR_VISITS, REGULAR, np.where(times > 1, REPEAT, FIRST))
    stage = np.where((chance < SLIPPING_BELOW) & (times > 1), SLIPPING, stage)
    stage = np.where(chance < gone_below(times), GONE, stage)
    return Rhythm(whole / many, silent, chance, stage.astype(np.int8), typical)


def gone_below(visits: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """The chance of a silence under which each is gone."""
    return np.where(visits > 1, GONE_BELOW, NEVER_BACK_BELOW)
