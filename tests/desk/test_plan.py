"""The method's arithmetic and the three questions of the plan."""

from decimal import Decimal
from typing import Any

import pytest

from regulars.desk import plan
from regulars.desk.pen import Pen
from regulars.record import worth
from regulars.record.business import Business
from regulars.record.worth import ServiceLine
from tests.cast import MONDAY, House

PEN = Pen("EUR", "en")
TYPED: dict[str, Any] = {
    "budget": 100_000, "keep": 20, "keep_cost": 1_000, "win_cost": 5_000, "keep_worth": 30_000, "win_worth": 20_000,
}  # fmt: skip


def test_without_a_price_nothing_is_counted(garage: House) -> None:
    assert plan.method(garage.business, 0) is None


def test_without_a_price_of_her_own_the_average_sale_is_taken(garage: House) -> None:
    found = plan.method(garage.business, 3_528)
    assert found is not None
    assert (found.price, found.is_own, found.total) == (3_528, False, 46_922)


def test_kinds_of_service_add_up_to_the_cent(garage: House) -> None:
    garage.business.price = 3_333
    thirds = [("Oil", Decimal("33.33")), ("Tyres", Decimal("33.33")), ("Fenders", Decimal("33.34"))]
    with garage.work():
        worth.set_service_lines(thirds, by=garage.owner, at=MONDAY)
        found = plan.method(garage.business, 0, list(ServiceLine.objects.all()))
    assert found is not None
    assert sum(part for _name, part in found.lines) == found.service == found.total - found.product
    assert [name for name, _part in found.lines] == ["Oil", "Tyres", "Fenders"]


def test_what_is_left_is_everything_else(garage: House) -> None:
    garage.business.price = 2_500_000
    with garage.work():
        worth.set_service_lines([("Oil", Decimal(60))], by=garage.owner, at=MONDAY)
        found = plan.method(garage.business, 0, list(ServiceLine.objects.all()))
    assert found is not None
    assert found.lines == [("Oil", 4_950_000), ("Everything else", 3_300_000)]


def test_another_rate_needs_no_note_about_a_third() -> None:
    business = Business(currency="EUR", price=100, service_rate=Decimal("0.5"))
    found = plan.method(business, 0)
    assert found is not None
    assert found.with_a_third is None


def test_money_without_cents_is_counted_in_whole() -> None:
    found = plan.method(Business(currency="JPY", price=25_000), 0)
    assert found is not None
    assert (found.total, found.lost) == (332_500, 307_500)


@pytest.mark.parametrize(("advert", "adverts"), [(None, None), (100_000, 308), (30_750_000, 1), (30_749_999, 2)])
def test_adverts_and_sales_that_earn_back_a_lost_customer(advert: int | None, adverts: int | None) -> None:
    found = plan.earn_back(lost=30_750_000, margin=None, sale=2_500_000, advert=advert)
    assert (found.sales, found.adverts) == (13, adverts)


def test_with_a_margin_only_the_profit_has_to_be_earned_back() -> None:
    found = plan.earn_back(lost=30_750_000, margin=Decimal("12.5"), sale=300_000, advert=None)
    assert (found.lost, found.sales) == (3_843_750, 13)


def test_moving_the_budget_changes_what_it_brings_by_the_formula() -> None:
    found = plan.budget(PEN, TYPED, slipping=40)
    assert (found.found.kept, found.found.won, found.found.brings) == (20, 16, 920_000)
    assert (found.best_share, found.best.kept, found.best.won, found.best.brings) == (40, 40, 12, 1_440_000)
    moved = plan.budget(PEN, TYPED | {"keep": 30}, slipping=40)
    assert moved.found.brings == 30 * 30_000 + 14 * 20_000
    assert len(found.picture.table.rows) == 11


def test_where_nobody_is_slipping_all_of_it_wins_new_ones() -> None:
    found = plan.budget(PEN, TYPED, slipping=0)
    assert (found.found.kept, found.found.won) == (0, 20)


def test_from_10_to_250_million_in_30_years() -> None:
    found = plan.growth(PEN, 10_000_000_00, 250_000_000_00, 30)
    assert found is not None
    assert round(found.rate, 4) == 0.1133
    assert found.picture.caption == "11.33% more each year leads from €10,000,000 to €250,000,000."
    assert found.picture.table.rows[30] == ["30", "€250,000,000"]


def test_there_is_no_way_from_nothing() -> None:
    assert plan.growth(PEN, 0, 100, 3) is None
