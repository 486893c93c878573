"""Standard answers and what may be spent: set by whoever manages the place, felt at the counter at once."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from regulars.record import answers, authority, customers
from regulars.record.answers import StandardAnswer
from regulars.record.people import Role
from tests.cast import MONDAY, House

AT = "/at/garage/settings/"


@pytest.fixture(autouse=True)
def monday() -> Any:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def owner(client: Client, garage: House) -> Client:
    client.force_login(garage.person(Role.OWNER))
    return client


def the_one(garage: House) -> StandardAnswer:
    with garage.work():
        return StandardAnswer.objects.get(retired_at=None)


def test_a_standard_answer_is_made_of_what_was_asked_for_and_changed_and_put_away(owner: Client, garage: House) -> None:
    assert "No standard answers yet" in owner.get(f"{AT}answers/").content.decode()
    page = owner.get(f"{AT}answers/new/?asked=A+lift+to+the+metro").content.decode()
    assert 'value="A lift to the metro"' in page
    response = owner.post(f"{AT}answers/new/", {"asked": "A lift", "how": "", "cost": "2.50"})
    assert response.status_code == 422
    assert "and how you do it." in response.content.decode()
    assert "2.50" in response.content.decode()
    owner.post(f"{AT}answers/new/", {"asked": "A lift", "how": "We drive", "cost": "2.50", "minutes": "10"})
    known = the_one(garage)
    assert (known.asked, known.how, known.cost, known.minutes) == ("A lift", "We drive", 250, 10)
    owner.post(f"{AT}answers/{known.pk}/", {"asked": "A lift home", "how": "Jaan drives"})
    known = the_one(garage)
    assert (known.asked, known.how, known.cost, known.minutes) == ("A lift home", "Jaan drives", 0, 0)
    page = owner.post(f"{AT}answers/{known.pk}/retire/", follow=True).content.decode()
    assert "Add it again in the same words" in page
    assert owner.get(f"{AT}answers/{known.pk}/").status_code == 404
    owner.post(f"{AT}answers/new/", {"asked": "A lift home", "how": "By bicycle"})
    assert the_one(garage).pk == known.pk, "it is back"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"asked": "A key", "how": "So"}, "There is a standard answer to this already."),
        ({"asked": " ", "how": "So"}, "Write what is asked for"),
    ],
)
def test_a_change_that_would_leave_two_answers_or_none_is_refused(
    owner: Client, garage: House, typed: dict[str, str], sentence: str
) -> None:
    with garage.work():
        known = answers.add(asked="A lift", how="We drive", by=garage.owner, at=MONDAY)
        answers.add(asked="A key", how="We cut it", by=garage.owner, at=MONDAY)
    response = owner.post(f"{AT}answers/{known.pk}/", typed)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    with garage.work():
        assert StandardAnswer.objects.get(pk=known.pk).asked == "A lift"


def test_the_owner_sets_what_may_be_spent(owner: Client, garage: House) -> None:
    page = owner.get(f"{AT}authority/").content.decode()
    assert 'value="50.00"' in page, "as usual, until she says otherwise"
    typed = {"case_20": "75", "month_20": "nonsense", "case_30": "0", "month_30": "0"}
    response = owner.post(f"{AT}authority/", typed)
    assert response.status_code == 422
    assert "nonsense" in response.content.decode()
    owner.post(f"{AT}authority/", {**typed, "month_20": "300"})
    with garage.work():
        assert authority.of_role(20) == (7_500, 30_000)
        assert authority.of_role(30) == (0, 0)
        her = customers.add(name="Mari Oja", by=garage.owner, at=MONDAY)
    owner.force_login(garage.person(Role.FRONT_LINE))
    assert "€75.00" in owner.get(f"/at/garage/customers/{her.pk}/ask/").content.decode()
