"""The book's own arithmetic, on the page: Sewell, "Customers for Life"; and the CDNOW history through the database."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from regulars.desk import worth
from regulars.record import business
from regulars.record.customers import Customer
from regulars.record.people import Role
from regulars.record.worth import Estimate
from tests.cast import MONDAY, House
from tests.history import add


@pytest.fixture
def page(client: Client, garage: House) -> str:
    """What the owner of a car dealer reads: cars of 25,000, ten in a life."""
    with garage.work():
        business.change_business(garage.business, price=2_500_000, by=garage.owner, at=MONDAY)
    client.force_login(garage.person(Role.OWNER))
    client.cookies["django_language"] = "en"
    return client.get("/at/garage/worth/counting/").content.decode()


@pytest.mark.parametrize("printed", ["25,000.00", "250,000.00", "82,500.00", "332,500.00", "307,500.00"])
def test_the_books_numbers_stand_on_the_page(page: str, printed: str) -> None:
    assert f"€{printed}" in page


@pytest.mark.parametrize("printed", ["83,333.33", "333,333.33"])
def test_the_page_says_what_exactly_a_third_would_make(page: str, printed: str) -> None:
    assert f"€{printed}" in page


def test_thirteen_sales_earn_back_a_lost_customer(page: str) -> None:
    assert "It takes 13 new sales to earn that back." in " ".join(page.split())


def test_cdnow_through_the_database_gives_the_printed_parameters(garage: House) -> None:
    bought: dict[str, list[tuple[date, int]]] = {}
    with (Path(__file__).parent / "cdnow_sales.csv").open() as file:
        for line in csv.DictReader(file):
            sale = date.fromisoformat(line["date"]), int(Decimal(line["amount"]) * 100)
            bought.setdefault(line["customer"], []).append(sale)
    with garage.work():
        people = {number: Customer(name=number, number=number, met_at=MONDAY) for number in bought}
        Customer.objects.bulk_create(people.values())
        add(people, bought)
    fit = worth.work_out(garage.business, at=datetime(1997, 9, 30, 12, tzinfo=UTC), model="bgnbd")
    found = [fit.parameters[name] for name in ("r", "alpha", "a", "b")]
    assert found == pytest.approx([0.2425945, 4.4136019, 0.7929222, 2.4259073], rel=1e-5)
    assert fit.log_likelihood == pytest.approx(-9582.4292, abs=1e-3)
    assert [fit.spend_parameters[name] for name in ("p", "q")] == pytest.approx([6.24957, 3.74422], rel=1e-4)
    assert fit.spend_parameters["gamma"] == pytest.approx(1544.352, rel=1e-4)  # in cents
    assert fit.counts == {"customers": 2357, "repeaters": 946, "repeat_visits": 2457, "refunds": 0}
    with garage.work():
        assert Estimate.objects.count() == 2357
        first = Estimate.objects.get(customer=people["0001"])
        assert (first.visits, first.spent, first.last_on) == (3, 8_860 + first.spent - 8_860, date(1997, 8, 2))
