"""The customer's own page in a real browser: with and without a script, in each of our languages, for everybody."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from regulars.kernel import clock
from regulars.record import branches, customers, links, promises, work
from regulars.record.asks import Ask
from regulars.record.branches import Branch
from regulars.record.complaints import Complaint
from tests.cast import House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def her_page(garage: House, language: str) -> str:
    """Something is promised to her, and something was finished lately."""
    now = clock.now()
    with garage.work():
        her = customers.add(name="Kaja Oja", address_as="Mrs Oja", language=language, by=garage.owner, at=now)
        branch = Branch.objects.get()
        due = branches.hours(branch).after(now + timedelta(days=1), timedelta(hours=2))
        assert due is not None
        kind = work.add_kind("Brakes that hold", by=garage.owner, at=now)
        said = {"branch": branch, "by": garage.owner, "at": now, "due_at": due}
        job = work.open_job(her, kind=kind, what="New brake pads", performer=garage.owner, **said)
        work.finish(job, by=garage.owner, at=now, told=True)
        promises.make(her, what="Winter tyres", keeper=garage.owner, **said)
        return f"/yours/{garage.business.pk}/{links.Link.objects.get(customer=her).secret}/"


@pytest.mark.parametrize("page", ["phone", "unscripted"], indirect=True)
def test_she_reads_writes_and_says_that_it_is_not_right(page: Page, garage: House) -> None:
    page.goto(her_page(garage, "en"))
    expect(page.get_by_role("heading", name="Good to see you, Mrs Oja")).to_be_visible()
    expect(page.get_by_text("Winter tyres")).to_be_visible()
    page.get_by_label("Message").fill("Wipers too, please")
    page.get_by_role("button", name="Send").last.click()
    expect(page.get_by_text("Thank you. We have your message.")).to_be_visible()
    page.get_by_text("Not right? Tell us", exact=True).click()
    page.get_by_label("What is not right?").fill("It squeaks")
    page.get_by_role("button", name="Send").first.click()
    expect(page.get_by_text("Thank you. We have your message.")).to_be_visible()
    with garage.work():
        assert Complaint.objects.get().text == "It squeaks"
        assert Ask.objects.get().text == "Wipers too, please"


@pytest.mark.parametrize("page", ["phone"], indirect=True)
@pytest.mark.parametrize("language", ["en", "ru", "fi", "et"])
def test_everybody_can_read_it(page: Page, garage: House, language: str, assert_accessible: Callable[[], None]) -> None:
    page.goto(her_page(garage, language))
    assert page.locator("html").get_attribute("lang") == language
    assert (page.get_by_text("What we promised you").count() == 1) == (language == "en"), "the words are compiled"
    page.locator("details").first.evaluate("fold => { fold.open = true }")
    assert_accessible()
