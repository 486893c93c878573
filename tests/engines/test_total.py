"""How sure the sum of many estimates is."""

import numpy as np
import pytest

from regulars.engines.total import FOUR_IN_FIVE, total


def test_many_customers_are_surer_together_than_few() -> None:
    few = total([100.0] * 10, [1.0] * 10, [0.5] * 10, [1] * 10, r=0.5, miss=0)
    many = total([100.0] * 1000, [1.0] * 1000, [0.5] * 1000, [1] * 1000, r=0.5, miss=0)
    assert many.value == 100_000
    assert (many.high - many.value) / many.value == pytest.approx((few.high - few.value) / few.value / 10)


def test_the_models_own_error_stays_however_many_there_are() -> None:
    found = total([1.0] * 100_000, [1.0] * 100_000, [1.0] * 100_000, [50] * 100_000, r=1, miss=0.1)
    assert found.high == pytest.approx(100_000 * (1 + FOUR_IN_FIVE * 0.1), rel=1e-3)


def test_the_chance_of_a_negative_binomial_is_right() -> None:
    """r + x = 2 and a mean of 3 visits: the variance is 3 + 9 / 2."""
    found = total([3.0], [3.0], [1.0], [1], r=1, miss=0)
    assert found.high == pytest.approx(3 + FOUR_IN_FIVE * np.sqrt(7.5))
    assert found.low == 0


def test_whoever_is_surely_gone_adds_nothing_and_an_unknown_chance_is_taken_as_here() -> None:
    assert total([0.0], [0.0], [0.0], [3], r=1, miss=0.2) == total([], [], [], [], r=1, miss=0.2)
    assert total([3.0], [3.0], [np.nan], [1], r=1, miss=0) == total([3.0], [3.0], [1.0], [1], r=1, miss=0)
