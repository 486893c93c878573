"""Today's pages: the list, one tap, the way back; refused words are kept; the same queries at any size."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from regulars.desk import plays, worth
from regulars.record import calls, customers, handoffs, promises
from regulars.record.business import change_business
from regulars.record.calls import Call, open_calls
from regulars.record.customers import Contact, Customer
from regulars.record.people import Role
from tests import shop
from tests.cast import MONDAY, House
from tests.history import bring
from tests.shop import DAY, HOUR

AT = "/at/garage/"


@pytest.fixture(autouse=True)
def monday() -> Any:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def front(client: Client, garage: House) -> Client:
    client.force_login(garage.person(Role.FRONT_LINE))
    return client


def furnish(garage: House, size: int = 12, *, word: str = "Customer") -> list[Call]:
    """So many customers with a history and a phone, and the calls planned; all given to the front line."""
    people = bring(garage, {f"{word} {i:02}": [(40 * v + 20, 9_000 - i) for v in range(5)] for i in range(size)})
    with garage.work():
        Contact.objects.bulk_create(
            Contact(customer=her, kind="phone", value=f"+3725{size}51{i:03}", written=f"55 {i:03}")
            for i, her in enumerate(people.values())
        )
    worth.work_out(garage.business, at=MONDAY)
    with garage.work():
        plays.plan(garage.business, today=MONDAY.date(), at=MONDAY)
        open_calls().update(caller=garage.front_line)
        return list(open_calls().select_related("customer").order_by("-stake"))


def shown(client: Client, address: str = "today/", status: int = 200) -> str:
    response = client.get(AT + address)
    assert response.status_code == status
    return response.content.decode()


def test_an_empty_morning_says_what_will_appear(front: Client) -> None:
    assert "Nobody to call today" in shown(front)


def test_each_line_has_the_reason_the_number_and_the_deeds(front: Client, garage: House) -> None:
    first, *_rest = furnish(garage)
    page = shown(front)
    assert "has brought the most of all: €450 in 5 visits. Say thank you." in page
    assert "is number 2 of all" in page
    assert "tel:+37251251000" in page
    assert "No answer" in page
    assert "0 of this week’s 10 top customers have been thanked." in page
    assert page.index(str(first.customer)) < page.index("is number 5 of all")


def test_somebody_slipping_away_is_told_by_her_own_rhythm(front: Client, garage: House) -> None:
    steady = {f"Steady {i:02}": [(10 + 20 * v, 9_000) for v in range(10)] for i in range(30)}
    bring(garage, steady | {"Quiet One": [(270 + 90 * v, 1_000) for v in range(4)]})
    with garage.work():
        quiet = Customer.objects.get(name="Quiet One")
        Contact.objects.create(customer=quiet, kind="phone", value="+3725550000", written="555 0000")
    worth.work_out(garage.business, at=MONDAY)
    with garage.work():
        plays.plan(garage.business, today=MONDAY.date(), at=MONDAY)
        call = open_calls().get(customer=quiet)
        assert call.play == Call.Play.SLIPPING
        open_calls().update(caller=garage.front_line)
    page = shown(front)
    assert "silent for 9 months; worth" in page
    assert "over the next 3 years" in page


def test_a_call_ends_with_an_answer_and_can_be_undone(front: Client, garage: House) -> None:
    call = furnish(garage)[0]
    said = {"outcome": "reached", "answer": "Fetch my car at work", "fact": "Has a dog", "again_on": "2026-03-20"}
    page = front.post(f"{AT}calls/{call.pk}/end/", said, follow=True).content.decode()
    assert "reached." in page
    assert "Done today" in page
    assert "1 of this week’s 10" in page
    page = front.post(f"{AT}calls/{call.pk}/undo/", follow=True).content.decode()
    assert "The call is on the list again." in page
    page = front.post(f"{AT}calls/{call.pk}/undo/", follow=True).content.decode()
    assert "open already" in page


def test_a_refused_ending_keeps_what_was_typed(front: Client, garage: House) -> None:
    call = furnish(garage)[0]
    response = front.post(f"{AT}calls/{call.pk}/end/", {"outcome": "reached", "note": "Cheerful", "nothing_new": "on"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Write the answer, or a day" in page
    assert "Cheerful" in page
    response = front.post(f"{AT}calls/{call.pk}/end/", {"outcome": "reached", "answer": "Yes", "note": "Cheerful"})
    assert "nothing new" in response.content.decode()
    assert front.post(f"{AT}calls/{call.pk}/end/", {"outcome": "sung"}).status_code == 422


@pytest.mark.parametrize(
    ("outcome", "words"),
    [("no_answer", "no answer."), ("wrong_number", "wrong number."), ("never_call", "do not call me.")],
)
def test_one_tap_is_enough(front: Client, garage: House, outcome: str, words: str) -> None:
    call = furnish(garage)[0]
    page = front.post(f"{AT}calls/{call.pk}/end/", {"outcome": outcome}, follow=True).content.decode()
    assert words in page


def test_of_two_who_end_one_call_the_second_is_told(front: Client, garage: House) -> None:
    call = furnish(garage)[0]
    front.post(f"{AT}calls/{call.pk}/end/", {"outcome": "no_answer"})
    response = front.post(f"{AT}calls/{call.pk}/end/", {"outcome": "never_call"})
    assert response.status_code == 422
    assert "a moment ago" in response.content.decode()
    assert "This call ended on" in shown(front, f"calls/{call.pk}/")


def test_nobody_is_rung_at_night_on_her_own_clock(front: Client, garage: House) -> None:
    call = furnish(garage, 10)[0]
    with garage.work():
        Customer.objects.filter(pk=call.customer_id).update(zone="America/New_York")
    page = shown(front)
    assert "from 09:00 their time" in page, "it is half past three in New York"
    with garage.work():
        Customer.objects.filter(pk=call.customer_id).update(zone="")
        change_business(garage.business, by=garage.owner, at=MONDAY, calls_from="11:00")
    assert shown(front).count("from 11:00 their time") == 10, "half past ten in Tallinn is too early here"


def test_a_shared_call_is_taken_and_handed_on(front: Client, garage: House) -> None:
    call, other, *_rest = furnish(garage)
    with garage.work():
        Call.objects.filter(pk=call.pk).update(caller=None)
        Call.objects.filter(pk=other.pk).update(caller=garage.manager)
    assert "Anybody’s" in shown(front)
    assert "The call is yours." in front.post(f"{AT}calls/{call.pk}/take/", follow=True).content.decode()
    assert "Somebody else has taken" in front.post(f"{AT}calls/{call.pk}/take/", follow=True).content.decode()
    shown(front, f"calls/{call.pk}/hand-on/")
    front.post(f"{AT}calls/{call.pk}/hand-on/", {"to": str(garage.owner.pk)})
    assert front.post(f"{AT}calls/{other.pk}/hand-on/", {"to": ""}).status_code == 422
    with garage.work():
        assert Call.objects.get(pk=call.pk).caller == garage.owner
        assert Call.objects.get(pk=other.pk).caller == garage.manager, "hers stays hers"


def test_a_colleagues_call_is_taken_over_first(front: Client, garage: House) -> None:
    call = furnish(garage)[0]
    with garage.work():
        Call.objects.update(caller=garage.manager)
    page = shown(front, f"calls/{call.pk}/")
    assert "Jaan Kask makes this call." in page
    assert "The call is done" not in page, "there is nothing to fill in until it is hers"
    said = {"outcome": "reached", "answer": "Fetch my car", "nothing_new": "on"}
    response = front.post(f"{AT}calls/{call.pk}/end/", said)
    assert response.status_code == 422
    assert "Take it over first." in response.content.decode()
    assert "Fetch my car" in response.content.decode(), "it was taken from her while she typed"
    back = {"of": str(garage.manager.pk), "next": f"{AT}calls/{call.pk}/"}
    page = front.post(f"{AT}calls/{call.pk}/take/", back, follow=True).content.decode()
    assert "The call is yours." in page
    assert "The call is done" in page
    assert front.post(f"{AT}calls/{call.pk}/end/", said).status_code == 302


def test_a_page_that_is_out_of_date_takes_nothing_from_anybody(front: Client, garage: House) -> None:
    call = furnish(garage)[0]
    with garage.work():
        Call.objects.update(caller=garage.manager)
    for of in ({}, {"of": ""}, {"of": str(garage.owner.pk)}, {"of": "nonsense"}):
        assert "Somebody else has taken" in front.post(f"{AT}calls/{call.pk}/take/", of, follow=True).content.decode()
    with garage.work():
        assert Call.objects.get(pk=call.pk).caller == garage.manager


def test_a_colleagues_ending_is_hers_to_undo_or_a_managers(client: Client, garage: House) -> None:
    call = furnish(garage)[0]
    client.force_login(garage.person(Role.MANAGER))
    client.post(f"{AT}calls/{call.pk}/end/", {"outcome": "no_answer"})
    client.force_login(garage.person(Role.FRONT_LINE))
    page = client.post(f"{AT}calls/{call.pk}/undo/", follow=True).content.decode()
    assert "This call is a colleague’s." in page
    client.force_login(garage.person(Role.OWNER))
    assert "on the list again" in client.post(f"{AT}calls/{call.pk}/undo/", follow=True).content.decode()


def test_of_somebody_gone_the_reason_says_so(front: Client, garage: House) -> None:
    steady = {f"Steady {i:02}": [(10 + 20 * v, 9_000 - i) for v in range(10)] for i in range(30)}
    bring(garage, steady | {"Lost One": [(1_000 + 30 * v, 90_000) for v in range(5)]})
    worth.work_out(garage.business, at=MONDAY)
    with garage.work():
        plays.plan(garage.business, today=MONDAY.date(), at=MONDAY)
        open_calls().update(caller=garage.front_line)
    page = shown(front)
    assert "brought the most of all: €4,500 in 5 visits; silent for 3 years. Say thank you, and ask what" in page
    assert "is number 2 of all: €900 in 10 visits. Say thank you." in page


def test_a_manager_sees_everybodys_calls_and_those_behind_us(client: Client, garage: House) -> None:
    call, other, *_rest = furnish(garage)
    client.force_login(garage.person(Role.MANAGER))
    page = shown(client, "calls/")
    assert "This week’s ten" in page
    assert "Liis Saar" in page
    client.post(f"{AT}calls/{other.pk}/drop/")
    assert "ended this call" in client.post(f"{AT}calls/{other.pk}/drop/", follow=True).content.decode()
    client.post(f"{AT}calls/{call.pk}/end/", {"outcome": "no_answer", "note": "On holiday"})
    assert "On holiday" in shown(client, "calls/history/")
    assert "On holiday" in shown(client, "calls/history/?outcome=no_answer&q=holiday")
    assert "No calls here" in shown(client, "calls/history/?outcome=reached")


def test_a_call_is_agreed_from_the_card(front: Client, garage: House) -> None:
    with garage.work():
        her = customers.add(name="Mari Oja", by=garage.front_line, at=MONDAY)
    assert front.post(f"{AT}customers/{her.pk}/call/", {"on": "2026-03-01"}).status_code == 422, "yesterday is refused"
    front.post(f"{AT}customers/{her.pk}/call/", {"on": "2026-03-02", "note": "New tyres"})
    page = shown(front)
    assert "New tyres" in page
    assert "Add a phone number" in page
    with garage.work():
        assert calls.open_calls().get().caller == garage.front_line


def test_the_list_takes_the_same_queries_at_any_size(
    front: Client, garage: House, django_assert_max_num_queries: Any
) -> None:
    for size, word in ((3, "Few"), (40, "Many")):
        furnish(garage, size, word=word)
        with django_assert_max_num_queries(30):
            shown(front)
        with garage.work():
            calls.open_calls().update(dropped_at=MONDAY)


# --- who waits: promises, asks, hand-offs -----------------------------------------------------------------------------


def test_the_share_of_promises_kept_is_the_first_number(front: Client, garage: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        for hours in (1, 1, 1, 5):
            promise = shop.promise(garage, her, at=MONDAY - 7 * DAY, due=MONDAY - 7 * DAY + 4 * HOUR)
            promises.keep(promise, by=garage.front_line, at=MONDAY - 7 * DAY + hours * HOUR, told=True)
    page = shown(front)
    first = page.index('<p class="figure">')
    assert page[first:].startswith('<p class="figure"><b>75%</b> <span>of promises kept in 30 days: 3 of 4</span></p>')


def test_who_waits_stands_above_the_calls_with_one_tap_each(front: Client, garage: House) -> None:
    furnish(garage)
    liis, jaan = garage.front_line, garage.manager
    with garage.work():
        her = shop.customer(garage, phones=[("+3725551234", "555 1234")])
        soon = shop.promise(garage, her, "The brakes", due=MONDAY + timedelta(minutes=5), at=MONDAY - HOUR)
        ready = shop.promise(garage, her, "The tyres")
        promises.keep(ready, by=liis, at=MONDAY, told=False)
        ask = shop.ask(garage, her)
        handed = handoffs.hand_on(shop.ask(garage, her, by=jaan), to=liis, hears_by=MONDAY + HOUR, by=jaan, at=MONDAY)
        shop.promise(garage, her, "Next week", due=MONDAY + 7 * DAY)
    page = shown(front)
    assert page.index("Somebody is waiting") < page.index("has brought the most of all")
    for address in (f"promises/{soon.pk}/", f"asks/{ask.pk}/", f"handoffs/{handed.pk}/", f"promises/{ready.pk}/"):
        assert address in page
    assert "5 minutes left" in page
    assert "1 promised, with time enough" in page
    assert "tel:+3725551234" in page


def test_the_mission_stands_on_everybodys_today(front: Client, garage: House) -> None:
    with garage.work():
        change_business(garage.business, mission="People get where they must", by=garage.owner, at=MONDAY)
    assert "People get where they must" in shown(front)


def test_the_part_that_asks_by_itself_is_the_part_alone(front: Client, garage: House) -> None:
    with garage.work():
        shop.ask(garage, shop.customer(garage))
    part = front.get(f"{AT}today/", headers={"HX-Request": "true", "HX-Target": "duties"}).content.decode()
    assert "A taxi home" in part
    assert "<html" not in part


def test_a_viewer_sees_who_waits_and_taps_nothing(client: Client, garage: House) -> None:
    client.force_login(garage.person(Role.VIEWER))
    with garage.work():
        shop.ask(garage, shop.customer(garage), by=None)
    page = shown(client)
    assert "A taxi home" in page
    assert "Not this way" not in page
