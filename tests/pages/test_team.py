"""The people of a business: inviting, taking a seat, changing a role, leaving."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from django.core import mail
from django.test import Client

from regulars.kernel import clock
from regulars.record import people
from regulars.record.people import Invitation, Member, Person, Role
from tests.cast import MONDAY, PASSWORD, House

KADRI = {"name": "Kadri Uus", "email": "kadri@example.ee", "role": Role.FRONT_LINE.value}


@pytest.fixture
def owner(client: Client, garage: House) -> Client:
    client.force_login(garage.person(Role.OWNER))
    return client


def invite(owner: Client, **words: Any) -> str:
    """Invite, and return the link that the letter carries."""
    owner.post("/at/garage/settings/people/invite/", KADRI | words)
    (link,) = re.findall(r"http://localhost:8000(/invitation/\S+)", str(mail.outbox[-1].body))
    return str(link)


def test_everybody_is_listed_with_what_she_may_do(owner: Client, garage: House) -> None:
    with garage.work():
        people.name_worker("Old Hand", at=MONDAY)
    page = owner.get("/at/garage/settings/people/").content.decode()
    for name in ("Mari Tamm", "Jaan Kask", "Liis Saar", "Peeter Mets", "Old Hand"):
        assert name in page
    assert "Front line: calls and serves customers" in page


def test_a_letter_goes_out_in_the_language_of_the_business(owner: Client, garage: House) -> None:
    assert owner.get("/at/garage/settings/people/invite/").status_code == 200
    link = invite(owner)
    assert mail.outbox[0].to == ["kadri@example.ee"]
    assert "Tamm's garage" in mail.outbox[0].subject
    page = owner.get("/at/garage/settings/people/").content.decode()
    assert "Kadri Uus" in page
    assert link in page  # the owner may hand it over herself


def test_a_mail_server_that_is_away_does_not_lose_the_invitation(owner: Client, garage: House, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", 1
    owner.post("/at/garage/settings/people/invite/", KADRI)
    page = owner.get("/at/garage/settings/people/").content.decode()
    assert "could not be sent" in page
    assert "/invitation/" in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"email": "no address"}, "valid email address"),
        ({"role": ""}, "This field is required"),
        ({"role": "99"}, "not one of the available choices"),
        ({"email": "peeter.mets@garage.example"}, "works here already"),
    ],
)
def test_an_invitation_that_makes_no_sense_is_not_sent(owner: Client, words: Any, said: str) -> None:
    page = owner.post("/at/garage/settings/people/invite/", KADRI | words).content.decode()
    assert said in page
    assert not mail.outbox


def test_a_manager_is_not_offered_to_make_owners(client: Client, garage: House) -> None:
    client.force_login(garage.person(Role.MANAGER))
    page = client.post("/at/garage/settings/people/invite/", KADRI | {"role": Role.OWNER.value})
    assert page.status_code == 200
    assert not mail.outbox


def test_a_new_person_takes_her_seat_with_a_name_and_a_password(owner: Client, garage: House) -> None:
    link = invite(owner)
    reader = Client()
    assert "Kadri Uus" in reader.get(link).content.decode()
    with garage.work():
        assert Member.objects.count() == 4  # opening the letter changed nothing
    answer = reader.post(link, {"name": "Kadri Uus", "password": PASSWORD})
    assert answer["Location"] == "/at/garage/today/"
    person = Person.objects.get(email="kadri@example.ee")
    assert get_user(reader) == person  # type: ignore[arg-type]
    assert EmailAddress.objects.get(user=person).verified
    with garage.work():
        assert Member.objects.get(person_id=person.pk).role == Role.FRONT_LINE
    assert reader.get(link).status_code == 410


def test_a_weak_password_takes_no_seat(owner: Client, garage: House) -> None:
    link = invite(owner)
    page = Client().post(link, {"name": "Kadri", "password": "short"}).content.decode()
    assert "too short" in page
    assert not Person.objects.filter(email="kadri@example.ee").exists()


def test_somebody_signed_in_just_takes_it(owner: Client, garage: House, salon: House) -> None:
    link = invite(owner, email="outi.laine@salon.example")
    reader = Client()
    reader.force_login(salon.person(Role.OWNER))
    assert reader.post(link)["Location"] == "/at/garage/today/"
    assert "/at/salon/" in reader.get("/businesses/").content.decode()


def test_somebody_signed_in_with_another_address_is_told(owner: Client, garage: House, salon: House) -> None:
    link = invite(owner)
    reader = Client()
    reader.force_login(salon.person(Role.OWNER))
    page = reader.get(link).content.decode()
    assert "You are signed in as outi.laine@salon.example; the letter went to kadri@example.ee" in page


def test_a_known_address_signs_in_first(owner: Client, garage: House, salon: House) -> None:
    link = invite(owner, email="outi.laine@salon.example")
    page = Client().get(link).content.decode()
    assert f"/account/login/?next={link}" in page
    Client().post(link, {"name": "Thief", "password": PASSWORD})
    with garage.work():
        assert Member.objects.count() == 4


def test_a_withdrawn_letter_says_that_it_has_ended(owner: Client, garage: House) -> None:
    link = invite(owner)
    with garage.work():
        invitation = Invitation.objects.get()
    owner.post(f"/at/garage/settings/people/invitations/{invitation.pk}/withdraw/")
    answer = Client().get(link)
    assert answer.status_code == 410
    assert "Ask for a new one" in answer.content.decode()
    again = owner.post(f"/at/garage/settings/people/invitations/{invitation.pk}/withdraw/")
    assert again.status_code == 404


def test_a_letter_ends_after_a_week(owner: Client, garage: House) -> None:
    link = invite(owner)
    with time_machine.travel(clock.now() + timedelta(days=8)):
        assert Client().get(link).status_code == 410


def test_a_letter_to_nowhere(client: Client, garage: House, salon: House) -> None:
    assert client.get(f"/invitation/{uuid4()}/guess/").status_code == 404
    assert client.get(f"/invitation/{garage.business.pk}/guess/").status_code == 410


def test_a_role_and_duties_are_changed(owner: Client, garage: House) -> None:
    address = f"/at/garage/settings/people/{garage.front_line.pk}/"
    assert owner.get(address).status_code == 200
    owner.post(address, {"role": Role.MANAGER.value, "makes_calls": ""})
    with garage.work():
        changed = Member.objects.get(pk=garage.front_line.pk)
    assert (changed.role, changed.makes_calls) == (Role.MANAGER, False)
    assert "makes no calls" in owner.get("/at/garage/settings/people/").content.decode()


def test_the_last_owner_cannot_step_down_or_leave(owner: Client, garage: House) -> None:
    address = f"/at/garage/settings/people/{garage.owner.pk}/"
    page = owner.post(address, {"role": Role.VIEWER.value}).content.decode()
    assert "A business needs an owner" in page
    assert "needs an owner" in owner.post(f"{address}end/", follow=True).content.decode()
    assert "needs an owner" in owner.post("/at/garage/leave/", follow=True).content.decode()


def test_a_manager_cannot_change_or_end_an_owner(client: Client, garage: House) -> None:
    client.force_login(garage.person(Role.MANAGER))
    address = f"/at/garage/settings/people/{garage.owner.pk}/"
    client.post(address, {"role": Role.VIEWER.value})
    client.post(f"{address}end/")
    with garage.work():
        assert Member.objects.get(pk=garage.owner.pk).may(Role.OWNER)


def test_whoever_is_sent_away_is_out_with_her_next_tap(owner: Client, garage: House) -> None:
    viewer = Client()
    viewer.force_login(garage.person(Role.VIEWER))
    owner.post(f"/at/garage/settings/people/{garage.viewer.pk}/end/")
    assert viewer.get("/at/garage/settings/").status_code == 404


def test_a_colleague_leaves_by_herself(client: Client, garage: House) -> None:
    client.force_login(garage.person(Role.VIEWER))
    assert client.get("/at/garage/leave/").status_code == 405
    answer = client.post("/at/garage/leave/", follow=True)
    assert "You have left Tamm&#x27;s garage." in answer.content.decode()
    assert client.get("/at/garage/settings/").status_code == 404


@pytest.mark.parametrize("role", [Role.VIEWER, Role.FRONT_LINE])
def test_people_are_the_managers(client: Client, garage: House, role: Role) -> None:
    client.force_login(garage.person(role))
    assert client.get("/at/garage/settings/people/").status_code == 403


def test_the_neighbours_people_are_not_there(owner: Client, garage: House, salon: House) -> None:
    with salon.work():
        invitation, secret = people.invite(
            email="kadri@example.ee", name="Kadri", role=Role.VIEWER, by=salon.owner, at=clock.now()
        )
    address = f"/at/garage/settings/people/{salon.viewer.pk}/"
    assert owner.get(address).status_code == 404
    assert owner.post(address, {"role": "40"}).status_code == 404
    assert owner.post(f"{address}end/").status_code == 404
    withdraw = f"/at/garage/settings/people/invitations/{invitation.pk}/withdraw/"
    assert owner.post(withdraw).status_code == 404
    assert Client().get(f"/invitation/{garage.business.pk}/{secret}/").status_code == 410


@pytest.mark.parametrize("number", [1, 30])
def test_the_people_page_asks_the_same_few_questions_at_any_size(
    owner: Client, garage: House, number: int, django_assert_max_num_queries: Any
) -> None:
    with garage.work():
        for which in range(number):
            people.name_worker(f"Worker {which}", at=MONDAY)
            people.invite(email=f"{which}@example.ee", name="A", role=Role.VIEWER, by=garage.owner, at=clock.now())
    with django_assert_max_num_queries(12):
        owner.get("/at/garage/settings/people/")
