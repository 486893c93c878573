"""By lot, in blocks of ten; an interval that may be read every day; and how long until it is known."""

from math import isinf, isnan, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from regulars.engines import proof
from regulars.engines.proof import Proof, compare, height, is_held_out, weeks_left

SEED = b"sixteen bytes or"


@given(st.binary(min_size=16, max_size=64), st.integers(0, 9), st.integers(0, 50), st.integers(0, 5))
def test_of_every_ten_in_turn_exactly_so_many_are_held_out(seed: bytes, stratum: int, block: int, tenths: int) -> None:
    ten = [is_held_out(seed, stratum, place, tenths) for place in range(block * 10, block * 10 + 10)]
    assert sum(ten) == tenths
    assert ten == [is_held_out(seed, stratum, place, tenths) for place in range(block * 10, block * 10 + 10)]


def test_the_lot_differs_by_seed_by_stratum_and_by_block() -> None:
    def lot(seed: bytes, stratum: int) -> list[bool]:
        return [is_held_out(seed, stratum, place, 5) for place in range(40)]

    assert lot(SEED, 0) != lot(SEED[::-1], 0)
    assert lot(SEED, 0) != lot(SEED, 1)
    assert lot(SEED, 0)[:10] != lot(SEED, 0)[10:20]


def test_each_place_of_a_block_is_held_out_as_often() -> None:
    """Of 2,000 blocks half of each place, within four standard deviations."""
    held = np.array([[is_held_out(SEED, 0, 10 * block + one, 5) for one in range(10)] for block in range(2_000)])
    assert np.abs(held.mean(axis=0) - 0.5).max() < 4 * sqrt(0.25 / 2_000)


def test_the_height_is_that_of_the_reflection_principle() -> None:
    """Watched without a pause a Brownian motion leaves -2.2414 to 2.2414 with a chance of 0.05 (Jennison and Turnbull,
    "Group Sequential Methods", 2000); with four in a hundred 2.3263.
    """
    assert norm.isf(0.05 / 4) == pytest.approx(2.2414, abs=1e-4)
    assert height(500, 500) == pytest.approx(2.3263 / sqrt(500), rel=1e-4)
    assert height(250, 500) == pytest.approx(2.3263 * sqrt(500) / 250, rel=1e-4), "half of the way: twice as wide"


def test_each_further_horizon_spends_a_fifth_of_the_errors() -> None:
    assert height(500.0001, 500) == pytest.approx(norm.isf(0.008 / 4) * sqrt(1000) / 500.0001)
    assert height(1000, 500) == pytest.approx(norm.isf(0.008 / 4) / sqrt(1000))
    assert height(1001, 500) == pytest.approx(norm.isf(0.0016 / 4) * sqrt(2000) / 1001)
    assert isinf(height(0, 500))


def test_the_difference_of_two_shares_by_hand() -> None:
    """20 of 40 treated came back and 10 of 40 held out: N = 20, the spread from (40 * 0.25 + 40 * 0.1875) / 78."""
    outcome = [1] * 20 + [0] * 20 + [1] * 10 + [0] * 30
    told = compare(outcome, [True] * 40 + [False] * 40, [0] * 80, planned=80, share=0.5)
    assert (told.treated, told.held_out, told.difference) == (0.5, 0.25, 0.25)
    assert (told.many_treated, told.many_held_out, told.information) == (40, 40, 20)
    assert told.spread == pytest.approx(sqrt((10 + 7.5) / 78))
    reach = norm.isf(0.01) / sqrt(20) * told.spread
    assert (told.low, told.high) == pytest.approx((0.25 - reach, 0.25 + reach))


def test_strata_are_weighted_as_mantel_and_haenszel_do() -> None:
    """Simpson's paradox, as in Charig and others, "Comparison of treatment of renal calculi by open surgery ...",
    British Medical Journal 292 (1986): 81/87 and 192/263 against 234/270 and 55/80. The pooled difference is -4.9
    points, that within strata +5.4: (87 * 270 / 357 * 0.0644 + 263 * 80 / 343 * 0.0425) / (65.80 + 61.34).
    """
    cells = [(1, 0, 81, 87), (1, 1, 192, 263), (0, 0, 234, 270), (0, 1, 55, 80)]
    rows = [(treated, group, i < hits) for treated, group, hits, of in cells for i in range(of)]
    treated, group, outcome = (np.array(column) for column in zip(*rows, strict=True))
    told = compare(outcome, treated, group, planned=700, share=0.5)
    assert told.difference == pytest.approx((65.798 * 0.06437 + 61.341 * 0.04254) / (65.798 + 61.341), abs=1e-4)
    assert told.information == pytest.approx(87 * 270 / 357 + 263 * 80 / 343)
    assert compare(outcome, treated, np.zeros(700), planned=700, share=0.5).difference < 0


def test_a_stratum_with_an_empty_arm_tells_nothing() -> None:
    outcome, treated = np.arange(40) % 3 == 0, np.arange(40) % 2 == 0
    told = compare(outcome, treated, np.zeros(40), planned=40, share=0.5)
    more = compare(
        np.append(outcome, [1] * 9), np.append(treated, [True] * 9), np.append(np.zeros(40), [7] * 9),
        planned=40, share=0.5,
    )  # fmt: skip
    assert (more.treated, more.held_out, more.information) == (told.treated, told.held_out, told.information)
    assert more.many_treated == told.many_treated + 9


@pytest.mark.parametrize(
    ("outcome", "treated"),
    [
        ([], []),
        ([1], [True]),
        ([1, 0] * 9, [True, False] * 9),
        ([1, 0] * 30, [True] * 60),
        ([0] * 60, [True, False] * 30),
        ([1] * 60, [True, False] * 30),
    ],
)
def test_of_too_few_or_all_alike_nothing_is_said(outcome: list[int], treated: list[bool]) -> None:
    told = compare(outcome, treated, [0] * len(outcome), planned=100, share=0.5)
    assert told.verdict == "too_few"
    assert isnan(told.low)
    assert weeks_left(told, planned=100, share=0.5, a_week=10) is None


def test_ten_in_each_arm_are_enough_to_say_something() -> None:
    assert compare([1, 0] * 10, [True, True, False, False] * 5, [0] * 20, planned=20, share=0.5).verdict == "open"


def test_the_spread_is_the_larger_of_both_together_and_each_by_itself() -> None:
    """Of 90 treated all but one spent 10, of 10 held out half 0 and half 200: the few vary more than all together."""
    few = [0.0, 200.0] * 5
    told = compare([10.0] * 89 + [11.0, *few], [True] * 90 + [False] * 10, [0] * 100, planned=100, share=0.1)
    assert told.spread == pytest.approx(sqrt(9 * np.var(few, ddof=1) / 10), rel=0.02)
    turned = compare([*few * 9, *[10.0] * 9, 11.0], [True] * 90 + [False] * 10, [0] * 100, planned=100, share=0.1)
    assert turned.spread == pytest.approx(sqrt(90 * np.var(few) / 98), rel=0.02)


def told(low: float, high: float) -> Proof:
    middle = (low + high) / 2
    return Proof(100, 100, 0.3 + middle, 0.3, low, high, 50.0, 0.46)


def test_what_it_says_in_a_word() -> None:
    assert [told(*pair).verdict for pair in ((0.01, 0.2), (-0.2, -0.01), (-0.1, 0.2), (0.0, 0.2))] == [
        "pays", "harms", "open", "open",
    ]  # fmt: skip


def test_how_many_weeks_until_it_could_be_known() -> None:
    """A difference of 10 points on a spread of 0.46 wants N = 2.3263 * sqrt(500) * 0.46 / 0.1 = 239.3; there are 50,
    and 40 customers a week bring 10 each.
    """
    assert weeks_left(told(-0.1, 0.3), planned=2_000, share=0.5, a_week=40) == 19
    assert weeks_left(told(0.1, 0.3), planned=2_000, share=0.5, a_week=40) == 0
    assert weeks_left(told(-0.2, 0.2), planned=2_000, share=0.5, a_week=40) is None, "no difference is never known"
    assert weeks_left(told(-0.1, 0.3), planned=2_000, share=0.5, a_week=0) is None
    assert weeks_left(told(-0.19, 0.2), planned=2_000, share=0.5, a_week=1) is None, "not within five years"


def test_after_the_planned_number_it_takes_the_next_horizon() -> None:
    """4 points want N = 598 by the first horizon, which ends at 500; 2.8782 * sqrt(1,000) * 0.46 / 0.04 = 1,047 by the
    second, which ends at 1,000; and 3.3528 * sqrt(2,000) * 0.46 / 0.04 = 1,724 by the third: 167.4 weeks from now.
    """
    assert weeks_left(told(-0.16, 0.24), planned=2_000, share=0.5, a_week=40) == 168


def test_read_every_day_it_cries_it_pays_less_often_than_it_may() -> None:
    """400 plays without any difference, 600 customers each, looked at after every tenth. A plain interval is wrong in
    about three of ten; ours may be wrong in one of twenty, and in 400 plays chance brings at most 32 (p = 0.006).
    """
    rng = np.random.default_rng(7)
    treated = rng.random((400, 60, 10)).argsort(axis=2) < 5
    back = rng.random((400, 600)) < 0.3
    many, sums = [np.array([which.reshape(400, 600)]) for which in (treated, ~treated)], []
    counts = np.array(many, float).cumsum(axis=3)[..., 9::10]
    sums = (np.array(many, float) * back).cumsum(axis=3)[..., 9::10]
    means, information, spread = proof.moments(counts, sums, sums)
    difference = np.abs(means[0] - means[1])
    with np.errstate(invalid="ignore", divide="ignore"):
        ours = (difference > height(information, 150) * spread).any(axis=1).sum()
        plain = (difference > norm.isf(0.025) * spread / np.sqrt(information)).any(axis=1).sum()
    assert ours <= 32
    assert plain > 60
