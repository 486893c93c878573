"""Promises: what she was told, and how it stands. Kept is kept in time, late stays late, and nothing is forgotten."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from regulars.kernel.refusal import Refused
from regulars.record import branches, moves, people, promises, warnings
from regulars.record.branches import Branch
from regulars.record.journal import Entry
from regulars.record.promises import Promise, Standing
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY, HOUR

MINUTE = timedelta(minutes=1)


def standing(promise: Promise, at: datetime) -> str:
    promise.refresh_from_db()
    return promise.standing(at).value


def test_a_promise_says_what_to_whom_by_when_and_who_keeps_it(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        promise = shop.promise(garage, her, "  The brakes ", keeper=garage.manager)
        entry = Entry.objects.select_related("by").get(verb="promise made")
    assert (str(promise), promise.customer, promise.keeper) == ("The brakes", her, garage.manager)
    assert (promise.made_by, promise.due_at, promise.promised) == (garage.front_line, MONDAY + 4 * HOUR, 240)
    assert (entry.by, entry.what["due"]) == (garage.front_line, "2026-03-02T14:30:00+02:00")
    assert promise.is_open


def test_one_without_words_is_refused(garage: House) -> None:
    with garage.work(), pytest.raises(Refused, match="Write what is promised") as refused:
        shop.promise(garage, shop.customer(garage), " ")
    assert refused.value.field == "what"


@pytest.mark.parametrize("due", [MONDAY, MONDAY - MINUTE])
def test_the_past_cannot_be_promised(garage: House, due: datetime) -> None:
    with garage.work(), pytest.raises(Refused, match="has passed") as refused:
        shop.promise(garage, shop.customer(garage), due=due)
    assert refused.value.field == "due_at"


def test_nor_more_than_a_year(garage: House) -> None:
    with garage.work(), pytest.raises(Refused, match="within a year"):
        shop.promise(garage, shop.customer(garage), due=MONDAY + 367 * DAY)


@pytest.mark.parametrize(
    ("due", "offer"),
    [
        (MONDAY + 8 * HOUR, MONDAY + DAY - 1.5 * HOUR),  # half past six in the evening: tomorrow at nine
        (MONDAY + 5 * DAY, MONDAY + 7 * DAY - 1.5 * HOUR),  # Saturday: Monday at nine
        (MONDAY + 7.5 * HOUR + MINUTE, MONDAY + DAY - 1.5 * HOUR),  # a minute after closing
    ],
)
def test_a_closed_hour_is_refused_and_the_next_open_minute_offered(
    garage: House, due: datetime, offer: datetime
) -> None:
    with garage.work(), pytest.raises(Refused, match="next open time") as refused:
        shop.promise(garage, shop.customer(garage), due=due)
    assert refused.value.details["offer"] == offer


def test_at_closing_time_it_can_still_be_handed_over(garage: House) -> None:
    with garage.work():
        assert shop.promise(garage, shop.customer(garage), due=MONDAY + 7.5 * HOUR).promised == 450


def test_a_branch_without_hours_says_what_to_do(garage: House) -> None:
    with garage.work():
        Branch.objects.get().intervals.all().delete()
        with pytest.raises(Refused, match="Set them in the settings"):
            shop.promise(garage, shop.customer(garage))


def test_a_full_hour_offers_the_next_free_one(garage: House) -> None:
    with garage.work():
        Branch.objects.update(promises_an_hour=2)
        her = shop.customer(garage)
        for minutes in (0, 20):
            shop.promise(garage, her, due=MONDAY + 4 * HOUR + minutes * MINUTE)
        for _time in range(2):
            shop.promise(garage, her, due=MONDAY + 5 * HOUR)
        with pytest.raises(Refused, match="That hour is full: 2 promises") as refused:
            shop.promise(garage, her, due=MONDAY + 4 * HOUR)
        assert refused.value.details["offer"] == MONDAY + 5.5 * HOUR  # 16:00
        promises.drop(Promise.objects.first(), why="Sold it", by=garage.owner, at=MONDAY)
        shop.promise(garage, her, due=MONDAY + 4 * HOUR)


def test_kept_in_time_is_kept_and_well_before_it_is_early(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        at = {minutes: shop.promise(garage, her) for minutes in (216, 217, 240, 241)}
        for minutes, promise in at.items():
            promises.keep(promise, by=garage.front_line, at=MONDAY + minutes * MINUTE, told=True)
        found = [standing(promise, MONDAY + DAY) for promise in at.values()]
    assert found == [Standing.EARLY, Standing.KEPT, Standing.KEPT, Standing.LATE]
    assert [promise.took for promise in at.values()] == [216, 217, 240, 241]
    assert not at[216].is_open


def test_the_night_between_does_not_count(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage), due=MONDAY + DAY)
        promises.keep(promise, by=garage.front_line, at=MONDAY + DAY - HOUR, told=True)
    assert (promise.promised, promise.took) == (540, 480)


@pytest.mark.parametrize("night", [datetime(2026, 3, 27, 9, 0, tzinfo=UTC), datetime(2026, 10, 23, 9, 0, tzinfo=UTC)])
def test_over_a_night_when_the_clocks_change_the_time_on_the_wall_holds(garage: House, night: datetime) -> None:
    """Friday to Monday, 11:00 or 12:00 on the wall of Tallinn; nothing of the changed night is open."""
    wall = ZoneInfo("Europe/Tallinn")
    due = night.astimezone(wall).replace(tzinfo=None) + timedelta(days=3)
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage), at=night, due=due.replace(tzinfo=wall))
    assert promise.promised == 9 * 60
    assert promise.due_there.hour == night.astimezone(wall).hour


def test_two_people_close_it_at_once_and_the_second_is_told_who_was_first(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
        hers, his = Promise.objects.get(), Promise.objects.get()
        promises.keep(hers, by=garage.front_line, at=MONDAY + HOUR, told=True)
        for second in (
            lambda: promises.keep(his, by=garage.manager, at=MONDAY + 2 * HOUR, told=True),
            lambda: promises.miss(his, why="No parts", by=garage.manager, at=MONDAY + 2 * HOUR),
            lambda: promises.drop(his, why="Sold it", by=garage.manager, at=MONDAY + 2 * HOUR),
            lambda: promises.hand_on(his, to=garage.manager, by=garage.manager, at=MONDAY + 2 * HOUR),
            lambda: moves.move(
                his, to=MONDAY + DAY, reason="No pads", told=True, by=garage.manager, at=MONDAY + 2 * HOUR
            ),
        ):
            with pytest.raises(Refused, match="Liis Saar has closed this promise already") as refused:
                second()
            assert refused.value.details["time"] == MONDAY + HOUR
            assert refused.value.details["time"].hour == 11
        promise.refresh_from_db()
        assert promise.kept_by == garage.front_line


def test_she_is_told_once_that_it_is_ready(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
        with pytest.raises(Refused, match="told already"):
            promises.tell(promise, by=garage.front_line, at=MONDAY)
        promises.keep(promise, by=garage.front_line, at=MONDAY + HOUR, told=False)
        assert list(promises.to_tell()) == [promise]
        promises.tell(promise, by=garage.front_line, at=MONDAY + 2 * HOUR)
        assert not promises.to_tell().exists()
        with pytest.raises(Refused, match="told already"):
            promises.tell(promise, by=garage.front_line, at=MONDAY + 2 * HOUR)


@pytest.mark.parametrize("deed", ["miss", "drop"])
def test_giving_up_needs_a_reason(garage: House, deed: str) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
        with pytest.raises(Refused, match="Write why") as refused:
            getattr(promises, deed)(promise, why=" ", by=garage.front_line, at=MONDAY)
        assert refused.value.field == "why"
        getattr(promises, deed)(promise, why="No parts", by=garage.front_line, at=MONDAY)
        assert promise.ended_why == "No parts"
        assert standing(promise, MONDAY) == {"miss": "missed", "drop": "dropped"}[deed]


@pytest.mark.parametrize("deed", ["keep", "miss", "drop"])
def test_whatever_was_tapped_by_mistake_can_be_undone(garage: House, deed: str) -> None:
    said: dict[str, Any] = {"told": True} if deed == "keep" else {"why": "Oops"}
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
        with pytest.raises(Refused, match="open already"):
            promises.reopen(promise, by=garage.front_line, at=MONDAY)
        getattr(promises, deed)(promise, by=garage.front_line, at=MONDAY + 5 * HOUR, **said)
        promises.reopen(promise, by=garage.front_line, at=MONDAY + 5 * HOUR)
        assert promise.is_open
        assert (promise.took, promise.told_at, promise.ended_why, promise.broken_at) == (None, None, "", None)
        assert standing(promise, MONDAY + HOUR) == "open"
        assert standing(promise, MONDAY + 5 * HOUR) == "overdue"


def test_what_was_broken_before_stays_broken_whatever_happens_after(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
        moves.move(promise, to=MONDAY + DAY, reason="Forgot", told=True, by=garage.front_line, at=MONDAY + 5 * HOUR)
        assert standing(promise, MONDAY + 5 * HOUR) == "overdue"
        promises.keep(promise, by=garage.front_line, at=MONDAY + 6 * HOUR, told=True)
        assert standing(promise, MONDAY + DAY) == "late"
        promises.reopen(promise, by=garage.front_line, at=MONDAY + 6 * HOUR)
        promises.keep(promise, by=garage.front_line, at=MONDAY + 6 * HOUR, told=True)
        assert standing(promise, MONDAY + DAY) == "late"


def test_another_keeps_it(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
        assert warnings.claim(promise, at=MONDAY)
        promises.hand_on(promise, to=garage.manager, by=garage.front_line, at=MONDAY)
        promise.refresh_from_db()
        assert (promise.keeper, promise.warned_at) == (garage.manager, None)
        promises.hand_on(promise, to=None, by=garage.manager, at=MONDAY)
        promise.refresh_from_db()
        assert promise.keeper is None


def test_what_she_had_promised_is_everybodys_when_she_leaves(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
        people.leave(garage.front_line, by=garage.owner, at=MONDAY)
        promise.refresh_from_db()
        assert promise.keeper is None
        assert promise.made_by == garage.front_line


def test_a_holiday_that_comes_later_leaves_the_time_and_warns_sooner(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage), due=MONDAY + 2 * DAY)
        assert promise.promised == 18 * 60
        assert promise.warn_at == MONDAY + DAY + 4.5 * HOUR  # 13.5 of 18 open hours are over
        day = (MONDAY + DAY).date()
        branches.set_special_day(
            promise.branch, day=day, name="Day off", opens=None, closes=None, by=garage.owner, at=MONDAY
        )
        promise.refresh_from_db()
        assert promise.due_at == MONDAY + 2 * DAY
        assert promise.warn_at == MONDAY + 4.5 * HOUR  # nine open hours are left, and half of them go by
        branches.forget_special_day(branches.SpecialDay.objects.get(), by=garage.owner, at=MONDAY)
        promise.refresh_from_db()
        assert promise.warn_at == MONDAY + DAY + 4.5 * HOUR


def test_when_too_little_is_left_it_is_warned_of_at_once(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage), due=MONDAY + DAY)
        today, tomorrow = MONDAY.date(), (MONDAY + DAY).date()
        for day in (today, tomorrow):
            branches.set_special_day(
                promise.branch, day=day, name="Day off", opens=None, closes=None, by=garage.owner, at=MONDAY
            )
        promise.refresh_from_db()
        assert promise.warn_at == MONDAY
        assert warnings.to_warn(at=MONDAY) == [promise]


def test_who_was_warned_is_not_warned_again_because_the_hours_changed(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
        before = promise.warn_at
        warnings.claim(promise, at=MONDAY + 3 * HOUR)
        branch = promise.branch
        week = {day: [(datetime.min.time(), datetime.min.time())] for day in range(7)}
        branches.change_branch(branch, name=branch.name, week=week, by=garage.owner, at=MONDAY + 3 * HOUR)
        promise.refresh_from_db()
        assert promise.warn_at == before


def test_a_branch_that_moves_its_zone_leaves_the_moment_and_the_clock_on_which_it_was_told(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
        branch = promise.branch
        week = dict(branches.hours(branch).week)
        branches.change_branch(
            branch, name=branch.name, week=week, zone="Europe/Lisbon", by=garage.owner, at=MONDAY + HOUR
        )
        promise = Promise.objects.get()
    assert promise.due_at == MONDAY + 4 * HOUR
    assert (promise.due_there.hour, promise.due_there.minute) == (14, 30)


@pytest.mark.parametrize(("after", "warned"), [(3 * HOUR - MINUTE, 0), (3 * HOUR, 1)])
def test_it_is_time_to_warn_when_a_quarter_is_left(garage: House, after: timedelta, warned: int) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
        assert len(warnings.to_warn(at=MONDAY + after)) == warned
        assert warnings.claim(promise, at=MONDAY)
        assert not warnings.claim(promise, at=MONDAY)
        assert warnings.to_warn(at=MONDAY + after) == []
        warnings.give_back(promise)
        assert len(warnings.to_warn(at=MONDAY + after)) == warned


def test_the_neighbours_promises_are_not_ours(garage: House, salon: House) -> None:
    with salon.work():
        shop.promise(salon, shop.customer(salon))
    with garage.work():
        assert not Promise.objects.exists()
        assert warnings.to_warn(at=MONDAY + DAY) == []
