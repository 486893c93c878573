"""The time moves: judged by what she was told and when. While we wait for her the clock stands."""

from datetime import datetime, timedelta

import pytest

from regulars.kernel.refusal import Refused
from regulars.record import moves, promises
from regulars.record.promises import Promise
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY, HOUR

DUE = MONDAY + 4 * HOUR


def move(garage: House, promise: Promise, *, told: bool, at: datetime = MONDAY + HOUR, reason: str = "No pads") -> None:
    moves.move(promise, to=MONDAY + DAY, reason=reason, told=told, by=garage.front_line, at=at)


def end(garage: House, promise: Promise, at: datetime) -> str:
    promises.keep(promise, by=garage.front_line, at=at, told=True)
    return promise.standing(at).value


def test_told_before_the_new_time_is_the_promise(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
        move(garage, promise, told=True)
        [moved] = promise.moves.all()
        assert (promise.due_at, promise.first_due_at, promise.moved_to) == (MONDAY + DAY, DUE, None)
        assert (promise.promised, promise.first_promised) == (540, 240)
        assert (moved.was, moved.told_first, moved.told_at) == (DUE, True, MONDAY + HOUR)
        assert promise.warn_at > DUE
        assert end(garage, promise, MONDAY + DAY) == "kept"


def test_told_after_it_is_broken(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
        move(garage, promise, told=True, at=DUE + timedelta(minutes=1))
        assert promise.broken_at == DUE
        assert not promise.moves.get().told_first
        assert end(garage, promise, MONDAY + 6 * HOUR) == "late"


def test_not_told_it_is_the_old_time_for_her(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
        move(garage, promise, told=False)
        assert (promise.due_at, promise.moved_to) == (DUE, MONDAY + DAY)
        assert promise.standing(DUE + HOUR).value == "overdue"
        assert end(garage, promise, DUE + HOUR) == "late"


def test_told_of_the_move_later_but_still_before(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
        with pytest.raises(Refused, match="told already"):
            moves.tell(promise, by=garage.front_line, at=MONDAY)
        move(garage, promise, told=False)
        moves.tell(promise, by=garage.front_line, at=DUE)
        assert (promise.due_at, promise.moved_to, promise.broken_at) == (MONDAY + DAY, None, None)
        assert promise.moves.get().told_first
        with pytest.raises(Refused, match="told already"):
            moves.tell(promise, by=garage.front_line, at=DUE)


def test_told_of_the_move_when_it_was_too_late(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
        move(garage, promise, told=False)
        moves.tell(promise, by=garage.front_line, at=DUE + timedelta(minutes=1))
        assert promise.broken_at == DUE
        assert not promise.moves.get().told_first


def test_who_has_it_already_need_not_be_told_of_a_move(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
        move(garage, promise, told=False)
        promises.keep(promise, by=garage.front_line, at=MONDAY + HOUR, told=True)
        with pytest.raises(Refused, match="told already"):
            moves.tell(promise, by=garage.front_line, at=MONDAY + HOUR)


def test_a_move_needs_a_reason_and_an_open_time_from_now_on(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
        with pytest.raises(Refused, match="Write why it is moved") as refused:
            move(garage, promise, told=True, reason=" ")
        assert refused.value.field == "reason"
        for to in (MONDAY, MONDAY + 5 * DAY):
            with pytest.raises(Refused) as refused:
                moves.move(promise, to=to, reason="No pads", told=True, by=garage.front_line, at=MONDAY + HOUR)
            assert refused.value.field == "to"
        assert not promise.moves.exists()


def test_the_clock_stands_while_we_wait_and_the_weekend_is_not_waited(garage: House) -> None:
    friday = MONDAY + 4 * DAY
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage), at=friday, due=friday + 4 * HOUR)
        moves.wait(promise, why="Her yes", by=garage.front_line, at=friday + HOUR)
        assert promise.standing(friday + DAY).value == "waiting"
        moves.go_on(promise, by=garage.front_line, at=friday + 3 * DAY)
        [pause] = promise.pauses.all()
        assert (pause.why, pause.began_at, pause.ended_at) == ("Her yes", friday + HOUR, friday + 3 * DAY)
        assert promise.paused == 8 * 60  # the rest of Friday's nine hours, and an hour and a half of Monday's
        assert promise.due_at == friday + 3 * DAY + 3 * HOUR
        assert promise.promised == 240
        promises.keep(promise, by=garage.front_line, at=friday + 3 * DAY + 3 * HOUR, told=True)
        assert (promise.took, promise.standing(friday + 3 * DAY + 3 * HOUR).value) == (240, "kept")


def test_a_time_that_is_told_while_we_wait_moves_by_what_we_wait_after_it(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
        moves.wait(promise, why="Her yes", by=garage.front_line, at=MONDAY + HOUR)
        moves.move(promise, to=MONDAY + DAY, reason="No pads", told=True, by=garage.front_line, at=MONDAY + 3 * HOUR)
        assert (promise.paused, promise.promised) == (120, 420)
        moves.go_on(promise, by=garage.front_line, at=MONDAY + 4 * HOUR)
        assert promise.due_at == MONDAY + DAY + HOUR
        assert promise.paused == 180
        assert promise.pauses.get().began_at == MONDAY + HOUR
        promises.keep(promise, by=garage.front_line, at=MONDAY + DAY + HOUR, told=True)
        assert (promise.took, promise.standing(MONDAY + DAY + HOUR).value) == (420, "kept")


def test_what_is_kept_while_we_wait_ends_the_waiting(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
        moves.wait(promise, why="Her yes", by=garage.front_line, at=MONDAY + HOUR)
        promises.keep(promise, by=garage.front_line, at=MONDAY + 6 * HOUR, told=True)
        assert (promise.took, promise.paused, promise.waiting_since) == (60, 300, None)
        assert promise.pauses.get().ended_at == MONDAY + 6 * HOUR
        assert promise.standing(MONDAY + DAY).value == "early"


def test_what_was_late_before_we_waited_is_late(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
        moves.wait(promise, why="Her yes", by=garage.front_line, at=DUE + timedelta(minutes=1))
        assert promise.broken_at == DUE
        moves.go_on(promise, by=garage.front_line, at=DUE + HOUR)
        assert end(garage, promise, DUE + HOUR) == "late"


def test_waiting_needs_a_word_and_stands_once(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
        with pytest.raises(Refused, match="what you wait for"):
            moves.wait(promise, why="", by=garage.front_line, at=MONDAY)
        with pytest.raises(Refused, match="runs already"):
            moves.go_on(promises.Promise.objects.none().first() or _kept(garage), by=garage.front_line, at=MONDAY)
        moves.wait(promise, why="Her yes", by=garage.front_line, at=MONDAY)
        with pytest.raises(Refused, match="stands already"):
            moves.wait(promise, why="Her yes", by=garage.front_line, at=MONDAY)
        moves.move(promise, to=MONDAY + DAY, reason="No pads", told=True, by=garage.front_line, at=DUE + HOUR)
        assert promise.broken_at is None  # while we wait nothing is late


def _kept(garage: House) -> Promise:
    promise = shop.promise(garage, shop.customer(garage, "Somebody Else"))
    return promises.keep(promise, by=garage.front_line, at=MONDAY, told=True)


def test_kept_by_whoever_looked_before_it_was_moved_is_judged_by_the_time_that_she_was_told(garage: House) -> None:
    with garage.work():
        seen = shop.promise(garage, shop.customer(garage))
        move(garage, Promise.objects.get(), told=True)
        assert end(garage, seen, DUE + HOUR) == "early"
        assert seen.due_at == MONDAY + DAY


def test_moved_by_whoever_looked_before_it_was_moved_is_moved_from_the_time_that_she_was_told(garage: House) -> None:
    with garage.work():
        seen = shop.promise(garage, shop.customer(garage))
        move(garage, Promise.objects.get(), told=True, at=DUE + HOUR)
        moves.move(seen, to=DUE + 2 * DAY, reason="Ill", told=True, by=garage.manager, at=DUE + 2 * HOUR)
        assert list(seen.moves.values_list("was", flat=True)) == [DUE, MONDAY + DAY]
        assert end(garage, seen, DUE + DAY) == "late"


def test_telling_of_a_move_takes_nothing_from_what_was_kept_late_meanwhile(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
        move(garage, promise, told=False)
        seen = Promise.objects.get()
        assert end(garage, promise, DUE + HOUR) == "late"
        with pytest.raises(Refused, match="told already"):
            moves.tell(seen, by=garage.front_line, at=DUE + HOUR)
        assert Promise.objects.get().standing(DUE + HOUR) == "late"
