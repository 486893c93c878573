"""Letters go through a real mail server, and what is in them works for whoever reads them."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.test import Client

from regulars.record.people import Person, Role, register
from tests.cast import PASSWORD, House
from tests.machine import spare_port

KADRI = {"name": "Kadri Õun", "email": "kadri@example.ee", "role": Role.FRONT_LINE.value}


class Postman:
    """What came in: the envelope's reader, and the letter."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], EmailMessage]] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.letters.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))  # type: ignore[arg-type]
        return "250 OK"


@pytest.fixture
def post(settings: Any) -> Iterator[Postman]:
    postman, port = Postman(), spare_port()
    server = Controller(postman, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield postman
    server.stop()


def test_an_invited_colleague_reads_her_letter_and_takes_her_seat(client: Client, garage: House, post: Postman) -> None:
    client.force_login(garage.person(Role.OWNER))
    client.post("/at/garage/settings/people/invite/", KADRI)
    ((readers, letter),) = post.letters
    assert readers == ["kadri@example.ee"]
    assert "Tamm's garage" in letter["Subject"]
    assert letter["From"] == "Regulars <regulars@localhost>"
    words = letter.get_content()
    assert "Kadri Õun" in words
    (link,) = re.findall(r"http://localhost:8000(/invitation/\S+)", words)
    reader = Client()
    assert reader.post(link, {"name": "Kadri Õun", "password": PASSWORD})["Location"] == "/at/garage/today/"
    assert reader.get("/at/garage/today/").status_code == 200


def test_whoever_forgot_her_password_gets_a_code_that_works_once(client: Client, db: None, post: Postman) -> None:
    register(email="kadri@example.ee", name="Kadri Õun", password="the old password is gone")
    client.post("/account/password/reset/", {"email": "kadri@example.ee"})
    ((readers, letter),) = post.letters
    assert readers == ["kadri@example.ee"]
    (code,) = re.findall(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", letter.get_content())
    confirm = "/account/password/reset/confirm/"
    client.post(confirm, {"code": code})
    client.post("/account/password/reset/complete/", {"password1": PASSWORD, "password2": PASSWORD})
    assert Person.objects.get(email="kadri@example.ee").check_password(PASSWORD)
    again = Client()
    again.post("/account/password/reset/", {"email": "kadri@example.ee"})
    assert code not in post.letters[-1][1].get_content()
