"""The record as columns."""

from datetime import date

from regulars.desk import facts
from tests.cast import House
from tests.history import TODAY, bring


def test_every_sale_is_one_entry(garage: House) -> None:
    people = bring(garage, {"Mrs Oja": [(10, 4_500), (3, -500)], "Mr Sepp": [(10, 2_000)]})
    with garage.work():
        found = facts.read(garage.business)
    assert len(found) == 3
    by_id = {people[name].pk.hex: name for name in people}
    read = sorted(
        (by_id[found.customers[code].replace("-", "")], int(day), int(amount), bool(visit))
        for code, day, amount, visit in zip(found.codes, found.days, found.amounts, found.is_visit, strict=True)
    )
    today = facts.number(TODAY)
    assert read == [
        ("Mr Sepp", today - 10, 2_000, True),
        ("Mrs Oja", today - 10, 4_500, True),
        ("Mrs Oja", today - 3, -500, False),
    ]
    assert found.newest is not None


def test_money_of_another_country_is_none_of_ours(garage: House) -> None:
    bring(garage, {"Mrs Oja": [(10, 4_500)]}, currency="SEK")
    with garage.work():
        found = facts.read(garage.business)
    assert (found.amounts.tolist(), found.is_ours.tolist(), found.is_visit.tolist()) == ([0], [False], [True])


def test_the_neighbours_sales_are_not_read(garage: House, salon: House) -> None:
    bring(salon, {"Rouva Virta": [(10, 4_500)]})
    with garage.work():
        found = facts.read(garage.business)
    assert (len(found), found.customers, found.newest) == (0, [], None)


def test_days_are_counted_as_the_calendar_counts_them(garage: House) -> None:
    days = [date(1900, 1, 1), date(1969, 12, 31), date(1970, 1, 1), date(2000, 2, 29), date(2026, 12, 31)]
    bring(garage, {f"of {day}": [((TODAY - day).days, 100)] for day in days})
    with garage.work():
        found = facts.read(garage.business)
    assert sorted(found.days.tolist()) == [(day - date(1970, 1, 1)).days for day in days]
