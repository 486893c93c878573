"""What the owner's page tells, number by number."""

from datetime import date

import numpy as np

from regulars.desk import facts, story
from regulars.record.worth import Stage
from tests.cast import House
from tests.history import TODAY, Bought, bring

UNTIL = facts.number(TODAY)


def told(house: House, bought: dict[str, Bought]) -> facts.Facts:
    bring(house, bought)
    with house.work():
        return facts.read(house.business)


def test_four_fifths_of_the_money_can_come_from_those_who_came_once() -> None:
    found = story.revenue(np.array([1, 1, 2, 4, 0]), np.array([4_000, 4_000, 1_000, 1_000, -50]))
    assert found["once"] == {"customers": 2, "spent": 8_000}
    assert found["repeat"] == {"customers": 1, "spent": 1_000}
    assert found["regular"] == {"customers": 1, "spent": 1_000}
    assert found["spent"] == 10_000


def test_a_short_history_is_told_by_months_and_only_months_that_are_over_count(garage: House) -> None:
    known = told(garage, {"Mrs Oja": [(60, 100), (20, 100)], "Mr Sepp": [(45, 100)], "Mrs Kask": [(3, 100)]})
    found = story.who_came_back(known, UNTIL)  # first in January, January and February; today is 2 March
    assert found["by"] == "month"
    assert found["rows"] == [
        {"start": "2026-01-01", "size": 2, "came": [1]},
        {"start": "2026-02-01", "size": 1, "came": []},
    ]


def test_a_month_counts_from_the_evening_of_its_last_day(garage: House) -> None:
    known = told(garage, {"Mrs Oja": [(60, 100), (20, 100)]})
    last = facts.number(date(2026, 2, 28))
    assert story.who_came_back(known, last)["rows"][0]["came"] == [1]
    assert story.who_came_back(known, last - 1)["rows"][0]["came"] == []


def test_a_long_history_is_told_by_quarters(garage: House) -> None:
    known = told(garage, {"Mrs Oja": [(900, 100), (850, 100)], "Mr Sepp": [(100, 100)]})
    found = story.who_came_back(known, UNTIL)
    assert found["by"] == "quarter"
    assert [(row["start"], row["size"]) for row in found["rows"]] == [("2023-07-01", 1), ("2025-10-01", 1)]
    assert found["rows"][0]["came"][0] == 1


def test_at_most_a_dozen_cohorts_and_periods_are_told(garage: House) -> None:
    known = told(garage, {f"Customer {i}": [(i * 100, 100)] for i in range(100)})
    rows = story.who_came_back(known, UNTIL)["rows"]
    assert len(rows) == 12
    assert max(len(row["came"]) for row in rows) <= 12


def test_one_of_three_who_came_stayed(garage: House) -> None:
    known = told(
        garage,
        {"first of all": [(701, 100)], "stayed": [(600, 100), (100, 100)], "left": [(400, 100)], "new": [(5, 100)]},
    )
    found = story.who_stayed(known, UNTIL)
    assert (found["before"], found["again"], found["span"]) == (3, 1, 351)


def test_a_year_is_the_longest_span(garage: House) -> None:
    known = told(garage, {"long ago": [(2_000, 100)]})
    assert story.who_stayed(known, UNTIL) == {"before": 0, "again": 0, "span": 365}


def test_an_empty_history_is_told(garage: House) -> None:
    known = told(garage, {})
    assert story.who_came_back(known, UNTIL) == {"by": "month", "rows": []}
    assert story.who_stayed(known, UNTIL) == {"before": 0, "again": 0, "span": 1}


def test_what_leavers_cost_is_told_month_by_month() -> None:
    stage = np.array([Stage.GONE.value] * 4 + [Stage.SLIPPING.value])
    days = [date(2026, 3, 1), date(2026, 3, 2), date(2026, 2, 28), date(2024, 1, 1), date(2026, 3, 2)]
    since = np.array([facts.number(day) for day in days])
    found = story.leavers(stage, since, np.array([10, 20, 40, 80, 160]), TODAY)
    assert found[0] == {"month": "2026-03-01", "customers": 2, "cost": 30}
    assert found[1] == {"month": "2026-02-01", "customers": 1, "cost": 40}
    assert len(found) == 12
    assert found[11]["month"] == "2025-04-01"


def test_what_was_foretold_is_told_by_how_often_they_had_come_back() -> None:
    found = story.groups_of(np.array([0, 0, 1, 9, 8]), np.array([0.5, 0.25, 1, 3, 4]), np.array([1, 0, 1, 5, 2]))
    assert found == [
        {"times": 0, "customers": 2, "predicted": 0.75, "actual": 1},
        {"times": 1, "customers": 1, "predicted": 1.0, "actual": 1},
        {"times": 7, "customers": 2, "predicted": 7.0, "actual": 7},
    ]
