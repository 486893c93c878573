"""A light is lit only where the whole interval lies on one side of the goal; a group stands out only beyond chance."""

import pytest

from regulars.engines import surveys


@pytest.mark.parametrize(
    ("hits", "of", "light"),
    [
        (0, 0, "none"),
        (10, 10, "amber"),  # 69% to 100%
        (36, 36, "green"),  # 90.3% to 100%: the exact interval's edge for 90% is 35 or 36 of as many
        (35, 35, "amber"),  # 90.0% is not reached: 89.998%
        (160, 200, "red"),  # 73.8% to 85.3%
        (174, 200, "amber"),  # 81.5% to 91.3%
    ],
)
def test_the_light_of_a_goal_of_ninety_in_a_hundred(hits: int, of: int, light: str) -> None:
    assert surveys.light(hits, of, 0.9) == light


def test_a_group_stands_out_against_the_others_as_fisher_reckons_it() -> None:
    """The lady tasting tea: 3 of 4 against 1 of 4 has p = 0.486; 9 of 10 against 1 of 10 has p = 0.0011."""
    assert surveys.stands_out([(3, 4), (1, 4)]) == [0, 0]
    assert surveys.stands_out([(9, 10), (1, 10)]) == [1, -1]


def test_alone_or_empty_nobody_stands_out() -> None:
    assert surveys.stands_out([]) == []
    assert surveys.stands_out([(1, 10)]) == [0]
    assert surveys.stands_out([(0, 0), (5, 10), (5, 10)]) == [0, 0, 0]


def test_the_more_groups_the_less_likely_each_must_be() -> None:
    """2 of 12 against the rest has p = 0.0227: beyond chance between two groups, within it among eight."""
    two = [(2, 12), (48, 90)]
    eight = [(2, 12), *[(7, 13)] * 6, (6, 12)]
    assert surveys.stands_out(two) == [-1, 1]
    assert surveys.stands_out(eight)[0] == 0
