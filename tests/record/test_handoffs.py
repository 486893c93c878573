"""Hand-offs: whoever gives a customer to a colleague keeps her until she was looked after."""

import pytest

from regulars.kernel.refusal import Refused
from regulars.record import asks, handoffs, people
from regulars.record.handoffs import HandOff
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import HOUR

SOON = MONDAY + HOUR


def met(handoff: HandOff) -> int:
    return handoffs.people_met({handoff.ask_id: handoff.ask.heard_by_id})[handoff.ask_id]


def given(garage: House) -> HandOff:
    return handoffs.hand_on(
        shop.ask(garage, shop.customer(garage)), to=garage.manager, hears_by=SOON, by=garage.front_line, at=MONDAY
    )


def test_from_hand_to_hand_and_back_to_check(garage: House) -> None:
    liis, jaan = garage.front_line, garage.manager
    with garage.work():
        handoff = given(garage)
        assert handoff.ask.keeper == liis
        assert met(handoff) == 1
        handoffs.take(handoff, by=jaan, at=MONDAY)
        assert met(handoff) == 2
        with pytest.raises(Refused, match="taken already"):
            handoffs.take(handoff, by=jaan, at=MONDAY)
        with pytest.raises(Refused, match="has not heard from your colleague"):
            handoffs.check(handoff, cared_for=True, by=liis, at=MONDAY)
        handoffs.contact(handoff, by=jaan, at=SOON)
        handoff.refresh_from_db()
        assert (handoff.taken_at, handoff.heard_at) == (MONDAY, SOON)
        with pytest.raises(Refused, match="heard from us already"):
            handoffs.contact(handoff, by=jaan, at=SOON)
        assert handoff.ask.keeper == liis, "until she was looked after"
        handoffs.check(handoff, cared_for=True, by=liis, at=SOON)
        handoff.ask.refresh_from_db()
        assert (handoff.ask.looked_after_at, handoff.ask.helped) == (SOON, True)
        with pytest.raises(Refused, match="checked this already"):
            handoffs.check(handoff, cared_for=False, by=liis, at=SOON)
        with pytest.raises(Refused, match="looked after already"):
            handoffs.hand_on(handoff.ask, to=jaan, hears_by=SOON, by=liis, at=MONDAY)


def test_who_calls_her_has_taken_it_too(garage: House) -> None:
    with garage.work():
        handoff = given(garage)
        handoffs.contact(handoff, by=garage.manager, at=SOON)
        handoff.refresh_from_db()
        assert handoff.taken_at == SOON


def test_not_yet_looked_after_it_is_the_givers_again(garage: House) -> None:
    with garage.work():
        handoff = given(garage)
        handoffs.contact(handoff, by=garage.manager, at=MONDAY)
        handoff.refresh_from_db()
        handoffs.check(handoff, cared_for=False, by=garage.front_line, at=SOON)
        handoff.ask.refresh_from_db()
        assert handoff.ask.looked_after_at is None
        handoffs.hand_on(handoff.ask, to=garage.owner, hears_by=SOON + HOUR, by=garage.front_line, at=SOON)
        assert HandOff.objects.count() == 2


def test_it_needs_somebody_else_and_a_time_to_come(garage: House) -> None:
    with garage.work():
        ask = shop.ask(garage, shop.customer(garage))
        with pytest.raises(Refused, match="Choose somebody else") as refused:
            handoffs.hand_on(ask, to=garage.front_line, hears_by=SOON, by=garage.front_line, at=MONDAY)
        assert refused.value.field == "to"
        with pytest.raises(Refused, match="has passed") as refused:
            handoffs.hand_on(ask, to=garage.manager, hears_by=MONDAY, by=garage.front_line, at=MONDAY)
        assert refused.value.field == "hears_by"
        handoffs.hand_on(ask, to=garage.manager, hears_by=SOON, by=garage.front_line, at=MONDAY)
        with pytest.raises(Refused, match="being handed on already"):
            handoffs.hand_on(ask, to=garage.owner, hears_by=SOON, by=garage.front_line, at=MONDAY)


def test_what_nobody_kept_is_the_givers(garage: House) -> None:
    with garage.work():
        ask = shop.ask(garage, shop.customer(garage), by=None)
        handoffs.hand_on(ask, to=garage.manager, hears_by=SOON, by=garage.front_line, at=MONDAY)
        assert ask.keeper == garage.front_line
        assert handoffs.people_met({ask.pk: None}) == {ask.pk: 0}


def test_each_says_only_what_is_hers_to_say(garage: House) -> None:
    with garage.work():
        handoff = handoffs.hand_on(
            shop.ask(garage, shop.customer(garage), by=garage.owner),
            to=garage.front_line,
            hears_by=SOON,
            by=garage.owner,
            at=MONDAY,
        )
        for deed in (handoffs.take, handoffs.contact):
            with pytest.raises(Refused, match="for your colleague to say"):
                deed(handoff, by=garage.viewer, at=MONDAY)
        with pytest.raises(Refused, match="Only those two, or a manager"):
            handoffs.withdraw(handoff, by=garage.viewer, at=MONDAY)
        handoffs.contact(handoff, by=garage.manager, at=MONDAY)
        handoff.refresh_from_db()
        with pytest.raises(Refused, match="for your colleague to say"):
            handoffs.check(handoff, cared_for=True, by=garage.front_line, at=MONDAY)


@pytest.mark.parametrize("who", ["giver", "taker", "manager"])
def test_it_can_be_taken_back(garage: House, who: str) -> None:
    by = {"giver": garage.front_line, "taker": garage.owner, "manager": garage.manager}[who]
    with garage.work():
        ask = shop.ask(garage, shop.customer(garage))
        handoff = handoffs.hand_on(ask, to=garage.owner, hears_by=SOON, by=garage.front_line, at=MONDAY)
        handoffs.withdraw(handoff, by=by, at=MONDAY)
        assert not handoffs.open_ones().exists()
        with pytest.raises(Refused, match="checked this already"):
            handoffs.withdraw(handoff, by=by, at=MONDAY)


def test_it_goes_back_when_the_taker_leaves(garage: House) -> None:
    with garage.work():
        ask = shop.ask(garage, shop.customer(garage), by=garage.manager)
        handoffs.hand_on(ask, to=garage.front_line, hears_by=SOON, by=garage.manager, at=MONDAY)
        people.leave(garage.front_line, by=garage.owner, at=MONDAY)
        assert not handoffs.open_ones().exists()
        assert asks.unanswered().get().keeper == garage.manager


def test_the_neighbours_are_not_ours(garage: House, salon: House) -> None:
    with salon.work():
        given(salon)
    with garage.work():
        assert not HandOff.objects.exists()
