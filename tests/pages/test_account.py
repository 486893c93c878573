"""A person's own account: her name, language and colours; her password, and the pages around it."""

import re

import pytest
from django.core import mail
from django.test import Client

from regulars.record.people import Person, Role, register
from tests.cast import PASSWORD, House


@pytest.fixture
def kadri(client: Client, db: None) -> Person:
    """Signed in by the door, with her password."""
    person = register(email="kadri@kuusk.example", name="Kadri Uus", password=PASSWORD)
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    return person


def test_she_reads_every_page_in_the_language_and_colours_she_chose(client: Client, kadri: Person) -> None:
    answer = client.post("/account/", {"name": "Kadri Mägi", "language": "fi", "theme": "dark"}, follow=True)
    page = answer.content.decode()
    assert '<html lang="fi" data-theme="dark">' in page
    assert "Kadri Mägi" in page


def test_as_on_the_device_means_what_the_browser_asks_for(client: Client, kadri: Person) -> None:
    client.post("/account/", {"name": "Kadri", "language": "", "theme": ""})
    page = client.get("/account/", headers={"accept-language": "et"}).content.decode()
    assert '<html lang="et">' in page


def test_a_language_that_nobody_speaks_is_refused(client: Client, kadri: Person) -> None:
    client.post("/account/", {"name": "Kadri", "language": "tlh"})
    kadri.refresh_from_db()
    assert kadri.language == ""


@pytest.mark.parametrize(
    "address",
    ["", "email/", "password/change/", "2fa/", "2fa/webauthn/", "sessions/", "logout/", "reauthenticate/"],
)
def test_every_page_of_the_account_is_ours(client: Client, kadri: Person, address: str) -> None:
    page = client.get(f"/account/{address}").content.decode()
    assert page.count("<h1") == 1
    assert "css/parts.css" in page
    assert " style=" not in page
    assert "onclick" not in page


@pytest.mark.parametrize("address", ["login/", "password/reset/", "signup/", "inactive/"])
def test_every_page_at_the_door_is_ours(client: Client, db: None, address: str) -> None:
    page = client.get(f"/account/{address}").content.decode()
    assert page.count("<h1") == 1
    assert "css/parts.css" in page


def test_a_device_is_called_as_its_owner_calls_it(client: Client, db: None) -> None:
    register(email="kadri@kuusk.example", name="Kadri Uus", password=PASSWORD)
    browser = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604.1"
    words = {"login": "kadri@kuusk.example", "password": PASSWORD}
    client.post("/account/login/", words, headers={"user-agent": browser})
    assert "Safari, iPhone" in client.get("/account/sessions/").content.decode()
    other = Client()
    other.post("/account/login/", words, headers={"user-agent": "something"})
    assert "An unknown device" in client.get("/account/sessions/").content.decode()


def test_a_forgotten_password_is_replaced_with_a_code_from_a_letter(client: Client, db: None) -> None:
    register(email="kadri@kuusk.example", name="Kadri Uus", password=PASSWORD)
    answer = client.post("/account/password/reset/", {"email": "kadri@kuusk.example"}, follow=True)
    assert answer.content.decode().count("<h1") == 1
    (code,) = re.findall(r"^\s*([A-Z0-9-]{6,})\s*$", str(mail.outbox[0].body), re.MULTILINE)
    answer = client.post(answer.redirect_chain[-1][0], {"code": code}, follow=True)
    new = "a quite different sentence"
    client.post(answer.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert Person.objects.get().check_password(new)


def test_a_letter_to_an_address_that_nobody_has_invites_nobody_to_sign_up(client: Client, db: None) -> None:
    client.post("/account/password/reset/", {"email": "nobody@kuusk.example"})
    assert "Nobody signs in here with this address" in mail.outbox[0].body
    assert "sign up" not in mail.outbox[0].body


def test_a_new_password_is_told_by_letter_and_ends_the_session(client: Client, kadri: Person) -> None:
    new = "a quite different sentence"
    words = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post("/account/password/change/", words)
    assert "password" in mail.outbox[-1].subject.lower()
    assert client.get("/account/").status_code == 302


def test_too_many_tries_are_told_what_to_do(client: Client, garage: House) -> None:
    for _ in range(12):
        answer = client.post("/account/login/", {"login": "mari.tamm@garage.example", "password": "guess"})
    assert answer.status_code in (200, 429)
    page = answer.content.decode()
    assert "Too many" in page


def test_pages_forbid_what_a_stranger_could_slip_in(client: Client, garage: House) -> None:
    client.force_login(garage.person(Role.OWNER))
    policy = client.get("/account/")["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy
