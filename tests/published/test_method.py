"""The book's own arithmetic, on the page: Sewell, "Customers for Life"; the seed facts of promises and
jobs (work worth 100.00 is quoted at 110.00, what is done again costs her nothing); and the CDNOW history.
"""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from regulars.desk import worth
from regulars.kernel.refusal import Refused
from regulars.record import business, estimates, extras, work
from regulars.record.customers import Customer
from regulars.record.people import Role
from regulars.record.worth import Estimate
from tests import shop
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


def test_work_worth_100_is_quoted_at_110_and_the_bill_comes_in_under_it_or_with_an_extra(garage: House) -> None:
    with garage.work():
        job = shop.job(garage, shop.customer(garage))
        estimates.estimate(job, worth=100_00, by=garage.owner, at=MONDAY)
        job.refresh_from_db()
        assert (job.worth, job.estimate) == (100_00, 110_00)
        for amount in (110_00, 110_01):
            with pytest.raises(Refused):
                estimates.bill(job, amount=amount, by=garage.owner, at=MONDAY)
        extras.give(job.customer, what="Washed", job=job, by=garage.owner, at=MONDAY)
        estimates.bill(job, amount=110_00, by=garage.owner, at=MONDAY)
        job.refresh_from_db()
        assert job.bill == 110_00


def test_what_is_done_again_costs_her_0_pays_no_commission_and_is_done_by_whoever_did_it_first(garage: House) -> None:
    with garage.work():
        first = shop.job(garage, shop.customer(garage), performer=garage.manager)
        work.finish(first, by=garage.manager, at=MONDAY + shop.HOUR, told=True)
        again = work.come_back(
            first, what="It squeaks", due_at=MONDAY + 4 * shop.HOUR, by=garage.front_line, at=MONDAY + 2 * shop.HOUR
        )
        with pytest.raises(Refused):
            estimates.bill(again, amount=1, by=garage.owner, at=MONDAY + 3 * shop.HOUR)
        estimates.bill(again, amount=0, by=garage.owner, at=MONDAY + 3 * shop.HOUR)
        again.refresh_from_db()
        assert (again.comeback_of, again.performer) == (first, garage.manager)
        assert (again.bill, again.commission_base) == (0, 0)
