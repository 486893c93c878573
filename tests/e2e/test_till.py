"""The tablet at the till: three taps and she is done; without a network nothing is lost, and nothing comes twice."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from regulars.kernel import clock
from regulars.record import tills
from regulars.record.branches import Branch
from regulars.record.ratings import Rating
from tests import shop
from tests.cast import House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Kept = Callable[[], list[Rating]]

# Until the tablet has kept its pages: this one, and last of all that in the last language.
KEPT_AT_HAND = """async () => {
    const wanted = [location.href, `${location.origin}${location.pathname}?language=et`];
    const until = Date.now() + 8000;
    while (Date.now() < until) {
        const kept = await caches.open("till").then((cache) => cache.keys()).then((all) => all.map((one) => one.url));
        if (navigator.serviceWorker.controller && wanted.every((address) => kept.includes(address))) return null;
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const registrations = await navigator.serviceWorker.getRegistrations();
    return [
        registrations.map((one) => [one.scope, one.active?.state, one.waiting?.state, one.installing?.state]),
        navigator.serviceWorker.controller?.state,
        (await (await caches.open("till")).keys()).map((one) => one.url),
    ];
}"""
EVERYWHERE = pytest.mark.parametrize("page", ["desk", "phone"], indirect=True)


@pytest.fixture
def address(garage: House) -> str:
    with garage.work():
        Branch.objects.update(language="en")
        till = tills.set_up(Branch.objects.get(), "Front desk", by=garage.owner, at=clock.now())
        return f"/till/{garage.business.pk}/{till.secret}/"


@pytest.fixture
def kept(garage: House) -> Kept:
    def read() -> list[Rating]:
        with garage.work():
            return list(Rating.objects.order_by("landed_at"))

    return read


def tap(page: Page, *faces: str) -> None:
    for face in faces:
        page.locator(".scores:visible .score").filter(has_text=face).click()


def sent(page: Page) -> None:
    """Until the tablet has nothing left to send."""
    page.wait_for_function("() => Object.values(localStorage).every((queue) => queue === '[]')")


@EVERYWHERE
def test_three_taps_and_the_answer_is_kept(page: Page, address: str, kept: Kept) -> None:
    page.goto(address)
    expect(page.get_by_text("Did it meet what you expected?")).to_be_visible()
    expect(page.get_by_text("Was it worth the price?")).to_be_hidden()
    tap(page, "Fully", "Mostly", "Partly")
    sent(page)
    [rating] = kept()
    assert rating.said.scores == {"expectations": 5, "value": 4, "efficiency": 3}
    assert (rating.seconds or 0) < 60


def test_a_few_words_after_it_are_the_same_answer(page: Page, address: str, kept: Kept) -> None:
    page.goto(address)
    tap(page, "Fully", "Mostly", "Mostly")
    page.get_by_label("What would you like us to have?").fill("Coffee")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    sent(page)
    [rating] = kept()
    assert (rating.wish, rating.first) == ("Coffee", None)
    expect(page.get_by_text("Did it meet what you expected?")).to_be_visible(timeout=8_000)
    expect(page.locator(".scores:visible input:checked")).to_have_count(0)


def test_back_and_skip(page: Page, address: str, kept: Kept) -> None:
    page.goto(address)
    tap(page, "Fully")
    page.get_by_role("button", name="Back").click()
    tap(page, "Hardly")
    page.get_by_role("button", name="Skip").click()
    tap(page, "Mostly")
    sent(page)
    assert kept()[0].said.scores == {"expectations": 2, "efficiency": 4}


def test_it_can_be_answered_with_a_keyboard(page: Page, address: str, kept: Kept) -> None:
    page.goto(address)
    page.locator(".scores:visible input").first.focus()
    for key in ("ArrowRight", "ArrowRight", "Enter", "Space", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    sent(page)
    assert kept()[0].said.scores == {"expectations": 3, "value": 1, "efficiency": 5}


@pytest.mark.unplugged
def test_without_a_network_answers_wait_and_come_once(page: Page, address: str, kept: Kept) -> None:
    page.goto(address)
    page.context.set_offline(True)
    for faces in (("Fully", "Fully", "Fully"), ("Mostly", "Mostly", "Mostly")):
        tap(page, *faces)
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_text("Did it meet what you expected?")).to_be_visible(timeout=8_000)
    expect(page.get_by_text("Answers that wait for the network: 2")).to_be_visible()
    assert not kept()
    page.context.set_offline(False)
    sent(page)
    expect(page.get_by_text("Answers that wait for the network")).to_be_hidden()
    page.reload()
    sent(page)
    assert sorted(rating.value or 0 for rating in kept()) == [4, 5]


@pytest.mark.unplugged
def test_a_tablet_that_is_switched_on_without_a_network_asks_all_the_same(page: Page, address: str, kept: Kept) -> None:
    page.goto(address)
    assert page.evaluate(KEPT_AT_HAND) is None
    page.context.set_offline(True)
    page.reload()
    tap(page, "Fully", "Fully", "Fully")
    page.get_by_role("link", name="Suomi").click()
    expect(page.locator("html")).to_have_attribute("lang", "fi")
    page.context.set_offline(False)
    page.reload()
    sent(page)
    assert kept()[0].value == 5


@pytest.mark.parametrize("page", ["unscripted"], indirect=True)
def test_without_a_script_it_is_a_form(page: Page, address: str, kept: Kept) -> None:
    page.goto(address)
    for question in ("expectations", "value", "efficiency"):
        page.locator(f"input[name={question}][value='5']").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert kept()[0].said.scores == {"expectations": 5, "value": 5, "efficiency": 5}
    page.get_by_role("link", name="The next customer").click()
    expect(page.get_by_text("Did it meet what you expected?")).to_be_visible()


@pytest.mark.parametrize("page", ["desk", "phone"], indirect=True)
def test_everybody_can_use_it(page: Page, garage: House, address: str, assert_accessible: Callable[[], None]) -> None:
    """The tablet, the page of a link, that of a branch and that of thanks, by axe and in four languages."""
    with garage.work():
        survey = shop.survey(garage, shop.customer(garage), at=clock.now())
        link = f"/asked/{garage.business.pk}/{survey.secret}/"
        branch = f"/ask/garage/{Branch.objects.get().pk}/"
    for where in (address, link, f"{link}stop/", f"{branch}thanks/"):
        page.goto(where)
        assert_accessible()
    for language in ("ru", "fi", "et"):
        for where in (address, link):
            page.goto(f"{where}?language={language}")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (where, language)


@pytest.mark.parametrize("page", ["phone", "unscripted"], indirect=True)
def test_a_link_is_answered_with_three_taps_and_send(page: Page, garage: House, kept: Kept) -> None:
    with garage.work():
        survey = shop.survey(garage, shop.customer(garage, language="en"), at=clock.now())
    page.goto(f"/asked/{garage.business.pk}/{survey.secret}/")
    page.wait_for_timeout(1_100)  # as fast as no person is: then it would ask once more
    for group in page.get_by_role("group").all():
        group.get_by_role("radio", name="Mostly").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert kept()[0].said.scores == {"expectations": 4, "value": 4, "efficiency": 4}
