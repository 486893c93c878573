"""A real browser: Debian's Chromium on a live server. `page` is a desk, unless the test asks for another:

    @pytest.mark.parametrize("page", ["phone"], indirect=True)      # or "unscripted": a desk without JavaScript

Every page is watched: an error on its console, such as a violation of the Content Security Policy, fails the test.
A refused form is none, although Chromium says so; and no request is one that fails where a test pulls the plug.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from regulars.record.people import Person

SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright's own loop runs in the thread of the test


def chromium() -> str:
    """Where Debian's Chromium is. Without it the tests are skipped aloud, and under CI they fail."""
    found = shutil.which("chromium")
    if found is None:
        sentence = "Chromium is not installed. Install Debian's chromium package."
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield started
        started.close()


def _is_wrong(message: ConsoleMessage, *, unplugged: bool) -> bool:
    if unplugged and re.search(r"net::ERR_(INTERNET_DISCONNECTED|FAILED)", message.text):
        return False
    return message.type == "error" and "status of 422" not in message.text


@pytest.fixture
def page(request: Any, browser: Browser, live_server: Any) -> Iterator[Page]:
    """An empty window of that size; its addresses begin at the live server."""
    kind = getattr(request, "param", "desk")
    context = browser.new_context(
        viewport=SIZES.get(kind, SIZES["desk"]),  # type: ignore[arg-type]
        java_script_enabled=kind != "unscripted",
        base_url=live_server.url,
        locale="en-GB",
    )
    context.set_default_timeout(10_000)
    opened = context.new_page()
    wrong: list[str] = []
    unplugged = request.node.get_closest_marker("unplugged") is not None

    def listen(message: ConsoleMessage) -> None:
        if _is_wrong(message, unplugged=unplugged):
            wrong.append(message.text)

    opened.on("console", listen)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    context.close()
    assert not wrong, wrong


@pytest.fixture
def sign_in(page: Page) -> Callable[[Person], None]:
    """sign_in(person): the browser is hers from now on, as if she had signed in."""

    def signed_in(person: Person) -> None:
        client = Client()
        client.force_login(person)
        (name,) = client.cookies
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "domain": "localhost", "path": "/"}]
        )

    return signed_in


@pytest.fixture
def assert_accessible(page: Page) -> Callable[[], None]:
    """assert_accessible(): axe finds nothing in light nor in dark, and the page does not scroll sideways."""

    def accessible() -> None:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = Axe().run(page)
            assert not found.response["violations"], f"{scheme}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"

    return accessible
