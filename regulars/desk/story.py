"""What the owner's page tells, worked out once by the job and kept beside the fit: numbers, no words yet."""

from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regulars.desk.facts import EPOCH, Facts
from regulars.engines.cohorts import cohorts, kept
from regulars.engines.spread import spread, top_share
from regulars.record.worth import REGULAR_FROM, Stage

Ints = NDArray[np.int64]
MONTHLY_UP_TO = 18 * 31  # days of history; a longer one is shown by quarters
COHORTS, PERIODS = 12, 12
MONTHS_OF_LEAVERS = 12
TOPS = (0.01, 0.1, 0.2, 0.5)
YEAR = 365


def revenue(visits: Ints, spent: Ints) -> dict[str, Any]:
    """Whose money it was, over the whole history: of those who came once, a few times, and regularly."""
    groups = {
        "once": visits == 1,
        "repeat": (visits > 1) & (visits < REGULAR_FROM),
        "regular": visits >= REGULAR_FROM,
    }
    return {name: {"customers": int(who.sum()), "spent": int(spent[who].sum())} for name, who in groups.items()} | {
        "spent": int(spent[visits > 0].sum())
    }


def how_it_lies(value: Ints, unit: int) -> dict[str, Any]:
    """How lifetime value is spread over the customers; `unit` minor units make 1 of the currency."""
    found = spread(value, unit=unit)
    return {
        "edges": found.edges,
        "counts": found.counts,
        "sums": found.sums,
        "curve": [round(share, 4) for share in found.curve],
        "tops": [[part, round(top_share(value, part), 4)] for part in TOPS],
    }


def who_came_back(facts: Facts, until: int) -> dict[str, Any]:
    """Customers by the month or quarter of their first visit; the last dozen in which anybody came first."""
    now = facts.is_visit & (facts.days <= until)
    codes, days = facts.codes[now], facts.days[now]
    first = int(days.min(initial=until))
    by = "month" if until - first <= MONTHLY_UP_TO else "quarter"
    starts = _starts(_day(first), _day(until), 1 if by == "month" else 3)
    numbers = [(day - EPOCH).days for day in starts]
    found = cohorts(codes, days, numbers[:-1])
    whole = sum(number <= until + 1 for number in numbers) - 1  # periods that are over
    rows = [
        {"start": starts[i].isoformat(), "size": size, "came": found.came[i][1 : max(whole - i, 1)][:PERIODS]}
        for i, size in enumerate(found.sizes)
        if size
    ]
    return {"by": by, "rows": rows[-COHORTS:]}


def who_stayed(facts: Facts, until: int) -> dict[str, int]:
    """Of those who came in one span, how many came in the next: a year, or half of a shorter history."""
    now = facts.is_visit & (facts.days <= until)
    codes, days = facts.codes[now], facts.days[now]
    history = until - int(days.min(initial=until)) + 1
    found = kept(codes, days, until, max(min(YEAR, history // 2), 1))
    return {"before": found.before, "again": found.again, "span": found.span}


def stages(stage: NDArray[np.str_], value: Ints, at_stake: Ints) -> dict[str, Any]:
    """How many stand where, what they are likely to bring, and what is at stake with them."""
    found = {}
    for name in Stage.values:
        who = stage == name
        found[name] = {
            "customers": int(who.sum()),
            "value": int(value[who].sum()),
            "at_stake": int(at_stake[who].sum()),
        }
    return found


def leavers(stage: NDArray[np.str_], since: Ints, at_stake: Ints, today: date) -> list[dict[str, Any]]:
    """Month by month, the last one first: how many became gone, and what they would have brought.

    `since`: the day number on which each stage began.
    """
    gone = stage == Stage.GONE.value
    days, cost = since[gone], at_stake[gone]
    found, end = [], today + timedelta(days=1)
    for _ in range(MONTHS_OF_LEAVERS):
        start = (end - timedelta(days=1)).replace(day=1)
        then = (days >= (start - EPOCH).days) & (days < (end - EPOCH).days)
        found.append({"month": start.isoformat(), "customers": int(then.sum()), "cost": int(cost[then].sum())})
        end = start
    return found


def groups_of(visits: Ints, predicted: NDArray[np.float64], actual: Ints, top: int = 7) -> list[dict[str, Any]]:
    """By how often they had come back before, at most `top` or more: how many, what was said, what came."""
    capped = np.minimum(visits, top)
    found = []
    for times in range(top + 1):
        who = capped == times
        if who.any():
            found.append(
                {
                    "times": times,
                    "customers": int(who.sum()),
                    "predicted": round(float(predicted[who].sum()), 2),
                    "actual": int(actual[who].sum()),
                }
            )
    return found


def _starts(first: date, last: date, months: int) -> list[date]:
    """The first days of the calendar's periods from the one of `first` to the one after `last`."""
    month = (first.year * 12 + first.month - 1) // months * months
    end = (last.year * 12 + last.month - 1) // months * months + months
    return [date(m // 12, m % 12 + 1, 1) for m in range(month, end + 1, months)]


def _day(number: int) -> date:
    return EPOCH + timedelta(days=number)
