"""Reckonings: asked once, taken once, finished or failed."""

from datetime import timedelta

from regulars.record import reckonings
from regulars.record.reckonings import Reckoning
from tests.cast import MONDAY, House

LATER = MONDAY + timedelta(minutes=5)


def still_open() -> bool:
    return any(each.is_open for each in Reckoning.objects.all())


def test_asked_twice_before_it_begins_it_is_worked_out_once(garage: House) -> None:
    with garage.work():
        assert not still_open()
        first = reckonings.ask(by=garage.owner, at=MONDAY)
        assert still_open()
        assert reckonings.ask(by=garage.manager, at=LATER) == first


def test_asked_again_while_it_runs_it_is_worked_out_again(garage: House) -> None:
    with garage.work():
        reckonings.ask(at=MONDAY)
        running = reckonings.begin(at=MONDAY)
        assert running is not None
        waiting = reckonings.ask(at=LATER)
        assert waiting != running
        assert reckonings.begin(at=LATER) == waiting


def test_the_owner_sees_how_far_it_is(garage: House) -> None:
    with garage.work():
        reckonings.ask(at=MONDAY)
        running = reckonings.begin(at=MONDAY)
        assert running is not None
        reckonings.is_at(running, "fit", 0.4)
        found = reckonings.latest()
        assert found is not None
        assert (found.step, found.percent, found.is_open) == ("fit", 40, True)


def test_what_a_killed_worker_left_is_taken_up_again_and_ends_with_the_next(garage: House) -> None:
    with garage.work():
        reckonings.ask(at=MONDAY)
        left = reckonings.begin(at=MONDAY)
        again = reckonings.begin(at=LATER)
        assert left == again
        assert again is not None
        reckonings.finish(again, at=LATER)
        assert reckonings.begin(at=LATER) is None


def test_one_that_broke_is_not_tried_for_ever(garage: House) -> None:
    with garage.work():
        reckonings.ask(at=MONDAY)
        running = reckonings.begin(at=MONDAY)
        assert running is not None
        reckonings.fail(running, at=LATER)
        assert reckonings.begin(at=LATER) is None
        assert Reckoning.objects.get().failed_at == LATER


def test_the_neighbours_reckonings_are_their_own(garage: House, salon: House) -> None:
    with garage.work():
        reckonings.ask(at=MONDAY)
    with salon.work():
        assert reckonings.latest() is None
        assert reckonings.begin(at=MONDAY) is None
