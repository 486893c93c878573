"""A history that streams by gives the summary that it gives as a whole."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.engines.fitting import HeldOut
from regulars.engines.lifetime import Summary, summarise
from regulars.engines.tally import Tally

Line = tuple[int, int, float]


def streamed(lines: list[Line], parts: int, cut: int | None = None) -> Tally:
    tally = Tally(10, cut)
    for days in np.array_split(np.arange(61), parts):
        some = [line for line in lines if line[1] in days]
        codes, when, amounts = zip(*some, strict=True) if some else ((), (), ())
        tally.add(np.array(codes, np.int64), np.array(when, np.int64), np.array(amounts, np.float64))
    return tally


def whole(lines: list[Line], until: int) -> Summary:
    codes, days, amounts = zip(*lines, strict=True) if lines else ((), (), ())
    return summarise(np.array(codes, int), np.array(days, int), np.array(amounts, float), until)


LINES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 60), st.integers(-50, 200).map(float)), max_size=80)


@given(LINES, st.integers(1, 5))
def test_it_is_the_same_summary(lines: list[Line], parts: int) -> None:
    found, expected = streamed(lines, parts).summary(60), whole(lines, 60)
    for field in fields(Summary):
        np.testing.assert_allclose(getattr(found, field.name), getattr(expected, field.name), err_msg=field.name)


@given(LINES, st.integers(1, 5), st.integers(1, 59))
def test_what_is_held_out_is_what_came_after_the_cut(lines: list[Line], parts: int, cut: int) -> None:
    held_out = streamed(lines, parts, cut).held_out(60)
    before = whole([line for line in lines if line[1] <= cut], cut)
    if held_out is None:
        assert not len(before) or all(day <= cut for _, day, _ in lines)
        return
    np.testing.assert_array_equal(held_out.summary.customer, before.customer)
    np.testing.assert_allclose(held_out.summary.mean_spend, before.mean_spend)
    came = [
        len({day for who, day, sum_ in lines if who == code and day > cut and sum_ >= 0}) for code in before.customer
    ]
    assert (held_out.visits.tolist(), held_out.days) == (came, 60 - cut)


def test_a_sample_is_held_out_of_many() -> None:
    many = 50_000
    tally = Tally(many, 5)
    codes = np.arange(many)
    tally.add(np.tile(codes, 2), np.repeat([1, 9], many), np.ones(2 * many))
    held_out = tally.held_out(9)
    assert isinstance(held_out, HeldOut)
    assert held_out.summary.customer.tolist() == codes[::2].tolist()
    assert (held_out.visits == 1).all()


def test_days_do_not_go_back() -> None:
    tally = Tally(2)
    tally.add(np.array([0, 1]), np.array([7, 3]), np.ones(2))
    with pytest.raises(ValueError, match="in their order"):
        tally.add(np.array([0]), np.array([2]), np.ones(1))
