"""Who is put on the list, in which order and for whom: each rule at its edges."""

from datetime import timedelta
from typing import Any

import pytest

from regulars.desk import plays
from regulars.record import calls, customers, ending, people
from regulars.record.branches import Branch, set_special_day
from regulars.record.business import change_business
from regulars.record.calls import Call, open_calls
from regulars.record.customers import Customer
from regulars.record.worth import Estimate, Stage
from tests.cast import MONDAY, House

TODAY = MONDAY.date()
PHONES = [("+37255512345", "5551 2345")]


def her(garage: House, name: str, *, phone: bool = True, keeper: Any = None, **estimate: Any) -> Customer:
    """A customer whose worth was worked out to be just that; she has brought nothing, so she is none of the ten."""
    found = customers.add(
        name=name, by=garage.owner, at=MONDAY, phones=PHONES if phone else [], keeper=keeper or garage.owner
    )
    Estimate.objects.create(customer=found, **{"visits": 4, "last_on": TODAY - timedelta(days=60), **estimate})
    return found


def slipping(garage: House, name: str, at_stake: int = 1_000, **more: Any) -> Customer:
    return her(garage, name, stage=Stage.SLIPPING, at_stake=at_stake, usual_gap=20.0, **more)


def once(garage: House, name: str, days_ago: int, **more: Any) -> Customer:
    said = {"stage": Stage.FIRST_TIME, "visits": 1, "value": 1_000, **more}
    return her(garage, name, last_on=TODAY - timedelta(days=days_ago), **said)


def planned(garage: House, days: int = 0) -> list[str]:
    """Who is called, in the order in which they were put on the list."""
    at = MONDAY + timedelta(days=days)
    return [call.customer.name for call in plays.plan(garage.business, today=at.date(), at=at)]


# --- who -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "is_called"), [(13, False), (14, True), (180, True), (181, False)])
def test_a_second_visit_is_asked_for_neither_too_early_nor_too_late(garage: House, days: int, is_called: bool) -> None:
    with garage.work():
        once(garage, "Mari Oja", days)
        assert planned(garage) == ["Mari Oja"] * is_called


def test_each_is_called_for_the_reason_that_fits(garage: House) -> None:
    with garage.work():
        slipping(garage, "Slipping", at_stake=9_000)
        once(garage, "Once", 30)
        her(garage, "Regular", stage=Stage.REGULAR, value=99_000)
        her(garage, "Gone", stage=Stage.GONE, at_stake=99_000)
        her(garage, "Best", stage=Stage.REGULAR, spent=50_000)
        assert planned(garage) == ["Best", "Slipping", "Once"]
        assert dict(open_calls().values_list("customer__name", "play")) == {
            "Best": "top_ten", "Slipping": "slipping", "Once": "second_visit",
        }  # fmt: skip


def test_whoever_brought_the_most_but_is_gone_is_called_with_the_day_of_the_last_visit(garage: House) -> None:
    with garage.work():
        her(garage, "Gone", stage=Stage.GONE, spent=50_000)
        her(garage, "Here", stage=Stage.SLIPPING, spent=40_000)
        planned(garage)
        why = dict(open_calls().values_list("customer__name", "why"))
        assert why["Gone"]["last_on"] == str(TODAY - timedelta(days=60))
        assert "last_on" not in why["Here"]


def test_nobody_who_opted_out_or_was_merged_is_planned(garage: House) -> None:
    with garage.work():
        out, gone = slipping(garage, "Out"), slipping(garage, "Gone", spent=90_000)
        rich = her(garage, "Rich", stage=Stage.REGULAR, spent=90_000)
        for one in (out, rich):
            customers.stop_calls(one, by=garage.owner, at=MONDAY)
        Customer.objects.filter(pk=gone.pk).update(merged_at=MONDAY)
        assert planned(garage) == []


@pytest.mark.parametrize(("days", "is_called"), [(29, False), (30, True)])
def test_nobody_who_was_spoken_to_is_called_again_within_the_gap(garage: House, days: int, is_called: bool) -> None:
    with garage.work():
        slipping(garage, "Mari Oja")
        assert planned(garage) == ["Mari Oja"]
        ending.end(open_calls().get(), outcome="reached", nothing_new=True, by=garage.owner, at=MONDAY, today=TODAY)
        assert planned(garage, days) == ["Mari Oja"] * is_called


def test_the_gap_is_the_businesss_own(garage: House) -> None:
    with garage.work():
        slipping(garage, "Mari Oja")
        change_business(garage.business, by=garage.owner, at=MONDAY, call_gap_days=3)
        planned(garage)
        ending.end(open_calls().get(), outcome="reached", nothing_new=True, by=garage.owner, at=MONDAY, today=TODAY)
        assert planned(garage, 2) == []
        assert planned(garage, 3) == ["Mari Oja"]


@pytest.mark.parametrize(("days", "is_thanked"), [(364, False), (365, True)])
def test_the_ten_are_thanked_once_a_year(garage: House, days: int, is_thanked: bool) -> None:
    with garage.work():
        her(garage, "Best", stage=Stage.REGULAR, spent=50_000)
        planned(garage)
        ending.end(open_calls().get(), outcome="reached", answer="-", nothing_new=True,
                  by=garage.owner, at=MONDAY, today=TODAY)  # fmt: skip
        assert planned(garage, days) == ["Best"] * is_thanked


def test_a_thank_you_that_was_taken_off_the_list_may_come_back(garage: House) -> None:
    with garage.work():
        her(garage, "Best", stage=Stage.REGULAR, spent=50_000)
        planned(garage)
        calls.drop(open_calls().get(), by=garage.owner, at=MONDAY)
        assert planned(garage, 1) == ["Best"]


# --- in which order ------------------------------------------------------------------------------------------------


def test_of_those_who_slip_away_the_one_with_most_at_stake_comes_first(garage: House) -> None:
    with garage.work():
        for name, at_stake in (("Small", 100), ("Large", 90_000), ("Middle", 5_000), ("Nothing", 0), ("Loss", -500)):
            slipping(garage, name, at_stake)
        assert planned(garage)[:3] == ["Large", "Middle", "Small"]
        assert min(open_calls().values_list("stake", flat=True)) == 0, "nobody is worth less than nothing"


def test_a_slipping_customer_counts_twice_as_much_as_a_first_timer(garage: House) -> None:
    with garage.work():
        once(garage, "Once 21", 30, value=2_100)
        slipping(garage, "Slipping 10", at_stake=1_000)
        once(garage, "Once 19", 30, value=1_900)
        assert planned(garage) == ["Once 21", "Slipping 10", "Once 19"]


@pytest.mark.parametrize(
    ("at_stake", "order"), [(9_999, ["Reachable", "No number"]), (10_001, ["No number", "Reachable"])]
)
def test_without_a_number_one_comes_later_but_not_never(garage: House, at_stake: int, order: list[str]) -> None:
    with garage.work():
        slipping(garage, "No number", at_stake, phone=False)
        slipping(garage, "Reachable", 1_000)
        assert planned(garage) == order


def test_a_number_that_is_known_to_be_wrong_is_none(garage: House) -> None:
    with garage.work():
        wrong = slipping(garage, "Wrong", 2_000)
        customers.mark_wrong(wrong.contacts.get(), by=garage.owner, at=MONDAY)
        slipping(garage, "Right", 1_000)
        assert planned(garage) == ["Right", "Wrong"]


def test_ties_always_fall_the_same_way(garage: House) -> None:
    with garage.work():
        found = [slipping(garage, f"Customer {i:02}") for i in range(12)]
        first = planned(garage)
        open_calls().delete()
        Estimate.objects.filter(customer=found[0]).update(at_stake=1_000)  # moves the row where a table has no order
        assert planned(garage) == first
        assert first == [one.name for one in sorted(found, key=lambda one: str(one.pk))][: len(first)]


# --- for whom and by when ------------------------------------------------------------------------------------------


def test_one_person_has_eight_open_calls_beside_the_ten(garage: House) -> None:
    """Three people make calls here: twenty-four of the other plays, however many wait."""
    with garage.work():
        for i in range(30):
            slipping(garage, f"Slipping {i:02}", keeper=garage.viewer)
            her(garage, f"Best {i:02}", stage=Stage.REGULAR, spent=50_000 - i, keeper=garage.viewer)
        assert len(planned(garage)) == 10 + 24
        each = [open_calls().filter(caller=who).count() for who in (garage.owner, garage.manager, garage.front_line)]
        assert sorted(each) == [11, 11, 12], "shared out evenly; the viewer keeps them, but makes no calls"
        assert planned(garage) == [], "and there is no room for more"
        calls.drop(open_calls().filter(play=Call.Play.SLIPPING)[0], by=garage.owner, at=MONDAY)
        assert len(planned(garage)) == 1


def test_who_makes_no_calls_gets_none_and_where_nobody_does_only_the_ten_are_planned(garage: House) -> None:
    with garage.work():
        slipping(garage, "Slipping")
        her(garage, "Best", stage=Stage.REGULAR, spent=50_000)
        for member in (garage.owner, garage.manager, garage.front_line):
            people.change_duties(member, makes_calls=False, branch=None, by=garage.owner, at=MONDAY)
        assert planned(garage) == ["Best"]
        assert open_calls().get().caller is None, "it is anybody's"


def test_the_ten_are_spread_over_the_open_days_of_the_week(garage: House) -> None:
    with garage.work():
        for i in range(10):
            her(garage, f"Best {i}", stage=Stage.REGULAR, spent=50_000 - i)
        holiday = TODAY + timedelta(days=2)
        set_special_day(
            Branch.objects.get(), day=holiday, name="Fair", opens=None, closes=None, by=garage.owner, at=MONDAY
        )
        planned(garage)
        due = [call.due_on for call in open_calls().order_by("-stake")]
        assert due == sorted(due), "who brought more comes earlier"
        days = [TODAY + timedelta(days=ahead) for ahead in (0, 1, 3, 4)]
        assert sorted(set(due)) == days, "not on the holiday, nor at the weekend"


def test_where_it_is_never_open_every_day_will_do(garage: House) -> None:
    with garage.work():
        Branch.objects.update(closed_at=MONDAY)
        for i in range(10):
            her(garage, f"Best {i}", stage=Stage.REGULAR, spent=50_000 - i)
        planned(garage)
        assert set(open_calls().values_list("due_on", flat=True)) == {TODAY + timedelta(days=n) for n in range(7)}
