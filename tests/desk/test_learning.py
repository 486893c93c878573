"""The engine learns from a branch's own jobs, in opening hours, and is held to what it promised."""

from datetime import timedelta
from typing import Any

import pytest

from regulars.desk import forecast, kept, learning
from regulars.desk.pen import Pen
from regulars.engines.promising import Learned, Score
from regulars.jobs import promises as jobs
from regulars.record import moves, promises, work
from regulars.record.branches import Branch
from regulars.record.forecasts import Forecast
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY, HOUR

PEN = Pen("EUR", "en")


def history(garage: House, number: int, *, hours: float = 2, kind: str = "Brakes that hold") -> None:
    """So many jobs on so many Mondays, each of so many hours."""
    Branch.objects.update(keeps_public_holidays=False)
    her = shop.customer(garage, f"Customer of {kind}")
    for week in range(number):
        at = MONDAY - timedelta(weeks=number - week)
        job = shop.job(garage, her, at=at, due=at + 4 * HOUR, kind=kind)
        work.finish(job, by=garage.front_line, at=at + (hours + 0.01 * (week % 7)) * HOUR, told=True)


def test_it_learns_the_time_of_each_kind_from_its_own_jobs(garage: House, salon: House) -> None:
    with salon.work():
        history(salon, 5, hours=7)
    with garage.work():
        history(garage, 40)
        history(garage, 40, hours=5, kind="Engines that run")
        found = learning.learn(Branch.objects.get(), at=MONDAY)
        learned = Learned.from_plain(Forecast.objects.get().learnt["engine"])
        [branch] = forecast.branches(garage.business, at=MONDAY)
    assert found.jobs == 80
    brakes, engines = (line.suggestion for line in branch.lines)
    assert [line.kind.name for line in branch.lines] == ["Brakes that hold", "Engines that run"]
    assert brakes.took is not None
    assert engines.took is not None
    assert 120 <= brakes.took < engines.took <= 330
    assert (brakes.based_on, brakes.cautious) == (40, False)
    assert learned.suggest(99, 0, 0, 0.9).borrowed == 1  # a kind that nobody has done yet takes from all


def test_with_little_history_it_says_so(garage: House) -> None:
    with garage.work():
        history(garage, 3)
        learning.learn(Branch.objects.get(), at=MONDAY)
        [branch] = forecast.branches(garage.business, at=MONDAY)
    assert branch.lines[0].suggestion.cautious
    assert branch.lines[0].suggestion.took is not None
    assert branch.lines[0].suggestion.took > 120


def test_with_no_history_it_promises_nothing(garage: House) -> None:
    with garage.work():
        learning.learn(Branch.objects.get(), at=MONDAY)
        shop.job(garage, shop.customer(garage))
        learning.learn(Branch.objects.get(), at=MONDAY + HOUR)
        [branch] = forecast.branches(garage.business, at=MONDAY + HOUR)
    assert branch.busy == 1
    assert branch.lines[0].suggestion.took is None


def test_time_in_which_we_waited_for_her_is_not_learnt(garage: House) -> None:
    with garage.work():
        job = shop.job(garage, shop.customer(garage), due=MONDAY + 7 * HOUR)
        moves.wait(job.promises.get(), why="Her yes", by=garage.front_line, at=MONDAY + HOUR)
        [taken] = learning._taken(job.branch, [job], MONDAY + 5 * HOUR)
        assert taken == 60
        moves.go_on(job.promises.get(), by=garage.front_line, at=MONDAY + 5 * HOUR)
        work.finish(job, by=garage.front_line, at=MONDAY + 6 * HOUR, told=True)
        assert learning._taken(job.branch, [job], MONDAY + 6 * HOUR) == [120]


def test_the_night_learns_for_every_branch_of_every_business(garage: House, salon: House) -> None:
    jobs.learn(MONDAY)
    for house in (garage, salon):
        with house.work():
            assert Forecast.objects.get().learnt_at == MONDAY
    jobs.learn(MONDAY + DAY)
    with garage.work():
        assert Forecast.objects.get().learnt_at == MONDAY + DAY


def test_it_is_held_to_the_time_that_was_told_first(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        shop.promise(garage, her)  # somebody's own time
        early, moved, late = (shop.promise(garage, her, share=0.9) for _ in range(3))
        shop.promise(garage, her, share=0.9)  # never kept
        shop.promise(garage, her, share=0.9, due=MONDAY + 4 * DAY)  # not due yet
        gone = shop.promise(garage, her, share=0.9)
        promises.keep(early, by=garage.front_line, at=MONDAY + HOUR, told=True)
        moves.move(moved, to=MONDAY + DAY, reason="No pads", told=True, by=garage.front_line, at=MONDAY + HOUR)
        promises.keep(moved, by=garage.front_line, at=MONDAY + 6 * HOUR, told=True)
        promises.keep(late, by=garage.front_line, at=MONDAY + 5 * HOUR, told=True)
        promises.drop(gone, why="Sold the car", by=garage.front_line, at=MONDAY)
        [score] = learning.scores(at=MONDAY + 2 * DAY)
    assert (score.share, score.kept, score.due) == (0.9, 1, 4)


def test_nobody_took_a_time_yet(garage: House) -> None:
    with garage.work():
        assert learning.scores(at=MONDAY) == []
        assert forecast.kept(at=MONDAY) == []


@pytest.mark.parametrize(
    ("verdict", "words", "drifted"),
    [
        ("too_few", "too few to tell yet", False),
        ("as_promised", "as promised", False),
        ("kept_less", "fewer than promised lately", True),
        ("kept_more", "more than promised lately", True),
    ],
)
def test_drift_is_said_in_words(verdict: Any, words: str, drifted: bool) -> None:
    score = Score(0.9, 100, 80, 0.8, 0.7, 0.87, 100, 80, verdict)
    one = forecast.Kept(score, forecast.verdict(score))
    assert words in one.verdict
    assert one.has_drifted is drifted


def weeks(*shares: float) -> list[Any]:
    return [(MONDAY.date() + timedelta(weeks=i), round(50 * share), 50) for i, share in enumerate(shares)]


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ((0.9,) * 3, "From eight weeks on one can tell"),
        ((0.9, 0.88, 0.92, 0.9, 0.9, 0.92, 0.88, 0.9), "The ups and downs are chance"),
        ((0.9,) * 9 + (0.5,), "lately fewer: that is not chance"),
        ((0.6,) * 9 + (0.98,), "lately more: that is not chance"),
    ],
)
def test_the_chart_says_what_it_shows(shares: tuple[float, ...], words: str) -> None:
    chart = kept.chart(PEN, weeks(*shares))
    assert chart is not None
    assert words in chart.caption
    assert len(chart.dots) == len(shares)
    assert any(signal for _x, _y, signal in chart.dots) is ("lately" in words)
    assert len(chart.table.rows) == len(shares)


def test_one_week_is_no_chart() -> None:
    assert kept.chart(PEN, weeks(0.9)) is None
