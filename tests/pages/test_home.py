"""The front door: strangers, the demo, the first owner, people with one business and with several."""

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user
from django.test import Client

from regulars.record.business import Business
from regulars.record.demo import DEMO_EMAIL, DEMO_PASSWORD
from regulars.record.people import Member, Person, Role, register, seat
from tests.cast import MONDAY, PASSWORD, House

WHO = {"name": "Kadri Uus", "email": "kadri@kuusk.example", "password": PASSWORD}
WHERE = {"business_name": "Kuusk & Co", "country": "EE"}


@pytest.fixture
def demo(garage: House) -> House:
    """The garage, as if it were the demo."""
    Business.objects.filter(pk=garage.business.pk).update(is_demo=True)
    person = register(email=DEMO_EMAIL, name="Demo", password=DEMO_PASSWORD)
    with garage.work():
        seat(person, role=Role.OWNER, at=MONDAY)
    return garage


def test_a_stranger_reads_what_this_is_and_where_to_sign_in(client: Client, garage: House) -> None:
    page = client.get("/").content.decode()
    assert "/account/login/" in page
    assert "demo" not in page


def test_on_an_empty_installation_the_front_page_leads_to_the_first_owner(client: Client, db: None) -> None:
    assert "/first/" in client.get("/").content.decode()


def test_a_stranger_reads_it_in_her_own_language(client: Client, db: None) -> None:
    answer = client.post("/language/", {"language": "et", "next": "/"}, follow=True)
    page = answer.content.decode()
    assert '<html lang="et"' in page
    assert all(name in page for name in ("English", "Русский", "Suomi", "Eesti"))


def test_the_way_into_the_demo_is_shown_and_is_one_button(client: Client, demo: House) -> None:
    page = client.get("/").content.decode()
    assert DEMO_EMAIL in page
    assert DEMO_PASSWORD in page
    answer = client.post("/demo/")
    assert answer["Location"] == "/at/garage/today/"
    assert get_user(client).email == DEMO_EMAIL  # type: ignore[arg-type, union-attr]
    assert UserSession.objects.count() == 1


def test_the_password_of_the_demo_works_at_the_door(client: Client, demo: House) -> None:
    client.post("/account/login/", {"login": DEMO_EMAIL, "password": DEMO_PASSWORD})
    assert get_user(client).is_authenticated  # type: ignore[arg-type]


def test_without_a_demo_there_is_no_way_in(client: Client, garage: House) -> None:
    assert client.post("/demo/").status_code == 404
    register(email=DEMO_EMAIL, name="Demo", password=DEMO_PASSWORD)
    assert client.post("/demo/").status_code == 404


def test_reading_the_demo_address_signs_nobody_in(client: Client, demo: House) -> None:
    assert client.get("/demo/").status_code == 405


def test_a_person_of_one_business_goes_straight_to_it(client: Client, garage: House) -> None:
    client.force_login(garage.person(Role.VIEWER))
    assert client.get("/")["Location"] == "/at/garage/today/"


def test_a_person_of_two_businesses_chooses(client: Client, garage: House, salon: House) -> None:
    person = garage.person(Role.VIEWER)
    with salon.work():
        seat(person, role=Role.VIEWER, at=MONDAY)
    client.force_login(person)
    page = client.get("/", follow=True).content.decode()
    assert "/at/garage/today/" in page
    assert "/at/salon/today/" in page


def test_a_person_without_a_business_is_told_whom_to_ask(client: Client, db: None) -> None:
    client.force_login(register(email="kadri@kuusk.example", name="Kadri", password=PASSWORD))
    assert "Ask the owner of a business to invite you" in client.get("/", follow=True).content.decode()


def test_the_first_person_opens_the_first_business(client: Client, db: None) -> None:
    assert client.get("/first/").status_code == 200
    answer = client.post("/first/", WHO | WHERE)
    assert answer["Location"] == "/at/kuusk-co/today/"
    person = Person.objects.get()
    assert get_user(client) == person  # type: ignore[arg-type]
    assert EmailAddress.objects.get(user=person).verified
    assert Business.objects.get().zone == "Europe/Tallinn"


def test_mistakes_of_the_first_person_are_all_shown_and_nothing_is_kept(client: Client, db: None) -> None:
    page = client.post("/first/", WHO | WHERE | {"password": "short", "country": "RU"}).content.decode()
    assert "too short" in page
    assert "several time zones" in page
    assert "Kuusk &amp; Co" in page
    assert not Person.objects.exists()
    assert not Business.objects.exists()


def test_the_first_page_is_gone_once_somebody_can_sign_in(client: Client, garage: House) -> None:
    assert client.get("/first/").status_code == 404
    assert client.post("/first/", WHO | WHERE).status_code == 404


def test_whoever_is_signed_in_may_open_another_business_and_owns_it(client: Client, garage: House) -> None:
    person = garage.person(Role.VIEWER)
    client.force_login(person)
    assert client.get("/businesses/new/").status_code == 200
    answer = client.post("/businesses/new/", {"business_name": "Garage", "country": "FI"})
    assert answer["Location"] == "/at/garage-2/today/"
    opened = House(Business.objects.get(slug="garage-2"), *[garage.owner] * 4)
    with opened.work():
        assert Member.objects.get().role == Role.OWNER


def test_another_business_needs_a_name_and_a_country(client: Client, garage: House) -> None:
    client.force_login(garage.person(Role.OWNER))
    assert client.post("/businesses/new/", {}).status_code == 200
    assert client.post("/businesses/new/", {"business_name": "", "country": "FI"}).status_code == 200
    assert Business.objects.count() == 1


@pytest.mark.parametrize("address", ["/businesses/", "/businesses/new/", "/account/"])
def test_a_stranger_is_asked_to_sign_in(client: Client, garage: House, address: str) -> None:
    assert client.get(address)["Location"] == f"/account/login/?next={address}"


def test_nobody_signs_up_at_the_door(client: Client, garage: House) -> None:
    answer = client.post("/account/signup/", {"email": "kadri@kuusk.example", "password1": PASSWORD})
    assert "by invitation" in answer.content.decode()
    assert not Person.objects.filter(email="kadri@kuusk.example").exists()
