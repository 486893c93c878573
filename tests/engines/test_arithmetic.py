"""The book's own numbers come out to the cent (LTV-01 to LTV-07, ECO-14)."""

from decimal import Decimal

import pytest

from regulars.engines.arithmetic import lifetime_value, needed_to_earn, yearly_growth


def test_the_books_car_dealer() -> None:
    found = lifetime_value(Decimal(25_000))
    assert (found.product, found.service, found.total, found.lost) == (250_000, 82_500, 332_500, 307_500)
    assert str(found.total) == "332500.00"


def test_a_third_is_not_what_the_book_took() -> None:
    found = lifetime_value(Decimal(25_000), service_rate=Decimal(1) / 3)
    assert (round(found.service, 2), round(found.total, 2)) == (Decimal("83333.33"), Decimal("333333.33"))


@pytest.mark.parametrize(
    ("each", "needed"), [("25000", 13), ("307500", 1), ("307499.99", 2), ("0", None), ("-5", None)]
)
def test_how_many_sales_make_up_for_a_lost_customer(each: str, needed: int | None) -> None:
    assert needed_to_earn(Decimal(307_500), Decimal(each)) == needed


def test_ten_million_became_250_in_thirty_years() -> None:
    assert yearly_growth(Decimal(10), Decimal(250), 30) == pytest.approx(0.1133, abs=5e-5)
    for begin, end, years in ((0, 1, 1), (1, 0, 1), (1, 1, 0)):
        assert yearly_growth(Decimal(begin), Decimal(end), years) is None
