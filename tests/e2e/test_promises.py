"""A promise at the counter, counted in taps and keystrokes: with a script and without one, on a phone too."""

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Locator, Page, expect

from regulars.kernel import clock
from regulars.record import branches, customers, promises, work
from regulars.record.branches import Branch
from regulars.record.people import Person, Role
from regulars.record.promises import Promise
from tests.cast import House
from tests.shop import DAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

everywhere = pytest.mark.parametrize("page", ["desk", "phone", "unscripted"], indirect=True)


class Hands:
    """Whoever stands at the counter; every tap and every key is counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.keys = page, 0, 0

    def tap(self, where: Locator) -> None:
        self.taps += 1
        where.click()

    def type(self, text: str) -> None:
        self.keys += len(text)
        self.page.keyboard.type(text)


@pytest.fixture
def card(garage: House, sign_in: Callable[[Person], None]) -> str:
    """The card of a customer, and the front line who has signed in."""
    now = clock.now()
    with garage.work():
        her = customers.add(name="Mari Oja", language="en", by=garage.owner, at=now)
        work.add_kind("Brakes that hold", by=garage.owner, at=now)
    sign_in(garage.person(Role.FRONT_LINE))
    return f"/at/garage/customers/{her.pk}/"


def at_once(page: Page) -> Locator:
    return page.get_by_role("group", name="Or promise it at once, by:").get_by_role("button").last


@everywhere
def test_a_plain_promise_takes_two_taps(page: Page, card: str, garage: House) -> None:
    hands = Hands(page)
    page.goto(card)
    hands.tap(page.get_by_role("link", name="Promise something"))
    expect(page.get_by_label("What do you promise?")).to_be_focused()
    hands.type("Call back")
    hands.tap(at_once(page))
    expect(page.get_by_role("status")).to_contain_text("It is promised.")
    assert (hands.taps, hands.keys) == (2, 9)
    with garage.work():
        made = Promise.objects.get()
        assert (made.what, made.keeper) == ("Call back", garage.front_line)


@everywhere
def test_work_is_taken_in_with_four_taps(page: Page, card: str, garage: House) -> None:
    hands = Hands(page)
    page.goto(card)
    hands.tap(page.get_by_role("link", name="Promise something"))
    hands.tap(page.get_by_role("link", name="Brakes that hold"))
    hands.tap(page.get_by_label("What is the work worth?"))
    hands.type("100")
    hands.tap(at_once(page))
    expect(page.get_by_role("status")).to_contain_text("no more than €110.00")
    assert (hands.taps, hands.keys) == (4, 3)


@everywhere
def test_a_refused_time_is_taken_as_it_is_offered(page: Page, card: str) -> None:
    page.goto(card + "promise/")
    page.get_by_label("What do you promise?").fill("Call back")
    at_night = (clock.now() + DAY).strftime("%Y-%m-%dT23:30")
    page.get_by_label("By when?").fill(at_night)
    page.get_by_role("button", name="Promise it", exact=True).click()
    expect(page.get_by_text("We are closed then.")).to_be_visible()
    expect(page.get_by_label("What do you promise?")).to_have_value("Call back")
    page.get_by_role("button", name="Take the time that is offered").click()
    expect(page.get_by_role("status")).to_contain_text("It is promised.")


def test_enter_in_the_first_field_promises_nothing_by_accident(page: Page, card: str, garage: House) -> None:
    page.goto(card + "promise/")
    page.get_by_label("What do you promise?").fill("Call back")
    page.keyboard.press("Enter")
    with garage.work():
        assert not Promise.objects.exists()


@everywhere
def test_kept_in_one_tap_and_undone(page: Page, card: str, garage: House) -> None:
    now = clock.now()
    with garage.work():
        her, branch = customers.Customer.objects.get(), Branch.objects.get()
        made = promises.make(
            her,
            what="The brakes",
            due_at=some_day(branch),
            branch=branch,
            keeper=garage.front_line,
            by=garage.owner,
            at=now,
        )
    page.goto(f"/at/garage/promises/{made.pk}/")
    page.get_by_role("button", name="Ready: call the customer").click()
    expect(page.get_by_text("Good news: “The brakes” is ready.")).to_be_visible()
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Kept: the customer knows")).to_be_visible()


def some_day(branch: Branch) -> datetime:
    """A time at which one may promise something, some days ahead."""
    found = branches.hours(branch).next_open(clock.now() + 3 * DAY)
    assert found is not None
    return found


@pytest.mark.parametrize("page", ["desk", "phone"], indirect=True)
def test_the_pages_are_for_everybody(
    page: Page, card: str, garage: House, assert_accessible: Callable[[], None]
) -> None:
    with garage.work():
        her, branch, kind = customers.Customer.objects.get(), Branch.objects.get(), work.JobKind.objects.get()
        job = work.open_job(
            her, kind=kind, what="The brakes", due_at=some_day(branch), branch=branch,
            performer=garage.front_line, by=garage.owner, at=clock.now(),
        )  # fmt: skip
        promise = job.promises.get()
    for address in (
        f"{card}promise/?kind={kind.pk}", "/at/garage/promises/", f"/at/garage/promises/{promise.pk}/",
        f"/at/garage/promises/{promise.pk}/move/", "/at/garage/jobs/", f"/at/garage/jobs/{job.pk}/",
    ):  # fmt: skip
        page.goto(address)
        assert_accessible()
