"""A rule is bent for a customer's good, without asking anybody; three times, and the owner asks about the rule."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from regulars.record import bends, customers
from regulars.record.bends import Bend, Rule
from regulars.record.people import Role
from tests.cast import MONDAY, House

AT = "/at/garage/"
TYPED = {"rule": "No returns after 14 days", "why": "She was ill", "good": "She came back with her sister"}
CHANGE = "since the last look: change the rule?"


@pytest.fixture(autouse=True)
def monday() -> Any:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def front(client: Client, garage: House) -> Client:
    client.force_login(garage.person(Role.FRONT_LINE))
    return client


def bent(garage: House, times: int, rule: str = TYPED["rule"]) -> Rule:
    with garage.work():
        for day in range(times):
            said = {**TYPED, "rule": rule}
            bends.bend(**said, by=garage.front_line, at=MONDAY - timedelta(days=day + 1))
        return Rule.objects.get(text=rule)


def rules(client: Client) -> str:
    return client.get(f"{AT}rules/").content.decode()


def test_a_bend_is_written_down_and_nobody_is_asked(front: Client, garage: House) -> None:
    assert "No rule was bent yet" in rules(front)
    page = front.get(f"{AT}rules/bend/").content.decode()
    assert "in your own words" not in page, "there is no rule to choose from yet"
    page = front.post(f"{AT}rules/bend/", TYPED, follow=True).content.decode()
    assert "thinking of the customer first" in page
    assert "She was ill → She came back with her sister" in page
    assert "bent 1 time<" in page
    assert "Decide" not in page, "that is the owner’s"


def test_a_known_rule_is_chosen_and_the_customer_comes_from_her_card(front: Client, garage: House) -> None:
    rule = bent(garage, 1)
    with garage.work():
        her = customers.add(name="Mari Oja", by=garage.owner, at=MONDAY)
    typed = {"known": str(rule.pk), "rule": "", "why": "It rained", "good": "She stayed dry"}
    page = front.post(f"{AT}customers/{her.pk}/bend/", typed, follow=True).content.decode()
    assert "A rule was bent: No returns after 14 days" in page, "her story says it"
    with garage.work():
        assert Bend.objects.filter(rule=rule, customer=her).count() == 1
    assert "bent 2 times" in rules(front)


@pytest.mark.parametrize("left_out", ["rule", "why", "good"])
def test_which_why_and_what_good_are_all_asked_for(front: Client, garage: House, left_out: str) -> None:
    response = front.post(f"{AT}rules/bend/", {**TYPED, left_out: " "})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Write which rule it was, why, and what good it did." in page
    assert all(text in page for name, text in TYPED.items() if name != left_out)


def test_three_times_since_the_last_look_ask_the_owner(client: Client, garage: House) -> None:
    client.force_login(garage.person(Role.OWNER))
    bent(garage, 2, rule="No dogs")
    rule = bent(garage, 3)
    page = rules(client)
    assert page.count(CHANGE) == 1
    assert page.index("No returns") < page.index("No dogs"), "what should change comes first"
    response = client.post(f"{AT}rules/{rule.pk}/decide/", {"decision": " ", "ends": "on"})
    assert response.status_code == 422
    assert "Write what you decided." in response.content.decode()
    page = client.post(f"{AT}rules/{rule.pk}/decide/", {"decision": "30 days"}, follow=True).content.decode()
    assert "30 days" in page
    assert CHANGE not in page
    client.post(f"{AT}rules/{rule.pk}/decide/", {"decision": "No limit", "ends": "on"})
    page = rules(client)
    assert "the rule is gone" in page
    assert page.index("No dogs") < page.index("No returns")
    assert "No returns" not in client.get(f"{AT}rules/bend/").content.decode()


def test_the_list_takes_the_same_queries_at_any_size(
    client: Client, garage: House, django_assert_max_num_queries: Any
) -> None:
    client.force_login(garage.person(Role.OWNER))
    for size in (1, 20):
        for i in range(size):
            bent(garage, 4, rule=f"Rule {size} {i}")
        with django_assert_max_num_queries(12):
            rules(client)
