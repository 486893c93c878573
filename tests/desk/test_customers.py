"""A list narrowed to few or to many holds the same customers, in the same order."""

from typing import Any

import pytest

from regulars.desk import customers as desk
from regulars.record import customers, tags
from regulars.record.branches import Branch
from regulars.record.customers import Customer
from regulars.record.tags import Tag
from regulars.record.worth import Estimate, Stage
from tests.cast import MONDAY, House


@pytest.fixture
def people(garage: House) -> dict[str, Customer]:
    """Mari and Jaan have the tag; Mari and Liis are the manager's; Jaan is slipping away."""
    with garage.work():
        made = {name: customers.add(name=name, by=garage.manager, at=MONDAY) for name in ("Mari", "Jaan", "Liis")}
        for name in ("Mari", "Jaan"):
            tags.put(made[name], ["VIP"], by=garage.manager, at=MONDAY)
        for name in ("Mari", "Liis"):
            customers.hand_on(made[name], to=garage.manager, by=garage.manager, at=MONDAY)
        for place, her in enumerate(made.values()):
            Estimate.objects.update_or_create(
                customer=her, defaults={"stage": Stage.REGULAR, "value": place, "last_on": MONDAY.date()}
            )
        Estimate.objects.filter(customer=made["Jaan"]).update(stage=Stage.SLIPPING)
    return made


@pytest.mark.parametrize("few", [0, 1, 1000])
@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({}, ["Jaan", "Liis", "Mari"]),
        ({"tag": "VIP"}, ["Jaan", "Mari"]),
        ({"keeper": True}, ["Liis", "Mari"]),
        ({"tag": "VIP", "keeper": True}, ["Mari"]),
        ({"stage": Stage.SLIPPING}, ["Jaan"]),
        ({"stage": Stage.GONE}, []),
    ],
)
def test_few_and_many_are_the_same_customers(
    garage: House, people: dict[str, Customer], few: int, wanted: dict[str, Any], names: list[str], monkeypatch: Any
) -> None:
    monkeypatch.setattr(desk, "FEW", few)
    with garage.work():
        if "tag" in wanted:
            wanted = wanted | {"tag": Tag.objects.get().pk}
        if "keeper" in wanted:
            wanted = wanted | {"keeper": garage.manager}
        cards = desk.narrowed(Customer.objects.order_by("name"), "pk", **wanted)
        assert [her.name for her in cards] == names
        bought = desk.narrowed(Estimate.objects.order_by("customer__name"), "customer_id", **wanted)
        assert [one.customer.name for one in bought.select_related("customer")] == names


def test_of_a_branch_and_never_of_the_neighbours(garage: House, salon: House, people: dict[str, Customer]) -> None:
    with garage.work():
        branch = Branch.objects.get()
        Customer.objects.filter(pk=people["Liis"].pk).update(branch=branch)
        assert list(desk.narrowed(Customer.objects.all(), "pk", branch=branch.pk)) == [people["Liis"]]
    with salon.work():
        assert not desk.narrowed(Customer.objects.all(), "pk", branch=branch.pk)
        assert not desk.narrowed(Customer.objects.all(), "pk", keeper=garage.manager)
