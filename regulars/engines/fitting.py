"""Fits a model of visits and a model of spend to a summary, chooses among models, or says why it cannot."""

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from regulars.engines import bgnbd, foretelling, gammagamma, paretonbd
from regulars.engines.maximising import Likelihood, Maximum, maximise
from regulars.engines.summary import Ints, Summary, summarise

PARAMETERS = {
    "bgnbd": ("r", "alpha", "a", "b"),
    "mbgnbd": ("r", "alpha", "a", "b"),
    "paretonbd": ("r", "alpha", "s", "beta"),
}
FEWEST_CUSTOMERS, FEWEST_REPEATERS = 30, 10
SAMPLE = 20_000  # customers: enough to choose a model by, and to begin the search close to its end
COMPARED = 5_000  # customers to whom models are fitted to be compared; all that were held out then judge them
ROUGH = 1e-5  # of the slope, where a search only prepares another


@dataclass(frozen=True)
class Fit:
    """What was learnt from a history. Time in units of `unit` days, spend in the unit of the amounts.

    `model`: a key of PARAMETERS, or "averages". `fallback`: "" when a model was fitted; else why plain averages stand
    in: "empty", "too_few_customers", "too_few_repeaters" or "one_day". `spend_fallback` likewise for the gamma-gamma
    model, or "no_maximum": everybody spends alike, or so unlike that there is no mean of all. `chosen_by`: model to
    its score, higher is better. `chosen_how`: "held_out" (mean Poisson log-score of the visits it foretold),
    "likelihood" (mean log-likelihood), "asked" or "fallback".
    """

    model: str
    unit: float
    parameters: dict[str, float] = field(default_factory=dict)
    log_likelihood: float | None = None
    spend_parameters: dict[str, float] = field(default_factory=dict)
    spend_log_likelihood: float | None = None
    chosen_by: dict[str, float] = field(default_factory=dict)
    chosen_how: str = "asked"
    fallback: str = ""
    spend_fallback: str = ""
    mean_spend: float = 0.0  # of all repeat visits (of all visits where nobody came back)
    mean_rate: float = 0.0  # repeat visits per day, all customers together


@dataclass(frozen=True)
class HeldOut:
    """A history up to a day, and how often the same customers came in the `days` after it."""

    summary: Summary
    visits: Ints
    days: int


def hold_out(
    customer: npt.ArrayLike,
    day: npt.ArrayLike,
    amount: npt.ArrayLike,
    until: int | None = None,
    share: float = 1 / 3,
) -> HeldOut | None:
    """Columns as for `summarise`. Holds out the last `share` of the days, for about SAMPLE customers at most.

    None when the history is too short to have two parts.
    """
    codes, days = np.asarray(customer, np.int64), np.asarray(day, np.int64)
    amounts = np.asarray(amount, np.float64)
    if until is None:
        until = int(days.max(initial=0))
    step = max(1, (int(codes.max(initial=0)) + 1) // SAMPLE)
    chosen = (days <= until) & (codes % step == 0)
    codes, days, amounts = codes[chosen], days[chosen], amounts[chosen]
    first = int(days.min(initial=until))
    cut = until - int((until - first) * share)
    before = summarise(codes, days, amounts, cut)
    if cut in (first, until) or not len(before):
        return None
    after = (days > cut) & (amounts >= 0)
    visits = np.unique(np.stack([codes[after], days[after]]), axis=1)[0]
    return HeldOut(before, np.bincount(visits, minlength=int(codes.max()) + 1)[before.customer], until - cut)


def fit(summary: Summary, model: str = "auto", unit: float = 7.0, held_out: HeldOut | None = None) -> Fit:
    """Fit the model that is asked for; with "auto", the one that foretells the held-out visits best.

    Without a held-out part "auto" goes by likelihood. `unit`: days in the unit of time (7.0 weeks, 1.0 days).
    Raises ValueError for a model that does not exist.
    """
    if model not in (*PARAMETERS, "auto", "averages"):
        raise ValueError(f"there is no model called {model!r}")
    plain = _plain(summary, unit)
    if model == "averages":
        return plain
    why = _too_little(summary)
    if why:
        return replace(plain, fallback=why, spend_fallback=why, chosen_how="fallback")
    scores: dict[str, float] = {}
    how, begin = "asked", None
    if model == "auto":
        scores, begins, how = _compare(summary, unit, held_out)
        model = max(scores, key=lambda name: scores[name])
        begin = begins[model]
    parameters, log_likelihood = _fit_visits(summary, model, unit, begin)
    visits = replace(
        plain,
        model=model,
        parameters=parameters,
        log_likelihood=log_likelihood,
        chosen_by=scores,
        chosen_how=how,
    )
    return _fit_spend(summary, visits)


def _too_little(summary: Summary) -> str:
    if not len(summary):
        return "empty"
    if len(summary) < FEWEST_CUSTOMERS:
        return "too_few_customers"
    if not int(summary.age.max()):
        return "one_day"
    if summary.repeaters < FEWEST_REPEATERS:
        return "too_few_repeaters"
    return ""


def _plain(summary: Summary, unit: float) -> Fit:
    weight = summary.frequency if summary.repeaters else np.ones(len(summary))
    spend = float(weight @ summary.mean_spend / weight.sum()) if len(summary) else 0.0
    rate = summary.repeat_visits / max(int(summary.age.sum()), 1)
    return Fit("averages", unit, mean_spend=spend, mean_rate=rate)


def _compare(
    summary: Summary, unit: float, held_out: HeldOut | None
) -> tuple[dict[str, float], dict[str, dict[str, float]], str]:
    """Each model's score and its rough parameters, and by what they were compared."""
    if held_out is None or _too_little(held_out.summary):
        small = summary.sample(COMPARED)
        found = {model: _fit_roughly(small, model, unit) for model in PARAMETERS}
        return {model: one[1] for model, one in found.items()}, {m: one[0] for m, one in found.items()}, "likelihood"
    before, came = held_out.summary, held_out.visits
    scores, guesses = {}, {}
    for model in PARAMETERS:
        guesses[model] = _fit_roughly(before.sample(COMPARED), model, unit)[0]
        guess = Fit(model, unit, guesses[model])
        expected = np.maximum(foretelling.visits(guess, before, held_out.days), 1e-9)
        scores[model] = float((came * np.log(expected) - expected).mean())
    return scores, guesses, "held_out"


def _fit_roughly(summary: Summary, model: str, unit: float) -> tuple[dict[str, float], float]:
    """The parameters to four digits or so, and the mean log-likelihood there."""
    found = maximise(_likelihood(summary, model, unit), _beginning(summary, model, unit), tolerance=ROUGH)
    return _named(model, found), found.likelihood


def _fit_visits(
    summary: Summary, model: str, unit: float, begin: dict[str, float] | None
) -> tuple[dict[str, float], float]:
    """The parameters and the log-likelihood at the maximum, or at the bound where customers never leave.

    A sample finds the place and the curvature; the whole history then needs a handful of steps.
    """
    small = summary.sample(SAMPLE)
    whole = small is summary
    start = list(begin.values()) if begin else _beginning(small, model, unit)
    found = maximise(_likelihood(small, model, unit), start, tolerance=1e-9 if whole else ROUGH)
    if not whole:
        found = maximise(_likelihood(summary, model, unit), found.parameters, found.inverse_hessian, tolerance=1e-7)
    return _named(model, found), found.likelihood * len(summary)


def _beginning(summary: Summary, model: str, unit: float) -> list[float]:
    return [1.0, max(1.0, float(summary.age.mean()) / unit / 4), 1.0, 2.0 if model != "paretonbd" else 10.0]


def _named(model: str, found: Maximum) -> dict[str, float]:
    return dict(zip(PARAMETERS[model], (float(value) for value in found.parameters), strict=True))


def _likelihood(summary: Summary, model: str, unit: float) -> Likelihood:
    if model == "paretonbd":
        return paretonbd.Grouped(summary.frequency, summary.recency, summary.age, unit).log_likelihood
    history = bgnbd.Grouped(summary.frequency, summary.recency, summary.age, unit, leaves=int(model == "mbgnbd"))
    return history.log_likelihood


def _fit_spend(summary: Summary, visits: Fit) -> Fit:
    again = (summary.frequency > 0) & (summary.mean_spend > 0)
    if np.count_nonzero(again) < FEWEST_REPEATERS:
        return replace(visits, spend_fallback="too_few_repeaters")
    found, log_likelihood = gammagamma.fit(summary.frequency[again], summary.mean_spend[again])
    p, q, gamma = (float(value) for value in found.parameters)
    if not found.converged or q <= 1:
        return replace(visits, spend_fallback="no_maximum")
    return replace(visits, spend_parameters={"p": p, "q": q, "gamma": gamma}, spend_log_likelihood=log_likelihood)
