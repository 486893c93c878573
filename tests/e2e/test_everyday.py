"""Every page of every day, walked once in each language: axe finds nothing, and nothing scrolls sideways."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from regulars.kernel import clock
from regulars.record import calls, customers, ending
from regulars.record.people import Person, Role
from tests.cast import House
from tests.e2e.conftest import SIZES
from tests.intake.files import bring_in
from tests.shape.furnished import FILE, furnish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Every page of the day by its name, and the rows in its address. The settings and Worth are walked in their own files.
PAGES: dict[str, list[str]] = {
    "today": [],
    "calls": [],
    "call_history": [],
    "call": ["call"],
    "hand_on_call": ["call"],
    "agree_call": ["customer"],
    "customers": [],
    "add_customer": [],
    "customer": ["customer"],
    "change_customer": ["customer"],
    "record_sale": ["customer"],
    "merge": ["customer"],
    "merge_with": ["customer", "other"],
    "tags": [],
    "imports": [],
    "import_bring": [],
    "import": ["import"],
    "team": [],
    "invite": [],
    "member": ["member"],
    "promises": [],
    "make_promise": ["customer"],
    "promise": ["promise"],
    "move_promise": ["promise"],
    "give_extra": ["promise"],
    "jobs": [],
    "job": ["job"],
    "finish_job": ["job"],
    "estimate_job": ["job"],
    "come_back": ["job"],
    "work_settings": [],
    "promise_settings": [],
    "promise_figures": [],
    "promise_forecast": [],
    "hear_ask": ["customer"],
    "ask": ["ask"],
    "say_no": ["ask"],
    "asks": [],
    "hand_on_ask": ["ask"],
    "refusals": [],
    "ask_figures": [],
    "standard_answers": [],
    "change_standard_answer": ["standard"],
    "authority": [],
    "partners": [],
    "change_partner": ["partner"],
    "book_partner": ["customer", "partner"],
    "rules": [],
    "bend_rule_for": ["customer"],
    "complaints": [],
    "hear_complaint": [],
    "hear_complaint_of": ["customer"],
    "complaint": ["complaint"],
    "pass_complaint_on": ["complaint"],
    "describe_complaint": ["complaint"],
    "whose_complaint": ["complaint"],
    "set_complaint_aside": ["complaint"],
    "write_to_her": ["complaint"],
    "unanswered": [],
    "complaint_figures": [],
    "honesty": [],
    "silences": [],
    "silence": ["silence"],
    "cause_of": ["complaint"],
    "causes": [],
    "cause": ["cause"],
    "describe_cause": ["cause"],
    "make_change": ["cause"],
    "no_changes": [],
    "playbook": [],
    "article": ["article"],
    "rewrite_article": ["article"],
    "remedies": [],
    "change_remedy": ["remedy"],
    "complaint_settings": [],
    "mailboxes": [],
    "change_mailbox": ["mailbox"],
    "posters": [],
    "surveys": [],
    "answers": [],
    "wishes": [],
    "have_wish": ["wish"],
    "asking": [],
    "survey_settings": [],
    "set_up_till": [],
    "till_of": ["till"],
}
LONG = "Maximiliana Pihlakas-Kuuskemäe-Õunapuu"
UNFOLD = "document.querySelectorAll('details:not(.menu)').forEach(fold => { fold.open = true })"
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"
NARROWEST = {"width": 320, "height": 640}
CUT_OFF = """[...document.querySelectorAll(".nav :is(a, summary)")].filter(
    one => one.scrollWidth > one.clientWidth + 1 || one.getBoundingClientRect().right > innerWidth
).map(one => one.innerText)"""


def addresses(garage: House) -> list[str]:
    """The addresses of these pages, with something to see on each."""
    rows, now, slug = furnish(garage, "Swallow"), clock.now(), garage.business.slug
    today = now.date()
    with garage.work():
        for digit, caller in ((3, garage.owner), (4, None), (5, garage.owner)):
            phone = (f"+372555123{digit}", f"555 123{digit}")
            her = customers.add(name=f"{LONG} {digit}", by=garage.owner, at=now, phones=[phone])
            call = calls.agree(her, on=today, today=today, caller=caller, by=garage.owner, at=now, note="New tyres")
        ending.end(call, outcome="reached", fact="Has a dog", wish="Tea", by=garage.owner, at=now, today=today)
    tried = bring_in(garage, FILE.format(word="Martin") + "yesterday,1,Nobody,\n", is_dry_run=True)
    walk = [reverse(name, args=[slug, *(rows[which] for which in wanted)]) for name, wanted in PAGES.items()]
    return [*walk, reverse("import", args=[slug, tried.pk]), reverse("customers", args=[slug]) + "?q=swalow"]


# A language changes words and their lengths, not colours, names or labels; a size the layout, and not the colours.
EVERY_LOOK = {"desk": "light", "phone": "dark"}


@pytest.mark.parametrize(("language", "looks"), [("en", EVERY_LOOK), ("ru", {}), ("fi", {}), ("et", {})])
def test_every_page_can_be_read_by_everybody(
    page: Page, garage: House, sign_in: Callable[[Person], None], language: str, looks: dict[str, Any]
) -> None:
    walk, owner = addresses(garage), garage.person(Role.OWNER)
    owner.language = language
    owner.save()
    sign_in(owner)
    page.emulate_media(reduced_motion="reduce")
    wrong = []
    for address in walk:
        page.goto(address)
        assert page.locator("html").get_attribute("lang") == language
        assert (page.locator(".nav").get_by_text("Today").count() == 1) == (language == "en"), "the words are compiled"
        assert page.locator("h1").count() == 1, address
        page.evaluate(UNFOLD)
        for kind, size in SIZES.items():
            page.set_viewport_size(size)  # type: ignore[arg-type]
            if page.evaluate(SIDEWAYS) > 0:
                wrong.append(f"{address} scrolls sideways on a {kind}")
            if kind in looks:
                page.emulate_media(color_scheme=looks[kind])
                found = Axe().run(page)
                if found.response["violations"]:
                    wrong.append(f"{address} on a {kind}, {looks[kind]}: {found.generate_report()}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", ["en", "ru", "fi", "et"])
def test_everything_in_the_navigation_is_within_reach_of_a_thumb(
    page: Page, garage: House, sign_in: Callable[[Person], None], language: str
) -> None:
    owner = garage.person(Role.OWNER)
    owner.language = language
    owner.save()
    sign_in(owner)
    page.set_viewport_size(NARROWEST)  # type: ignore[arg-type]
    page.goto("/at/garage/complaints/")
    assert page.evaluate(CUT_OFF) == []
    page.locator(".nav summary").click()
    page.locator(".nav .menu__list a").last.click()
    expect(page).to_have_url(re.compile("/at/garage/settings/$"))
