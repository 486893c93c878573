"""Signing in, in a real browser: by password, by a code from an app, by passkey; and by the demo's one button."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Page, expect

from regulars.record.demo import DEMO_EMAIL
from regulars.record.people import Person, Role, register, seat
from tests.cast import MONDAY, PASSWORD, House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def kadri(garage: House) -> Person:
    """A colleague who signs in by herself, with a password."""
    person = register(email="kadri@garage.example", name="Kadri Uus", password=PASSWORD)
    with garage.work():
        seat(person, role=Role.OWNER, at=MONDAY)
    return person


def by_password(page: Page) -> None:
    page.goto("/account/login/")
    page.get_by_label("Email").fill("kadri@garage.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def once_more(page: Page) -> None:
    """Before the account is changed, it asks for the password once more."""
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="It is me").click()


def code_now(secret: str) -> str:
    """What her app shows at this moment."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def sign_out(page: Page) -> None:
    page.locator(".top details.menu > summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile(r"/$"))


def a_finger(page: Page) -> Any:
    """A device with a fingerprint reader that always knows her, made by the browser itself."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.mark.parametrize("page", ["desk", "phone"], indirect=True)
def test_a_colleague_signs_in_and_out(page: Page, kadri: Person, assert_accessible: Callable[[], None]) -> None:
    by_password(page)
    expect(page).to_have_url(re.compile("/at/garage/"))
    sign_out(page)
    page.goto("/account/login/")
    assert_accessible()


def test_a_wrong_password_is_said_at_the_form(page: Page, kadri: Person, assert_accessible: Callable[[], None]) -> None:
    page.goto("/account/login/")
    page.get_by_label("Email").fill("kadri@garage.example")
    page.get_by_label("Password").fill("something else")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert").first).to_be_focused()
    assert_accessible()


def test_a_code_from_an_app_is_the_second_step(
    page: Page, kadri: Person, assert_accessible: Callable[[], None]
) -> None:
    by_password(page)
    expect(page).to_have_url(re.compile("/at/garage/"))
    page.goto("/account/2fa/totp/activate/")
    assert_accessible()
    once_more(page)
    expect(page.get_by_role("heading", name="Code from an app")).to_be_visible()
    assert_accessible()
    secret = page.locator("code").inner_text()
    page.get_by_label("Authenticator code").fill(code_now(secret))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_role("heading", name="Spare codes")).to_be_visible()
    spare = page.locator("#codes code").first.inner_text()
    assert_accessible()
    page.goto("/account/")
    sign_out(page)
    by_password(page)
    expect(page.get_by_role("heading", name="The second step")).to_be_visible()
    assert_accessible()
    page.locator("[name=code]").fill("000000")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("[name=code]")).to_have_attribute("aria-invalid", "true")
    page.locator("[name=code]").fill(spare)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(re.compile("/at/garage/"))


def test_a_passkey_opens_the_door_alone(page: Page, kadri: Person, assert_accessible: Callable[[], None]) -> None:
    a_finger(page)
    by_password(page)
    expect(page).to_have_url(re.compile("/at/garage/"))
    page.goto("/account/2fa/webauthn/add/")
    once_more(page)
    expect(page.get_by_role("heading", name="Add a passkey")).to_be_visible()
    assert_accessible()
    page.get_by_label("What do you call this key?").fill("The counter's tablet")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Spare codes")).to_be_visible()
    page.goto("/account/2fa/webauthn/")
    expect(page.get_by_text("The counter's tablet").first).to_be_visible()
    assert_accessible()
    page.goto("/account/")
    sign_out(page)
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(re.compile("/at/garage/"))
    page.goto("/account/2fa/webauthn/")
    page.get_by_role("link", name="Rename").click()
    once_more(page)
    page.locator("[name=name]").fill("My phone")
    page.get_by_role("button", name="Save the name").click()
    page.get_by_role("link", name="Remove My phone").click()
    page.get_by_role("button", name="Remove the passkey").click()
    expect(page.get_by_text("Your passkeys will stand here")).to_be_visible()


def test_signing_out_everywhere_else(page: Page, browser: Any, kadri: Person) -> None:
    by_password(page)
    elsewhere = browser.new_context(base_url=page.url.split("/at/")[0])
    other = elsewhere.new_page()
    by_password(other)
    page.goto("/account/sessions/")
    page.get_by_role("button", name="Sign out everywhere else").click()
    expect(page.get_by_text("This device")).to_be_visible()
    other.goto("/account/")
    expect(other).to_have_url(re.compile("/account/login/"))
    elsewhere.close()


def test_the_demo_opens_with_one_button(page: Page, garage: House, assert_accessible: Callable[[], None]) -> None:
    person = register(email=DEMO_EMAIL, name="Demo", password=PASSWORD)
    garage.business.is_demo = True
    garage.business.save()
    with garage.work():
        seat(person, role=Role.OWNER, at=MONDAY)
    page.goto("/")
    assert_accessible()
    page.get_by_role("button", name="Sign in as the demo owner").click()
    expect(page).to_have_url(re.compile("/at/garage/"))
    assert_accessible()
