"""A session ends by itself, and nobody's browser keeps what she saw."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from regulars.kernel import clock
from regulars.pages import sessions
from regulars.record.people import Role, register, seat
from tests.cast import MONDAY, PASSWORD, House

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


class Hands:
    """A clock whose hands we move."""

    def __init__(self) -> None:
        self.now = clock.now()

    def move(self, by: timedelta) -> None:
        self.now += by


@pytest.fixture
def hands(monkeypatch: Any) -> Hands:
    hands = Hands()
    monkeypatch.setattr(clock, "now", lambda: hands.now)
    return hands


def sign_in(garage: House, client: Client, *, remember: bool) -> None:
    email = "kadri@kuusk.example"
    with garage.work():
        seat(register(email=email, name="Kadri Uus", password=PASSWORD), role=Role.OWNER, at=MONDAY)
    words = {"login": email, "password": PASSWORD} | ({"remember": "on"} if remember else {})
    assert client.post("/account/login/", words).status_code == 302


def is_in(client: Client) -> bool:
    return client.get("/at/garage/today/").status_code == 200


def test_a_page_waits_for_nobody_who_writes(garage: House, client: Client, hands: Hands, monkeypatch: Any) -> None:
    sign_in(garage, client, remember=False)
    before = client.session["seen"]
    hands.move(HOUR)
    with monkeypatch.context() as somebody_writes:
        somebody_writes.setattr(sessions, "_would_wait", lambda: True)
        assert is_in(client)
    assert client.session["seen"] == before
    assert is_in(client)
    assert client.session["seen"] == hands.now.isoformat()


def test_three_hours_without_a_page_end_it(garage: House, client: Client, hands: Hands) -> None:
    sign_in(garage, client, remember=False)
    hands.move(3 * HOUR)
    assert is_in(client)
    hands.move(3 * HOUR + MINUTE)
    answer = client.get("/at/garage/today/?page=2", follow=True)
    assert answer.redirect_chain == [("/account/login/?next=/at/garage/today/%3Fpage%3D2", 302)]
    assert "so that nobody else works in your name" in answer.content.decode()


def test_twelve_hours_end_it_however_busy_she_was(garage: House, client: Client, hands: Hands) -> None:
    sign_in(garage, client, remember=False)
    for _ in range(6):
        hands.move(2 * HOUR)
        assert is_in(client)
    hands.move(MINUTE)
    assert not is_in(client)


def test_who_asked_to_be_remembered_stays_for_two_weeks(garage: House, client: Client, hands: Hands) -> None:
    sign_in(garage, client, remember=True)
    hands.move(timedelta(days=14))
    assert is_in(client)
    hands.move(MINUTE)
    assert not is_in(client)


def test_pages_in_a_row_write_nothing(garage: House, client: Client, hands: Hands) -> None:
    sign_in(garage, client, remember=False)
    before = client.session["seen"]
    hands.move(5 * MINUTE)
    assert is_in(client)
    assert client.session["seen"] == before
    hands.move(MINUTE)
    assert is_in(client)
    assert datetime.fromisoformat(client.session["seen"]) == hands.now


def test_what_she_saw_is_kept_by_no_browser(garage: House, client: Client) -> None:
    sign_in(garage, client, remember=True)
    assert "no-store" in client.get("/at/garage/today/").headers["Cache-Control"]
    assert "private" in client.get("/at/garage/customers/").headers["Cache-Control"]
