"""Complaining in a real browser: on a phone and without a script, with a photo, to the end; and everybody can do it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from regulars.kernel import clock
from regulars.record import branches, complaints, customers, links, messages, recoveries, work
from regulars.record.attachments import Attachment
from regulars.record.branches import Branch
from regulars.record.complaints import Complaint
from regulars.record.people import Person, Role
from regulars.record.tasks import Planned
from tests.cast import House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BOTH = pytest.mark.parametrize("page", ["phone", "unscripted"], indirect=True)
LANGUAGES = pytest.mark.parametrize("language", ["en", "ru", "fi", "et"])


def tell(garage: House) -> str:
    with garage.work():
        return f"/tell/garage/{Branch.objects.get().pk}/"


def put_right(garage: House, language: str = "en") -> str:
    """It was told a day ago and is done; only she can say whether it is right."""
    now = clock.now()
    with garage.work():
        said = {"by": garage.owner, "at": now - timedelta(hours=1)}
        its = complaints.hear(
            text="It squeaks", source="form", branch=Branch.objects.get(), by=None, at=now - timedelta(days=1),
            language=language,
        )  # fmt: skip
        messages.receive(its, text="It squeaks", at=its.heard_at)
        messages.answer(its, text="We look at it today.", **said)
        begun = recoveries.admit(its, erred="We did not drive it afterwards", **said)
        recoveries.plan(begun, remedy="New pads", due_at=said["at"], tasks=[Planned("Pads")], mender=None, **said)
        recoveries.agree(begun, **said)
        recoveries.do_more(begun, what="The car was washed", **said)
        return f"/said/{garage.business.pk}/{its.secret}/"


@BOTH
def test_a_stranger_complains_with_a_photo_and_keeps_the_link(page: Page, garage: House, tmp_path: Path) -> None:
    Image.new("RGB", (60, 40), "red").save(tmp_path / "wheel.png")
    page.goto(tell(garage))
    fields = page.locator("main :is(input:not([type=hidden]), textarea, select):not(.robots *)")
    expect(fields).to_have_count(3)
    page.get_by_label("What is not right?").fill("The wheel came loose")
    page.get_by_label("Photos").set_input_files(tmp_path / "wheel.png")
    page.wait_for_timeout(2_100)  # as fast as no person is: then it would ask once more
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Thank you. We have it.")).to_be_visible()
    expect(page.get_by_text("You hear from us by")).to_be_visible()
    expect(page.get_by_text("The wheel came loose")).to_be_visible()
    picture = page.get_by_role("img", name="wheel.jpg")
    expect(picture).to_be_visible()
    assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 60
    with garage.work():
        assert Complaint.objects.get().secret in page.url
        assert Attachment.objects.get().is_picture


@BOTH
def test_too_fast_is_asked_once_more_and_loses_nothing(page: Page, garage: House) -> None:
    page.goto(tell(garage))
    page.get_by_label("What is not right?").fill("The wheel came loose")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Please press Send once more.")).to_be_visible()
    expect(page.get_by_label("What is not right?")).to_have_value("The wheel came loose")
    page.wait_for_timeout(2_100)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Thank you. We have it.")).to_be_visible()


@BOTH
def test_only_her_tap_says_that_it_is_right(page: Page, garage: House) -> None:
    page.goto(put_right(garage))
    expect(page.get_by_text("We did not drive it afterwards")).to_be_visible()
    with garage.work():
        assert Complaint.objects.get().right_at is None
    page.get_by_role("button", name="Yes, it is right").click()
    expect(page.get_by_text("We are glad that it is right.")).to_be_visible()
    with garage.work():
        assert Complaint.objects.get().right_at is not None


@BOTH
def test_not_yet_is_said_in_her_words_and_we_begin_anew(page: Page, garage: House) -> None:
    page.goto(put_right(garage))
    page.get_by_text("Not yet", exact=True).click()
    page.get_by_label("What is not right yet?").fill("It still squeaks")
    page.get_by_role("button", name="It is not right yet").click()
    expect(page.get_by_text("Thank you. We have it.")).to_be_visible()
    expect(page.get_by_text("It still squeaks")).to_be_visible()
    with garage.work():
        assert recoveries.current(Complaint.objects.get()) is None


@BOTH
def test_from_her_own_page_it_is_one_click(page: Page, garage: House) -> None:
    now = clock.now()
    with garage.work():
        her = customers.add(name="Kaja Oja", language="en", by=garage.owner, at=now)
        kind, branch = work.add_kind("Brakes", by=garage.owner, at=now), Branch.objects.get()
        due = branches.hours(branch).after(now + timedelta(days=1), timedelta(hours=2))
        assert due is not None
        job = work.open_job(
            her, kind=kind, what="New pads", due_at=due, branch=branch, performer=garage.owner, by=garage.owner, at=now,
        )  # fmt: skip
        work.finish(job, by=garage.owner, at=now, told=True)
        where = f"/yours/{garage.business.pk}/{links.Link.objects.get(customer=her).secret}/"
    page.goto(where)
    page.get_by_role("link", name="Something not right? Tell us").click()
    expect(page.get_by_label("What is not right?")).to_be_visible()
    page.goto(where)
    page.get_by_text("Not right? Tell us", exact=True).click()
    page.get_by_label("What is not right?").fill("It squeaks")
    page.get_by_role("button", name="Send").first.click()
    page.get_by_role("link", name="It squeaks").click()
    expect(page.get_by_text("You hear from us by")).to_be_visible()


@pytest.mark.parametrize("page", ["phone"], indirect=True)
@LANGUAGES
def test_everybody_can_use_it(page: Page, garage: House, language: str, assert_accessible: Callable[[], None]) -> None:
    page.context.add_cookies([{"name": "django_language", "value": language, "domain": "localhost", "path": "/"}])
    for where in (tell(garage), put_right(garage, language)):
        page.goto(where)
        assert page.locator("html").get_attribute("lang") == language
        assert_accessible()


def test_the_manager_prints_a_poster(
    page: Page, garage: House, sign_in: Callable[[Person], None], assert_accessible: Callable[[], None]
) -> None:
    sign_in(garage.person(Role.MANAGER))
    page.goto("/at/garage/settings/tell/")
    assert_accessible()
    page.get_by_label("Language").select_option("ru")
    with page.expect_download() as download:
        page.get_by_role("button", name="Table cards").click()
    assert download.value.suggested_filename == "garage-cards-ru.pdf"
