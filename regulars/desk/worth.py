"""Working out what every customer is worth: the record's facts through the engines into one fit and its estimates."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from regulars.desk import facts, story
from regulars.desk.facts import Facts
from regulars.engines import lifetime
from regulars.engines.lifetime import Fit, HeldOut, Scores, Summary
from regulars.engines.rhythm import STAGES, rhythm
from regulars.engines.since import since
from regulars.engines.total import total
from regulars.kernel import money
from regulars.record import worth as record
from regulars.record.business import Business
from regulars.record.owned import acting_for
from regulars.record.worth import Stage

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Progress = Callable[[str, float], None]
MOST = 9.0e18  # what a column holds
AT_A_TIME = 10_000


def work_out(
    business: Business, *, at: datetime, by: Any = None, model: str = "auto", progress: Progress | None = None
) -> record.Fit:
    """Fit, score, find everybody's stage, and store it all.

    Reads, computes and writes one after the other, so that on SQLite nobody waits while it computes. `progress`
    is told each step and the share of the whole (0 to 1) that is done; no transaction is open then. `model`: as for
    `lifetime.fit`.
    """
    tell = progress or (lambda _step, _share: None)
    today = at.astimezone(ZoneInfo(business.zone)).date()
    until = facts.number(today)
    tell("read", 0.0)
    with acting_for(business.pk):
        found = facts.read(business)
    tell("fit", 0.3)
    known = _until(found, until)
    summary = _in_our_money(lifetime.summarise(known.codes, known.days, known.amounts, until), known)
    held_out = lifetime.hold_out(known.codes, known.days, known.amounts, until)
    fitted = lifetime.fit(summary, model, held_out=held_out)
    tell("score", 0.5)
    horizon = round(business.horizon_months * lifetime.MONTH)
    scores = lifetime.score(fitted, summary, horizon, float(business.yearly_discount))
    told = _check(fitted, held_out)
    customers = _Customers(known, summary, scores, until)
    fit = _record_of(fitted, summary, horizon, business, today)
    fit.story = _story(business, known, customers, fitted, summary, scores, told, today)
    tell("store", 0.7)
    with acting_for(business.pk):
        stored = record.store(fit, customers.rows(), at=at, by=by, seen=found.newest)
    tell("store", 1.0)
    return stored


class _Customers:
    """The columns of the estimates, one entry per customer who has any sale by now, in the order of the facts."""

    def __init__(self, known: Facts, summary: Summary, scores: Scores, until: int) -> None:
        many = len(known.customers)
        who = summary.customer
        self.ids = known.customers
        self.has_sales = np.bincount(known.codes, minlength=many) > 0
        self.visits = _spread(many, who, summary.frequency + 1)
        self.first = _spread(many, who, summary.first_day)
        self.last = _spread(many, who, summary.first_day + summary.recency)
        self.spent = _whole(np.bincount(known.codes, known.amounts, minlength=many))
        self.mean_spend = _mean_spend(known, self.spent)
        self.alive = _spread(many, who, scores.p_alive)
        self.expected = _spread(many, who, scores.expected_visits)
        self.value = _spread(many, who, _whole(scores.value))
        self.low = _spread(many, who, _whole(scores.low))
        self.high = _spread(many, who, _whole(scores.high))
        self.at_stake = _spread(many, who, _whole(_if_she_stays(scores)))
        self._find_stages(known, summary, until)

    def _find_stages(self, known: Facts, summary: Summary, until: int) -> None:
        many, who = len(self.ids), summary.customer
        last = summary.first_day + summary.recency
        found = rhythm(summary.frequency + 1, summary.first_day, last, until)
        place = _spread(many, who, np.arange(len(who)))
        visit = known.is_visit
        began = since(found, summary.frequency + 1, last, place[known.codes[visit]], known.days[visit])
        self.usual_gap = _spread(many, who, found.usual_gap)
        self.stage = np.full(many, Stage.NONE.value, dtype="<U10")
        self.stage[who] = np.array(STAGES)[found.stage]
        self.since = _spread(many, who, began)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """In the order of `record.COLUMNS`, made a few at a time: a million of them at once would fill memory."""
        for start in range(0, len(self.ids), AT_A_TIME):
            part = slice(start, start + AT_A_TIME)
            columns = zip(self.has_sales[part].tolist(), self.ids[part], *self._columns(part), strict=True)
            yield from (row[1:] for row in columns if row[0])

    def _columns(self, part: slice) -> list[list[Any]]:
        """Whoever has only brought things back has no dates and no chances."""
        came, visits = self.visits[part] > 0, self.visits[part]
        return [
            visits.tolist(),
            _dates(came, self.first[part]),
            _dates(came, self.last[part]),
            self.spent[part].tolist(),
            self.mean_spend[part].tolist(),
            _some(visits > 1, self.usual_gap[part]),
            _some(came & ~np.isnan(self.alive[part]), self.alive[part]),
            _some(came, self.expected[part]),
            *(column[part].tolist() for column in (self.value, self.low, self.high, self.at_stake)),
            self.stage[part].tolist(),
            _dates(came, self.since[part]),
        ]


def _until(found: Facts, until: int) -> Facts:
    """Without what is dated after today, and without refunds in other money, which say nothing."""
    now = (found.days <= until) & (found.is_ours | found.is_visit)
    if now.all():
        return found
    columns = ("codes", "days", "amounts", "is_ours", "is_visit")
    return replace(found, **{name: getattr(found, name)[now] for name in columns})


def _in_our_money(summary: Summary, known: Facts) -> Summary:
    """A visit that was paid in another currency is a visit, but it says nothing of what she spends in ours."""
    if known.is_ours.all():
        return summary
    ours = known.is_ours & known.is_visit
    paid = lifetime.summarise(known.codes[ours], known.days[ours], known.amounts[ours], summary.until)
    spend = np.zeros(len(known.customers))
    spend[paid.customer] = paid.mean_spend
    return replace(summary, mean_spend=spend[summary.customer])


def _mean_spend(known: Facts, spent: Ints) -> Ints:
    """What she spent, refunds taken off, on an average visit that was paid in our money; never below zero."""
    ours = known.is_ours & known.is_visit
    pairs = np.unique(known.codes[ours] << 22 | (known.days[ours] - known.days.min(initial=0)))
    visits = np.bincount(pairs >> 22, minlength=len(spent))
    return _whole(np.maximum(spent, 0) / np.maximum(visits, 1) * (visits > 0))


def _if_she_stays(scores: Scores) -> Floats:
    """At stake: what she would bring over the horizon if we knew that she is still with us.

    It is what we lose if she leaves. Where plain averages stand in, nobody's chance is known and it is her value.
    """
    alive = np.nan_to_num(scores.p_alive, nan=1.0)
    return np.divide(scores.value, alive, out=np.zeros_like(scores.value), where=alive > 0)


def _check(fitted: Fit, held_out: HeldOut | None) -> dict[str, Any] | None:
    """The model that was chosen, fitted to what came before the weeks held back, against what came in them."""
    if held_out is None:
        return None
    before = lifetime.fit(held_out.summary, model=fitted.model, unit=fitted.unit)
    predicted = lifetime.score(before, held_out.summary, held_out.days, 0.0).expected_visits
    return {
        "weeks": round(held_out.days / 7),
        "customers": len(held_out.summary),
        "predicted": round(float(predicted.sum()), 2),
        "actual": int(held_out.visits.sum()),
        "groups": story.groups_of(held_out.summary.frequency, predicted, held_out.visits),
    }


def _story(
    business: Business,
    known: Facts,
    customers: _Customers,
    fitted: Fit,
    summary: Summary,
    scores: Scores,
    told: dict[str, Any] | None,
    today: date,
) -> dict[str, Any]:
    until = facts.number(today)
    unit = 10 ** money.exponent(business.currency)
    miss = abs(told["actual"] - told["predicted"]) / told["predicted"] if told and told["predicted"] else 0.0
    whole = total(
        scores.value,
        scores.expected_visits,
        scores.p_alive,
        summary.frequency,
        r=fitted.parameters.get("r", 1.0),
        miss=miss,
    )
    came = customers.visits > 0
    return {
        "customers": int(came.sum()),
        "value": round(whole.value),
        "low": round(whole.low),
        "high": round(whole.high),
        "average_sale": _average(known),
        "average_spent": round(float(customers.spent[came].mean())) if came.any() else 0,
        "last_year": int(known.amounts[known.days > until - story.YEAR].sum()),
        "average_value": round(whole.value / max(int(came.sum()), 1)),
        "spread": story.how_it_lies(customers.value[came], unit),
        "revenue": story.revenue(customers.visits, customers.spent),
        "stayed": story.who_stayed(known, until),
        "stages": story.stages(customers.stage, customers.value, customers.at_stake),
        "leavers": story.leavers(customers.stage, customers.since, customers.at_stake, today),
        "cohorts": story.who_came_back(known, until),
        "check": told,
    }


def _average(known: Facts) -> int:
    """The average sale in our money, refunds left out."""
    sold = known.amounts[known.is_ours & known.is_visit]
    return int(_whole(np.array([sold.mean()]))[0]) if len(sold) else 0


def _record_of(fitted: Fit, summary: Summary, horizon: int, business: Business, today: date) -> record.Fit:
    return record.Fit(
        until=today,
        model=fitted.model,
        parameters=fitted.parameters,
        spend_parameters=fitted.spend_parameters,
        log_likelihood=fitted.log_likelihood,
        chosen_by={"how": fitted.chosen_how, "scores": fitted.chosen_by},
        fallback=fitted.fallback,
        counts={
            "customers": len(summary),
            "repeaters": summary.repeaters,
            "repeat_visits": summary.repeat_visits,
            "refunds": summary.refunds,
        },
        horizon_days=horizon,
        currency=business.currency,
    )


def _spread(many: int, who: Ints, column: NDArray[Any]) -> NDArray[Any]:
    """A column of the summary laid out over all customers; zero for those who never came."""
    out = np.zeros(many, column.dtype)
    out[who] = column
    return out


def _whole(amounts: NDArray[Any]) -> Ints:
    """Minor units: whole, finite, and within what a column holds."""
    whole: Ints = np.rint(np.clip(np.nan_to_num(amounts), -MOST, MOST)).astype(np.int64)
    return whole


def _some(who: NDArray[np.bool_], column: NDArray[Any]) -> list[Any]:
    return [value if has else None for has, value in zip(who.tolist(), column.tolist(), strict=True)]


def _dates(who: NDArray[np.bool_], days: Ints) -> list[Any]:
    """Day numbers as 2026-03-02, which both databases take."""
    return _some(who, np.datetime_as_string(days.astype("datetime64[D]")))
