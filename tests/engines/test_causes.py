"""Whether a change helped, and which few causes make most of the harm."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.engines.causes import CHANCE, pareto, recurrence

FEW, JOBS = st.integers(0, 40), st.integers(1, 5000)


def test_one_complaint_from_work_done_after_the_change_and_it_is_back() -> None:
    seen = recurrence(21, 3011, 1, 800)
    assert (seen.verdict, seen.more_jobs) == ("back", None)
    assert seen.expected == pytest.approx(5.58, abs=0.005)
    assert seen.by_chance < CHANCE, "rarer than it was, and back all the same"


def test_it_is_gone_when_none_came_and_chance_would_bring_that_once_in_twenty() -> None:
    """Four in 500 jobs before: (500 / 1057)**4 = 0.0501 and (500 / 1058)**4 = 0.0499."""
    assert (recurrence(4, 500, 0, 557).verdict, recurrence(4, 500, 0, 557).more_jobs) == ("no_proof", 1)
    assert (recurrence(4, 500, 0, 558).verdict, recurrence(4, 500, 0, 558).more_jobs) == ("gone", 0)


def test_what_was_seen_once_in_twenty_jobs_needs_many_more_jobs_without_it() -> None:
    """The old rate is uncertain too: by the rate alone 60 jobs would do, three of them expected."""
    assert recurrence(1, 20, 0, 0).more_jobs == 20 * 19
    assert recurrence(1, 20, 0, 60).verdict == "no_proof"
    assert recurrence(1, 20, 0, 60).more_jobs == 320


def test_what_was_never_seen_before_cannot_be_gone() -> None:
    assert (recurrence(0, 100, 0, 9999).verdict, recurrence(0, 100, 0, 9999).more_jobs) == ("no_proof", None)
    assert recurrence(0, 100, 2, 100).verdict == "back"
    assert recurrence(0, 100, 2, 100).ratio == math.inf
    assert (recurrence(0, 100, 2, 100).lower, recurrence(0, 100, 2, 100).upper) == (
        pytest.approx(0.1878, abs=1e-4),
        math.inf,
    )


def test_on_the_day_of_the_change_nothing_is_known() -> None:
    today = recurrence(3, 100, 0, 0)
    assert (today.verdict, today.expected, today.more_jobs, today.chance) == ("no_proof", 0, 172, 1)
    assert (math.isnan(today.ratio), today.lower, today.upper) == (True, 0, math.inf)


def test_a_process_without_a_past() -> None:
    assert math.isnan(recurrence(0, 0, 0, 50).expected)
    assert recurrence(0, 0, 0, 50).verdict == "no_proof"
    assert recurrence(0, 0, 3, 50).verdict == "back"


@pytest.mark.parametrize("counts", [(1, 0, 0, 5), (0, 5, 1, 0), (-1, 5, 0, 5), (0, 5, 0, -5)])
def test_complaints_without_jobs_are_refused(counts: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="without jobs"):
        recurrence(*counts)


@given(st.integers(1, 40), JOBS)
def test_after_just_so_many_more_jobs_it_is_gone_and_not_before(before: int, jobs: int) -> None:
    more = recurrence(before, jobs, 0, 1).more_jobs
    assert recurrence(before, jobs, 0, 1 + more).verdict == "gone"
    assert more == 0 or recurrence(before, jobs, 0, more).verdict == "no_proof"


@given(FEW, JOBS, FEW, JOBS)
def test_the_interval_holds_the_ratio_and_turns_with_the_sides(x0: int, n0: int, x1: int, n1: int) -> None:
    seen, turned = recurrence(x0, n0, x1, n1), recurrence(x1, n1, x0, n0)
    if x0 + x1:
        assert seen.lower <= seen.ratio <= seen.upper
        assert seen.chance == pytest.approx(turned.chance)
        assert seen.upper == (pytest.approx(1 / turned.lower) if turned.lower else math.inf)


def test_the_interval_holds_the_truth_at_least_95_times_of_100() -> None:
    luck = np.random.default_rng(3)
    before, after = luck.poisson(6, 2000), luck.poisson(2, 2000)
    within = [
        seen.lower <= 0.5 <= seen.upper
        for seen in (recurrence(int(a), 900, int(b), 600) for a, b in zip(before, after, strict=True))
    ]
    assert np.mean(within) >= 0.95


def test_which_few_causes_make_most() -> None:
    harm = pareto([5, 1, 80, 14])
    assert harm.places == [2, 3, 0, 1]
    assert harm.shares == pytest.approx([0.80, 0.94, 0.99, 1])
    assert harm.few == 1
    assert pareto([5, 2, 79, 14]).few == 2


def test_equal_causes_keep_their_order_and_no_harm_is_made_by_none() -> None:
    assert (pareto([1] * 10).places, pareto([1] * 10).few) == (list(range(10)), 8)
    assert pareto([0, 0]).few == pareto([]).few == 0
    assert pareto([0, 0]).shares == [0, 0]
