"""What is stored about worth: estimates in one go, visits counted anew, service lines that add up."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from regulars.kernel.refusal import Refused
from regulars.record import worth
from regulars.record.branches import Branch
from regulars.record.customers import Customer
from regulars.record.journal import Entry
from regulars.record.sales import Sale
from regulars.record.worth import Estimate, Fit, ServiceLine, Stage
from tests.cast import MONDAY, House

DAY = date(2026, 3, 2)


def meet(name: str) -> Customer:
    return Customer.objects.create(name=name, met_at=MONDAY)


def buy(customer: Customer, days_ago: int, amount: int, currency: str = "EUR") -> Sale:
    day = DAY - timedelta(days=days_ago)
    return Sale.objects.create(
        customer=customer,
        at=MONDAY - timedelta(days=days_ago),
        day=day,
        amount=amount,
        currency=currency,
        branch=Branch.objects.first(),
        fingerprint=f"{customer.pk.hex[-12:]}{days_ago}{amount}",
    )


def counted(customer: Customer) -> Estimate:
    found = worth.count_visits(customer)
    assert found is not None
    return found


def a_fit(**particulars: Any) -> Fit:
    return Fit(until=DAY, model="bgnbd", horizon_days=1096, currency="EUR", **particulars)


def row(customer: Customer, **changed: Any) -> tuple[Any, ...]:
    values = {
        "customer_id": customer.pk.hex, "visits": 2, "first_on": "2026-01-05", "last_on": "2026-02-02",
        "spent": 9_000, "mean_spend": 4_500, "usual_gap": 28.0, "alive": 0.9, "expected_visits": 3.5,
        "value": 15_750, "low": 5_000, "high": 30_000, "at_stake": 17_500, "stage": "repeat",
        "stage_since": "2026-02-02",
    } | changed  # fmt: skip
    return tuple(values[name] for name in worth.COLUMNS)


def test_estimates_are_written_and_written_over(garage: House) -> None:
    with garage.work():
        oja = meet("Mrs Oja")
        buy(oja, 28, 4_500)
        worth.store(a_fit(), [row(oja)], at=MONDAY, by=garage.owner)
        again = worth.store(a_fit(), [row(oja, value=20_000, stage="regular")], at=MONDAY + timedelta(days=1))
        found = Estimate.objects.get()
        assert (found.customer, found.value, found.stage) == (oja, 20_000, Stage.REGULAR)
        assert (found.last_on, found.usual_gap) == (date(2026, 2, 2), 28.0)
        assert worth.latest() == again
        assert Entry.objects.filter(verb="worth worked out").count() == 2


def test_only_the_latest_fit_keeps_its_story(garage: House) -> None:
    with garage.work():
        worth.store(a_fit(story={"a": 1}), [], at=MONDAY)
        worth.store(a_fit(story={"a": 2}), [], at=MONDAY + timedelta(days=1))
        assert list(Fit.objects.order_by("at").values_list("story", flat=True)) == [{}, {"a": 2}]


def test_whoever_has_no_sales_any_more_has_no_estimate(garage: House) -> None:
    with garage.work():
        oja, sepp = meet("Mrs Oja"), meet("Mr Sepp")
        for customer in (oja, sepp):
            buy(customer, 28, 4_500)
        worth.store(a_fit(), [row(oja), row(sepp)], at=MONDAY)
        Sale.objects.filter(customer=sepp).delete()  # as a merge or the undoing of an import does
        worth.store(a_fit(), [row(oja)], at=MONDAY)
        assert Estimate.objects.get().customer == oja


def test_who_buys_while_it_is_worked_out_is_counted_again(garage: House) -> None:
    with garage.work():
        oja = meet("Mrs Oja")
        seen = buy(oja, 28, 4_500)
        buy(oja, 0, 5_500)
        worth.store(a_fit(), [row(oja, visits=1, spent=4_500)], at=MONDAY, seen=seen.pk)
        found = Estimate.objects.get()
        assert (found.visits, found.spent, found.last_on) == (2, 10_000, DAY)


def test_the_neighbours_estimates_stay(garage: House, salon: House) -> None:
    with salon.work():
        theirs = meet("Rouva Virta")
        buy(theirs, 3, 100)
        worth.store(a_fit(), [row(theirs)], at=MONDAY)
    with garage.work():
        worth.store(a_fit(), [], at=MONDAY)
        assert Estimate.objects.count() == 0
    with salon.work():
        assert Estimate.objects.get().customer == theirs


@pytest.mark.parametrize(
    ("visits", "stage"),
    [(1, Stage.FIRST_TIME), (2, Stage.REPEAT), (3, Stage.REPEAT), (4, Stage.REGULAR)],
)
def test_the_stage_changes_with_the_visit(garage: House, visits: int, stage: Stage) -> None:
    with garage.work():
        oja = meet("Mrs Oja")
        for i in range(visits):
            buy(oja, 10 * i, 1_000)
        found = counted(oja)
        assert (found.visits, found.stage) == (visits, stage)


def test_whoever_has_no_sales_is_not_counted(garage: House) -> None:
    with garage.work():
        assert worth.count_visits(meet("Mrs Oja")) is None


def test_an_average_is_rounded_half_up_to_the_cent(garage: House) -> None:
    with garage.work():
        oja = meet("Mrs Oja")
        buy(oja, 9, 1_000)
        buy(oja, 5, 1_000)
        assert counted(oja).mean_spend == 1_000
        buy(oja, 4, 1_001)
        assert counted(oja).mean_spend == 1_000
        buy(oja, 3, 1_001)
        assert counted(oja).mean_spend == 1_001


def test_two_sales_of_one_day_are_one_visit_and_a_refund_is_none(garage: House) -> None:
    with garage.work():
        oja = meet("Mrs Oja")
        buy(oja, 5, 1_000)
        buy(oja, 5, 2_001)
        buy(oja, 2, -500)
        found = counted(oja)
        assert (found.visits, found.first_on, found.last_on) == (1, found.last_on, DAY - timedelta(days=5))
        assert (found.spent, found.mean_spend) == (2_501, 2_501)


def test_money_of_another_country_is_a_visit_but_no_revenue(garage: House) -> None:
    with garage.work():
        oja = meet("Mrs Oja")
        buy(oja, 9, 1_000)
        buy(oja, 5, 99_000, "SEK")
        found = counted(oja)
        assert (found.visits, found.spent, found.mean_spend) == (2, 1_000, 1_000)


def test_somebody_who_only_brought_things_back_owes_nothing_on_average(garage: House) -> None:
    with garage.work():
        oja = meet("Mrs Oja")
        buy(oja, 9, -1_000)
        found = counted(oja)
        assert (found.visits, found.spent, found.mean_spend, found.stage) == (0, -1_000, 0, Stage.NONE)
        buy(oja, 8, 100)
        assert counted(oja).mean_spend == 0


def test_counting_keeps_what_the_night_worked_out_and_since_when_a_stage_holds(garage: House) -> None:
    with garage.work():
        oja = meet("Mrs Oja")
        buy(oja, 28, 4_500)
        buy(oja, 20, 4_500)
        worth.store(a_fit(), [row(oja, stage_since="2026-02-10")], at=MONDAY)
        found = counted(oja)
        assert (found.value, found.stage_since) == (15_750, date(2026, 2, 10))
        buy(oja, 10, 4_500)
        buy(oja, 0, 4_500)
        assert counted(oja).stage_since == DAY


def test_service_lines_are_set_as_a_whole(garage: House) -> None:
    with garage.work():
        worth.set_service_lines([("Oil change", Decimal(60))], by=garage.owner, at=MONDAY)
        worth.set_service_lines(
            [("Bodywork", Decimal("33.34")), ("Tyres", Decimal("66.66"))], by=garage.owner, at=MONDAY
        )
        assert [line.name for line in ServiceLine.objects.all()] == ["Bodywork", "Tyres"]
        assert Entry.objects.filter(verb="service lines set").count() == 2


def test_service_lines_that_make_more_than_the_whole_are_refused(garage: House) -> None:
    with garage.work(), pytest.raises(Refused, match="more than 100"):
        worth.set_service_lines([("A", Decimal(60)), ("B", Decimal("40.01"))], by=garage.owner, at=MONDAY)
    with garage.work(), pytest.raises(Refused, match="same name"):
        worth.set_service_lines([("A", Decimal(60)), ("A", Decimal(1))], by=garage.owner, at=MONDAY)
