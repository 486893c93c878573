"""Control charts against printed examples."""

import numpy as np
import pytest

from regulars.engines.control import BEYOND, of_numbers, of_shares

JUICE = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
PAINT = [33.75, 33.05, 34.00, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.20, 33.62, 33.00, 33.54, 33.12, 33.84]


def test_cans_of_orange_juice() -> None:
    """Montgomery, table 7.1: 30 samples of 50, centre 0.2313, limits 0.0524 and 0.4102, samples 15 and 23 outside."""
    chart = of_shares([50] * 30, JUICE)
    assert chart.centre == pytest.approx(0.2313, abs=5e-5)
    assert [at + 1 for at, signal in enumerate(chart.signals) if signal] == [15, 23]
    assert chart.upper[0] == pytest.approx(0.4102, abs=1 / 50), "whole cans, not a normal distribution's"
    assert chart.lower[0] == pytest.approx(0.0524, abs=2 / 50)
    assert chart.change == "up"


def test_viscosity_of_paint() -> None:
    """Montgomery, table 6.6: mean 33.52, mean moving range 0.48, limits 32.24 and 34.80, in control."""
    chart = of_numbers(PAINT)
    assert (chart.centre, chart.lower[0], chart.upper[0]) == pytest.approx((33.52, 32.24, 34.80), abs=0.005)
    assert chart.change == "steady"


@pytest.mark.parametrize(("size", "share"), [(5, 0.9), (12, 0.95), (40, 0.9), (400, 0.8), (3, 0.5)])
def test_chance_is_seldom_taken_for_a_change(size: int, share: float) -> None:
    """Where three sigmas leave 0 to 1 these limits do not, and one period in 370 is the most that lies outside."""
    hits = np.random.default_rng(1).binomial(size, share, 40_000)
    chart = of_shares(np.full(len(hits), size), hits)
    outside = (np.array(chart.points) > chart.upper) | (np.array(chart.points) < chart.lower)
    assert outside.mean() <= 2 * BEYOND * 1.25
    assert min(chart.lower) >= 0
    assert max(chart.upper) <= 1


def test_eight_in_a_row_are_a_change_and_the_latest_one_tells_which_way() -> None:
    assert of_shares([100] * 16, [88] * 8 + [92] * 8).signals == [0] * 7 + [-1] + [0] * 7 + [1]
    assert of_shares([100] * 16, [88] * 8 + [92] * 8).change == "up"
    assert of_numbers([5, 5.1] * 4 + [4, 4.1] * 4).change == "down"
    assert of_numbers([5, 6] * 8).change == "steady"


@pytest.mark.parametrize(("size", "share"), [(10, 0.93), (12, 0.95), (40, 0.9), (400, 0.8)])
def test_eight_in_a_row_are_as_rare_where_nearly_everything_is_kept(size: int, share: float) -> None:
    """At best a coin falls one way eight times in a row: once in 128 periods, on either side."""
    hits = np.random.default_rng(2).binomial(size, share, 40_000)
    assert np.count_nonzero(of_shares(np.full(len(hits), size), hits).signals) / len(hits) <= 1 / 128 + 2 * BEYOND


def test_a_signal_of_long_ago_is_over() -> None:
    bad_week = [90, 85] * 3 + [60] + [90, 85] * 4
    assert of_shares([100] * 15, bad_week).signals[6] == -1
    assert of_shares([100] * 15, bad_week).change == "steady"
    assert of_shares([100] * 14, bad_week[:-1]).change == "down"


def test_periods_without_anything_are_left_blank() -> None:
    chart = of_shares([0, 50, 50], [0, 40, 45])
    assert np.isnan([chart.points[0], chart.lower[0], chart.upper[0]]).all()
    assert chart.change == "too_few"
    assert np.isnan(of_shares([0], [0]).centre)
    assert of_numbers([float("nan"), 3]).points[1] == 3
    assert np.isnan(of_numbers([3]).upper[0])
    nothing = of_numbers([])
    assert (nothing.points, nothing.change) == ([], "too_few")
