"""Asks in figures, counted by hand beside; and the times by which a customer usually hears from us."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from regulars.desk import asks as desk
from regulars.desk import handoffs as times
from regulars.kernel.days import OpeningHours
from regulars.record import answers, asks, handoffs, sales
from regulars.record.branches import WORKING_WEEK, Branch
from regulars.record.customers import Customer
from tests.cast import MONDAY, House
from tests.history import bring

DAY = timedelta(days=1)


def figures(garage: House, days: int = 90) -> desk.Figures:
    with garage.work():
        return desk.figures(since=MONDAY - days * DAY, at=MONDAY, currency="EUR")


def told_yes(garage: House, her: Customer, text: str, days_ago: int, **said: Any) -> Any:
    """Heard and answered by the front line on that day; inside `garage.work()`."""
    at, front = MONDAY - days_ago * DAY, garage.front_line
    ask = asks.hear(her, text=text, source="counter", by=front, at=at, branch=said.pop("branch", None))
    return asks.say_yes(ask, how="So", by=said.pop("by", front), at=at, **said)


def test_the_figures_of_a_quarter_counted_by_hand(garage: House) -> None:
    people = bring(
        garage,
        {
            "Mari Oja": [(60, 9_000), (20, 5_000), (10, 4_000), (5, -500)],
            "Jaan Pärn": [(80, 70_000)],
            "Piret Kuusk": [(1, 100)],
        },
    )
    mari, jaan, piret = people.values()
    with garage.work():
        branch, owner, manager = Branch.objects.get(), garage.owner, garage.manager
        told_yes(garage, mari, "A taxi home", 30, cost=500, minutes=15, branch=branch)
        told_yes(garage, mari, "A wheel", 8, cost=300, minutes=0)
        jaans = told_yes(garage, jaan, "Two keys", 40, cost=1_000, minutes=5, by=manager)
        refused = asks.hear(piret, text="The moon", source="phone", by=owner, at=MONDAY - 20 * DAY)
        asks.say_no(refused, reason="Far", instead="A picture", by=owner, at=MONDAY - 19 * DAY)
        asks.hear(piret, text="A star", source="page", by=None, at=MONDAY - DAY)
        told_yes(garage, piret, "Long ago", 91, cost=4_999)
        handoff = handoffs.hand_on(
            jaans, to=manager, hears_by=MONDAY, say="He waits", by=garage.front_line, at=MONDAY - 40 * DAY
        )
        handoffs.take(handoff, by=manager, at=MONDAY - 39 * DAY)
        for ask in (jaans, refused):
            asks.look_after(ask, helped=True, by=owner, at=MONDAY)
    found = figures(garage)
    assert (found.answers.yes, found.answers.no, found.answers.of, found.waiting) == (3, 1, 4, 1)
    assert found.answers.share == 0.75
    assert (found.answers.cost, found.answers.minutes) == (1_800, 20)
    assert found.told_yes == 2
    assert (found.came_back, found.spent) == (1, 8_500), "Mari, after the taxi of 30 days ago: 50 + 40 - 5"
    assert (found.over, found.one_touch, found.one_touch_share) == (2, 1, 0.5), "Jaan met two of us"
    assert (found.asked, found.helped, found.helped_share) == (2, 2, 1.0)
    assert [(name, one.yes, one.of, one.cost) for name, one in found.groups["person"]] == [
        ("Liis Saar", 2, 2, 800),
        ("Jaan Kask", 1, 1, 1_000),
        ("Mari Tamm", 0, 1, 0),
    ]
    assert [(name, one.of) for name, one in found.groups["branch"]] == [(branch.name, 1), ("", 3)]
    assert figures(garage, 30).answers.of == 2, "what was asked on the edge of the period is before it"
    assert figures(garage, 365).answers.yes == 4


def test_a_sale_before_the_yes_or_in_other_money_brings_nothing(garage: House) -> None:
    her = bring(garage, {"Mari Oja": [(30, 9_000)]})["Mari Oja"]
    with garage.work():
        told_yes(garage, her, "A taxi", 29)
    bring(garage, {"Other": [(1, 5_000)]})
    found = figures(garage)
    assert (found.told_yes, found.came_back, found.spent) == (1, 0, 0)
    with garage.work():
        branch = Branch.objects.get()
        sales.record(her, at=MONDAY - DAY, amount=1, branch=branch, by=garage.owner, now=MONDAY)
    assert (figures(garage).came_back, figures(garage).spent) == (1, 1)


def test_nothing_asked_has_no_share(garage: House) -> None:
    found = figures(garage)
    assert (found.answers.share, found.one_touch_share, found.helped_share, found.frequent) == (None, None, None, [])


def test_what_is_asked_often_stands_out_until_it_has_a_standard_answer(garage: House) -> None:
    her = bring(garage, {"Mari Oja": []})["Mari Oja"]
    said = {"source": "counter", "by": garage.front_line}
    with garage.work():
        for days, text in enumerate(
            ("To the metro, please!", "Wash it", "Drive me to the metro", "A lift to the metro")
        ):
            asks.hear(her, text=text, at=MONDAY - (days + 1) * DAY, **said)
    assert figures(garage).frequent == [("A lift to the metro", 3)]
    with garage.work():
        known = answers.add(asked="A ride to the metro", how="We drive", by=garage.owner, at=MONDAY)
        assert desk.figures(since=MONDAY - 9 * DAY, at=MONDAY, currency="EUR").frequent == []
        answers.retire(known, by=garage.owner, at=MONDAY)
    assert figures(garage).frequent == [("A lift to the metro", 3)]


def test_the_figures_take_five_queries_at_any_size(garage: House, django_assert_num_queries: Any) -> None:
    her = bring(garage, {"Mari Oja": [(1, 100)]})["Mari Oja"]
    for size in (1, 30):
        with garage.work():
            for i in range(size):
                told_yes(garage, her, f"Thing {i}", 2)
            with django_assert_num_queries(5):
                desk.figures(since=MONDAY - 9 * DAY, at=MONDAY, currency="EUR")


@pytest.mark.parametrize(
    ("at", "wanted"),
    [
        (datetime(2026, 3, 2, 8, 30, tzinfo=UTC), ["11:30", "18:00", "10:00", "18:00"]),
        (datetime(2026, 3, 2, 15, 30, tzinfo=UTC), ["18:30", "10:00", "18:00", "10:00"]),
        (datetime(2026, 3, 6, 22, 0, tzinfo=UTC), ["01:00", "10:00", "18:00", "10:00"]),
    ],
)
def test_usual_times_are_in_an_hour_and_when_we_are_there(at: datetime, wanted: list[str]) -> None:
    hours = OpeningHours("Europe/Tallinn", WORKING_WEEK)
    found = times.usual_times(hours, at, "Europe/Tallinn")
    assert [moment.strftime("%H:%M") for _words, moment in found] == wanted
    assert all(moment >= at + timedelta(hours=1) for _words, moment in found)


def test_a_branch_that_never_opens_leaves_the_hour() -> None:
    [(words, moment)] = times.usual_times(OpeningHours("Europe/Tallinn", {}), MONDAY, "Europe/Tallinn")
    assert (words, moment) == ("in an hour", MONDAY + timedelta(hours=1))
