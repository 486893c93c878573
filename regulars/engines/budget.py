"""A marketing budget split between keeping customers and winning new ones, in exact decimals.

"Keep this in mind when you plan your marketing budget" (Sewell): one sum, two doors out of it. Keeping goes on only
while there is somebody left to keep; what is over goes to winning.
"""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal


@dataclass(frozen=True)
class Door:
    """What one more customer costs and brings, and how many there are at most (None: no end)."""

    cost: Decimal
    worth: Decimal
    most: int | None = None


@dataclass(frozen=True)
class Split:
    """What comes of a split: whole customers, and all that they bring."""

    kept: int
    won: int
    brings: Decimal


def split(budget: Decimal, share: Decimal, keep: Door, win: Door) -> Split:
    """`share` of the budget (0 to 1) goes to keeping, the rest and whatever is left over to winning.

    kept = min(budget x share / cost, most); won = what is left / cost, both rounded down; they bring
    kept x worth + won x worth. Costs are above zero.
    """
    kept = _how_many(budget * share, keep)
    won = _how_many(budget - kept * keep.cost, win)
    return Split(kept, won, kept * keep.worth + won * win.worth)


def _how_many(money: Decimal, door: Door) -> int:
    affordable = int((money / door.cost).to_integral_value(ROUND_FLOOR))
    return affordable if door.most is None else min(affordable, door.most)
