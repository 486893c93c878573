"""Whatever is typed into any field or any address, no page breaks: it is taken, or refused in words."""

import re

import pytest
from django.db import transaction
from django.urls import reverse

from regulars.record.people import Role
from tests.cast import House
from tests.shape.test_addresses import ADDRESSES, Walk, client_of

FIELD = re.compile(r'<(?:input|select|textarea|button)\b[^>]*?\bname="([^"]+)"')
KEPT = {"csrfmiddlewaretoken", "language"}
WORDS = [
    "after",
    "ask",
    "before",
    "branch",
    "by",
    "days",
    "from",
    "kind",
    "page",
    "sort",
    "state",
    "q",
    "to",
    "what",
    "who",
]
NONSENSE = [
    "",
    "\x00 nothing",
    "<script>alert(1)</script>{{ 7 }}'\";--",
    "-1",
    "999999999999999999999999999999",
    "1e400",
    "NaN",
    "31.02.2026",
    "9999-12-31T23:59",
    "0001-01-01",
    "00000000-0000-7000-8000-000000000000",
    "ä" * 4_000,
    "🛞\u202e\n\r\t=1+1",
]
ROUNDS = [0, 3, 6, 9]  # which of it the first field gets; the next field gets the next, so that each page meets it all


@pytest.fixture
def walk(garage: House, salon: House) -> Walk:
    return Walk(garage, salon)


@pytest.mark.parametrize("turn", ROUNDS)
def test_no_form_breaks_of_what_is_typed(walk: Walk, turn: int) -> None:
    owner = client_of(walk.ours, Role.OWNER)
    pages = {name: owner.get(where(walk, name)) for name, line in ADDRESSES.items() if "GET" in line.methods}
    fields = {
        name: sorted(set(FIELD.findall(page.content.decode("utf-8", "replace"))) - KEPT)
        for name, page in pages.items()
        if not page.streaming
    }
    everything = sorted({field for some in fields.values() for field in some})
    for name, line in ADDRESSES.items():
        if "POST" in line.methods:
            with transaction.atomic():
                said = owner.post(where(walk, name), typed(fields.get(name) or everything, turn))
                transaction.set_rollback(True)
            assert said.status_code in {200, 302, 404, 422}, (name, said.status_code)


@pytest.mark.parametrize("turn", ROUNDS)
def test_no_page_breaks_of_what_stands_in_its_address(walk: Walk, turn: int) -> None:
    owner = client_of(walk.ours, Role.OWNER)
    for name, line in ADDRESSES.items():
        if "GET" in line.methods:
            status = owner.get(where(walk, name), typed(WORDS, turn)).status_code
            assert status in {200, 302, 404, 422}, (name, status)


def typed(fields: list[str], turn: int) -> dict[str, str]:
    return {field: NONSENSE[(place + turn) % len(NONSENSE)] for place, field in enumerate(fields)}


def where(walk: Walk, name: str) -> str:
    line = ADDRESSES[name]
    named = {kind: walk.our_rows[which] for kind, which in line.rows.items()}
    return reverse(name, kwargs={"slug": "garage", **named, **line.words})
