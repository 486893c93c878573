"""A long sales history is counted as it streams by, day after day, and need never be held as a whole."""

from dataclasses import replace

import numpy as np

from regulars.engines.fitting import SAMPLE, HeldOut
from regulars.engines.summary import Floats, Ints, Summary

_NEVER = np.iinfo(np.int32).min
_LINES = 8192  # at a time: what is known of their customers stays in the processor's cache
# What is known of one customer stands together, so that she is found once in memory, not once for each number.
# `seen` is `last` and `visits` in one, read and written as one number.
_HER = np.dtype({
    "names": ["first", "last", "visits", "seen", "on_first", "again"],
    "formats": ["i4", "i4", "i4", "i8", "f8", "f8"],
    "offsets": [0, 8, 12, 8, 16, 24],
    "itemsize": 32,
})  # fmt: skip


class Tally:
    """What is known of each customer so far; `add` the history in the order of its days, then take the `summary`.

    `how_many`: customers are whole numbers below it. `cut`: what comes after this day is held out for about SAMPLE
    of them. 32 bytes a customer.
    """

    def __init__(self, how_many: int, cut: int | None = None) -> None:
        self.known = np.zeros(how_many, _HER)
        self.known["last"] = _NEVER
        self.back: Floats | None = None  # refunds, where there are any
        self.refunds = 0
        self.cut = cut
        self.before: Summary | None = None
        self.step = max(1, how_many // SAMPLE)

    def add(self, codes: Ints, days: Ints, amounts: Floats) -> None:
        """The next lines, in any order among themselves. ValueError: one is of an earlier call's days."""
        if (days[1:] < days[:-1]).any():
            order = np.argsort(days, kind="stable")
            codes, days, amounts = codes[order], days[order], amounts[order]
        if self.cut is not None and self.before is None and len(days) and days[-1] > self.cut:
            split = int(np.searchsorted(days, self.cut, side="right"))
            self._add(codes[:split], days[:split], amounts[:split])
            self.before = self._summary(self.cut, slice(None, None, self.step))
            codes, days, amounts = codes[split:], days[split:], amounts[split:]
        self._add(codes, days, amounts)

    def _add(self, codes: Ints, days: Ints, amounts: Floats) -> None:
        refund = amounts < 0
        if refund.any():
            if self.back is None:
                self.back = np.zeros(len(self.known))
            np.add.at(self.back, codes[refund], -amounts[refund])
            self.refunds += int(np.count_nonzero(refund))
            codes, days, amounts = codes[~refund], days[~refund], amounts[~refund]
        if not len(days):
            return
        starts = np.flatnonzero(np.concatenate(([True], days[1:] != days[:-1])))
        for start, end in zip(starts, [*starts[1:], len(days)], strict=True):
            for some in range(start, end, _LINES):
                lines = slice(some, min(some + _LINES, end))
                self._add_of_day(codes[lines], int(days[start]), amounts[lines])

    def _add_of_day(self, codes: Ints, day: int, amounts: Floats) -> None:
        seen = self.known["seen"][codes]
        last, visits = seen.view("i4").reshape(-1, 2).T
        if last.max() > day:
            raise ValueError("the days must come in their order")
        visits += last != day  # once for each of them: the sales of one day are one visit
        last[:] = day
        self.known["seen"][codes] = seen
        again = visits > 1
        new = codes[~again]
        self.known["first"][new] = day
        np.add.at(self.known["on_first"], new, amounts[~again])
        np.add.at(self.known["again"], codes[again], amounts[again])

    def summary(self, until: int, later: int = 0) -> Summary:
        """As `summarise` gives it; `later`: lines after `until` that were not added."""
        return replace(self._summary(until, slice(None)), refunds=self.refunds, later=later)

    def _summary(self, until: int, which: slice) -> Summary:
        known = self.known[which]
        visitor = np.flatnonzero(known["visits"])
        if len(visitor) < len(known):
            known = known[visitor]
        visitor *= which.step or 1
        numbers = [np.empty(len(visitor), np.int64) for _ in range(3)]
        spend = np.empty(len(visitor))
        for start in range(0, len(visitor), _LINES):
            lines = slice(start, start + _LINES)
            hers, her_spend = known[lines], spend[lines]
            frequency, recency, age = (column[lines] for column in numbers)
            np.subtract(hers["visits"], 1, out=frequency)
            np.subtract(hers["last"], hers["first"], out=recency)
            np.subtract(until, hers["first"], out=age)
            np.divide(hers["again"], np.maximum(frequency, 1), out=her_spend)
            np.copyto(her_spend, hers["on_first"], where=frequency == 0)
            if self.back is not None:
                total = hers["on_first"] + hers["again"]
                her_spend *= np.maximum(total - self.back[visitor[lines]], 0) / np.where(total > 0, total, 1)
        frequency, recency, age = numbers
        return Summary(visitor, frequency, recency, age, spend, until, 0, 0)

    def held_out(self, until: int) -> HeldOut | None:
        """The part before the cut and the visits after it; None where either is empty."""
        if self.cut is None or self.before is None or not len(self.before):
            return None
        came = self.known["visits"][self.before.customer] - 1 - self.before.frequency
        return HeldOut(self.before, came, until - self.cut)
