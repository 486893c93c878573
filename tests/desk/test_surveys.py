"""The answers in figures: content of how many, by whom, week by week, and who keeps silent."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regulars.desk import surveys, wishes
from regulars.record import knowing, ratings
from regulars.record.calls import Call, open_calls
from regulars.record.surveys import Survey
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY

SINCE = MONDAY - 90 * DAY


def figures(house: House, **only: object) -> surveys.Figures:
    return surveys.figures(house.business, since=SINCE, at=MONDAY + DAY, **only)


def test_four_and_five_are_content_and_what_was_passed_over_counts_nowhere(garage: House, salon: House) -> None:
    with salon.work():
        shop.rating(salon, value=1)
    with garage.work():
        for value, efficiency in ((5, None), (4, 3), (3, 5), (1, 4)):
            shop.rating(garage, value=value, efficiency=efficiency, seconds=value * 10)
        aside = shop.rating(garage, value=1)
        ratings.set_aside(aside, by=garage.owner, at=MONDAY)
        shop.rating(garage, value=1, at=SINCE)
        told = figures(garage)
        expected, value, efficiency = told.scores
        assert (told.answers, expected.of, expected.share, expected.light) == (4, 0, None, "none")
        assert (value.content, value.of, value.spread) == (2, 4, (1, 0, 1, 1, 1))
        assert (efficiency.content, efficiency.of) == (2, 3)
        assert value.limits == pytest.approx((0.0676, 0.9324), abs=1e-4)
        assert (told.seconds, told.ways) == (35, [("at the till", 4)])


def test_by_branch_person_and_kind_and_only_what_is_wanted(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        job = shop.job(garage, her)
        survey = shop.survey(garage, her, job=job, member=garage.front_line)
        shop.rating(garage, survey=survey, value=5)
        shop.rating(garage, value=2)
        told = figures(garage)
        assert [(group.name, group.answers) for group in told.groups["member"]] == [("Liis Saar", 1), ("", 1)]
        assert [group.name for group in told.groups["kind"]] == ["Brakes that hold", ""]
        assert [(group.name, group.scores[1].share) for group in told.groups["branch"]] == [("Tamm's garage", 0.5)]
        assert figures(garage, member=garage.front_line).answers == 1
        assert figures(garage, job__kind=job.kind).answers == 1


def test_week_by_week_on_the_calendar_of_the_business(garage: House) -> None:
    with garage.work():
        sunday = MONDAY - timedelta(hours=10, minutes=31)  # 23:59 on Sunday in Tallinn
        shop.rating(garage, value=5, at=sunday)
        shop.rating(garage, value=5, at=sunday + timedelta(minutes=1))
        shop.rating(garage, value=2, at=MONDAY)
        weeks = figures(garage).weeks[1]
        assert weeks == [((MONDAY - 7 * DAY).date(), 1, 1), (MONDAY.date(), 1, 2)]


def test_who_answers_our_letters_and_who_does_not(garage: House) -> None:
    with garage.work():
        for i in range(4):
            survey = shop.survey(garage, shop.customer(garage, f"Customer {i}"), by=None, to="x@example.ee")
            if i < 3:
                Survey.objects.filter(pk=survey.pk).update(sent_at=MONDAY)
            if i == 0:
                shop.rating(garage, survey=survey, value=5)
        told = figures(garage)
        assert told.letters == (1, 3)
        [branch] = told.asked["branch"]
        assert (branch.answered, branch.of, branch.share, branch.stands_out) == (1, 3, pytest.approx(1 / 3), 0)


def test_the_same_queries_however_many_answers(garage: House) -> None:
    counts = []
    with garage.work():
        for many in (2, 20):
            for _ in range(many):
                shop.rating(garage, value=5)
            with CaptureQueriesContext(connection) as counted:
                figures(garage)
            counts.append(len(counted))
    assert counts[0] == counts[1]


def test_the_same_wishes_stand_together_and_the_most_wished_for_first(garage: House, salon: House) -> None:
    said = {"source": "call", "at": MONDAY}
    with salon.work():
        knowing.hear(shop.customer(salon), "Winter tyres", by=salon.owner, **said)
    with garage.work():
        one, two, three = (shop.customer(garage, name) for name in ("Kaja Oja", "Pille Puu", "Anu Aas"))
        for her, text in ((one, "Coffee"), (two, "winter tyres!"), (three, "Tyres, winter"), (one, "A coffee")):
            knowing.hear(her, text, by=garage.owner, **said)
        first, second = wishes.grouped()
        assert ([wish.text for wish in first.wishes], first.customers) == (["winter tyres!", "Tyres, winter"], 2)
        assert ([wish.text for wish in second.wishes], second.customers) == (["Coffee", "A coffee"], 1)
        assert [wished.first.text for wished in wishes.grouped("coffee")] == ["Coffee"]


def test_when_we_have_it_everybody_who_wished_for_it_is_called(garage: House) -> None:
    said = {"source": "call", "by": garage.owner, "at": MONDAY}
    with garage.work():
        her, other = shop.customer(garage, keeper=garage.manager), shop.customer(garage, "Pille Puu")
        hers, others = knowing.hear(her, "Winter tyres", **said), knowing.hear(other, "Winter tyre", **said)
        knowing.hear(other, "Winter coat", **said)
        same, near = wishes.like(hers)
        assert ([wish.text for wish in same], [wish.text for wish in near]) == (
            ["Winter tyres", "Winter tyre"], ["Winter coat"],
        )  # fmt: skip
        told = wishes.tell([hers, others], what="Nokian winter tyres", today=MONDAY.date(), by=garage.owner, at=MONDAY)
        assert {call.customer for call in told} == {her, other}
        mine = open_calls().get(customer=her)
        assert (mine.play, mine.caller, mine.due_on) == (Call.Play.GRANTED, garage.manager, MONDAY.date() + 2 * DAY)
        assert open_calls().get(customer=other).caller is not None
