"""The owner adds a mailbox, tries it, sees whether its letters are fetched; its password is never shown again."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from regulars.record import mailboxes
from regulars.record.branches import Branch
from regulars.record.mailboxes import Mailbox
from regulars.record.people import Role
from tests.cast import MONDAY, House
from tests.mailserver import PASSWORD, MailServer

AT = "/at/garage/settings/mail/"
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def monday() -> Any:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def owner(client: Client, garage: House) -> Client:
    client.force_login(garage.person(Role.OWNER))
    return client


def typed(house: House, **more: Any) -> dict[str, Any]:
    with house.work():
        branch = str(Branch.objects.get().pk)
    described = {"address": "garage@tamm.example", "host": "127.0.0.1", "port": 143, "security": "none"}
    return described | {"user": "tried", "password": PASSWORD, "folder": "INBOX", "branch": branch} | more


def added(house: House, address: str = "garage@tamm.example", **more: Any) -> Mailbox:
    with house.work():
        described = typed(house, address=address, branch=Branch.objects.get(), **more)
        return mailboxes.add(**described, by=house.owner, at=MONDAY)


def page(client: Client) -> str:
    return client.get(AT).content.decode()


def test_a_mailbox_is_added_and_its_password_is_never_shown_again(owner: Client, garage: House) -> None:
    assert "No mailbox yet" in page(owner)
    said = owner.post(f"{AT}new/", typed(garage), follow=True).content.decode()
    assert "garage@tamm.example" in said
    assert "not tried yet" in said
    with garage.work():
        pk = Mailbox.objects.get().pk
    assert PASSWORD not in page(owner) + owner.get(f"{AT}{pk}/").content.decode()


def test_what_is_refused_comes_back_as_it_was_typed(owner: Client, garage: House) -> None:
    answer = owner.post(f"{AT}new/", typed(garage, port=99999, host="mail.tamm.example"))
    assert (answer.status_code, "mail.tamm.example" in answer.content.decode()) == (422, True)
    added(garage)
    answer = owner.post(f"{AT}new/", typed(garage))
    assert (answer.status_code, "fetched already" in answer.content.decode()) == (422, True)


def test_a_password_that_is_left_empty_stays(owner: Client, garage: House) -> None:
    box = added(garage)
    owner.post(f"{AT}{box.pk}/", typed(garage, password="", port=144))
    with garage.work():
        box.refresh_from_db()
    assert (box.port, box.password) == (144, PASSWORD)


def test_trying_it_says_in_words_what_happened(owner: Client, garage: House, server: MailServer, settings: Any) -> None:
    settings.MAIL_INSIDE = True
    good, bad = added(garage, port=server.port), added(garage, "bad@tamm.example", port=server.port, password="wrong")
    server.put("tried", b"From: kaja@oja.example\r\n\r\nwheel\r\n", at=MONDAY)
    said = owner.post(f"{AT}{good.pk}/try/", follow=True).content.decode()
    assert "It works: 1 letter lies there." in said
    said = owner.post(f"{AT}{bad.pk}/try/", follow=True).content.decode()
    assert said.count("The password was refused.") == 2, "once as the answer, once beside the mailbox"
    assert "works" in said
    assert "in trouble" in said
    settings.MAIL_INSIDE = False
    assert "inside our own network" in owner.post(f"{AT}{good.pk}/try/", follow=True).content.decode()


def test_its_light_says_when_letters_were_fetched_and_when_that_stopped(owner: Client, garage: House) -> None:
    box = added(garage)
    with garage.work():
        mailboxes.fetched(box, at=MONDAY - 3 * MINUTE)
    assert "last fetched 3\xa0minutes ago" in page(owner)
    assert ">works<" in page(owner)
    with garage.work():
        mailboxes.fetched(box, at=MONDAY - 31 * MINUTE)
        mailboxes.failed(box, "The password was refused.", at=MONDAY - MINUTE)
    assert ">stopped<" in page(owner)
    assert "The password was refused." in page(owner)


def test_it_is_paused_goes_on_and_is_taken_away(owner: Client, garage: House) -> None:
    box = added(garage)
    assert ">paused<" in owner.post(f"{AT}{box.pk}/pause/", follow=True).content.decode()
    assert ">paused<" not in owner.post(f"{AT}{box.pk}/go-on/", follow=True).content.decode()
    assert "No mailbox yet" in owner.post(f"{AT}{box.pk}/remove/", follow=True).content.decode()
    assert owner.post(f"{AT}{box.pk}/try/").status_code == 404


def test_the_page_asks_the_same_however_many_mailboxes_there_are(
    owner: Client, garage: House, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    added(garage)
    page(owner)  # the session is begun
    with django_assert_max_num_queries(12) as asked:
        page(owner)
    for number in range(5):
        added(garage, f"{number}@tamm.example")
    with django_assert_num_queries(len(asked)):
        page(owner)
