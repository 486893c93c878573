"""Silence is listened for by branch, shift and colleague; it sounds once, and is learnt from no more."""

from datetime import timedelta
from typing import Any

import pytest

from regulars.desk import silence
from regulars.jobs import silence as job
from regulars.record import silences
from regulars.record.branches import Branch
from regulars.record.silences import Silence
from tests import shop
from tests.cast import MONDAY, House
from tests.pages.test_complaints import sent, shown, signed_in
from tests.shop import DAY


def visits(house: House, day: Any, many: int) -> None:
    """So many sales of one day, with one query."""
    from regulars.record.customers import Customer
    from regulars.record.sales import Sale, fingerprint

    her = Customer.objects.first() or shop.customer(house)
    said = {
        "customer": her,
        "branch": Branch.objects.get(),
        "currency": "EUR",
        "amount": 100,
        "served_by": house.front_line,
    }
    Sale.objects.bulk_create(
        Sale(at=day, day=day.date(), fingerprint=fingerprint(day, place), **said) for place in range(many)
    )


def history(house: House, *, quiet_days: int, days: int = 200) -> None:
    """Seven visits a day, a complaint every fifth day, and none on the last days."""
    for back in range(days, 0, -1):
        day = MONDAY - back * DAY
        visits(house, day, 7)
        if back > quiet_days and back % 5 == 0:
            shop.complaint(house, at=day, about=house.front_line)


def test_thirty_days_and_two_hundred_visits_without_a_complaint_are_too_quiet(garage: House) -> None:
    with garage.work():
        history(garage, quiet_days=30)
        raised = silence.sound(at=MONDAY, false_alarms=1.0)
        branch = next(one for one in raised if one.branch and not one.shift)
        assert (branch.side, branch.received) == ("quiet", 0)
        assert 4 < branch.expected < 8
        assert branch.chance < 0.03
        assert any(one.member == garage.front_line for one in raised)
        assert any(one.shift == "afternoon" or one.shift == "morning" for one in raised)
        again = silence.sound(at=MONDAY + DAY, false_alarms=1.0)
        assert {one.pk for one in again} == {one.pk for one in raised}, "told of once"
        silences.look_into(branch, found="Nobody wrote them down", by=garage.owner, at=MONDAY + DAY)
        later = silence.sound(at=MONDAY + DAY, false_alarms=1.0)
        assert not [one for one in later if one.branch and not one.shift], "counted anew from then on"


def test_a_burst_is_more_than_usual(garage: House) -> None:
    with garage.work():
        history(garage, quiet_days=0)
        for place in range(14):
            shop.complaint(garage, f"Cold {place}", at=MONDAY - DAY)
        raised = silence.sound(at=MONDAY, false_alarms=1.0)
        assert {one.side for one in raised if one.branch and not one.shift} == {"many"}


def test_as_usual_nothing_sounds_and_what_sounded_falls_silent(garage: House) -> None:
    with garage.work():
        history(garage, quiet_days=0)
        old = silences.sound(
            branch=Branch.objects.get(), shift="", member=None, side="quiet", since=MONDAY.date(),
            expected=5.0, received=0, chance=0.01, at=MONDAY,
        )  # fmt: skip
        assert silence.sound(at=MONDAY, false_alarms=1.0) == []
        old.refresh_from_db()
        assert (old.ended_at, old.ended_by) == (MONDAY, None)


@pytest.mark.parametrize("size", [0, 3])
def test_a_business_without_work_says_nothing(garage: House, size: int) -> None:
    with garage.work():
        for _each in range(size):
            shop.complaint(garage)
        assert silence.watched(at=MONDAY, false_alarms=1.0) == []


def test_the_owner_sees_it_hears_of_it_and_looks_into_it(garage: House, monkeypatch: Any) -> None:
    from regulars.kernel import clock
    from regulars.record.people import Role

    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    boss = signed_in(garage, Role.OWNER)
    assert "Nothing to listen to yet" in shown(boss, "complaints/silence/")
    with garage.work():
        history(garage, quiet_days=30)
    job.listen(MONDAY)
    assert "Too quiet: Tamm&#x27;s garage, 0 complaints since" in shown(boss, "today/")
    page = shown(boss, "complaints/silence/")
    assert ("Too quiet since" in page, "Liis Saar" in page, "To be expected" in page) == (True, True, True)
    with garage.work():
        found = Silence.objects.filter(shift="", member=None).get()
    where = f"complaints/silence/{found.pk}/"
    assert "That this is nothing but chance" in shown(boss, where)
    assert sent(boss, f"{where}looked-into/", why="")[0] == 422
    assert "It is written down" in sent(boss, f"{where}looked-into/", why="They were settled without a word")[1]
    assert "They were settled without a word" in shown(boss, where)
    with garage.work():
        shifts = Silence.objects.exclude(shift="")
        for one in shifts:
            silences.fall_silent(one, at=MONDAY + timedelta(hours=1))
        if one := shifts.first():
            assert "As usual again by itself" in shown(boss, f"complaints/silence/{one.pk}/")
