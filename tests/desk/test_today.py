"""What stands on one person's list this morning, and in which order."""

from datetime import date, timedelta
from typing import Any

from regulars.desk import today
from regulars.desk.today import Today
from regulars.record import calls, customers, ending
from regulars.record.calls import Call
from regulars.record.people import Member
from tests.cast import MONDAY, House

TODAY = MONDAY.date()
MIDNIGHT = MONDAY.replace(hour=0)


WHY = {"gap": 30, "last_on": "2026-01-01", "value": 100}
TEN = {"play": Call.Play.TOP_TEN, "why": {"place": 1, "spent": 100, "visits": 1}}


def call(garage: House, name: str, caller: Member | None, **said: Any) -> Call:
    her = customers.add(name=name, by=garage.owner, at=MONDAY)
    said = {"play": Call.Play.SLIPPING, "why": WHY, "not_before": TODAY, "due_on": TODAY, **said}
    [planned] = calls.plan([Call(customer=her, caller=caller, **said)], at=MONDAY)
    return planned


def seen(garage: House, member: Member, day: date = TODAY) -> Today:
    at = MONDAY + (day - TODAY)
    return today.for_member(member, garage.business, today=day, at=at, since=MIDNIGHT + (day - TODAY))


def names(lines: list[today.Item]) -> list[str]:
    return [line.call.customer.name for line in lines]


def test_mine_are_mine_and_nobodys_are_shared(garage: House) -> None:
    with garage.work():
        call(garage, "Mine", garage.front_line)
        call(garage, "Hers", garage.manager)
        call(garage, "Shared", None)
        work = seen(garage, garage.front_line)
        assert (names(work.mine), names(work.shared), work.done) == (["Mine"], ["Shared"], [])


def test_a_call_of_another_day_waits_for_its_day(garage: House) -> None:
    with garage.work():
        tomorrow = TODAY + timedelta(days=1)
        call(garage, "Tomorrow", garage.front_line, not_before=tomorrow, due_on=tomorrow)
        assert seen(garage, garage.front_line).mine == []
        [line] = seen(garage, garage.front_line, tomorrow).mine
        assert (line.days_left, line.is_late) == (0, False)
        [line] = seen(garage, garage.front_line, tomorrow + timedelta(days=1)).mine
        assert (line.days_left, line.is_late) == (-1, True)


def test_what_is_most_at_stake_comes_first_and_what_is_due_counts_double(garage: House) -> None:
    with garage.work():
        call(garage, "Large", garage.owner, stake=900)
        call(garage, "Small", garage.owner, stake=400)
        call(garage, "Larger, next week", garage.owner, stake=1_500, due_on=TODAY + timedelta(days=7))
        call(garage, "Largest, next week", garage.owner, stake=1_900, due_on=TODAY + timedelta(days=7))
        assert names(seen(garage, garage.owner).mine) == ["Largest, next week", "Large", "Larger, next week", "Small"]


def test_of_two_who_weigh_the_same_the_one_who_waited_longer_comes_first(garage: House) -> None:
    with garage.work():
        fresh, old = call(garage, "Fresh", garage.owner, stake=5), call(garage, "Old", garage.owner, stake=5)
        Call.objects.filter(pk=old.pk).update(planned_at=MONDAY - timedelta(days=3))
        assert fresh.pk < old.pk
        assert names(seen(garage, garage.owner).mine) == ["Old", "Fresh"]


def test_what_i_ended_today_is_done_and_yesterdays_is_behind_us(garage: House) -> None:
    with garage.work():
        for name, ended in (("Yesterday", MIDNIGHT - timedelta(seconds=1)), ("Today", MIDNIGHT)):
            one = call(garage, name, garage.owner)
            ending.end(one, outcome="reached", nothing_new=True, by=garage.owner, at=ended, today=TODAY)
        assert names(seen(garage, garage.owner).done) == ["Today"]
        assert seen(garage, garage.manager).done == [], "hers are hers"


def test_the_ten_are_counted_through_the_week(garage: House) -> None:
    with garage.work():
        answers = {
            "Thanked": {"outcome": "reached", "answer": "Longer hours", "nothing_new": True},
            "Refused": {"outcome": "never_call"},
            "Silent": {"outcome": "no_answer"},
        }
        for name, said in answers.items():
            ending.end(call(garage, name, garage.owner, **TEN), by=garage.owner, at=MONDAY, today=TODAY, **said)
        calls.drop(call(garage, "Dropped", garage.owner, **TEN), by=garage.owner, at=MONDAY)
        call(garage, "Open", garage.owner, **TEN)
        work = seen(garage, garage.owner)
        assert (work.ten_made, work.ten_all) == (2, 4), "who did not answer is still to be thanked; dropped is no more"
        work = seen(garage, garage.owner, TODAY + timedelta(days=7))
        assert (work.ten_made, work.ten_all) == (0, 2), "a new week counts anew"
