"""At the counter, a customer in front of one: how many taps and keystrokes an ask takes, script or no script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from regulars.kernel import clock
from regulars.record import answers, asks, bends, customers, partners
from regulars.record.asks import Ask
from regulars.record.customers import Customer
from regulars.record.people import Person, Role
from tests.cast import House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Person], None]
everywhere = pytest.mark.parametrize("page", ["phone", "unscripted"], indirect=True)
A_TAP, A_KEYSTROKE = 3.0, 0.3  # seconds: to read, find, hit and see what comes; to type on a phone (36 words a minute)


class Counter:
    """A hand that counts what it does."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.keys = page, 0, 0

    def tap(self, role: str, name: str) -> None:
        self.page.get_by_role(role, name=name, exact=True).click()  # type: ignore[arg-type]
        self.taps += 1

    def type(self, label: str, words: str) -> None:
        self.page.get_by_label(label).press_sequentially(words)
        self.keys += len(words)

    @property
    def seconds(self) -> float:
        """What a person needs, whatever else the machine of the test has to do."""
        return self.taps * A_TAP + self.keys * A_KEYSTROKE


@pytest.fixture
def mari(garage: House, sign_in: SignIn) -> Customer:
    """At the counter; the front line has signed in and has her card open."""
    with garage.work():
        said = {"by": garage.owner, "at": clock.now()}
        for asked in ("A ride home", "A second key", "Gift wrapping"):
            answers.add(asked=asked, how="We do it at once", cost=500, minutes=15, **said)
        her = customers.add(name="Mari Oja", **said)
    sign_in(garage.person(Role.FRONT_LINE))
    return her


@everywhere
def test_what_many_ask_for_takes_two_taps_and_no_typing(page: Page, garage: House, mari: Customer) -> None:
    page.goto(f"/at/garage/customers/{mari.pk}/")
    hand = Counter(page)
    hand.tap("link", "Asks for something")
    hand.tap("button", "Yes: A ride home")
    expect(page.get_by_role("status")).to_contain_text("Yes: A ride home")
    assert (hand.taps, hand.keys) == (2, 0)
    assert hand.seconds < 30
    with garage.work():
        ask = Ask.objects.get()
        assert (ask.text, ask.cost, ask.minutes) == ("A ride home", 500, 15)
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("It is open again.")


@everywhere
def test_anything_else_is_written_down_and_answered_within_half_a_minute(
    page: Page, garage: House, mari: Customer
) -> None:
    page.goto(f"/at/garage/customers/{mari.pk}/")
    hand = Counter(page)
    hand.tap("link", "Asks for something")
    hand.type("What does the customer ask for?", "Fetch my car at work")
    hand.tap("button", "Write it down")
    hand.type("How do we do it?", "Jaan fetches it")
    hand.tap("button", "Yes")
    expect(page.get_by_role("status")).to_contain_text("Yes: Fetch my car at work")
    assert (hand.taps, hand.keys) == (3, 35)
    assert hand.seconds < 30


@everywhere
def test_not_this_way_needs_what_we_offer_instead(page: Page, garage: House, mari: Customer) -> None:
    with garage.work():
        ask = asks.hear(mari, text="Wheels on Sunday", source="counter", by=garage.front_line, at=clock.now())
    page.goto(f"/at/garage/asks/{ask.pk}/")
    page.get_by_text("Not this way …").click()
    page.get_by_label("Why can it not be yes?").fill("Nobody is here")
    page.get_by_role("button", name="Not this way, but so").click()
    expect(page.get_by_text("A no alone is not an answer.")).to_be_visible()
    expect(page.get_by_label("Why can it not be yes?")).to_have_value("Nobody is here")
    page.get_by_label("What do we offer instead?").fill("No, but on Monday at eight")
    page.get_by_role("button", name="Not this way, but so").click()
    expect(page.get_by_text("This begins with a no.")).to_be_visible()


@everywhere
def test_it_is_handed_on_in_a_few_taps(page: Page, garage: House, mari: Customer) -> None:
    with garage.work():
        ask = asks.hear(mari, text="Wheels on Sunday", source="counter", by=garage.front_line, at=clock.now())
    page.goto(f"/at/garage/asks/{ask.pk}/")
    hand = Counter(page)
    hand.tap("link", "Hand on")
    page.get_by_label("Who takes it?").select_option("Jaan Kask")
    hand.taps += 2
    hand.type("What should your colleague know?", "Two kids, no car")
    hand.tap("button", "in an hour")
    expect(page.get_by_role("status")).to_contain_text("Handed on to Jaan Kask.")
    assert hand.seconds < 30


@everywhere
def test_a_partner_is_booked_from_the_card_without_typing(page: Page, garage: House, mari: Customer) -> None:
    with garage.work():
        partners.add(name="Tallinn Cab", does="Taxi", phone="1200", price=1_800, by=garage.owner, at=clock.now())
    page.goto(f"/at/garage/customers/{mari.pk}/")
    hand = Counter(page)
    hand.tap("link", "Asks for something")
    page.get_by_text("A partner does it").click()
    hand.taps += 1
    hand.tap("link", "Book Tallinn Cab")
    hand.tap("button", "Book")
    expect(page.get_by_role("status")).to_contain_text("Booked. Now tell Tallinn Cab.")
    assert (hand.taps, hand.keys) == (4, 0)
    assert hand.seconds < 30


@everywhere
def test_a_bent_rule_is_written_down_in_twenty_seconds(page: Page, garage: House, mari: Customer) -> None:
    with garage.work():
        said = {"why": "Ill", "good": "Came back", "by": garage.front_line, "at": clock.now()}
        bends.bend(rule="No returns after 14 days", **said)
    page.goto("/at/garage/rules/")
    hand = Counter(page)
    hand.tap("link", "I bent a rule")
    page.get_by_label("Which rule?").select_option("No returns after 14 days")
    hand.taps += 2
    hand.type("Why?", "Was abroad")
    hand.type("What good did it do?", "Bought two more")
    hand.tap("button", "Write it down")
    expect(page.get_by_role("status")).to_contain_text("thinking of the customer first")
    assert hand.seconds < 20
