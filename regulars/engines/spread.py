"""How unevenly a sum lies: a histogram on round steps, and what share of it the largest hold."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

POINTS = 20


@dataclass(frozen=True)
class Spread:
    """Group i has `counts[i]` amounts from edges[i] up to edges[i + 1], which make `sums[i]` together.

    `curve[i]` is the share of the whole (0 to 1) that the top i / (len(curve) - 1) of all hold: a curve of
    Lorenz (1905), read from the rich end.
    """

    edges: list[int]
    counts: list[int]
    sums: list[int]
    curve: list[float]


def spread(amounts: ArrayLike, *, unit: int = 1, groups: int = 10) -> Spread:
    """Amounts (whole numbers; below zero counts as zero) in at most `groups` groups with round edges.

    `unit`: what 1 of the reader's money is in amounts, 100 for cents, so that edges are round to the reader.
    """
    held = np.maximum(np.asarray(amounts, np.int64), 0)
    edges = _round_edges(int(held.max(initial=0)), unit, groups)
    group = np.searchsorted(np.array(edges[1:-1], np.int64), held, side="right")
    sums = np.zeros(len(edges) - 1, np.int64)
    np.add.at(sums, group, held)
    return Spread(
        edges=edges,
        counts=np.bincount(group, minlength=len(edges) - 1).tolist(),
        sums=sums.tolist(),
        curve=_curve(held),
    )


def top_share(amounts: ArrayLike, part: float) -> float:
    """The share of the whole (0 to 1) that the largest `part` (0 to 1) of all hold; 0 of nothing."""
    held = np.sort(np.maximum(np.asarray(amounts, np.int64), 0))[::-1]
    whole = int(held.sum())
    if whole == 0:
        return 0.0
    return int(held[: _how_many(len(held), part)].sum()) / whole


def _curve(held: NDArray[np.int64]) -> list[float]:
    whole = int(held.sum())
    if whole == 0:
        return [0.0] * (POINTS + 1)
    reached = np.concatenate([[0], np.cumsum(np.sort(held)[::-1])])
    return [int(reached[_how_many(len(held), i / POINTS)]) / whole for i in range(POINTS + 1)]


def _how_many(all_of_them: int, part: float) -> int:
    return int(np.ceil(np.round(all_of_them * part, 9)))


def _round_edges(largest: int, unit: int, groups: int) -> list[int]:
    """0 and steps of 1, 2, 5, 10, ... units, the last above `largest`; the smallest share one group."""
    ladder: list[int] = [unit]
    while ladder[-1] <= largest:
        ladder.append(ladder[-1] * 5 // 2 if str(ladder[-1] // unit)[0] == "2" else ladder[-1] * 2)
    return [0, *ladder[-groups:]]
