"""Pages of a list: none of its rows twice, none left out, whatever the address says."""

import base64
import json
from datetime import timedelta
from typing import Any

import pytest

from regulars.pages import paging
from regulars.record.customers import Customer
from regulars.record.worth import Estimate
from tests.cast import MONDAY, House

# In each list some are equal in the column, across the end of a page too.
LISTS = [(Customer, "name", "pk"), (Customer, "-met_at", "pk"), (Estimate, "-value", "customer_id")]


def some(garage: House, size: int) -> None:
    with garage.work():
        people = [Customer(name=f"Customer {i // 4}", met_at=MONDAY - timedelta(i // 3)) for i in range(size)]
        Customer.objects.bulk_create(people)
        Estimate.objects.bulk_create([Estimate(customer=her, value=i // 5) for i, her in enumerate(people)])


def mark(*parts: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def every_page(model: Any, size: int, **order: str) -> list[paging.Page]:
    pages = [paging.page(model.objects.all(), size=size, **order)]
    while pages[-1].after:
        pages.append(paging.page(model.objects.all(), size=size, cursor=pages[-1].after, **order))
    return pages


@pytest.mark.parametrize(("model", "by", "then"), LISTS)
@pytest.mark.parametrize("size", [1, 2, 3, 7, 10, 20, 21])
def test_every_row_stands_on_one_page_in_the_order_of_the_whole(
    garage: House, model: Any, by: str, then: str, size: int
) -> None:
    some(garage, 20)
    with garage.work():
        pages = every_page(model, size, by=by, then=then)
        assert [row for page in pages for row in page.rows] == list(model.objects.order_by(by, then))
        assert [page.is_first for page in pages] == [True] + [False] * (len(pages) - 1)
        assert all(len(page.rows) == size for page in pages[:-1])


def test_a_list_that_just_fills_a_page_has_no_second(garage: House) -> None:
    some(garage, 5)
    with garage.work():
        assert paging.page(Customer.objects.all(), by="name", size=5).after == ""
        assert paging.page(Customer.objects.all(), by="name", size=4).after != ""


def test_an_empty_list_is_one_empty_page(garage: House) -> None:
    with garage.work():
        assert paging.page(Customer.objects.all(), by="name") == paging.Page([], "", is_first=True)


def test_beyond_the_last_row_there_is_nothing_and_a_way_back(garage: House) -> None:
    some(garage, 5)
    with garage.work():
        page = paging.page(Customer.objects.all(), by="name", cursor=mark("name", "Ž", "0" * 32), size=2)
        assert (page.rows, page.after, page.is_first) == ([], "", False)


def test_who_is_added_or_gone_meanwhile_shifts_nobody(garage: House) -> None:
    some(garage, 6)
    with garage.work():
        found = Customer.objects.filter(merged_at=None)
        first = paging.page(found, by="name", size=3)
        rest = [her.pk for her in Customer.objects.order_by("name", "pk")[3:]]
        Customer.objects.filter(pk__in=[her.pk for her in first.rows]).update(merged_at=MONDAY)
        Customer.objects.create(name="Aadu", met_at=MONDAY)
        following = paging.page(found.all(), by="name", cursor=first.after, size=3)
        assert [her.pk for her in following.rows] == rest


GARBAGE = [
    "nonsense", "%%%", "ä", "e30", mark(), mark("name"), mark("name", "A", "no id"), mark("name", "A", 7),
    mark("-met_at", "yesterday", "0" * 32), mark("-met_at", {}, "0" * 32), mark("-met_at", 10**30, "0" * 32),
    mark("-value", "much", "0" * 32), mark("-value", [1], "0" * 32),
    mark("-value", None, "0" * 32), mark("-name", "A", "0" * 32),
]  # fmt: skip


@pytest.mark.parametrize("cursor", GARBAGE)
@pytest.mark.parametrize(("model", "by", "then"), LISTS)
def test_a_mark_that_makes_no_sense_shows_the_first_page(
    garage: House, model: Any, by: str, then: str, cursor: str
) -> None:
    some(garage, 3)
    with garage.work():
        page = paging.page(model.objects.all(), by=by, then=then, cursor=cursor, size=2)
        assert page.is_first
        assert len(page.rows) == 2
