"""A morning at the telephone, with a script and without one, with a mouse and by keyboard alone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from regulars.desk import plays, worth
from regulars.kernel import clock
from regulars.record import calls, customers
from regulars.record.calls import Call
from regulars.record.knowing import Fact, Wish
from regulars.record.people import Person, Role
from tests.cast import House
from tests.history import bring

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Person], None]
HERE = "/at/garage/today/"
both = pytest.mark.parametrize("page", ["desk", "unscripted"], indirect=True)


@pytest.fixture
def morning(garage: House, sign_in: SignIn) -> House:
    """Two of the ten on the list of the front line, who has signed in, and a shared call."""
    now = clock.now()
    bring(garage, {"Mari Oja": [(300, 9_000), (280, 9_000)], "Jaan Pärn": [(300, 5_000), (280, 5_000)]})
    worth.work_out(garage.business, at=now)
    with garage.work():
        plays.plan(garage.business, today=now.date(), at=now)
        calls.open_calls().update(caller=garage.front_line)
        shared = customers.add(name="Piret Kuusk", by=garage.owner, at=now)
        calls.agree(shared, on=now.date(), today=now.date(), caller=None, by=garage.owner, at=now)
    sign_in(garage.person(Role.FRONT_LINE))
    return garage


@both
def test_a_top_ten_call_ends_with_the_answer_and_is_undone(page: Page, morning: House) -> None:
    page.goto(HERE)
    page.locator(".line", has_text="Mari Oja").get_by_role("link", name="Reached").click()
    answer = page.get_by_label("How could we make your life easier?")
    expect(answer).to_be_focused()
    page.get_by_label("Note for colleagues").fill("Cheerful")
    page.get_by_role("button", name="The call is done").click()
    expect(page.get_by_text("Write the answer, or a day on which you will call again.")).to_be_visible()
    expect(page.get_by_label("Note for colleagues")).to_have_value("Cheerful")
    answer.fill("Fetch my car at work")
    page.get_by_label("What did you learn?").fill("Has a dachshund")
    page.get_by_label("Is there anything we should have?").fill("A loan car")
    page.get_by_label("Call again on").fill(str(clock.now().date() + timedelta(days=20)))
    page.get_by_role("button", name="The call is done").click()
    expect(page.get_by_role("status")).to_contain_text("Mari Oja: reached.")
    expect(page.get_by_role("heading", name="Done today")).to_be_visible()
    with morning.work():
        assert Fact.objects.get().text == "Has a dachshund"
        assert {wish.text for wish in Wish.objects.all()} == {"Fetch my car at work", "A loan car"}
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("The call is on the list again.")
    expect(page.locator(".line", has_text="Mari Oja").get_by_role("link", name="Reached")).to_be_visible()


@both
def test_one_tap_is_enough_when_nobody_answers(page: Page, morning: House) -> None:
    page.goto(HERE)
    page.locator(".line", has_text="Mari Oja").get_by_role("button", name="No answer").click()
    expect(page.get_by_role("status")).to_contain_text("Mari Oja: no answer.")
    line = page.locator(".line", has_text="Jaan Pärn")
    line.get_by_text("More").click()
    line.get_by_role("button", name="Do not call me").click()
    expect(page.get_by_role("status")).to_contain_text("Jaan Pärn: do not call me.")


@both
def test_a_shared_call_is_taken_and_handed_on_and_taken_over(page: Page, morning: House) -> None:
    page.goto(HERE)
    line = page.locator(".line", has_text="Piret Kuusk")
    line.get_by_role("button", name="I’ll call").click()
    expect(page.get_by_role("status")).to_contain_text("The call is yours.")
    line.get_by_text("More").click()
    line.get_by_role("link", name="Hand on").click()
    page.get_by_label("To whom?").select_option("Jaan Kask")
    page.get_by_role("button", name="Hand on").click()
    expect(page.get_by_role("status")).to_contain_text("handed on")
    expect(line).to_be_hidden()
    with morning.work():
        call = Call.objects.get(customer__name="Piret Kuusk")
    page.goto(f"/at/garage/calls/{call.pk}/")
    expect(page.get_by_text("Jaan Kask makes this call.")).to_be_visible()
    page.get_by_role("button", name="Take it over").click()
    expect(page.get_by_role("button", name="The call is done")).to_be_visible()


def test_a_call_is_ended_by_keyboard_alone(page: Page, morning: House) -> None:
    page.goto(HERE)
    press = page.keyboard.press
    reached = page.locator(".line", has_text="Mari Oja").get_by_role("link", name="Reached")
    for _step in range(25):
        press("Tab")
        if reached.evaluate("link => link === document.activeElement"):
            break
    expect(reached).to_be_focused()
    assert reached.evaluate("link => getComputedStyle(link).outlineStyle") == "solid", "one sees where one is"
    press("Enter")
    expect(page.get_by_label("How could we make your life easier?")).to_be_focused()
    page.keyboard.type("Open on Saturdays")
    press("Tab")
    page.keyboard.type("Sings in a choir")
    press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Mari Oja: reached.")
    with morning.work():
        assert Fact.objects.get().text == "Sings in a choir"


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_the_menu_of_a_line_stays_on_the_screen_and_closes_with_escape(page: Page, morning: House) -> None:
    page.goto(HERE)
    line = page.locator(".line", has_text="Mari Oja")
    more = line.get_by_text("More")
    more.focus()
    page.keyboard.press("Enter")
    last = line.get_by_role("link", name="Hand on")
    expect(last).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Escape")
    expect(more).to_be_focused()
    expect(last).to_be_hidden()
