"""A sale at the counter: it counts at once, a refund is no visit, and a mistake can be taken back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from regulars.kernel.refusal import Refused
from regulars.record import customers, sales
from regulars.record.branches import Branch
from regulars.record.customers import Customer
from regulars.record.journal import Entry
from regulars.record.sales import Sale
from regulars.record.worth import Estimate
from tests.cast import MONDAY, House


@pytest.fixture
def oja(garage: House) -> Customer:
    with garage.work():
        return customers.add(name="Mari Oja", by=garage.front_line, at=MONDAY)


def sell(garage: House, customer: Customer, amount: int, at: datetime = MONDAY, **said: str) -> Sale:
    branch = Branch.objects.get()
    return sales.record(customer, at=at, amount=amount, branch=branch, by=garage.front_line, now=MONDAY, **said)


def test_a_sale_counts_at_once(garage: House, oja: Customer) -> None:
    with garage.work():
        sell(garage, oja, 12_50, what="Oil")
        sell(garage, oja, 7_50)
        sell(garage, oja, 30_00, at=MONDAY - timedelta(days=30))
        sell(garage, oja, -5_00)
        known = Estimate.objects.get(customer=oja)
        assert (known.visits, known.spent, known.last_on) == (2, 45_00, date(2026, 3, 2))


def test_the_day_is_that_of_the_branch(garage: House, oja: Customer) -> None:
    with garage.work():
        late = sell(garage, oja, 1, at=datetime(2026, 2, 27, 22, 30, tzinfo=UTC))
        assert late.day == date(2026, 2, 28), "half past midnight in Tallinn"


def test_nothing_and_the_future_are_no_sales(garage: House, oja: Customer) -> None:
    with garage.work():
        with pytest.raises(Refused, match="For a refund begin it with a minus"):
            sell(garage, oja, 0)
        with pytest.raises(Refused, match="cannot be in the future"):
            sell(garage, oja, 1, at=MONDAY + timedelta(seconds=1))
        assert Sale.objects.count() == 0


def test_a_mistake_is_taken_back_and_the_journal_keeps_it(garage: House, oja: Customer) -> None:
    with garage.work():
        mistake = sell(garage, oja, 999_00)
        sales.take_back(mistake, by=garage.manager, at=MONDAY)
        assert Sale.objects.count() == 0
        assert Entry.objects.get(verb="sale taken back").what["amount"] == 999_00
        assert not Estimate.objects.filter(customer=oja, visits__gt=0).exists()


def test_the_same_sale_has_the_same_fingerprint() -> None:
    assert sales.fingerprint("a", 1) == sales.fingerprint("a", 1) != sales.fingerprint("a", 2)
    assert sales.fingerprint("a", "bc") != sales.fingerprint("ab", "c"), "parts do not run together"
    assert len(sales.fingerprint()) == 32
