"""Too few complaints, or too many, for the work that was done."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from bench.silence import against, one_volume
from regulars.engines.silence import ENOUGH, MOST_BORROWED, YEAR, Watch, borrowed, watch


def branch(*stretches: tuple[int, int, int], jobs: int = 7) -> Watch:
    """Of so many days, with a complaint every so many days (0 for none), and so many on such a day."""
    came = [many * bool(every and day % every == 0) for days, every, many in stretches for day in range(days)]
    return watch([[jobs] * len(came)], [came])[0]


def test_thirty_days_and_two_hundred_visits_without_a_complaint_are_too_quiet() -> None:
    """About 3% complain: six were expected (CMD-05)."""
    seen = branch((360, 5, 1), (30, 0, 0))
    assert (seen.state, seen.received) == ("quiet", 0)
    assert seen.expected == pytest.approx(6, abs=1)
    assert seen.since in range(355, 362)
    assert seen.chance < 0.01
    assert -1 in seen.raised[360:]


def test_three_times_as_many_are_too_many() -> None:
    seen = branch((360, 5, 1), (30, 5, 3))
    assert (seen.state, seen.received) == ("loud", 18)
    assert seen.chance < 0.001
    assert 1 in seen.raised[360:]
    assert -1 not in seen.raised


def test_what_is_as_ever_is_usual_and_told_of_four_weeks() -> None:
    seen = branch((390, 5, 1))
    assert (seen.state, seen.since, seen.received) == ("usual", 362, 5)
    assert not any(seen.raised)


def test_the_chance_is_that_of_a_binomial_whatever_the_rate() -> None:
    quiet, loud = branch((360, 5, 1), (30, 0, 0)), branch((360, 5, 1), (30, 5, 3))
    for seen, of in ((quiet, 390), (loud, 390)):
        before = math.ceil(seen.since / 5)
        share = (of - seen.since) / of
        fewer = binom.cdf(seen.received, before + seen.received, share)
        more = binom.sf(seen.received - 1, before + seen.received, share)
        assert seen.chance == pytest.approx(more if seen.state == "loud" else fewer)


def test_an_alarm_stands_while_it_is_silent_and_is_raised_once() -> None:
    seen = branch((360, 5, 1), (200, 0, 0))
    assert (seen.state, sum(seen.raised)) == ("quiet", -1)
    assert seen.since in range(355, 362)


def test_it_ends_when_they_come_again_and_another_silence_is_another_alarm() -> None:
    mended = branch((360, 5, 1), (30, 0, 0), (60, 3, 1))
    assert (mended.state, sum(mended.raised)) == ("usual", -1)
    again = branch((360, 5, 1), (30, 0, 0), (60, 3, 1), (40, 0, 0))
    assert (again.state, sum(again.raised)) == ("quiet", -2)
    assert again.since >= 445


def test_days_without_jobs_say_nothing() -> None:
    came, jobs = np.tile([1, 0, 0, 0, 0], 80), np.full(400, 7)
    jobs[-60:] = came[-60:] = 0
    seen = watch([jobs], [came])[0]
    assert (seen.state, seen.expected, seen.received, seen.chance) == ("usual", 0, 0, 1)
    assert (seen.weeks[-1].lower, seen.weeks[-1].upper) == (0, 0)


def test_whoever_mended_a_silence_hands_in_its_days_without_jobs_and_the_alarm_is_over() -> None:
    came, jobs = np.tile([1, 0, 0, 0, 0], 82), np.full(410, 7)
    came[360:390] = 0
    seen = watch([jobs], [came])[0]
    assert seen.state == "quiet", "four that came since are not yet enough"
    jobs[seen.since : 390] = came[seen.since : 390] = 0
    assert watch([jobs], [came])[0].state == "usual"


def test_less_work_brings_fewer_complaints_and_no_alarm() -> None:
    came, jobs = np.tile([1, 0, 0, 0, 0], 80), np.full(400, 7)
    jobs[-60:], came[-60:] = 1, 0
    assert watch([jobs], [came])[0].state == "usual"


def test_too_little_history_says_so() -> None:
    known, unknown = branch((20, 4, 1), (90, 0, 0)), branch((16, 4, 1), (94, 0, 0))
    assert (known.state, unknown.state) == ("quiet", "too_few")
    assert ENOUGH == 5
    assert math.isnan(branch((20, 0, 0), jobs=0).expected)
    assert branch((20, 0, 0), jobs=0).weeks[-1].received == 0


def test_a_new_branch_borrows_from_the_others() -> None:
    """Three branches alike lend ten complaints of 350 jobs; by them a month of silence at the fourth is too quiet."""
    prior = borrowed([3500, 7000, 1750, 0], [100, 200, 50, 0])
    assert prior == pytest.approx((MOST_BORROWED, 350))
    assert watch([[7] * 40], [[0] * 40])[0].state == "too_few"
    alone = watch([[7] * 40], [[0] * 40], prior=prior)[0]
    assert (alone.state, alone.received) == ("quiet", 0)
    assert alone.expected == pytest.approx(8, abs=0.5)


def test_branches_that_differ_lend_little_and_one_lends_nothing() -> None:
    """1% and 9%: Marshall's moments give a mean of 0.05 and a variance of 0.0016 - 0.00005, which is a shape of 1.6."""
    assert borrowed([1000, 1000], [10, 90]) == pytest.approx((0.0025 / 0.00155, 0.05 / 0.00155))
    assert borrowed([1000], [10]) == borrowed([1000, 500], [0, 0]) == borrowed([], []) == (0, 0)


def test_who_accepts_more_false_alarms_is_told_sooner() -> None:
    came = np.append(np.tile([1, 0, 0, 0, 0], 72), np.zeros(60))
    first = [watch([[7] * 420], [came], often)[0].raised.index(-1) for often in (0.2, 1, 3)]
    assert first == sorted(first, reverse=True)
    assert len(set(first)) == 3


def test_a_week_has_a_lower_and_an_upper_limit() -> None:
    weeks = branch((728, 1, 4)).weeks
    assert len(weeks) == 104
    assert math.isnan(weeks[0].expected)
    assert math.isnan(weeks[0].upper)
    assert (weeks[-1].expected, weeks[-1].received) == (pytest.approx(28), 28)
    assert weeks[-1].lower == pytest.approx(28 - 3 * 28**0.5, abs=2.5)
    assert weeks[-1].upper == pytest.approx(28 + 3 * 28**0.5, abs=2.5)


@pytest.mark.parametrize(
    ("jobs", "came", "often"),
    [
        ([7, 7], [1, 0], 1),
        ([[7, 7]], [[1]], 1),
        ([[]], [[]], 1),
        ([[-7]], [[1]], 1),
        ([[7]], [[-1]], 1),
        ([[7]], [[1]], 0),
    ],
)
def test_what_cannot_be_is_refused(jobs: list[object], came: list[object], often: float) -> None:
    with pytest.raises(ValueError, match=r"fewer than none|a row of jobs"):
        watch(jobs, came, often)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000), st.sampled_from([0.1, 3.0, 40.0]))
def test_how_work_is_counted_does_not_matter_nor_who_stands_beside(seed: int, unit: float) -> None:
    luck = np.random.default_rng(seed)
    jobs = luck.integers(1, 20, (2, 200))
    came = luck.poisson(jobs * 0.05 * (np.arange(200) < 150))
    both, other = watch(jobs, came), watch(jobs[:1] * unit, came[:1])[0]
    assert (both[0].state, both[0].since, both[0].raised) == (other.state, other.since, other.raised)
    assert both[0].chance == pytest.approx(other.chance)


def test_it_cries_wolf_as_often_as_was_asked_and_sees_as_soon_as_one_who_knows_the_rate() -> None:
    """Sixty made-up branches with 20 complaints a month: three years in peace, then half is lost, or all."""
    answers = one_volume(20, seed=5, years=3, many=60)
    assert answers["ours"][0] == pytest.approx(1, abs=0.3)
    times, least, chart = (answers[name][1] for name in ("ours", "bound", "c same"))
    assert times[0.5].mean() <= 1.35 * least[0.5].mean()
    assert times[0.5].mean() <= 0.5 * chart[0.5].mean()
    assert against(answers, "c same")[1] <= 0.5
    assert times[1.0].max() < 4
    assert YEAR == 52 * 7
