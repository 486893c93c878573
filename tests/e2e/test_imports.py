"""A file is brought in, from choosing it to the lines that come back; with a script and without one."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from regulars.jobs.imports import work_on_what_was_asked
from regulars.kernel import clock
from regulars.record.people import Person, Role
from regulars.record.sales import Sale
from tests.cast import House
from tests.intake.files import SALES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("page", ["desk", "unscripted"], indirect=True)
def test_a_file_is_brought_in_and_its_refused_lines_come_back(
    page: Page, garage: House, sign_in: Callable[[Person], None]
) -> None:
    sign_in(garage.person(Role.MANAGER))
    page.goto("/at/garage/imports/")
    page.get_by_role("link", name="Bring a file").click()
    content = SALES + "yesterday,9,Nobody,,1.00,\n"
    page.locator("input[type=file]").set_input_files(
        {"name": "sales.csv", "mimeType": "text/csv", "buffer": content.encode()}
    )
    page.get_by_role("button", name="Show me what is in it").click()
    what = page.get_by_label("What", exact=True)
    what.select_option("")
    page.get_by_role("button", name="Show the first lines again").click()
    expect(page.locator("td", has_text="Wipers back").first).to_be_visible()
    expect(what).to_have_value("")
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trying your file")
    work_on_what_was_asked(clock.now())
    expect(page.get_by_role("heading", level=1)).to_have_text("This is what will come of it")
    with garage.work():
        assert not Sale.objects.exists(), "trying writes nothing"
    page.get_by_role("button", name="Yes, bring it in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bringing your file in")
    work_on_what_was_asked(clock.now())
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("It is in the book")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download these lines").click()
    lines = downloading.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert downloading.value.suggested_filename == "refused-sales.csv"
    assert len(lines) == 2
    assert "yesterday" in lines[1]
    with garage.work():
        assert Sale.objects.count() == 4
