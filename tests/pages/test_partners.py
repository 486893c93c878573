"""Partners: found by what they do, booked from a card in one step, at our cost, with words for both."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from regulars.record import authority, customers, partners
from regulars.record.asks import Ask
from regulars.record.customers import Contact, Customer
from regulars.record.partners import Partner
from regulars.record.people import Role
from tests.cast import MONDAY, House

AT = "/at/garage/"
CAB = {"work": "Taxi", "name": "Tallinn Cab", "phone": "1200", "email": "cab@taxi.example", "price": "18", "note": ""}


@pytest.fixture(autouse=True)
def monday() -> Any:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def manager(client: Client, garage: House) -> Client:
    client.force_login(garage.person(Role.MANAGER))
    return client


@pytest.fixture
def cab(garage: House) -> Partner:
    with garage.work():
        return partners.add(
            name="Tallinn Cab", does="Taxi", phone="1200", email="", price=1_800, by=garage.owner, at=MONDAY
        )


@pytest.fixture
def mari(garage: House) -> Customer:
    with garage.work():
        her = customers.add(name="Mari Oja", language="ru", by=garage.owner, at=MONDAY)
        Contact.objects.create(customer=her, kind="phone", value="+37255512345", written="555 12345")
        Contact.objects.create(customer=her, kind="email", value="mari@oja.example", written="mari@oja.example")
        return her


def shown(client: Client, address: str, status: int = 200) -> str:
    response = client.get(AT + address)
    assert response.status_code == status
    return response.content.decode()


def test_the_directory_is_found_by_what_they_do(manager: Client, garage: House, cab: Partner) -> None:
    with garage.work():
        partners.add(name="Key & Co", does="Locksmith", note="at night too", by=garage.owner, at=MONDAY)
    page = shown(manager, "partners/?q=tax")
    assert 'href="tel:1200"' in page
    assert "€18.00" in page
    assert "Key &amp; Co" not in page
    assert "Key &amp; Co" in shown(manager, "partners/?q=NIGHT")
    assert "Nobody does that yet" in shown(manager, "partners/?q=plumber")


def test_a_manager_adds_changes_puts_away_and_brings_back(manager: Client, garage: House) -> None:
    assert "No partners yet" in shown(manager, "partners/")
    response = manager.post(f"{AT}partners/new/", {**CAB, "phone": "call me"})
    assert response.status_code == 422
    assert "Write a number to call." in response.content.decode()
    manager.post(f"{AT}partners/new/", CAB)
    with garage.work():
        cab = Partner.objects.get()
    assert (cab.does, cab.phone, cab.price) == ("Taxi", "1200", 1_800)
    response = manager.post(f"{AT}partners/new/", CAB)
    assert response.status_code == 422
    assert "There is a partner of that name already." in response.content.decode()
    assert 'value="18.00"' in shown(manager, f"partners/{cab.pk}/")
    manager.post(f"{AT}partners/{cab.pk}/", {**CAB, "price": ""})
    manager.post(f"{AT}partners/{cab.pk}/retire/")
    page = shown(manager, "partners/")
    assert "bring-back" in page
    with garage.work():
        assert Partner.objects.get().price is None
    assert "bring-back" not in manager.post(f"{AT}partners/{cab.pk}/bring-back/", follow=True).content.decode()


def test_the_front_line_calls_them_and_changes_nothing(client: Client, garage: House, cab: Partner) -> None:
    client.force_login(garage.person(Role.FRONT_LINE))
    page = shown(client, "partners/")
    assert "tel:1200" in page
    assert "Put away" not in page


def test_one_step_books_and_it_counts_against_the_budget(
    client: Client, garage: House, mari: Customer, cab: Partner
) -> None:
    client.force_login(garage.person(Role.FRONT_LINE))
    assert f"customers/{mari.pk}/book/{cab.pk}/" in shown(client, f"customers/{mari.pk}/ask/")
    page = shown(client, f"customers/{mari.pk}/book/{cab.pk}/")
    assert 'value="18.00"' in page
    page = client.post(
        f"{AT}customers/{mari.pk}/book/{cab.pk}/", {"text": "Taxi to the airport", "cost": "18"}, follow=True
    ).content.decode()
    assert "Booked. Now tell Tallinn Cab." in page
    with garage.work():
        ask = Ask.objects.get()
        assert (ask.how, ask.cost, ask.partner_id, ask.done_at) == ("Taxi (Tallinn Cab)", 1_800, cab.pk, None)
        assert authority.left(garage.front_line, at=MONDAY).this_month == 20_000 - 1_800
    assert f"{AT}asks/{ask.pk}/take-back/" in page, "with an undo"
    assert 'href="sms:1200?body=' in page
    assert 'href="sms:+37255512345?body=' in page
    assert 'href="mailto:mari@oja.example?body=' in page
    client.post(f"{AT}asks/{ask.pk}/done/")
    assert "sms:" not in shown(client, f"asks/{ask.pk}/"), "what is done needs no more words"


def test_what_she_pays_is_told_to_her(client: Client, garage: House, cab: Partner) -> None:
    client.force_login(garage.person(Role.FRONT_LINE))
    with garage.work():
        pekka = customers.add(name="Pekka Salo", address_as="Pekka", language="en", by=garage.owner, at=MONDAY)
    typed = {"text": "Taxi home", "cost": "18", "price": "9.50"}
    page = client.post(f"{AT}customers/{pekka.pk}/book/{cab.pk}/", typed, follow=True).content.decode()
    assert "Pekka, Tallinn Cab takes care of it: Taxi home. Their phone: 1200. You pay €9.50." in page
    assert "It is on us." not in page
    page = client.post(f"{AT}customers/{pekka.pk}/book/{cab.pk}/", {"text": "Home"}, follow=True).content.decode()
    assert "It is on us." in page


def test_above_the_budget_nothing_is_lost(client: Client, garage: House, mari: Customer, cab: Partner) -> None:
    client.force_login(garage.person(Role.FRONT_LINE))
    typed = {"text": "Taxi to Tartu", "cost": "180", "price": "0"}
    response = client.post(f"{AT}customers/{mari.pk}/book/{cab.pk}/", typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "more than is yours to spend" in page
    assert "Taxi to Tartu" in page
    assert "Write it down for somebody who may" in page
    with garage.work():
        assert not Ask.objects.exists(), "neither asked nor booked yet"
    client.post(f"{AT}customers/{mari.pk}/ask/", {**typed, "source": "counter"})
    with garage.work():
        assert Ask.objects.get().text == "Taxi to Tartu"


def test_who_is_put_away_is_not_booked(client: Client, garage: House, mari: Customer, cab: Partner) -> None:
    client.force_login(garage.person(Role.FRONT_LINE))
    with garage.work():
        partners.retire(cab, by=garage.owner, at=MONDAY)
    response = client.post(f"{AT}customers/{mari.pk}/book/{cab.pk}/", {"text": "Taxi"})
    assert response.status_code == 422
    assert "This partner is put away." in response.content.decode()
    assert f"book/{cab.pk}" not in shown(client, f"customers/{mari.pk}/ask/")
