"""The promise engine: what it suggests, what it admits not to know, and that the share holds when the process moves."""

import json

import numpy as np
import numpy.typing as npt
import pytest

from regulars.engines.promising import ENOUGH, Jobs, Learned, busyness, learn

SHARES = (0.8, 0.9, 0.95)


def some(n: int = 400, *, seed: int = 1, factor: npt.ArrayLike = 1.0) -> tuple[Jobs, npt.NDArray[np.float64]]:
    """Jobs of four kinds over 200 days, in hours; and the moments of opening."""
    draw = np.random.default_rng(seed)
    opened = np.sort(draw.uniform(0, 200 * 24, n))
    kind = draw.choice([3, 7, 8, 900], n, p=[0.5, 0.3, 0.15, 0.05])
    took = np.array([10.0, 30, 80, 5])[np.searchsorted([3, 7, 8, 900], kind)] * np.exp(draw.normal(0, 0.8, n)) * factor
    return Jobs(kind, opened, opened + took, took, (opened // 24).astype(int) % 7), opened


def until(jobs: Jobs, now: float, many: int | None = None) -> Jobs:
    """What was known at that moment."""
    here = np.asarray(jobs.opened) <= now
    kind, opened, finished, took, weekday = (
        np.asarray(column)[here][:many] for column in (jobs.kind, jobs.opened, jobs.finished, jobs.took, jobs.weekday)
    )
    return Jobs(kind, opened, np.where(finished <= now, finished, np.nan), np.minimum(took, now - opened), weekday)


def suggested(learned: Learned, share: float = 0.9, kind: int = 3, busy: float = 3, weekday: int = 2) -> float:
    took = learned.suggest(kind, busy, weekday, share).took
    assert took is not None
    return took


def test_without_a_finished_job_nothing_is_suggested() -> None:
    jobs, opened = some(5)
    learned = learn(until(jobs, float(opened[0])), float(opened[0]))
    answer = learned.suggest(3, 0, 0, 0.9)
    assert (answer.took, answer.based_on, answer.borrowed, answer.cautious) == (None, 0, 1.0, True)
    assert Learned.from_plain(json.loads(json.dumps(learned.as_plain()))) == learned


def test_few_jobs_are_too_few_to_tell_and_a_margin_is_added() -> None:
    jobs, _ = some(5)
    answer = learn(jobs, 1e9).suggest(3, 0, 0, 0.9)
    assert answer.cautious
    assert answer.took is not None
    assert answer.took >= 1.5 * np.max(np.asarray(jobs.took)), "five jobs can vouch for five times in six at most"
    assert learn(jobs, 1e9).suggest(3, 0, 0, 0.5).took < answer.took  # type: ignore[operator]
    assert not learn(some(ENOUGH)[0], 1e9).suggest(3, 0, 0, 0.9).cautious


def test_each_kind_has_its_own_time_and_a_rare_one_borrows() -> None:
    learned = learn(some(2000)[0], 1e9)
    plain, slow, rare, unseen = (learned.suggest(kind, 10, 2, 0.9) for kind in (3, 8, 900, 55))
    assert plain.took == pytest.approx(10 * np.exp(0.8 * 1.2816), rel=0.2)
    assert slow.took == pytest.approx(80 * np.exp(0.8 * 1.2816), rel=0.3)
    assert plain.borrowed < slow.borrowed < rare.borrowed < unseen.borrowed == 1.0
    assert plain.based_on > slow.based_on > rare.based_on > unseen.based_on == 0


def test_a_higher_share_is_never_a_shorter_time() -> None:
    learned = learn(some()[0], 1e9)
    times = [suggested(learned, share) for share in np.linspace(0.4, 1, 200)]
    assert times == sorted(times)
    assert times[0] == suggested(learned, 0.5)
    assert times[-1] == suggested(learned, 0.99)


def test_a_busy_branch_and_a_slow_day_take_longer() -> None:
    jobs, opened = some(3000)
    busy = np.random.default_rng(2).integers(0, 30, 3000)
    took = np.asarray(jobs.took) * (1 + busy) / 10 * np.where(np.asarray(jobs.weekday) == 4, 3, 1)
    learned = learn(Jobs(jobs.kind, opened, opened + took, took, jobs.weekday, busy), 1e9)
    assert suggested(learned, busy=20) > 1.5 * suggested(learned, busy=5)
    assert suggested(learned, weekday=4) == pytest.approx(3 * suggested(learned, weekday=3), rel=0.3)


def test_open_jobs_are_heard() -> None:
    """Everything opened in the last weeks is stuck: the finished ones among them are the quick ones."""
    jobs, opened = some(1500, factor=np.where(np.arange(1500) > 1400, 9, 1))
    now = float(opened[1450])
    known = until(jobs, now)
    done = ~np.isnan(np.asarray(known.finished))
    columns = (known.kind, known.opened, known.finished, known.took, known.weekday, np.zeros(1451))
    heard, deaf = Jobs(*columns), Jobs(*(np.asarray(column)[done] for column in columns))
    assert suggested(learn(heard, now)) > 1.3 * suggested(learn(deaf, now))


def test_what_lies_ahead_is_not_known() -> None:
    jobs, opened = some()
    now = float(opened[200])
    assert learn(jobs, now, SHARES).as_plain() != learn(jobs, 1e9, SHARES).as_plain()
    busy = busyness(opened, np.asarray(jobs.finished))
    took = np.where(opened > now, 9999, jobs.took)
    later, same = (Jobs(jobs.kind, opened, jobs.finished, one, jobs.weekday, busy) for one in (took, jobs.took))
    assert learn(later, now).as_plain() == learn(same, now).as_plain()


@pytest.mark.parametrize(
    "took", [np.zeros(60), np.full(60, 8.0), np.repeat([0.0, 8.0], 30), np.repeat([8.0, 80.0], 30)]
)
def test_the_same_time_over_and_over(took: npt.NDArray[np.float64]) -> None:
    """All at once, all in one day: the promise is that very time, not a hair less."""
    opened = np.arange(60) * 24.0
    zeros = np.zeros(60, int)
    learned = learn(Jobs(zeros, opened, opened + took, took, zeros, zeros), 1e9)
    stored = Learned.from_plain(json.loads(json.dumps(learned.as_plain())))
    for one in (learned, stored):
        assert suggested(one, 0.8, 0, 0, 0) >= took.max() * 0.999999
        assert (took <= suggested(one, 0.95, 0, 0, 0)).all()


def test_it_goes_to_json_and_back_and_is_small() -> None:
    draw = np.random.default_rng(3)
    jobs, opened = some(3000)
    learned = learn(Jobs(draw.integers(0, 200, 3000), opened, jobs.finished, jobs.took, jobs.weekday), 1e9)
    text = json.dumps(learned.as_plain())
    assert len(text) < 40_000
    back = Learned.from_plain(json.loads(text))
    assert suggested(back, kind=5) == pytest.approx(suggested(learned, kind=5), rel=2e-4)
    assert back.as_plain() == learned.as_plain()


def test_jobs_that_were_open_are_counted() -> None:
    assert busyness(np.array([0.0, 1, 2, 3]), np.array([2.0, np.inf, 9, 9])).tolist() == [0, 1, 1, 2]


def test_when_nothing_was_opened_since_the_first_were_finished_there_is_no_past_to_promise_again() -> None:
    """Sixty jobs taken in on one morning."""
    took = np.arange(1.0, 61)
    learned = learn(Jobs(np.zeros(60, int), np.zeros(60), took, took, np.zeros(60, int)), 1e9)
    assert learned.replayed == 0
    assert 50 <= suggested(learned, 0.9, 0, 0, 0) <= 60
