"""Charts: from numbers to places on paper."""

import pytest

from regulars.desk import charts

TABLE = charts.Table(["Group", "Customers"], [["up to 10", "3"]])


def test_the_longest_bar_takes_the_whole_width_and_a_debt_none() -> None:
    drawn = charts.bars("b", "Half.", [("a", "10", 10), ("b", "5", 5), ("c", "-1", -1)], TABLE)
    assert [bar.part for bar in drawn.bars] == [100, 50, 0]
    assert [bar.y for bar in drawn.bars] == [0, 40, 80]
    assert drawn.height == 120


def test_second_bars_share_the_measure_of_the_first() -> None:
    drawn = charts.bars("b", "", [("a", "10", 10)], TABLE, others=[20], legend=["said", "came"])
    assert (drawn.bars[0].part, drawn.bars[0].other) == (50, 100)


def test_bars_of_nothing_are_drawn_as_nothing() -> None:
    assert charts.bars("b", "", [], TABLE).height == 0
    assert charts.bars("b", "", [("a", "0", 0)], TABLE).bars[0].part == 0


def test_a_line_begins_on_the_left_and_ends_on_the_right() -> None:
    drawn = charts.line("l", "", [0, 1, 2], TABLE, labels=["now", "then"], marks=[(0, "0"), (2, "2")])
    assert drawn.curve == "46.0,186.0 203.0,98.0 360.0,10.0"
    assert drawn.across == [(46.0, "now"), (360.0, "then")]
    assert drawn.up == [(186.0, "0"), (10.0, "2")]
    assert (drawn.band, drawn.other) == ("", "")


def test_a_band_goes_there_above_and_back_below() -> None:
    drawn = charts.line("l", "", [1, 1], TABLE, labels=["a"], marks=[(2, "2")], band=([0, 0], [2, 2]), other=[2, 2])
    assert drawn.band == "46.0,10.0 360.0,10.0 360.0,186.0 46.0,186.0"
    assert drawn.other == "46.0,10.0 360.0,10.0"
    assert drawn.across == [(46.0, "a")]


def test_a_line_through_nothing_is_drawn() -> None:
    assert charts.line("l", "", [0], TABLE, labels=[], marks=[]).curve == "46.0,186.0"


def test_the_area_of_a_square_is_the_share() -> None:
    [(_, _, cells)] = charts.heat(
        "h", "", ["Quarter"], [("2026 Q1", "4", [(1, "100 %", "4"), (0.25, "25 %", "1"), (0, "0 %", "0")])]
    ).rows
    assert [(cell.side, cell.place) for cell in cells] == [(22, 0), (11, 5.5), (0, 11)]


@pytest.mark.parametrize(
    ("highest", "marks"),
    [
        (0, [0, 1]),
        (-5, [0, 1]),
        (10, [0, 5, 10]),
        (1, [0, 0.5, 1]),
        (7_000_000, [0, 2_500_000, 5_000_000, 7_500_000]),
    ],
)
def test_marks_are_round_and_reach_above_the_highest(highest: float, marks: list[float]) -> None:
    assert charts.ticks(highest) == pytest.approx(marks)
