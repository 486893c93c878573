"""What customers ask for: written down in a tap, answered, looked at; what is refused keeps every word."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from regulars.desk import worth
from regulars.record import answers, asks, authority, customers
from regulars.record.answers import StandardAnswer
from regulars.record.asks import Ask
from regulars.record.customers import Customer
from regulars.record.people import Role
from tests.cast import MONDAY, House
from tests.history import bring

AT = "/at/garage/"


@pytest.fixture(autouse=True)
def monday() -> Any:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def front(client: Client, garage: House) -> Client:
    client.force_login(garage.person(Role.FRONT_LINE))
    return client


@pytest.fixture
def mari(garage: House) -> Customer:
    with garage.work():
        return customers.add(name="Mari Oja", by=garage.owner, at=MONDAY)


def ride(garage: House, cost: int = 1_800) -> StandardAnswer:
    with garage.work():
        return answers.add(
            asked="A ride home", how="The apprentice drives", cost=cost, minutes=15, by=garage.owner, at=MONDAY
        )


def heard(garage: House, her: Customer, text: str = "A taxi") -> Ask:
    with garage.work():
        return asks.hear(her, text=text, source="counter", by=garage.front_line, at=MONDAY)


def now(garage: House, ask: Ask) -> Ask:
    with garage.work():
        return Ask.objects.get(pk=ask.pk)


def shown(client: Client, address: str, status: int = 200) -> str:
    response = client.get(AT + address)
    assert response.status_code == status
    return response.content.decode()


def test_one_sees_what_the_customer_is_worth_and_what_is_ones_own_to_spend(front: Client, garage: House) -> None:
    people = bring(garage, {f"Customer {i:02}": [(40 * v + 20, 9_000) for v in range(5)] for i in range(12)})
    worth.work_out(garage.business, at=MONDAY)
    page = shown(front, f"customers/{people['Customer 03'].pk}/ask/")
    assert "€450" in page, "brought so far"
    assert "worth from here on" in page
    assert "€50.00" in page, "per case"
    assert "€200.00" in page, "this month"


def test_a_standard_answer_is_a_yes_in_one_tap_and_the_budget_shrinks(
    front: Client, garage: House, mari: Customer
) -> None:
    known = ride(garage)
    page = front.post(f"{AT}customers/{mari.pk}/ask/{known.pk}/yes/", follow=True).content.decode()
    assert "Yes: A ride home" in page
    with garage.work():
        ask = Ask.objects.get()
    assert (ask.how, ask.cost, ask.minutes) == ("The apprentice drives", 1_800, 15)
    assert ask.yes_by_id == ask.keeper_id == garage.front_line.pk
    assert "€182.00" in shown(front, f"customers/{mari.pk}/ask/")
    page = front.post(f"{AT}asks/{ask.pk}/take-back/", follow=True).content.decode()
    assert "It is open again." in page
    assert "€200.00" in page


def test_what_many_ask_for_comes_first_and_what_is_put_away_does_not(
    front: Client, garage: House, mari: Customer
) -> None:
    with garage.work():
        said = {"by": garage.owner, "at": MONDAY}
        rare = answers.add(asked="A rare thing", how="So", **said)
        often = answers.add(asked="Zebra stripes", how="So", **said)
        gone = answers.add(asked="An old thing", how="So", **said)
        answers.retire(gone, **said)
        asks.hear(mari, text="Stripes", source="phone", standard=often, **said)
    page = shown(front, f"customers/{mari.pk}/ask/")
    assert page.index("Zebra stripes") < page.index("A rare thing")
    assert "An old thing" not in page
    assert front.post(f"{AT}customers/{mari.pk}/ask/{gone.pk}/yes/").status_code == 404
    assert front.post(f"{AT}customers/{mari.pk}/ask/{rare.pk}/", follow=True).status_code == 200


def test_above_the_budget_the_ask_is_kept_and_goes_to_somebody_who_may(
    front: Client, garage: House, mari: Customer
) -> None:
    known = ride(garage, cost=5_001)
    page = front.post(f"{AT}customers/{mari.pk}/ask/{known.pk}/yes/", follow=True).content.decode()
    assert "more than is yours to spend" in page
    assert "The apprentice drives" in page, "the answer is filled in"
    with garage.work():
        ask = Ask.objects.get()
    typed = {"how": "A limousine", "cost": "50.01", "minutes": "7"}
    response = front.post(f"{AT}asks/{ask.pk}/yes/", typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "more than is yours to spend" in page
    assert "50.01" in page
    assert f"asks/{ask.pk}/hand-on/?say=A%20limousine" in page
    page = shown(front, f"asks/{ask.pk}/hand-on/?say=A%20limousine")
    assert "A limousine" in page
    assert f'<option value="{garage.manager.pk}" selected>' in page
    front.post(f"{AT}asks/{ask.pk}/yes/", {**typed, "cost": "50"})
    assert now(garage, ask).cost == 5_000, "exactly what is hers"


def test_her_own_words_are_written_down_and_answered_yes(front: Client, garage: House, mari: Customer) -> None:
    response = front.post(f"{AT}customers/{mari.pk}/ask/", {"text": "  ", "source": "phone"})
    assert response.status_code == 422
    assert "Write what the customer asks for." in response.content.decode()
    front.post(f"{AT}customers/{mari.pk}/ask/", {"text": "Fetch my car", "source": "phone"})
    with garage.work():
        ask = Ask.objects.get()
    assert (ask.text, ask.source, ask.heard_by_id) == ("Fetch my car", "phone", garage.front_line.pk)
    typed = {"how": "Jaan fetches it", "cost": "", "minutes": "40", "price": "25", "as_friend": "on", "done": "on"}
    front.post(f"{AT}asks/{ask.pk}/yes/", typed)
    ask = now(garage, ask)
    assert (ask.price, ask.as_friend, ask.minutes) == (0, True, 40), "among friends nothing is charged"
    assert ask.done_at == MONDAY
    assert "as among friends" in shown(front, f"asks/{ask.pk}/")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"reason": "No lift"}, "A no alone is not an answer."),
        ({"instead": "A taxi"}, "Write why it cannot be yes."),
    ],
)
def test_a_no_alone_is_not_an_answer(
    front: Client, garage: House, mari: Customer, typed: dict[str, str], sentence: str
) -> None:
    ask = heard(garage, mari)
    response = front.post(f"{AT}asks/{ask.pk}/no/", typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert next(iter(typed.values())) in page
    assert now(garage, ask).is_open


@pytest.mark.parametrize(
    ("instead", "is_flagged"), [("No, we do not do that", True), ("Yes, what I can do is a taxi", False)]
)
def test_an_offer_that_begins_with_no_is_pointed_at_and_not_blocked(
    front: Client, garage: House, mari: Customer, instead: str, is_flagged: bool
) -> None:
    ask = heard(garage, mari)
    page = front.post(f"{AT}asks/{ask.pk}/no/", {"reason": "No lift", "instead": instead}, follow=True).content.decode()
    assert instead in page
    assert ("This begins with a no." in page) == is_flagged


def test_of_two_who_answer_one_ask_the_second_is_told_who_was_first(
    front: Client, garage: House, mari: Customer
) -> None:
    ask = heard(garage, mari)
    front.post(f"{AT}asks/{ask.pk}/no/", {"reason": "No lift", "instead": "A taxi"})
    for address, typed in (("yes", {"how": "So"}), ("no", {"reason": "Late", "instead": "Soon"})):
        response = front.post(f"{AT}asks/{ask.pk}/{address}/", typed)
        assert response.status_code == 422
        assert "Liis Saar has answered this already." in response.content.decode()


def test_the_deeds_of_one_tap(front: Client, garage: House, mari: Customer) -> None:
    ask = heard(garage, mari)
    assert (
        "has no answer yet"
        in front.post(f"{AT}asks/{ask.pk}/looked-after/", {"helped": "yes"}, follow=True).content.decode()
    )
    front.post(f"{AT}asks/{ask.pk}/yes/", {"how": "So"})
    assert "yes, to be done" in shown(front, f"asks/{ask.pk}/")
    assert "Done. Ask" in front.post(f"{AT}asks/{ask.pk}/done/", follow=True).content.decode()
    assert "has done this already" in front.post(f"{AT}asks/{ask.pk}/done/", follow=True).content.decode()
    front.post(f"{AT}asks/{ask.pk}/looked-after/", {"helped": "no"})
    assert now(garage, ask).looked_after_at is None
    response = front.post(f"{AT}asks/{ask.pk}/looked-after/", {"helped": "yes", "next": f"{AT}today/"})
    assert response["Location"] == f"{AT}today/"
    assert now(garage, ask).helped
    assert "looked after: the customer says so" in shown(front, f"asks/{ask.pk}/")


def test_a_link_leads_to_the_answer_that_one_came_for(front: Client, garage: House, mari: Customer) -> None:
    ask = heard(garage, mari)
    fold = '<details class="fold" open><summary>Not this way'
    assert fold not in shown(front, f"asks/{ask.pk}/yes/")
    assert fold in shown(front, f"asks/{ask.pk}/no/")
    assert now(garage, ask).is_open


def test_nobodys_ask_is_taken_once(front: Client, garage: House, mari: Customer) -> None:
    with garage.work():
        ask = asks.hear(mari, text="Open on Sunday?", source="page", by=None, at=MONDAY)
    assert "nobody looks after it yet" in shown(front, f"asks/{ask.pk}/")
    assert "You look after" in front.post(f"{AT}asks/{ask.pk}/take/", follow=True).content.decode()
    assert "Somebody else" in front.post(f"{AT}asks/{ask.pk}/take/", follow=True).content.decode()


def test_the_list_is_searched_and_narrowed(front: Client, garage: House, mari: Customer) -> None:
    said = {"by": garage.owner, "at": MONDAY}
    assert "Nothing here" in shown(front, "asks/")
    open_one, owed, done, refused = (heard(garage, mari, text) for text in ("Wheel", "Oil", "Key", "Moon"))
    with garage.work():
        asks.say_yes(owed, how="So", **said)
        asks.say_yes(done, how="So", done=True, **said)
        asks.say_no(refused, reason="Far", instead="A picture", **said)
        other = asks.hear(mari, text="Tyres", source="phone", **said)
    texts = {one.text for one in (open_one, owed, done, refused, other)}
    for query, wanted in {
        "": texts,
        "?state=unanswered": {"Wheel", "Tyres"},
        "?state=owed": {"Oil"},
        "?state=done": {"Key"},
        "?state=no": {"Moon"},
        "?state=sung": texts,
        "?mine=1": texts - {"Tyres"},
        "?q=tyre": {"Tyres"},
        "?q=oja": texts,
    }.items():
        page = shown(front, "asks/" + query)
        assert {text for text in texts if f">{text}</a>" in page} == wanted, query


def test_the_owner_looks_at_each_no_and_writes_what_changes(client: Client, garage: House, mari: Customer) -> None:
    client.force_login(garage.person(Role.MANAGER))
    assert "No no to look at" in shown(client, "asks/refusals/")
    old, new = heard(garage, mari, "The moon"), heard(garage, mari, "A star")
    with garage.work():
        asks.say_no(new, reason="Far", instead="A lamp", by=garage.owner, at=MONDAY)
        Ask.objects.filter(pk=old.pk).update(
            no_at=MONDAY - timedelta(days=7, minutes=1), no_by=garage.front_line, reason="Too far", instead="A picture"
        )
    page = shown(client, "asks/refusals/")
    assert page.index("The moon") < page.index("A star"), "the oldest first"
    assert page.count("for more than a week") == 1
    assert "This changes" not in page, "that is the owner’s"
    client.force_login(garage.person(Role.OWNER))
    response = client.post(f"{AT}asks/{old.pk}/looked-at/", {"review": " "})
    assert response.status_code == 422
    assert "Write what changes, or why nothing does." in response.content.decode()
    page = client.post(f"{AT}asks/{old.pk}/looked-at/", {"review": "We buy a ladder"}, follow=True).content.decode()
    assert "Looked at lately" in page
    assert "We buy a ladder" in page
    assert "for more than a week" not in page
    response = client.post(f"{AT}asks/{old.pk}/looked-at/", {"review": "Again"})
    assert response.status_code == 422
    assert "Somebody has looked at this already." in response.content.decode()


def test_pages_of_asks_take_the_same_queries_at_any_size(
    client: Client, garage: House, mari: Customer, django_assert_max_num_queries: Any
) -> None:
    client.force_login(garage.person(Role.OWNER))
    for size in (2, 30):
        with garage.work():
            for i in range(size):
                said = {"by": garage.front_line, "at": MONDAY}
                answers.add(asked=f"Thing {size} {i}", how="So", **said)
                last = asks.hear(mari, text=f"Open {i}", source="phone", **said)
                asks.say_no(
                    asks.hear(mari, text=f"No {i}", source="phone", **said), reason="Far", instead="Near", **said
                )
        for address in ("asks/", "asks/refusals/", f"customers/{mari.pk}/ask/", f"asks/{last.pk}/"):
            with django_assert_max_num_queries(18):
                shown(client, address)


def test_the_owner_spends_as_she_sees_fit(client: Client, garage: House, mari: Customer) -> None:
    client.force_login(garage.person(Role.OWNER))
    page = shown(client, f"customers/{mari.pk}/ask/")
    assert "yours to spend" not in page
    assert "left of your budget" not in page
    ask = heard(garage, mari)
    client.post(f"{AT}asks/{ask.pk}/yes/", {"cost": "9,999"})
    assert now(garage, ask).cost == 999_900
    with garage.work():
        assert authority.left(garage.owner, at=MONDAY).now is None


def test_the_figures_say_what_the_yes_cost_beside_what_was_spent_since(client: Client, garage: House) -> None:
    client.force_login(garage.person(Role.MANAGER))
    assert "Nothing was answered in this time." in shown(client, "asks/figures/")
    her = bring(garage, {"Mari Oja": [(10, 1_240_000)]})["Mari Oja"]
    with garage.work():
        for day in (20, 100):
            said = {"by": garage.owner, "at": MONDAY - timedelta(days=day)}
            ask = asks.hear(her, text="A taxi", source="counter", **said)
            asks.say_yes(ask, how="So", cost=50_000, minutes=15, **said)
    page = shown(client, "asks/figures/")
    assert "€500.00 and 15 minutes, against €12,400.00 that the same customers have spent since." in page
    assert "yes: 1 of 1 answer<" in page
    assert "yes: 2 of 2 answers" in shown(client, "asks/figures/?days=365")
    assert "yes: 1 of 1 answer<" in shown(client, "asks/figures/?days=sung"), "a cut address shows a quarter"
    assert "answers/new/?asked=A%20taxi" in shown(client, "asks/figures/?days=365")


def test_a_slip_of_the_hand_is_taken_back_while_nobody_has_answered(
    client: Client, front: Client, garage: House, mari: Customer
) -> None:
    page = front.post(
        f"{AT}customers/{mari.pk}/ask/", {"text": "Oops", "source": "phone"}, follow=True
    ).content.decode()
    with garage.work():
        slip = Ask.objects.get()
        hers = asks.hear(mari, text="A wheel", source="phone", by=garage.manager, at=MONDAY)
    assert f"{AT}asks/{slip.pk}/unhear/" in page, "with an undo"
    page = front.post(f"{AT}asks/{slip.pk}/unhear/", follow=True).content.decode()
    assert "nobody asked for it." in page
    assert "Did not ask for it after all: Oops" in page, "her story says what happened"
    assert "for your colleague to say" in front.post(f"{AT}asks/{hers.pk}/unhear/", follow=True).content.decode()
    front.post(f"{AT}asks/{hers.pk}/yes/", {"how": "So"})
    client.force_login(garage.person(Role.MANAGER))
    assert "It stays." in client.post(f"{AT}asks/{hers.pk}/unhear/", follow=True).content.decode()
    with garage.work():
        assert Ask.objects.get() == hers
