"""How unevenly a sum lies."""

import numpy as np

from regulars.engines.spread import spread, top_share


def test_the_groups_have_round_edges_and_hold_everybody_once() -> None:
    found = spread([0, 99, 100, 150, 999, 12_345], unit=100)
    assert found.edges == [0, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000]
    assert found.counts == [2, 2, 0, 1, 0, 0, 0, 1]
    assert sum(found.sums) == 13_693


def test_the_smallest_share_one_group_when_there_would_be_too_many() -> None:
    found = spread([1, 10_000_000], groups=4)
    assert found.edges == [0, 2_000_000, 5_000_000, 10_000_000, 20_000_000]
    assert found.counts == [1, 0, 0, 1]


def test_the_richest_tenth_hold_what_they_hold() -> None:
    amounts = [910] + [10] * 9
    assert top_share(amounts, 0.1) == 0.91
    assert top_share(amounts, 0) == 0
    assert top_share(amounts, 1) == 1
    assert top_share(np.array(amounts)[::-1], 0.2) == 0.92


def test_the_curve_rises_from_nothing_to_everything() -> None:
    curve = spread([5, 1, 1, 1, 1, 1]).curve
    assert curve[0] == 0
    assert curve[-1] == 1
    assert curve == sorted(curve)


def test_debts_count_as_nothing() -> None:
    assert spread([-500, 100]).sums == spread([0, 100]).sums
    assert top_share([-500, 100], 0.5) == 1


def test_nobody_has_nothing() -> None:
    found = spread([])
    assert (found.edges, found.counts, found.sums) == ([0, 1], [0], [0])
    assert set(found.curve) == {0.0}
    assert top_share([], 0.1) == 0
