"""A long sales history is counted as it streams by, day after day, and need never be held as a whole."""

from dataclasses import replace

import numpy as np

from regulars.engines.fitting import SAMPLE, HeldOut
from regulars.engines.summary import Floats, Ints, Summary

_NEVER = np.iinfo(np.int32).min
# what is known of one customer stands together: she is found once in memory, not once for each number
_HER = np.dtype([("first", "i4"), ("last", "i4"), ("visits", "i4"), ("_", "i4"), ("total", "f8"), ("on_first", "f8")])


class Tally:
    """What is known of each customer so far; `add` the history in the order of its days, then take the `summary`.

    `how_many`: customers are whole numbers below it. `cut`: what comes after this day is held out for about SAMPLE
    of them. 32 bytes a customer.
    """

    def __init__(self, how_many: int, cut: int | None = None) -> None:
        known = np.zeros(how_many, _HER)
        self.first, self.last, self.visits = known["first"], known["last"], known["visits"]
        self.total, self.on_first = known["total"], known["on_first"]
        self.first[:] = self.last[:] = _NEVER
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
                self.back = np.zeros(len(self.total))
            np.add.at(self.back, codes[refund], -amounts[refund])
            self.refunds += int(np.count_nonzero(refund))
            codes, days, amounts = codes[~refund], days[~refund], amounts[~refund]
        if not len(days):
            return
        starts = np.flatnonzero(np.concatenate(([True], days[1:] != days[:-1])))
        for start, end in zip(starts, [*starts[1:], len(days)], strict=True):
            self._add_day(codes[start:end], int(days[start]), amounts[start:end])

    def _add_day(self, codes: Ints, day: int, amounts: Floats) -> None:
        seen = self.last[codes]
        if seen.max() > day:
            raise ValueError("the days must come in their order")
        self.first[codes[seen == _NEVER]] = day
        came = codes[seen != day]
        self.visits[came] += 1  # once for each of them: the sales of one day are one visit
        self.last[came] = day
        np.add.at(self.total, codes, amounts)
        at_first = self.first[codes] == day
        np.add.at(self.on_first, codes[at_first], amounts[at_first])

    def summary(self, until: int, later: int = 0) -> Summary:
        """As `summarise` gives it; `later`: lines after `until` that were not added."""
        return replace(self._summary(until, slice(None)), refunds=self.refunds, later=later)

    def _summary(self, until: int, which: slice) -> Summary:
        visitor = np.flatnonzero(self.visits[which])
        known = (self.first, self.last, self.visits, self.total, self.on_first)
        first, last, visits, total, on_first = (column[which] for column in known)
        if len(visitor) < len(visits):
            first, last, visits = first[visitor], last[visitor], visits[visitor]
            total, on_first = total[visitor], on_first[visitor]
        visitor *= which.step or 1
        frequency, began = visits.astype(np.int64), first.astype(np.int64)
        frequency -= 1
        spend = total - on_first
        spend /= np.maximum(frequency, 1)
        np.copyto(spend, total, where=frequency == 0)
        if self.back is not None:
            spend *= np.maximum(total - self.back[visitor], 0) / np.where(total > 0, total, 1)
        return Summary(visitor, frequency, last - began, until - began, spend, began, until, 0, 0)

    def held_out(self, until: int) -> HeldOut | None:
        """The part before the cut and the visits after it; None where either is empty."""
        if self.cut is None or self.before is None or not len(self.before):
            return None
        came = self.visits[self.before.customer] - 1 - self.before.frequency
        return HeldOut(self.before, came, until - self.cut)
