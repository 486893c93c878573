"""The value engine on histories as they come: too short, too odd, too even; and on made-up ones."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.engines import bgnbd, gammagamma, lifetime
from regulars.engines.fitting import FEWEST_CUSTOMERS, SAMPLE
from regulars.engines.lifetime import Fit, HeldOut, Summary, fit, hold_out, score, summarise
from regulars.engines.maximising import maximise

History = tuple[np.ndarray, np.ndarray, np.ndarray]
YEARS_3 = 1096


def made_up(
    customers: int, seed: int = 1, r: float = 0.6, alpha: float = 40.0, a: float = 0.8, b: float = 3.0, days: int = 700
) -> History:
    """A history drawn from the BG/NBD itself, rates per day, spend from the gamma-gamma."""
    chance = np.random.default_rng(seed)
    codes, when, amounts = [], [], []
    for code in range(customers):
        rate, leaves = chance.gamma(r, 1 / alpha), chance.beta(a, b)
        typical = 6.0 * chance.gamma(1, 1) * 10 + 5
        day = float(chance.integers(0, days // 2))
        while day <= days:
            codes.append(code)
            when.append(int(day))
            amounts.append(round(typical * chance.gamma(6, 1 / 6), 2))
            if len(amounts) > 1 and chance.random() < leaves and codes.count(code) > 1:
                break
            day += chance.exponential(1 / max(rate, 1e-9))
    return np.array(codes), np.array(when), np.array(amounts)


def worked_out(history: History, **asked: object) -> tuple[Summary, Fit, lifetime.Scores]:
    summary = summarise(*history)
    fitted = fit(summary, held_out=hold_out(*history), **asked)  # type: ignore[arg-type]
    return summary, fitted, score(fitted, summary, YEARS_3)


def columns(*lines: tuple[int, int, float]) -> History:
    codes, days, amounts = zip(*lines, strict=True) if lines else ((), (), ())
    return np.array(codes, int), np.array(days, int), np.array(amounts, float)


ODD: dict[str, tuple[History, str]] = {
    "nobody": (columns(), "empty"),
    "one customer, one sale": (columns((0, 10, 5.0)), "too_few_customers"),
    "only refunds": (columns((0, 10, -5.0), (1, 11, -5.0)), "empty"),
    "one sale each": (columns(*((i, i, 5.0) for i in range(50))), "too_few_repeaters"),
    "all on one day": (columns(*((i % 50, 7, 5.0) for i in range(500))), "one_day"),
    "all for nothing": (columns(*((i % 40, i, 0.0) for i in range(400))), ""),
    "all alike": (columns(*((i % 40, 10 * (i // 40), 5.0) for i in range(400))), ""),
    "huge amounts": (columns(*((i % 40, 3 * i, 10.0**14 + i) for i in range(400))), ""),
    "customers who never leave": (columns(*((i % 60, i // 60 * 7 + i % 7, 20.0 + i % 9) for i in range(6000))), ""),
    "more refunded than bought": (columns(*((i % 40, i, (-9.0 if i % 3 else 5.0)) for i in range(600))), ""),
}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("model", ["auto", "bgnbd", "mbgnbd", "paretonbd", "averages"])
def test_no_history_breaks_it(name: str, model: str) -> None:
    history, fallback = ODD[name]
    summary, fitted, scores = worked_out(history, model=model)
    if fallback and model != "averages":
        assert (fitted.model, fitted.fallback, fitted.chosen_how) == ("averages", fallback, "fallback")
    for column in (scores.expected_visits, scores.spend, scores.value, scores.low, scores.high):
        assert column.shape == (len(summary),)
        assert np.isfinite(column).all()
        assert (column >= 0).all()
    known = scores.p_alive[~np.isnan(scores.p_alive)]
    assert ((known >= 0) & (known <= 1)).all()
    assert (scores.low <= scores.high).all()


def test_too_few_to_fit_is_said_at_the_edge() -> None:
    lines = [(i, 30 * visit + i % 20, 10.0 + i) for i in range(FEWEST_CUSTOMERS) for visit in range(2)]
    assert fit(summarise(*columns(*lines))).fallback == ""
    assert fit(summarise(*columns(*lines[:-2]))).fallback == "too_few_customers"


def test_a_model_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no model called 'magic'"):
        fit(summarise(*made_up(50)), model="magic")


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="columns of one length"):
        summarise([1, 2], [1], [1.0])


# --- the summary -------------------------------------------------------------------------------------------------


def test_a_visit_is_a_day_and_a_refund_is_none() -> None:
    found = summarise(
        *columns((7, 100, 10.0), (7, 100, 5.0), (7, 110, 30.0), (7, 112, -9.0), (7, 130, 99.0)), until=120
    )
    assert (found.customer.tolist(), found.frequency.tolist(), found.recency.tolist(), found.age.tolist()) == (
        [7], [1], [10], [20],
    )  # fmt: skip
    assert (found.refunds, found.later, found.repeaters, found.repeat_visits) == (1, 1, 1, 1)
    assert found.mean_spend[0] == pytest.approx(30 * (45 - 9) / 45), "the refund lessens every visit alike"


def test_until_is_by_default_the_last_day() -> None:
    found = summarise(*columns((0, 5, 1.0), (1, 9, 1.0)))
    assert (found.until, found.age.tolist()) == (9, [4, 0])
    assert len(found.sample(10)) == 2


def test_a_sample_takes_customers_evenly() -> None:
    found = summarise(*columns(*((i, i % 10, 1.0) for i in range(100))))
    assert found.sample(10).customer.tolist() == list(range(0, 100, 10))


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 60), st.floats(-50, 50)), max_size=60))
def test_any_history_has_a_summary_that_adds_up(lines: list[tuple[int, int, float]]) -> None:
    found = summarise(*columns(*lines))
    days = {(code, day) for code, day, amount in lines if amount >= 0}
    assert int(found.frequency.sum()) + len(found) == len(days)
    assert (found.recency <= found.age).all()
    assert (found.mean_spend >= 0).all()
    assert ((found.frequency > 0) == (found.recency > 0)).all()


# --- the fit -----------------------------------------------------------------------------------------------------


def test_the_model_that_made_the_history_is_found_again() -> None:
    codes, days, amounts = made_up(4000)
    found = fit(summarise(codes, days, amounts, until=700), "bgnbd", unit=1.0).parameters
    assert found["r"] == pytest.approx(0.6, rel=0.15)
    assert found["alpha"] == pytest.approx(40, rel=0.2)
    assert found["a"] / (found["a"] + found["b"]) == pytest.approx(0.8 / 3.8, abs=0.05)


def test_a_sample_leads_to_the_same_maximum_as_the_whole() -> None:
    """More customers than SAMPLE: the search begins in the sample and ends in the whole history."""
    codes, days, amounts = made_up(1200)
    many = int(SAMPLE / 1200) * 2 + 2
    codes = np.concatenate([codes + 1200 * copy for copy in range(many)])
    whole = summarise(codes, np.tile(days, many), np.tile(amounts, many))
    assert len(whole) > 2 * SAMPLE
    once = fit(summarise(*made_up(1200), until=whole.until), "bgnbd").parameters
    assert fit(whole, "bgnbd").parameters == pytest.approx(once, rel=1e-4)
    assert fit(whole, "paretonbd").fallback == ""


def test_a_sample_shows_where_the_search_for_spend_begins() -> None:
    summary = summarise(*made_up(1500))
    again = summary.frequency > 0
    once, log_likelihood = gammagamma.fit(summary.frequency[again], summary.mean_spend[again])
    found, same = gammagamma.fit(summary.frequency[again], summary.mean_spend[again], sample=100)
    np.testing.assert_allclose(found.parameters, once.parameters, rtol=1e-4)
    assert same == pytest.approx(log_likelihood, rel=1e-9)


def test_without_a_held_out_part_the_likelihood_chooses() -> None:
    chosen = fit(summarise(*made_up(300)))
    assert chosen.chosen_how == "likelihood"
    assert chosen.model == max(chosen.chosen_by, key=lambda name: chosen.chosen_by[name])


def test_the_unit_of_time_changes_nothing_but_alpha() -> None:
    summary = summarise(*made_up(800))
    weeks, days = fit(summary, "bgnbd", 7.0), fit(summary, "bgnbd", 1.0)
    assert days.parameters["alpha"] == pytest.approx(7 * weeks.parameters["alpha"], rel=1e-4)
    same = score(weeks, summary, YEARS_3).value, score(days, summary, YEARS_3).value
    np.testing.assert_allclose(*same, rtol=1e-4)


def test_nothing_is_held_out_of_a_history_of_one_day() -> None:
    assert hold_out(*columns((0, 5, 1.0), (1, 5, 1.0))) is None
    assert hold_out(*columns()) is None


def test_held_out_visits_are_those_after_the_cut() -> None:
    lines = [
        (0, 0, 1.0),
        (0, 30, 1.0),
        (0, 70, 1.0),
        (0, 70, 2.0),
        (0, 80, -1.0),
        (1, 10, 1.0),
        (1, 90, 1.0),
        (2, 75, 1.0),
    ]
    found = hold_out(*columns(*lines))
    assert isinstance(found, HeldOut)
    assert (found.summary.until, found.days, found.visits.tolist()) == (60, 30, [1, 1]), "who came later is nobody's"


def test_few_repeaters_spend_as_everybody_does() -> None:
    lines = [(i, day, 0.0 if i > 4 else 20.0) for i in range(40) for day in (i % 9, 40 + i % 9)]
    fitted = fit(summarise(*columns(*lines)), "bgnbd")
    assert fitted.spend_fallback == "too_few_repeaters"
    assert fitted.spend_parameters == {}


# --- the scores --------------------------------------------------------------------------------------------------


def test_what_comes_later_is_worth_less_today() -> None:
    summary = summarise(*made_up(500))
    fitted = fit(summary, "bgnbd")
    free, dear = (score(fitted, summary, YEARS_3, discount) for discount in (0.0, 0.2))
    np.testing.assert_allclose(free.value, free.expected_visits * free.spend)
    ratio = dear.value.sum() / free.value.sum()
    assert 1.2 ** (-YEARS_3 / 365.25) < ratio < 1
    np.testing.assert_array_equal(free.expected_visits, dear.expected_visits)


def test_discounting_is_the_sum_over_many_small_steps() -> None:
    summary = summarise(*made_up(300))
    fitted = fit(summary, "bgnbd")
    steps = np.arange(0, YEARS_3 + 1, 4)
    visits = np.array([lifetime.score(fitted, summary, step, 0).expected_visits for step in steps])
    middle = (steps[1:] + steps[:-1]) / 2
    by_hand = (np.diff(visits, axis=0) * 1.1 ** (-middle / 365.25)[:, None]).sum(axis=0)
    scores = score(fitted, summary, steps[-1], 0.10)
    np.testing.assert_allclose(scores.value / scores.spend, by_hand, rtol=2e-4)


@pytest.mark.parametrize("model", lifetime.MODELS)
def test_a_longer_look_sees_more(model: str) -> None:
    summary = summarise(*made_up(300))
    fitted = fit(summary, model)
    seen = [score(fitted, summary, days).expected_visits for days in (1, 30, 365, 3650)]
    for less, more in pairwise(seen):
        assert (more >= less - 1e-12).all()


def test_at_least_four_customers_in_five_lie_within_the_interval() -> None:
    codes, days, amounts = made_up(4000, days=1000)
    seen = days <= 700
    summary = summarise(codes[seen], days[seen], amounts[seen], until=700)
    scores = score(fit(summary, "bgnbd"), summary, 300, 0.0)
    spent = np.bincount(codes[~seen], amounts[~seen], minlength=codes.max() + 1)[summary.customer]
    assert 0.05 < (spent > scores.high + 1e-9).mean() < 0.13, "one in ten brings more"
    assert (spent < scores.low - 1e-9).mean() < 0.13, "at most one in ten brings less: most may bring nothing at all"


def test_expected_purchases_have_no_hole_where_a_is_one() -> None:
    x, age, horizon = np.array([3.0]), np.array([40.0]), np.array([52.0])
    around = [
        bgnbd.expected_if_alive(bgnbd.Chances(0.3, 5.0, a, 2.5), x, age, horizon, leaves=0)[0]
        for a in (0.99, 1.0, 1.01)
    ]
    assert around[0] > around[1] > around[2]
    assert around[1] == pytest.approx((around[0] + around[2]) / 2, rel=1e-3)


# --- the search --------------------------------------------------------------------------------------------------


def test_the_search_finds_the_top_of_a_hill() -> None:
    def hill(at: np.ndarray) -> tuple[float, np.ndarray]:
        away = np.log(at) - np.log([2.0, 30.0])
        return -float(away @ (away * [1.0, 50.0])), -2 * away * [1.0, 50.0] / at

    found = maximise(hill, [1.0, 1.0])
    assert found.converged
    np.testing.assert_allclose(found.parameters, [2.0, 30.0], rtol=1e-8)
    again = maximise(hill, found.parameters, found.inverse_hessian)
    assert again.evaluations < found.evaluations


def test_a_hill_without_a_top_ends_at_the_bound_and_says_so() -> None:
    def slope(at: np.ndarray) -> tuple[float, np.ndarray]:
        return float(np.log(at).sum()), 1 / at

    assert not maximise(slope, [1.0]).converged


def test_a_search_that_cannot_step_stops() -> None:
    def cliff(at: np.ndarray) -> tuple[float, np.ndarray]:
        return (0.0 if at[0] == 1.0 else np.nan), np.array([1.0])

    assert not maximise(cliff, [1.0]).converged


def test_a_curvature_that_was_lost_is_begun_anew() -> None:
    def hill(at: np.ndarray) -> tuple[float, np.ndarray]:
        away = np.log(at) - 1
        return -float(away @ away), -2 * away / at

    found = maximise(hill, [1.0, 1.0], -np.eye(2))
    np.testing.assert_allclose(np.log(found.parameters), [1.0, 1.0], atol=1e-6)
