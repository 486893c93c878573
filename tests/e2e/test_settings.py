"""The pages about people and the business, in a real browser: readable by everybody, and working without a script."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from regulars.kernel import clock
from regulars.record import people
from regulars.record.branches import Branch
from regulars.record.people import Member, Person, Role
from tests.cast import House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Person], None]

PAGES = [
    "/businesses/", "/businesses/new/", "/account/", "/account/email/", "/account/password/change/",
    "/account/2fa/", "/account/sessions/", "/at/garage/settings/", "/at/garage/settings/business/",
    "/at/garage/settings/people/", "/at/garage/settings/people/invite/", "/at/garage/settings/branches/",
    "/at/garage/settings/branches/new/", "/at/garage/settings/journal/",
]  # fmt: skip


@pytest.mark.parametrize("page", ["phone", "desk"], indirect=True)
def test_everybody_can_read_the_settings(
    page: Page, garage: House, sign_in: SignIn, assert_accessible: Callable[[], None]
) -> None:
    sign_in(garage.person(Role.OWNER))
    with garage.work():
        branch, member = Branch.objects.get(), Member.objects.get(pk=garage.front_line.pk)
    more = [f"/at/garage/settings/branches/{branch.pk}/", f"/at/garage/settings/people/{member.pk}/"]
    for address in PAGES + more:
        page.goto(address)
        assert page.locator("h1").count() == 1, address
        assert_accessible()


@pytest.mark.parametrize("page", ["unscripted"], indirect=True)
def test_a_colleague_is_invited_and_a_branch_changed_without_a_script(
    page: Page, garage: House, sign_in: SignIn
) -> None:
    sign_in(garage.person(Role.OWNER))
    page.goto("/at/garage/settings/people/")
    page.get_by_role("link", name="Invite somebody").click()
    page.get_by_label("Name").fill("Kadri Uus")
    page.get_by_label("E-mail").fill("kadri@example.ee")
    page.get_by_role("button", name="Send the letter").click()
    expect(page.get_by_role("status")).to_contain_text("is on its way")
    assert mail.outbox[0].to == ["kadri@example.ee"]

    page.goto("/at/garage/settings/branches/")
    page.get_by_role("link", name="Change").click()
    page.get_by_label("Monday").fill("late")
    page.get_by_role("button", name="Change the branch").click()
    expect(page.get_by_label("Monday")).to_have_value("late")
    page.get_by_label("Monday").fill("9-12, 13-18")
    page.get_by_role("button", name="Change the branch").click()
    expect(page.get_by_text("9:00–12:00, 13:00–18:00")).to_be_visible()


@pytest.mark.parametrize("page", ["phone", "unscripted"], indirect=True)
def test_whoever_was_invited_takes_the_seat(page: Page, garage: House) -> None:
    with garage.work():
        business = garage.business
        invitation, secret = people.invite(
            email="kadri@example.ee", name="Kadri Uus", role=Role.FRONT_LINE, by=garage.owner, at=clock.now()
        )
    page.goto(f"/invitation/{business.pk}/{secret}/")
    expect(page.get_by_text("You will sign in as kadri@example.ee.")).to_be_visible()
    page.get_by_label("Choose a password").fill("short")
    page.get_by_role("button", name="Take the seat").click()
    expect(page.get_by_label("Choose a password")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Choose a password").fill("the old oak by the gate")
    page.get_by_role("button", name="Take the seat").click()
    expect(page).to_have_url(re.compile("/at/garage/today/$"))
    with garage.work():
        invitation.refresh_from_db()
        assert invitation.taken_at is not None
        assert Member.objects.get(name="Kadri Uus").role == Role.FRONT_LINE


def test_a_refusal_takes_the_reader_to_the_field(page: Page, garage: House, sign_in: SignIn) -> None:
    sign_in(garage.person(Role.OWNER))
    page.goto("/at/garage/settings/business/")
    page.get_by_label("Call until").fill("08:00")
    page.get_by_role("button", name="Change the business").click()
    expect(page.get_by_label("Call until")).to_be_focused()
    expect(page.get_by_label("Call until")).to_have_accessible_description(
        "Calls must end later in the day than they begin."
    )


def test_the_way_round_works_with_a_keyboard(page: Page, garage: House, sign_in: SignIn) -> None:
    sign_in(garage.person(Role.OWNER))
    page.goto("/at/garage/settings/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    menu = page.locator(".top details.menu")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.locator("summary")).to_be_focused()
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_every_button_is_large_enough_for_a_thumb(page: Page, garage: House, sign_in: SignIn) -> None:
    sign_in(garage.person(Role.OWNER))
    for address in PAGES:
        page.goto(address)
        for target in page.locator(".button:visible, .nav a:visible, .tabs a:visible").all():
            box = target.bounding_box()
            assert box is not None
            assert box["height"] >= 44, (address, target.inner_text())
