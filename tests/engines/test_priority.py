"""What is most at stake comes first; what is due comes before what can wait; ties always fall the same way."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from regulars.engines.priority import OVERDUE_MOST, order, urgency


def test_the_most_at_stake_comes_first() -> None:
    found = order([100, 900, 500], [0.2] * 3, [7] * 3, [0] * 3, ["a", "b", "c"])
    assert found.places.tolist() == [1, 2, 0]
    assert found.weight.tolist() == [20, 180, 100]


def test_a_smaller_sum_that_a_call_can_change_outweighs_a_larger_that_it_cannot() -> None:
    assert order([1000, 400], [0.1, 0.5], [7, 7], [0, 0], [1, 2]).places.tolist() == [1, 0]


def test_what_is_due_comes_before_what_can_wait() -> None:
    assert urgency([30, 7, 0, -7, -700]).tolist() == [1, 1, 2, 3, 1 + OVERDUE_MOST]
    assert order([100, 100], [1, 1], [6, 0], [0, 0], [1, 2]).places.tolist() == [1, 0]


def test_among_equals_whoever_waited_longest_and_then_the_key() -> None:
    assert order([5] * 3, [1] * 3, [3] * 3, [1, 4, 1], ["b", "a", "a2"]).places.tolist() == [1, 2, 0]


def test_nothing_to_do_is_an_empty_order() -> None:
    assert order([], [], [], [], []).places.tolist() == []


@given(
    st.lists(st.tuples(st.integers(-5, 10**9), st.floats(0, 1), st.integers(-50, 50), st.integers(0, 9)), max_size=30)
)
def test_the_order_of_the_rows_changes_nothing(rows: list[tuple[int, float, int, int]]) -> None:
    keys = [f"{place:03}" for place in range(len(rows))]
    columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], [], []]
    straight = [keys[place] for place in order(*columns, keys).places]
    turned = order(*(column[::-1] for column in columns), keys[::-1])
    assert [keys[::-1][place] for place in turned.places] == straight
    assert (np.diff(turned.weight[turned.places]) <= 0).all()
