"""The ledger of promises: the same as a count by hand, with its denominator."""

from datetime import timedelta
from typing import Any

import pytest

from regulars.desk import ledger
from regulars.record import moves, promises
from regulars.record.promises import Promise
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY, HOUR

LATER = MONDAY + DAY
ZONE = "Europe/Tallinn"


def a_day(garage: House, her: Any) -> dict[str, Promise]:
    """One of each: told for 14:30, four open hours after half past ten."""
    at = {name: shop.promise(garage, her, name) for name in ("early", "kept", "edge", "late", "missed", "dropped")}
    for name, minutes in {"early": 216, "edge": 217, "kept": 240, "late": 241}.items():
        promises.keep(at[name], by=garage.front_line, at=MONDAY + timedelta(minutes=minutes), told=True)
    promises.miss(at["missed"], why="No parts", by=garage.front_line, at=MONDAY + HOUR)
    promises.drop(at["dropped"], why="Sold the car", by=garage.front_line, at=MONDAY + HOUR)
    at["overdue"] = shop.promise(garage, her, "overdue")
    at["open"] = shop.promise(garage, her, "open", due=MONDAY + 3 * DAY)
    at["waiting"] = shop.promise(garage, her, "waiting")
    moves.wait(at["waiting"], why="Her word", by=garage.front_line, at=MONDAY + HOUR)
    return at


def test_share_kept_is_kept_of_kept_late_and_overdue(garage: House, salon: House) -> None:
    with salon.work():
        shop.promise(salon, shop.customer(salon))
    with garage.work():
        a_day(garage, shop.customer(garage))
        first = ledger.share_kept(LATER)
        whole = ledger.ledger(LATER, since=MONDAY - DAY, zone=ZONE).counts
    assert (first.kept, first.late, first.overdue, first.of, first.share) == (3, 2, 1, 6, 0.5)
    assert (whole.kept, whole.early, whole.late, whole.overdue, whole.moved) == (3, 1, 2, 1, 0)
    assert whole.share == 0.5


def test_what_ended_before_the_period_is_not_counted_what_is_overdue_still_is(garage: House) -> None:
    with garage.work():
        a_day(garage, shop.customer(garage))
        after = ledger.share_kept(MONDAY + 31 * DAY)
        assert (after.kept, after.late) == (0, 0)
        assert after.overdue == 2  # the open one has come due since
        assert ledger.ledger(LATER, since=MONDAY + timedelta(minutes=240), zone=ZONE).counts.kept == 0
        assert ledger.ledger(LATER, since=MONDAY + timedelta(minutes=239), zone=ZONE).counts.kept == 1


def test_nothing_promised_has_no_share(garage: House) -> None:
    with garage.work():
        assert ledger.share_kept(MONDAY).share is None
        empty = ledger.ledger(MONDAY, since=MONDAY - DAY, zone=ZONE)
    assert (empty.counts.of, empty.took, empty.promised, empty.weeks) == (0, None, None, [])


def test_told_and_taken_in_open_minutes(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        for minutes in (60, 120, 180):
            promise = shop.promise(garage, her)
            promises.keep(promise, by=garage.front_line, at=MONDAY + timedelta(minutes=minutes), told=True)
        over_night = shop.promise(garage, her, due=LATER)
        promises.keep(over_night, by=garage.front_line, at=LATER, told=True)
        found = ledger.ledger(LATER, since=MONDAY, zone=ZONE)
    assert found.took is not None
    assert found.promised is not None
    assert found.took.median == 150
    assert found.took.ninetieth == pytest.approx(180 + 0.7 * (540 - 180))  # an open day has nine hours
    assert found.promised.median == 240


def test_moved_counts_the_moved_and_not_the_paused(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        moved, paused = shop.promise(garage, her), shop.promise(garage, her)
        moves.move(moved, to=LATER, reason="No pads", told=True, by=garage.front_line, at=MONDAY + HOUR)
        moves.wait(paused, why="Her word", by=garage.front_line, at=MONDAY + HOUR)
        moves.go_on(paused, by=garage.front_line, at=MONDAY + 2 * HOUR)
        for promise in (moved, paused):
            promises.keep(promise, by=garage.front_line, at=MONDAY + 4.5 * HOUR, told=True)
        counts = ledger.ledger(LATER, since=MONDAY, zone=ZONE).counts
    assert (counts.kept, counts.late, counts.moved) == (2, 0, 1)


def test_moved_after_the_time_is_late_however_soon_it_is_kept_then(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
        moves.move(promise, to=LATER, reason="Forgot", told=True, by=garage.front_line, at=MONDAY + 5 * HOUR)
        promises.keep(promise, by=garage.front_line, at=MONDAY + 6 * HOUR, told=True)
        assert ledger.share_kept(LATER).share == 0


def test_by_person_kind_and_branch_the_largest_first_and_the_nameless_last(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        for keeper in (garage.front_line, garage.front_line, garage.manager):
            promise = shop.promise(garage, her, keeper=keeper)
            promises.keep(promise, by=keeper, at=MONDAY + HOUR, told=True)
        for _time in range(3):
            nobodys = shop.promise(garage, her)
            promises.hand_on(nobodys, to=None, by=garage.owner, at=MONDAY)
        found = ledger.ledger(LATER, since=MONDAY, zone=ZONE)
        only = ledger.ledger(LATER, since=MONDAY, zone=ZONE, keeper=garage.manager)
    assert [(name, counts.kept, counts.of) for name, counts in found.groups["keeper"]] == [
        ("Liis Saar", 2, 2),
        ("Jaan Kask", 1, 1),
        ("", 0, 3),
    ]
    assert [name for name, _counts in found.groups["branch"]] == ["Tamm's garage"]
    assert only.counts.of == 1


def test_week_by_week(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        for week in (0, 0, 2):
            at = MONDAY + 7 * week * DAY
            promise = shop.promise(garage, her, at=at, due=at + 4 * HOUR)
            promises.keep(promise, by=garage.front_line, at=at + (5 if week else 1) * HOUR, told=True)
        weeks = ledger.ledger(MONDAY + 20 * DAY, since=MONDAY - DAY, zone=ZONE).weeks
    monday = MONDAY.date()
    assert weeks == [(monday, 2, 2), (monday + timedelta(weeks=2), 0, 1)]
