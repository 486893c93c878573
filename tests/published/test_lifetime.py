"""The value engine gives the answers that were printed, on the CDNOW log.

BG/NBD: Fader, Hardie and Lee (2005), Marketing Science 24, tables 2 to 4, and their Excel note. Pareto/NBD: Fader and
Hardie (2005), "Implementing the Pareto/NBD Model Given Interval-Censored Data" and the same paper. MBG/NBD: the
BTYDplus vignette. Gamma-gamma: Fader and Hardie (2013). The longer figures are the exact maxima on the raw log.
"""

import numpy as np
import pytest

from regulars.engines import bgnbd, gammagamma, paretonbd
from regulars.engines.foretelling import visits
from regulars.engines.lifetime import Fit, Summary, fit, hold_out, score, summarise
from tests.published.cdnow import CALIBRATED, HOLDOUT_DAYS, columns


@pytest.fixture(scope="module")
def history() -> Summary:
    return summarise(*columns(), CALIBRATED)


@pytest.fixture(scope="module")
def fits(history: Summary) -> dict[str, Fit]:
    return {model: fit(history, model) for model in ("bgnbd", "mbgnbd", "paretonbd")}


def test_the_log_holds_the_customers_that_were_counted(history: Summary) -> None:
    assert (len(history), history.repeaters, history.repeat_visits) == (2357, 946, 2457)


@pytest.mark.parametrize(
    ("model", "printed", "exact", "log_likelihood"),
    [
        ("bgnbd", (0.243, 4.414, 0.793, 2.426), (0.2425945, 4.4136019, 0.7929222, 2.4259073), -9582.4292),
        ("mbgnbd", (0.525, 6.183, 0.891, 1.614), (0.5248432, 6.1830855, 0.8913593, 1.6140020), -9582.1357),
        ("paretonbd", (0.553, 10.578, 0.606, 11.669), (0.5532770, 10.5776832, 0.6062399, 11.6687350), -9594.9762),
    ],
)
def test_parameters_and_log_likelihood(
    fits: dict[str, Fit], model: str, printed: tuple[float, ...], exact: tuple[float, ...], log_likelihood: float
) -> None:
    found = list(fits[model].parameters.values())
    assert [round(value, 3) for value in found] == list(printed)
    assert found == pytest.approx(exact, rel=4e-7)
    assert round(fits[model].log_likelihood or 0, 4) == log_likelihood


def test_gamma_gamma(fits: dict[str, Fit]) -> None:
    spend = fits["bgnbd"].spend_parameters
    assert [round(spend[name], 2) for name in ("p", "q", "gamma")] == [6.25, 3.74, 15.44]
    assert [round(spend[name], 5) for name in ("p", "q", "gamma")] == [6.24957, 3.74422, 15.44352]
    assert round(fits["bgnbd"].spend_log_likelihood or 0, 5) == -4055.91769


def test_expected_spend(fits: dict[str, Fit]) -> None:
    spending = gammagamma.Spending(**fits["bgnbd"].spend_parameters)
    nobody, first = gammagamma.expected_spend(spending, np.array([0.0, 2.0]), np.array([0.0, 22.35]))
    assert (round(nobody, 4), round(first, 4)) == (35.1704, 24.6580)


def test_expected_purchases_of_somebody_new(fits: dict[str, Fit]) -> None:
    bg = bgnbd.Chances(**fits["bgnbd"].parameters)
    # at 78 weeks the note prints 1.8576: its worksheet ends the series of 2F1 after 150 terms; all together give 1.8580
    weeks = np.array([0.1429, 1, 3, 31.8571, 32, 78])
    assert bgnbd.expected_of_new(bg, weeks).round(4).tolist() == [0.0078, 0.0532, 0.1506, 1.0405, 1.0437, 1.8580]
    term = np.arange(149)
    z = 78 / (bg.alpha + 78)
    series = 1 + np.cumprod((bg.r + term) * (bg.b + term) / ((bg.a + bg.b - 1 + term) * (term + 1)) * z).sum()
    cut_short = (bg.a + bg.b - 1) / (bg.a - 1) * (1 - (1 - z) ** bg.r * series)
    assert round(cut_short, 4) == 1.8576
    assert bgnbd.expected_of_new(bg, np.array([52.0])).round(3) == 1.444
    pareto = paretonbd.Chances(**fits["paretonbd"].parameters)
    assert paretonbd.expected_of_new(pareto, np.array([52.0])).round(3) == 1.473


@pytest.mark.parametrize(
    ("model", "x", "last", "age", "horizon", "expected", "alive"),
    [
        ("bgnbd", 2, 30.43, 38.86, 39, 1.226, 0.72661),
        ("bgnbd", 26, 30.857, 31, 52, 25.757, 0.96885),
        ("paretonbd", 26, 30.857, 31, 52, 25.455, 0.99787),
    ],
)
def test_a_single_customer(
    fits: dict[str, Fit], model: str, x: float, last: float, age: float, horizon: float, expected: float, alive: float
) -> None:
    frequency, ends, ages = np.array([x], float), np.array([last]), np.array([age])
    if model == "bgnbd":
        bg = bgnbd.Chances(**fits[model].parameters)
        chance = bgnbd.alive(bg, frequency, ends, ages, leaves=0)
        purchases = chance * bgnbd.expected_if_alive(bg, frequency, ages, np.array([horizon]), leaves=0)
    else:
        pareto = paretonbd.Chances(**fits[model].parameters)
        chance = paretonbd.alive(pareto, frequency, ends, ages)
        purchases = chance * paretonbd.expected_if_alive(pareto, frequency, ages, np.array([horizon]))
    assert round(float(chance[0]), 5) == alive
    assert round(float(purchases[0]), 3) == expected


@pytest.mark.parametrize(
    ("model", "by_frequency", "total"),
    [
        ("bgnbd", [0.2251, 0.5231, 1.0441, 1.5203, 2.1639, 2.6538, 3.5040, 6.1572], 1653.4),
        ("paretonbd", [0.1384, 0.5995, 1.1958, 1.7138, 2.3983, 2.9072, 3.8186, 6.4031], 1665.5),
    ],
)
def test_the_held_out_half_year(
    fits: dict[str, Fit], history: Summary, model: str, by_frequency: list[float], total: float
) -> None:
    foretold = visits(fits[model], history, HOLDOUT_DAYS)
    group = np.minimum(history.frequency, 7)
    assert [round(float(foretold[group == count].mean()), 4) for count in range(8)] == by_frequency
    assert round(float(foretold.sum()), 1) == total


def test_what_came_in_the_held_out_half_year(history: Summary) -> None:
    codes, days, amounts = columns()
    after = summarise(codes[days > CALIBRATED], days[days > CALIBRATED], amounts[days > CALIBRATED])
    came = np.zeros(len(history), int)
    came[after.customer] = after.frequency + 1
    group = np.minimum(history.frequency, 7)
    assert np.bincount(group).tolist() == [1411, 439, 214, 100, 62, 38, 29, 64]
    means = [round(float(came[group == count].mean()), 4) for count in range(8)]
    assert means == [0.2367, 0.6970, 1.3925, 1.5600, 2.5323, 2.9474, 3.8621, 6.3594]
    assert came.sum() == 1882


def test_the_model_is_chosen_by_what_it_foretold(history: Summary) -> None:
    chosen = fit(history, held_out=hold_out(*columns(), CALIBRATED))
    assert chosen.chosen_how == "held_out"
    assert chosen.model == max(chosen.chosen_by, key=lambda model: chosen.chosen_by[model])
    assert set(chosen.chosen_by) == {"bgnbd", "mbgnbd", "paretonbd"}


def test_four_customers_in_five_spend_within_the_interval(fits: dict[str, Fit], history: Summary) -> None:
    codes, days, amounts = columns()
    later = (days > CALIBRATED) & (days <= CALIBRATED + HOLDOUT_DAYS)
    spent = np.bincount(codes[later], amounts[later], minlength=len(history))
    scores = score(fits["bgnbd"], history, HOLDOUT_DAYS, yearly_discount=0)
    within = (spent >= scores.low - 1e-9) & (spent <= scores.high + 1e-9)
    assert 0.78 < within.mean() < 0.90
