"""A matter goes to a colleague: with a time, and with a call back by whoever gave it."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from regulars.record import asks, customers
from regulars.record.asks import Ask
from regulars.record.handoffs import HandOff
from regulars.record.people import Role
from tests.cast import MONDAY, House

AT = "/at/garage/"


@pytest.fixture(autouse=True)
def monday() -> Any:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def ask(garage: House) -> Ask:
    with garage.work():
        her = customers.add(name="Mari Oja", by=garage.owner, at=MONDAY)
        return asks.hear(her, text="A second key", source="counter", by=garage.front_line, at=MONDAY)


def sign_in(client: Client, garage: House, role: Role) -> Client:
    client.force_login(garage.person(role))
    return client


def hand_on(client: Client, garage: House, ask: Ask, **typed: str) -> Any:
    words = {"to": str(garage.manager.pk), "say": "She is in a hurry", "hears_by": "2026-03-02T16:00", **typed}
    return client.post(f"{AT}asks/{ask.pk}/hand-on/", words)


def deed(client: Client, handoff: HandOff, name: str, **said: str) -> str:
    return client.post(f"{AT}handoffs/{handoff.pk}/{name}/", said, follow=True).content.decode()


def the_one(garage: House) -> HandOff:
    with garage.work():
        return HandOff.objects.get()


def test_usual_times_are_a_tap_and_any_other_is_typed_on_the_business_clock(
    client: Client, garage: House, ask: Ask
) -> None:
    front = sign_in(client, garage, Role.FRONT_LINE)
    page = front.get(f"{AT}asks/{ask.pk}/hand-on/").content.decode()
    assert 'value="2026-03-02T11:30"' in page, "in an hour: it is half past ten in Tallinn"
    assert 'value="2026-03-03T10:00"' in page, "an hour after the next opening"
    assert "tomorrow 10:00" in page
    hand_on(front, garage, ask, soon="2026-03-02T11:30", hears_by="")
    handoff = the_one(garage)
    assert handoff.hears_by.isoformat() == "2026-03-02T09:30:00+00:00"
    assert (handoff.giver_id, handoff.taker_id) == (garage.front_line.pk, garage.manager.pk)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"to": ""}, "This field is required."),
        ({"say": " "}, "Write what your colleague should know."),
        ({"hears_by": "soon"}, "Enter a valid date/time."),
        ({"hears_by": "2026-03-02T10:29"}, "That time has passed."),
    ],
)
def test_a_hand_on_needs_a_taker_a_time_and_words(
    client: Client, garage: House, ask: Ask, typed: dict[str, str], sentence: str
) -> None:
    response = hand_on(sign_in(client, garage, Role.FRONT_LINE), garage, ask, **typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert ("She is in a hurry" in page) == ("say" not in typed), "what was typed is kept"
    with garage.work():
        assert not HandOff.objects.exists()


def test_neither_oneself_nor_a_viewer_can_take_it(client: Client, garage: House, ask: Ask) -> None:
    front = sign_in(client, garage, Role.FRONT_LINE)
    for nobody in (garage.front_line, garage.viewer):
        assert hand_on(front, garage, ask, to=str(nobody.pk)).status_code == 422


def test_from_hand_to_hand_until_the_customer_was_looked_after(client: Client, garage: House, ask: Ask) -> None:
    hand_on(sign_in(client, garage, Role.FRONT_LINE), garage, ask)
    handoff = the_one(garage)
    assert "for your colleague to say" in deed(client, handoff, "take")
    assert "Check it afterwards" in deed(client, handoff, "checked", cared_for="yes")
    page = deed(sign_in(client, garage, Role.MANAGER), handoff, "take")
    assert "You have it." in page
    assert "met 2 people for it" in page
    card = client.get(f"{AT}customers/{ask.customer_id}/").content.decode()
    assert "met 2 people for it" in card, "the card says it too"
    assert "Whoever handed it on will check." in deed(client, handoff, "called")
    front = sign_in(client, garage, Role.FRONT_LINE)
    assert "calls back to check" in front.get(f"{AT}asks/{ask.pk}/").content.decode()
    assert "was looked after" in deed(front, handoff, "checked", cared_for="yes")
    with garage.work():
        assert Ask.objects.get().helped
    assert "looked after already" in hand_on(front, garage, ask).content.decode()


def test_not_looked_after_yet_it_is_the_givers_again(client: Client, garage: House, ask: Ask) -> None:
    hand_on(sign_in(client, garage, Role.FRONT_LINE), garage, ask)
    handoff = the_one(garage)
    deed(sign_in(client, garage, Role.MANAGER), handoff, "called")
    page = deed(sign_in(client, garage, Role.FRONT_LINE), handoff, "checked", cared_for="no")
    assert "it is with whoever handed it on" in page
    assert "not looked after yet" in page
    assert f"asks/{ask.pk}/hand-on/" in page, "it can be handed on anew"


def test_while_it_is_being_handed_on_it_is_not_handed_on_again(client: Client, garage: House, ask: Ask) -> None:
    front = sign_in(client, garage, Role.FRONT_LINE)
    hand_on(front, garage, ask)
    response = hand_on(front, garage, ask, to=str(garage.owner.pk))
    assert response.status_code == 422
    assert "being handed on already" in response.content.decode()
    assert "no longer handed on" in deed(front, the_one(garage), "take-back")
    assert hand_on(front, garage, ask, to=str(garage.owner.pk)).status_code == 302


def test_what_is_handed_on_was_no_slip_of_the_hand(client: Client, garage: House, ask: Ask) -> None:
    front = sign_in(client, garage, Role.FRONT_LINE)
    hand_on(front, garage, ask)
    assert "It stays." in front.post(f"{AT}asks/{ask.pk}/unhear/", follow=True).content.decode()
    deed(front, the_one(garage), "take-back")
    assert "It stays." in front.post(f"{AT}asks/{ask.pk}/unhear/", follow=True).content.decode(), "nor is it later"
