"""Worth in a real browser: every page is accessible in light and dark, and works by phone and without a script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from regulars.desk import worth
from regulars.jobs.worth import work_out_what_was_asked
from regulars.kernel import clock
from regulars.record.people import Person, Role
from tests.cast import MONDAY, House
from tests.history import a_town, bring

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HERE = "/at/garage/worth/"
PAGES = [
    "",
    "customers/top/",
    "customers/once/",
    "back/",
    "counting/",
    "counting/numbers/",
    "counting/service/",
    "plan/",
]


@pytest.mark.parametrize("page", ["desk", "phone"], indirect=True)
def test_every_page_is_accessible(
    page: Page, garage: House, sign_in: Callable[[Person], None], assert_accessible: Callable[[], None]
) -> None:
    bring(garage, a_town(90))
    worth.work_out(garage.business, at=MONDAY)
    sign_in(garage.person(Role.OWNER))
    for address in PAGES:
        page.goto(HERE + address)
        for fold in page.locator("details.fold > summary").all():
            fold.click()
        assert_accessible()
    page.goto(HERE + "plan/?ask=budget&budget=100&keep=50&keep_cost=1&win_cost=5&keep_worth=30&win_worth=20")
    assert_accessible()


def test_the_owner_watches_it_being_worked_out(page: Page, garage: House, sign_in: Callable[[Person], None]) -> None:
    bring(garage, a_town(30))
    worth.work_out(garage.business, at=MONDAY)
    sign_in(garage.person(Role.OWNER))
    page.goto(HERE)
    page.get_by_role("button", name="Work it out anew").click()
    expect(page.get_by_text("as soon as its turn comes")).to_be_visible()
    work_out_what_was_asked(clock.now())
    page.get_by_role("link", name="Show the new numbers").click()
    expect(page.get_by_text("likely to come from your 30 customers")).to_be_visible()


@pytest.mark.parametrize("page", ["unscripted"], indirect=True)
def test_the_numbers_change_without_a_script(page: Page, garage: House, sign_in: Callable[[Person], None]) -> None:
    sign_in(garage.person(Role.OWNER))
    page.goto(HERE + "counting/")
    page.get_by_role("link", name="Change the numbers").click()
    page.get_by_label("Average price").fill("25,000")
    page.get_by_role("button", name="Count this way").click()
    expect(page.get_by_text("€332,500.00").first).to_be_visible()
    expect(page.get_by_text("€307,500.00")).to_be_visible()
