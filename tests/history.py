"""Sales histories for tests: who bought how many days ago for how much."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from regulars.record.branches import Branch
from regulars.record.customers import Customer
from regulars.record.sales import Sale
from tests.cast import MONDAY, House

TODAY = MONDAY.date()
Bought = Sequence[tuple[int, int]]  # days ago, minor units


def bring(house: House, bought: Mapping[str, Bought], currency: str = "EUR") -> dict[str, Customer]:
    """Customers by name with their sales; a negative number of days is in the future."""
    with house.work():
        people = {name: Customer(name=name, met_at=MONDAY) for name in bought}
        Customer.objects.bulk_create(people.values())
        add(
            people,
            {name: [(TODAY - timedelta(days=ago), paid) for ago, paid in bought[name]] for name in bought},
            currency,
        )
    return people


def add(
    people: Mapping[str, Customer], bought: Mapping[str, Sequence[tuple[date, int]]], currency: str = "EUR"
) -> None:
    """Sales of customers who are known; the business must be set."""
    branch = Branch.objects.get()
    Sale.objects.bulk_create(
        Sale(
            customer=people[name],
            at=datetime.combine(day, time(10), UTC),
            day=day,
            amount=amount,
            currency=currency,
            branch=branch,
            fingerprint=f"{people[name].pk.hex[-16:]}{currency}{i}",
        )
        for name, sales in bought.items()
        for i, (day, amount) in enumerate(sales)
    )


def a_town(customers: int = 60) -> dict[str, Bought]:
    """Enough people for a model: every third comes back for a while; no chance in it."""
    town: dict[str, Bought] = {}
    for i in range(customers):
        first = 700 - (i * 7) % 500
        visits = 1 if i % 3 else 2 + i % 9
        gap = 20 + (i * 11) % 40
        town[f"Customer {i:03}"] = [
            (max(first - visit * gap, i % 5), 2_000 + (i * 137 + visit * 311) % 5_000) for visit in range(visits)
        ]
    return town
