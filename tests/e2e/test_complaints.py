"""At the counter, a customer who complains in front of one: how many taps it takes, script or no script, to the end."""

from collections.abc import Callable
from datetime import time

import pytest
from playwright.sync_api import Page, expect

from regulars.kernel import clock
from regulars.record import approvals, customers, recoveries, remedies
from regulars.record.approvals import Approval
from regulars.record.branches import Branch, change_branch
from regulars.record.complaints import Complaint
from regulars.record.customers import Customer
from regulars.record.people import Person, Role
from regulars.record.recoveries import Recovery
from regulars.record.tasks import Planned
from tests import shop
from tests.cast import House
from tests.e2e.test_asks import Counter, SignIn, everywhere

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def mari(garage: House, sign_in: SignIn) -> Customer:
    """At the counter; the front line has signed in."""
    with garage.work():
        said = {"by": garage.owner, "at": clock.now()}
        remedies.keep("Send a new one", [Planned("A new one, by courier", 500)], **said)
        her = customers.add(name="Mari Oja", **said)
    sign_in(garage.person(Role.FRONT_LINE))
    return her


@everywhere
def test_a_complaint_is_written_down_within_half_a_minute(page: Page, garage: House, mari: Customer) -> None:
    page.goto(f"/at/garage/customers/{mari.pk}/")
    hand = Counter(page)
    hand.tap("link", "Complains")
    hand.type("What is not right?", "The wheel came loose")
    hand.tap("button", "Write it down")
    expect(page.get_by_role("status")).to_contain_text("Now put it right.")
    assert (hand.taps, hand.keys) == (2, 20)
    assert hand.seconds < 30
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("nobody complained")


@everywhere
def test_it_is_put_right_on_the_spot_in_four_steps(page: Page, garage: House, mari: Customer) -> None:
    with garage.work():
        its = shop.complaint(garage, customer=mari, at=clock.now())
    page.goto(f"/at/garage/complaints/{its.pk}/")
    page.get_by_label("Where did we err?").fill("We did everything correctly")
    page.get_by_role("button", name="Say so").click()
    expect(page.get_by_text("defends us")).to_be_visible()
    page.get_by_label("Where did we err?").fill("We did not tighten the bolts")
    page.get_by_role("button", name="Say so").click()
    page.get_by_label("What will put it right?").fill("Tightened at once")
    page.get_by_label("It is done at once, on the spot").check()
    page.get_by_role("button", name="Agreed with the customer").click()
    page.get_by_label("What little more does the customer get?").fill("The car is washed")
    page.get_by_role("button", name="Done", exact=True).click()
    page.get_by_role("button", name="The customer says: it is right").click()
    expect(page.get_by_role("status")).to_contain_text("says that it is right")
    page.get_by_role("link", name="Find the cause").click()
    page.get_by_label("Why did it happen?").fill("Bolts are tightened by feel")
    page.get_by_role("button", name="This is why").click()
    page.get_by_label("Why?", exact=True).fill("There is no wrench")
    page.get_by_label("Why did we not notice").fill("Nobody tries the wheel")
    page.get_by_label("the way we work").check()
    page.get_by_role("button", name="This is why").click()
    page.get_by_role("link", name="Something changes").click()
    page.get_by_label("What will be different").fill("A torque wrench")
    page.get_by_label("Until when?").fill("2030-01-01")
    page.get_by_role("button", name="It changes").click()
    page.get_by_role("link", name="The wheel came loose").click()
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_role("status")).to_contain_text("something has changed")
    with garage.work():
        assert Complaint.objects.get().closed_at is not None


def open_day_and_night(garage: House) -> None:
    """So that a remedy can be promised whenever the test runs."""
    with garage.work():
        branch = Branch.objects.get()
        week = {day: [(time(0), time(23, 59))] for day in range(7)}
        change_branch(branch, name=branch.name, week=week, by=garage.owner, at=clock.now())


def test_a_remedy_of_the_catalogue_is_one_tap(page: Page, garage: House, mari: Customer) -> None:
    open_day_and_night(garage)
    with garage.work():
        its = shop.complaint(garage, customer=mari, at=clock.now())
        recoveries.admit(its, erred="We lost it", by=garage.front_line, at=clock.now())
    page.goto(f"/at/garage/complaints/{its.pk}/")
    page.get_by_role("button", name="Send a new one").click()
    expect(page.get_by_role("status")).to_contain_text("Agreed: Send a new one.")
    with garage.work():
        assert Recovery.objects.get().promise is not None


def test_a_colleague_says_yes_from_today(page: Page, garage: House, sign_in: Callable[[Person], None]) -> None:
    with garage.work():
        said = {"by": garage.front_line, "at": clock.now()}
        its = shop.complaint(garage, at=clock.now())
        begun = recoveries.admit(its, erred="We broke it", **said)
        tasks = [Planned("A new lamp", 400_00)]
        recoveries.plan(begun, remedy="A new lamp", due_at=clock.now(), tasks=tasks, mender=None, **said)
        approvals.ask(begun, **said)
    sign_in(garage.person(Role.MANAGER))
    page.goto("/at/garage/today/")
    expect(page.get_by_text("may it cost €400? A new lamp")).to_be_visible()
    page.get_by_role("button", name="Yes, do it").click()
    expect(page.get_by_role("status")).to_contain_text("it is agreed")
    with garage.work():
        assert Approval.objects.get().yes
        assert Recovery.objects.get().agreed_by == garage.manager
