"""A marketing budget split between keeping customers and winning new ones."""

from decimal import Decimal

from regulars.engines.budget import Door, Split, split

KEEP = Door(cost=Decimal(10), worth=Decimal(300), most=40)
WIN = Door(cost=Decimal(50), worth=Decimal(200))


def test_moving_the_budget_changes_the_projection_by_the_formula() -> None:
    assert split(Decimal(1000), Decimal(0), KEEP, WIN) == Split(0, 20, Decimal(4_000))
    assert split(Decimal(1000), Decimal("0.2"), KEEP, WIN) == Split(20, 16, Decimal(9_200))
    assert split(Decimal(1000), Decimal("0.4"), KEEP, WIN) == Split(40, 12, Decimal(14_400))


def test_when_nobody_is_left_to_keep_the_rest_wins_new_ones() -> None:
    assert split(Decimal(1000), Decimal(1), KEEP, WIN) == Split(40, 12, Decimal(14_400))


def test_only_whole_customers_count() -> None:
    assert split(Decimal(99), Decimal(1), Door(Decimal(50), Decimal(1)), Door(Decimal(50), Decimal(1))).kept == 1
    assert split(Decimal(9), Decimal(1), KEEP, WIN) == Split(0, 0, Decimal(0))
