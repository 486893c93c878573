"""Who waits for whom today: in which order, with which words, and what nobody else's list shows."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import translation

from regulars.desk import duties, duty
from regulars.record import asks, bends, branches, handoffs, messages, moves, promises, work
from regulars.record.customers import stop_calls
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY, HOUR


def said(house: House, member: Any, at: datetime = MONDAY) -> list[tuple[str, str, str]]:
    found = duties.for_member(member, at=at)
    return [(duty.what, str(duty.customer), duty.say) for duty in [*found.first, *found.later]]


def test_a_promise_is_hers_until_it_is_kept(garage: House, salon: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
        assert said(garage, garage.front_line) == [("keep", "Kaja Oja", "was promised “The brakes” by 14:30.")]
        assert said(garage, garage.manager) == []
        promises.keep(promise, by=garage.front_line, at=MONDAY + HOUR, told=True)
        assert said(garage, garage.front_line) == []
    with salon.work():
        assert said(salon, salon.front_line) == []


def test_what_nobody_keeps_is_on_everybodys_list(garage: House) -> None:
    with garage.work():
        promises.hand_on(shop.promise(garage, shop.customer(garage)), to=None, by=garage.owner, at=MONDAY)
        assert len(duties.for_member(garage.front_line, at=MONDAY)) == 1
        assert len(duties.for_member(garage.manager, at=MONDAY)) == 1


@pytest.mark.parametrize(("after", "is_first"), [(3 * HOUR - timedelta(minutes=1), False), (3 * HOUR, True)])
def test_it_comes_first_when_a_quarter_of_the_time_is_left(garage: House, after: timedelta, is_first: bool) -> None:
    with garage.work():
        shop.promise(garage, shop.customer(garage))
        found = duties.for_member(garage.front_line, at=MONDAY + after)
    assert bool(found.first) is is_first
    assert bool(found.later) is not is_first
    assert len(found) == 1


def test_what_is_late_comes_first_then_what_is_due_soonest(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        shop.promise(garage, her, "soon", due=MONDAY + 3 * HOUR)
        shop.promise(garage, her, "late", due=MONDAY + 1 * HOUR)
        shop.promise(garage, her, "tomorrow", due=MONDAY + DAY)
        found = duties.for_member(garage.front_line, at=MONDAY + 2.5 * HOUR)
    assert [(duty.row.what, duty.is_late) for duty in found.first] == [("late", True), ("soon", False)]
    assert [duty.row.what for duty in found.later] == ["tomorrow"]
    assert found.first[1].left == 30


def test_what_is_ready_early_asks_for_a_call_before_she_calls(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage, phones=[("+3725551234", "555 1234")]))
        promises.keep(promise, by=garage.front_line, at=MONDAY + HOUR, told=False)
        [duty] = duties.for_member(garage.front_line, at=MONDAY + HOUR).first
        assert duty.what == "tell"
        assert duty.calls
        assert duty.say == "“The brakes” is ready before the time. Call now, before the customer calls you."
        assert duty.phone is not None
        assert duty.phone.written == "555 1234"
        promises.tell(promise, by=garage.front_line, at=MONDAY + 2 * HOUR)
        assert not duties.for_member(garage.front_line, at=MONDAY + 2 * HOUR)


def test_what_is_ready_late_is_only_ready(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
        promises.keep(promise, by=garage.front_line, at=MONDAY + 5 * HOUR, told=False)
        [duty] = duties.for_member(garage.front_line, at=MONDAY + 5 * HOUR).first
    assert duty.say == "“The brakes” is ready. Call and say so."
    assert duty.phone is None


def test_a_move_that_she_does_not_know_of_is_told_first(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
        moves.move(promise, to=MONDAY + DAY, reason="No pads", told=False, by=garage.front_line, at=MONDAY + HOUR)
        found = duties.for_member(garage.front_line, at=MONDAY + HOUR)
        assert [duty.what for duty in found.first] == ["tell_move"]
        assert "moves to tomorrow 10:30. The time that was told is 14:30." in found.first[0].say


def test_while_we_wait_for_her_it_can_wait(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage))
        moves.wait(promise, why="Her yes to the discs", by=garage.front_line, at=MONDAY + HOUR)
        found = duties.for_member(garage.front_line, at=MONDAY + 6 * HOUR)
    assert not found.first
    assert [duty.say for duty in found.later] == ["“The brakes”: we wait for an answer since 11:30."]


def test_an_ask_waits_for_its_answer_and_a_yes_until_it_is_done(garage: House) -> None:
    with garage.work():
        ask = shop.ask(garage, shop.customer(garage))
        assert said(garage, garage.front_line) == [("answer", "Kaja Oja", "asks: “A taxi home”")]
        asks.say_yes(ask, how="We call one.", by=garage.front_line, at=MONDAY)
        assert said(garage, garage.front_line) == [
            ("do", "Kaja Oja", "was told yes, and it is still to be done: We call one.")
        ]
        [duty] = duties.for_member(garage.front_line, at=MONDAY + 2 * DAY).first
        assert duty.is_late
        asks.do(ask, by=garage.front_line, at=MONDAY)
        assert said(garage, garage.front_line) == []


def test_what_she_wrote_herself_is_everybodys(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        shop.ask(garage, her, "Winter tyres too?", by=None)
        shop.complaint(garage, "It squeaks", customer=her, source="mail", by=None)
        assert said(garage, garage.manager, MONDAY + HOUR) == [
            ("answer", "Kaja Oja", "asks: “Winter tyres too?”"),
            (
                "acknowledge",
                "Kaja Oja",
                "does not know yet that we have it; we said: by 14:30. “It squeaks”",
            ),
        ]


def test_a_hand_off_is_taken_then_called_then_checked_by_who_gave_it(garage: House) -> None:
    liis, jaan = garage.front_line, garage.manager
    with garage.work():
        ask = shop.ask(garage, shop.customer(garage))
        handoff = handoffs.hand_on(ask, to=jaan, hears_by=MONDAY + 2 * HOUR, by=liis, at=MONDAY)
        assert said(garage, jaan) == [("take", "Kaja Oja", "comes to you from Liis Saar: “A taxi home”")]
        handoffs.take(handoff, by=jaan, at=MONDAY)
        [duty] = duties.for_member(jaan, at=MONDAY + 3 * HOUR).first
        assert (duty.what, duty.is_late) == ("contact", True)
        handoffs.contact(handoff, by=jaan, at=MONDAY + HOUR)
        assert said(garage, jaan) == []
        assert ("check", "Kaja Oja") in [line[:2] for line in said(garage, liis)]


def test_who_must_not_be_called_shows_no_number_unless_the_call_is_owed(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage, phones=[("+3725551234", "555 1234")])
        stop_calls(her, by=garage.owner, at=MONDAY)
        promise = shop.promise(garage, her)
        assert duties.for_member(garage.front_line, at=MONDAY).later[0].phone is None
        promises.keep(promise, by=garage.front_line, at=MONDAY, told=False)
        assert duties.for_member(garage.front_line, at=MONDAY).first[0].phone is not None


def test_who_manages_sees_how_many_of_others_are_late_what_was_refused_and_which_rules_are_bent(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        shop.promise(garage, her)
        asks.say_no(shop.ask(garage, her), reason="None", instead="A bus", by=garage.front_line, at=MONDAY)
        for _time in range(3):
            bends.bend(rule="No credit", why="Old friend", good="Came back", by=garage.front_line, at=MONDAY)
        assert duties.for_member(garage.manager, at=MONDAY).colleagues_late == 0
        found = duties.for_member(garage.manager, at=MONDAY + 5 * HOUR)
        assert (found.colleagues_late, found.refusals, found.rules) == (1, 1, 1)
        hers = duties.for_member(garage.front_line, at=MONDAY + 5 * HOUR)
        assert (hers.colleagues_late, hers.refusals, hers.rules) == (0, 0, 0)


@pytest.mark.parametrize("size", [1, 20])
def test_the_same_number_of_questions_however_much_waits(
    garage: House, size: int, django_assert_max_num_queries: Any
) -> None:
    with garage.work():
        for number in range(size):
            her = shop.customer(garage, f"Customer {number}", phones=[(f"+37255512{number:02}", f"555 12{number:02}")])
            shop.promise(garage, her)
            work.finish(shop.job(garage, her), by=garage.front_line, at=MONDAY + HOUR, told=False)
            ask = shop.ask(garage, her)
            handoffs.hand_on(ask, to=garage.manager, hears_by=MONDAY + HOUR, by=garage.front_line, at=MONDAY)
            shop.recovery(garage, shop.complaint(garage, customer=her), until="admitted")
            messages.receive(shop.complaint(garage, customer=her), text="And?", at=MONDAY)
        with django_assert_max_num_queries(20):
            duties.for_member(garage.front_line, at=MONDAY)
        with django_assert_max_num_queries(26):
            duties.for_member(garage.manager, at=MONDAY)


def test_hours_that_changed_leave_what_was_told_and_change_what_is_left(garage: House) -> None:
    with garage.work():
        promise = shop.promise(garage, shop.customer(garage), due=MONDAY + 2 * DAY)
        before = duties.for_member(garage.front_line, at=MONDAY).later[0].left
        branches.set_special_day(
            promise.branch, day=(MONDAY + DAY).date(), name="Away", opens=None, closes=None, by=garage.owner, at=MONDAY
        )
        after = duties.for_member(garage.front_line, at=MONDAY).later[0]
    assert before is not None
    assert after.left == before - 9 * 60
    assert after.row.due_at == MONDAY + 2 * DAY


@pytest.mark.parametrize(
    ("days", "language", "words"),
    [
        (0, "en", "14:30"),
        (1, "en", "tomorrow 14:30"),
        (-1, "en", "yesterday 14:30"),
        (3, "en", "Thursday 5 March, 14:30"),
    ],
)
def test_a_moment_is_said_as_people_say_it(garage: House, days: int, language: str, words: str) -> None:
    with garage.work(), translation.override(language):
        due = shop.promise(garage, shop.customer(garage)).due_there + days * DAY
    assert duty.when(due, MONDAY) == words
