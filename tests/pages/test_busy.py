"""Whoever enters something while a large file is written is told so, and what was typed comes back."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from regulars.pages import busy
from regulars.record import customers
from regulars.record.customers import Customer
from regulars.record.people import Role
from regulars.record.sqlite.base import Busy
from tests.cast import House


@pytest.fixture
def front(client: Client, garage: House) -> Client:
    client.force_login(garage.person(Role.FRONT_LINE))
    return client


def test_what_was_typed_can_be_sent_again(front: Client, garage: House, monkeypatch: Any) -> None:
    def is_busy(*_: Any, **__: Any) -> None:
        raise Busy

    words = {"name": "Mari <Oja>", "phones": "5551 2341", "tags": "VIP, Tartu"}
    with monkeypatch.context() as patch:
        patch.setattr(customers, "add", is_busy)
        answer = front.post("/at/garage/customers/new/", words)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    page = answer.content.decode()
    assert 'action="/at/garage/customers/new/"' in page
    for name, value in (("name", "Mari &lt;Oja&gt;"), ("phones", "5551 2341"), ("tags", "VIP, Tartu")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page
    front.post("/at/garage/customers/new/", words)
    with garage.work():
        assert Customer.objects.get().name == "Mari <Oja>"


def test_a_password_is_not_written_into_a_page(client: Client, db: None, monkeypatch: Any) -> None:
    def is_busy(*_: Any, **__: Any) -> None:
        raise Busy

    monkeypatch.setattr("allauth.account.views.LoginView.form_valid", is_busy)
    monkeypatch.setattr("allauth.account.views.LoginView.form_invalid", is_busy)
    answer = client.post("/account/login/", {"login": "kadri@kuusk.example", "password": "the old oak"})
    assert answer.status_code == 503
    assert "the old oak" not in answer.content.decode()
    assert "Go back" in answer.content.decode()


def test_another_fault_is_another_fault(front: Client, monkeypatch: Any) -> None:
    def breaks(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(customers, "add", breaks)
    with pytest.raises(ZeroDivisionError):
        front.post("/at/garage/customers/new/", {"name": "Mari Oja"})


def test_requests_have_their_patience(front: Client) -> None:
    front.get("/at/garage/today/")
    if connection.vendor == "sqlite":
        assert connection.patience == busy.PATIENCE
        connection.patience = None
