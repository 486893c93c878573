"""Charts of what lies between two complaints."""

import numpy as np
import pytest

from regulars.engines.control import BEYOND
from regulars.engines.rare import of_days_between, of_jobs_between


@pytest.mark.parametrize("share", [0.3, 0.03, 0.003])
def test_chance_is_seldom_taken_for_a_change_of_jobs_between_complaints(share: float) -> None:
    chart = of_jobs_between(np.random.default_rng(1).geometric(share, 40_000) - 1)
    points = np.array(chart.points)
    assert (points > chart.upper[0]).mean() <= BEYOND * 1.25
    assert (points < chart.lower[0]).mean() <= BEYOND * 1.25
    assert np.count_nonzero(chart.signals) / 40_000 <= 1 / 128 + 2 * BEYOND


def test_chance_is_seldom_taken_for_a_change_of_days_between_complaints() -> None:
    chart = of_days_between(np.random.default_rng(2).exponential(17, 40_000))
    points = np.array(chart.points)
    assert (points > chart.upper[0]).mean() == pytest.approx(BEYOND, rel=0.25)
    assert (points < chart.lower[0]).mean() == pytest.approx(BEYOND, rel=0.25)
    assert chart.centre == pytest.approx(17 * np.log(2), rel=0.02)


def test_a_long_time_without_a_complaint_and_many_at_once_are_signals() -> None:
    seldom, often = of_jobs_between([20, 40, 10, 30] * 4 + [900]), of_days_between([3, 30, 10, 20] * 4 + [0.01])
    assert (seldom.signals[-1], seldom.change) == (1, "up")
    assert (often.signals[-1], often.change) == (-1, "down")


def test_the_edges_of_the_g_chart_are_no_signals_yet() -> None:
    """With one job in two a complaint: 9 between has a chance of 1 in 1,024 to be passed, 8 one in 512."""
    chart = of_jobs_between([0, 2] * 8 + [1])
    assert (chart.centre, chart.lower[0], chart.upper[0]) == (0, 0, 9)


def test_neighbouring_jobs_with_complaints_are_nothing_by_themselves() -> None:
    """Where the median is nought, a run of noughts is what chance brings, and no run below the centre."""
    assert of_jobs_between([0] * 7 + [3] + [0] * 7 + [1]).change == "steady"


@pytest.mark.parametrize("chart", [of_jobs_between, of_days_between])
def test_without_any_distance_there_are_no_limits(chart) -> None:
    for nothing in ([], [0, 0, 0]):
        drawn = chart(nothing)
        assert np.isnan(drawn.centre)
        assert (drawn.signals, drawn.change) == ([0] * len(nothing), "too_few")


def test_a_negative_distance_is_refused() -> None:
    with pytest.raises(ValueError, match="less than nothing"):
        of_days_between([3, -1])
