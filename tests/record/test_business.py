"""Businesses and branches: opening, changing, closing, and the hours of each day."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from regulars.kernel.refusal import Refused
from regulars.record import branches, business, customers, sales
from regulars.record.branches import Branch, SpecialDay
from regulars.record.business import Business
from regulars.record.demo import demo_business
from regulars.record.journal import Entry
from regulars.record.owned import acting_for
from tests.cast import MONDAY, House

HERE: dict[str, Any] = {"country": "EE", "currency": "EUR", "language": "et", "zone": "Europe/Tallinn"}
NINE_TO_SIX = [(time(9), time(18))]


def test_a_new_business_opens_with_one_branch_from_monday_to_friday(db: None) -> None:
    opened = business.open_business(name="Kuusk", slug="kuusk", at=MONDAY, **HERE)
    with acting_for(opened.pk):
        branch = Branch.objects.get()
        week = branches.hours(branch).week
    assert (str(opened), str(branch), branch.zone) == ("Kuusk", "Kuusk", "Europe/Tallinn")
    assert week == dict.fromkeys(range(5), NINE_TO_SIX)


def test_a_currency_that_nobody_uses_is_refused(db: None) -> None:
    with pytest.raises(Refused, match="no currency called XXX") as refused:
        business.open_business(name="Kuusk", slug="kuusk", at=MONDAY, **HERE | {"currency": "XXX"})
    assert refused.value.field == "currency"


def test_an_address_is_taken_once(garage: House) -> None:
    with pytest.raises(Refused, match="address is taken"):
        business.open_business(name="Another", slug="garage", at=MONDAY, **HERE)


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Tamm's garage", "tamms-garage"), ("Гараж", "business"), ("Garage", "garage-2"), ("x" * 90, "x" * 50)],
)
def test_an_address_is_made_from_the_name(garage: House, name: str, slug: str) -> None:
    assert business.free_slug(name) == slug


def test_the_journal_keeps_old_settings_beside_new_ones(garage: House) -> None:
    with garage.work():
        business.change_business(
            garage.business, by=garage.owner, at=MONDAY, name="Tamm & Co", call_gap_days=30, currency="SEK"
        )
        line = Entry.objects.get(verb="business changed")
    assert line.what == {"name": ["Tamm's garage", "Tamm & Co"], "currency": ["EUR", "SEK"]}
    assert Business.objects.get(pk=garage.business.pk).name == "Tamm & Co"


def test_the_currency_stays_once_sales_are_written_in_it(garage: House) -> None:
    with garage.work():
        anu = customers.add(name="Anu", by=garage.owner, at=MONDAY)
        branch = Branch.objects.get()
        sales.record(anu, at=MONDAY, amount=100, branch=branch, by=garage.owner, now=MONDAY)
        with pytest.raises(Refused, match="written in EUR already"):
            business.change_business(garage.business, by=garage.owner, at=MONDAY, currency="SEK")
        business.change_business(garage.business, by=garage.owner, at=MONDAY, currency="EUR", name="Same")


def test_a_branch_of_that_name_is_there_already(garage: House) -> None:
    with garage.work(), pytest.raises(Refused, match="branch of that name") as refused:
        branches.open_branch(name="Tamm's garage", week={}, at=MONDAY, by=garage.owner, **HERE)
    assert refused.value.field == "name"


def test_two_businesses_may_call_a_branch_the_same(garage: House, salon: House) -> None:
    with salon.work():
        branches.open_branch(name="Tamm's garage", week={}, at=MONDAY, by=salon.owner, **HERE)


def test_a_branch_changes_its_name_and_its_week(garage: House) -> None:
    with garage.work():
        branch = branches.open_branch(name="Tartu", week={0: NINE_TO_SIX}, at=MONDAY, by=garage.owner, **HERE)
        with pytest.raises(Refused, match="branch of that name"):
            branches.change_branch(branch, week={}, by=garage.owner, at=MONDAY, name="Tamm's garage")
        branch.refresh_from_db()
        saturday = {5: [(time(13), time(0)), (time(9), time(12))]}
        branches.change_branch(branch, week=saturday, by=garage.owner, at=MONDAY, name="Tartu")
        branches.change_branch(branch, week=saturday, by=garage.owner, at=MONDAY, name="Emajõe")
        found = branches.hours(Branch.objects.get(pk=branch.pk))
    assert {day: sorted(hours) for day, hours in found.week.items()} == {5: [(time(9), time(12)), (time(13), time(0))]}


@pytest.mark.parametrize(
    "hours",
    [
        [(time(9), time(12)), (time(11), time(18))],  # they overlap
        [(time(12), time(9))],  # it ends before it begins
        [(time(9), time(9))],
        [(time(20), time(0)), (time(22), time(23))],  # after midnight there is no more of the day
    ],
)
def test_hours_that_make_no_sense_are_refused(garage: House, hours: list[tuple[time, time]]) -> None:
    with garage.work(), pytest.raises(Refused, match="must not overlap") as refused:
        branches.open_branch(name="Tartu", week={0: hours}, at=MONDAY, by=garage.owner, **HERE)
    assert refused.value.field == "week"


def test_hours_may_touch(garage: House) -> None:
    touching = {0: [(time(9), time(12)), (time(12), time(18))]}
    with garage.work():
        branches.open_branch(name="Tartu", week=touching, at=MONDAY, by=garage.owner, **HERE)


def test_a_branch_closes_and_opens_again(garage: House) -> None:
    with garage.work():
        first = Branch.objects.get()
        with pytest.raises(Refused, match="only open branch"):
            branches.close_branch(first, by=garage.owner, at=MONDAY)
        second = branches.open_branch(name="Tartu", week={}, at=MONDAY, by=garage.owner, **HERE)
        branches.close_branch(first, by=garage.owner, at=MONDAY)
        with pytest.raises(Refused, match="only open branch"):
            branches.close_branch(second, by=garage.owner, at=MONDAY)
        branches.reopen_branch(first, by=garage.owner, at=MONDAY)
        branches.close_branch(second, by=garage.owner, at=MONDAY)
        assert Branch.objects.get(closed_at=None) == first


def test_a_special_day_is_stronger_than_weekday_and_holiday(garage: House) -> None:
    christmas, tuesday = date(2026, 12, 25), date(2026, 3, 3)
    with garage.work():
        branch = Branch.objects.get()
        week: Any = {"by": garage.owner, "at": MONDAY}
        branches.set_special_day(branch, day=christmas, name="Open!", opens=time(10), closes=time(14), **week)
        branches.set_special_day(branch, day=tuesday, name="", opens=time(8), closes=time(9), **week)
        branches.set_special_day(branch, day=tuesday, name="Stock-taking", opens=None, closes=None, **week)
        hours = branches.hours(branch)
        assert hours.is_open(datetime(2026, 12, 25, 10, tzinfo=UTC))
        assert hours.on(tuesday) == []
        branches.forget_special_day(SpecialDay.objects.get(day=tuesday), **week)
        assert branches.hours(branch).on(tuesday) != []


@pytest.mark.parametrize(("opens", "closes"), [(time(9), None), (None, time(18))])
def test_half_of_the_hours_is_not_enough(garage: House, opens: time | None, closes: time | None) -> None:
    with garage.work(), pytest.raises(Refused, match="both hours, or neither") as refused:
        branches.set_special_day(
            Branch.objects.get(), day=date(2026, 3, 3), name="", opens=opens, closes=closes,
            by=garage.owner, at=MONDAY,
        )  # fmt: skip
    assert refused.value.field == "closes"


def test_public_holidays_close_a_branch_that_keeps_them(garage: House) -> None:
    independence_day = date(2027, 2, 24)  # a Wednesday
    with garage.work():
        branch = Branch.objects.get()
        assert branches.hours(branch).on(independence_day) == []
        branch.keeps_public_holidays = False
        assert branches.hours(branch).on(independence_day) != []


def test_a_special_day_ends_after_it_begins(garage: House) -> None:
    with garage.work(), pytest.raises(Refused, match="end after it begins"):
        branches.set_special_day(
            Branch.objects.get(), day=date(2026, 3, 3), name="", opens=time(18), closes=time(9),
            by=garage.owner, at=MONDAY,
        )  # fmt: skip


def test_the_demo_is_the_business_that_says_so(garage: House) -> None:
    assert demo_business() is None
    shown = business.open_business(name="Demo", slug="demo", at=MONDAY, is_demo=True, **HERE)
    assert demo_business() == shown
