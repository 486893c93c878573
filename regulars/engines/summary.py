"""A sales history becomes one line per customer: how often, how lately, for how long, for how much."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_DAY_BITS = 22  # 11,000 years of days fit beside a customer's number in one sortable integer


@dataclass(frozen=True)
class Summary:
    """One entry per customer who has visited by `until`, in ascending order of her code.

    A visit is a day with a sale of zero or more; sales of one day are one visit; refunds (below zero) are none and
    lessen her mean spend in proportion. Days are counted from any fixed day.
    """

    customer: Ints  # her code
    frequency: Ints  # visits after the first (x)
    recency: Ints  # days from the first visit to the last (t_x)
    age: Ints  # days from the first visit to `until` (T)
    mean_spend: Floats  # mean of a repeat visit; of the first visit for those who never came again
    until: int
    refunds: int  # lines left out of the visits
    later: int  # lines after `until`, left out altogether

    def __len__(self) -> int:
        return len(self.customer)

    def sample(self, size: int) -> "Summary":
        """About `size` customers, evenly taken; the same summary when it has no more than that."""
        step = len(self) // size if size else 1
        if step <= 1:
            return self
        return self.part(slice(None, None, step))

    def part(self, which: slice) -> "Summary":
        """Some of the customers."""
        columns = ("customer", "frequency", "recency", "age", "mean_spend")
        return replace(self, **{name: getattr(self, name)[which] for name in columns})

    @property
    def first_day(self) -> Ints:
        """The day of the first visit."""
        return self.until - self.age

    @property
    def repeaters(self) -> int:
        return int(np.count_nonzero(self.frequency))

    @property
    def repeat_visits(self) -> int:
        return int(self.frequency.sum())


def summarise(customer: npt.ArrayLike, day: npt.ArrayLike, amount: npt.ArrayLike, until: int | None = None) -> Summary:
    """`customer`: whole numbers from zero, any order. `day`: whole days. `amount`: money, any unit. One entry a line.

    `until`: the last day that counts; by default the last day in the history. Equal lines count each. An empty
    history gives an empty summary.
    """
    codes, days = np.asarray(customer, np.int64), np.asarray(day, np.int64)
    amounts: Floats = np.asarray(amount, np.float64)
    if not (codes.shape == days.shape == amounts.shape and codes.ndim == 1):
        raise ValueError("customer, day and amount must be columns of one length")
    if until is None:
        until = int(days.max(initial=0))
    now = days <= until
    later = len(days) - int(np.count_nonzero(now))
    if later:
        codes, days, amounts = codes[now], days[now], amounts[now]
    sold = amounts >= 0
    refunds = len(sold) - int(np.count_nonzero(sold))
    how_many = int(codes.max(initial=-1)) + 1
    taken_back: Floats = np.zeros(how_many)
    if refunds:
        taken_back = np.bincount(codes[~sold], -amounts[~sold], minlength=how_many).astype(np.float64)
        codes, days, amounts = codes[sold], days[sold], amounts[sold]
    return _by_customer(codes, days, amounts, taken_back, until, refunds, later)


def _by_customer(
    codes: Ints, days: Ints, amounts: Floats, taken_back: Floats, until: int, refunds: int, later: int
) -> Summary:
    zero = int(days.min(initial=until))
    keys = (codes << _DAY_BITS) | (days - zero)
    keys.sort()
    if len(keys):
        keys = keys[np.concatenate(([True], keys[1:] != keys[:-1]))]  # the sales of one day are one visit
    owner = keys >> _DAY_BITS
    starts = np.flatnonzero(np.concatenate(([True], owner[1:] != owner[:-1]))) if len(keys) else np.empty(0, np.int64)
    ends = np.append(starts[1:], len(keys)) if len(keys) else starts
    visitor = owner[starts]
    visit_day = (keys & ((1 << _DAY_BITS) - 1)) + zero
    first, last = visit_day[starts], visit_day[ends - 1]
    frequency = ends - starts - 1

    how_many = len(taken_back)
    total = np.bincount(codes, amounts, minlength=how_many)[visitor]
    first_of = np.zeros(how_many, np.int64)
    first_of[visitor] = first
    at_first = days == first_of[codes]
    on_first = np.bincount(codes[at_first], amounts[at_first], minlength=how_many)[visitor]
    repeat = np.where(frequency > 0, (total - on_first) / np.maximum(frequency, 1), on_first)
    kept = np.maximum(total - taken_back[visitor], 0) / np.where(total > 0, total, 1)
    return Summary(visitor, frequency, last - first, until - first, repeat * kept, until, refunds, later)
