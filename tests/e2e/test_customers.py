"""Customers in a real browser: found, written down, sold to, brought together; each without a script too."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from regulars.desk import worth
from regulars.kernel import clock
from regulars.record import customers, search, tags
from regulars.record.customers import Customer
from regulars.record.people import Person, Role
from regulars.record.worth import Estimate, Stage
from tests.cast import House
from tests.history import a_town, bring

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Person], None]
HERE = "/at/garage/customers/"
both = pytest.mark.parametrize("page", ["desk", "unscripted"], indirect=True)


@pytest.fixture
def town(garage: House, sign_in: SignIn) -> House:
    """Sixty customers with a history; the manager has signed in."""
    people = bring(garage, a_town(60) | {"Maarika Õunapuu": [(20, 99_000), (10, 99_000)]})
    worth.work_out(garage.business, at=clock.now())
    with garage.work():
        search.index([her.pk for her in people.values()])
        Estimate.objects.filter(customer=people["Maarika Õunapuu"]).update(stage=Stage.REGULAR)
    sign_in(garage.person(Role.MANAGER))
    return garage


def add(garage: House, name: str, phone: str = "") -> Customer:
    with garage.work():
        phones = [("+372" + phone.replace(" ", ""), phone)] if phone else []
        return customers.add(name=name, by=garage.front_line, at=clock.now(), phones=phones)


@both
def test_somebody_is_found_although_a_letter_is_wrong(page: Page, town: House) -> None:
    page.goto(HERE)
    page.get_by_role("searchbox").fill("marika ounapu")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Maarika Õunapuu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Maarika Õunapuu")


def test_the_list_follows_what_is_typed_and_the_focus_stays(page: Page, town: House) -> None:
    page.goto(HERE)
    page.keyboard.press("/")
    page.keyboard.type("maarka")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("zzzzzzz")
    expect(page.get_by_role("heading", name="Nobody matches")).to_be_visible()


@both
def test_the_list_is_sorted_filtered_and_paged(page: Page, town: House) -> None:
    page.goto(HERE)
    page.get_by_role("link", name="Customer", exact=True).click()
    names = page.locator("tbody th")
    expect(names.first).to_have_text("Customer 000")
    page.get_by_role("link", name="More").click()
    expect(names.first).to_have_text("Customer 050")
    expect(names).to_have_count(11)
    page.get_by_role("link", name="From the beginning").click()
    expect(names).to_have_count(50)
    page.get_by_label("Stage").select_option("Regular")
    if page.get_by_role("button", name="Show").is_visible():
        page.get_by_role("button", name="Show").click()
    expect(names).to_have_text(["Maarika Õunapuu"])


@both
def test_a_customer_who_may_be_known_is_told_before_a_second_card_is_made(
    page: Page, garage: House, sign_in: SignIn
) -> None:
    add(garage, "Mari Oja", "5551 2345")
    sign_in(garage.person(Role.FRONT_LINE))
    page.goto(HERE)
    page.get_by_role("link", name="Add a customer").first.click()
    page.get_by_label("Name").fill("Mary Oja")
    page.get_by_label("Phone").fill("55512345")
    page.get_by_role("button", name="Add the customer").click()
    expect(page.get_by_text("Is it one of these?")).to_be_visible()
    expect(page.get_by_label("Name")).to_have_value("Mary Oja")
    page.get_by_role("button", name="No, add a new card").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mary Oja")
    with garage.work():
        assert Customer.objects.count() == 2


@both
def test_what_is_said_at_the_counter_is_written_on_the_card(page: Page, garage: House, sign_in: SignIn) -> None:
    her = add(garage, "Mari Oja")
    sign_in(garage.person(Role.FRONT_LINE))
    page.goto(f"{HERE}{her.pk}/")
    page.get_by_text("Add a wish").click()
    page.get_by_label("What is the wish?").fill("Open on Saturdays")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("Open on Saturdays").first).to_be_visible()
    page.get_by_text("Learnt something?").click()
    page.get_by_label("What did you learn?").fill("Has a dachshund")
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator("#story")).to_contain_text("Has a dachshund")
    page.get_by_role("link", name="Change").click()
    page.get_by_label("E-mail").fill("mari@example.ee")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="mari@example.ee")).to_be_visible()
    page.locator("#main summary", has_text="More").click()
    page.get_by_role("button", name="Do not call").click()
    expect(page.get_by_text("Asked not to be called.", exact=True)).to_be_visible()


@both
def test_a_sale_and_a_refund_stand_in_the_story(page: Page, garage: House, sign_in: SignIn) -> None:
    her = add(garage, "Mari Oja")
    sign_in(garage.person(Role.FRONT_LINE))
    for amount, what in (("120.50", "Brakes"), ("-20", "Money back")):
        page.goto(f"{HERE}{her.pk}/")
        page.get_by_role("link", name="Write down a sale").click()
        page.get_by_label("Amount").fill("much")
        page.get_by_label("What was bought?").fill(what)
        page.get_by_role("button", name="Write it down").click()
        expect(page.get_by_label("What was bought?")).to_have_value(what)
        page.get_by_label("Amount").fill(amount)
        page.get_by_role("button", name="Write it down").click()
        expect(page.get_by_role("status")).to_contain_text("The sale is written down.")
    story = page.locator("#story")
    expect(story).to_contain_text("Sale €120.50: Brakes")
    expect(story).to_contain_text("Refund -€20.00: Money back")


def test_after_a_sale_the_card_asks_what_was_learnt(page: Page, garage: House, sign_in: SignIn) -> None:
    her = add(garage, "Mari Oja")
    sign_in(garage.person(Role.FRONT_LINE))
    page.goto(f"{HERE}{her.pk}/sale/")
    page.get_by_label("Amount").fill("5")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_label("What did you learn?")).to_be_visible()


@both
def test_two_cards_become_one_and_two_again(page: Page, garage: House, sign_in: SignIn) -> None:
    her = add(garage, "Mari Oja", "5551 2345")
    add(garage, "Mari Oja-Tamm", "5551 2346")
    sign_in(garage.person(Role.MANAGER))
    page.goto(f"{HERE}{her.pk}/")
    page.locator("#main summary", has_text="More").click()
    page.get_by_role("link", name="Same person as another card").click()
    page.get_by_role("searchbox").fill("tamm")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Compare").click()
    page.get_by_role("button", name="Keep this card").first.click()
    expect(page.get_by_role("link", name="5551 2346")).to_be_visible()
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="5551 2346")).to_be_hidden()
    with garage.work():
        assert Customer.objects.filter(merged_at=None).count() == 2


@both
def test_a_tag_is_renamed_and_removed(page: Page, garage: House, sign_in: SignIn) -> None:
    her = add(garage, "Mari Oja")
    with garage.work():
        tags.put(her, ["regulr"], by=garage.manager, at=clock.now())
    sign_in(garage.person(Role.MANAGER))
    page.goto(HERE + "tags/")
    page.get_by_text("Rename…").click()
    page.get_by_label("New name").fill("Tea drinker")
    page.get_by_role("button", name="Rename", exact=True).click()
    expect(page.get_by_role("link", name="Tea drinker")).to_be_visible()
    page.get_by_text("Remove…").click()
    page.get_by_role("button", name="Remove the tag").click()
    expect(page.get_by_role("link", name="Tea drinker")).to_be_hidden()
