"""What each role may spend without asking anybody: per case, and in a month of the business's own calendar."""

from datetime import UTC, datetime

import pytest

from regulars.kernel.refusal import Refused
from regulars.record import asks, authority, extras
from regulars.record.people import Role
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY


def test_as_usual_until_the_owner_says_otherwise(garage: House) -> None:
    with garage.work():
        left = {role.name: authority.left(garage.member(role), at=MONDAY) for role in Role}
    assert (left["FRONT_LINE"].per_case, left["FRONT_LINE"].this_month, left["FRONT_LINE"].now) == (
        5_000,
        20_000,
        5_000,
    )
    assert left["MANAGER"].now == 50_000
    assert left["VIEWER"].now == 0
    assert left["OWNER"].now is None


def test_the_owner_says_what_a_role_may_spend(garage: House, salon: House) -> None:
    with garage.work():
        for month in (100, 300):
            authority.grant(Role.FRONT_LINE, per_case=200, per_month=month, by=garage.owner, at=MONDAY)
        assert authority.left(garage.front_line, at=MONDAY).now == 200
        assert authority.Authority.objects.count() == 1
    with salon.work():
        assert authority.left(salon.front_line, at=MONDAY).now == 5_000


def test_her_yeses_and_extras_of_the_month_count_and_those_of_others_do_not(garage: House) -> None:
    liis = garage.front_line
    with garage.work():
        her = shop.customer(garage)
        authority.grant(Role.FRONT_LINE, per_case=1_000, per_month=1_000, by=garage.owner, at=MONDAY)
        asks.say_yes(shop.ask(garage, her), how="A taxi", cost=300, by=liis, at=MONDAY)
        extras.give(her, what="Washed", cost=200, by=liis, at=MONDAY)
        wrong = extras.give(her, what="Wrong card", cost=100, by=liis, at=MONDAY)
        extras.take_back(wrong, by=liis, at=MONDAY)
        asks.say_yes(shop.ask(garage, her), how="A taxi", cost=900, by=garage.manager, at=MONDAY)
        assert authority.left(liis, at=MONDAY).now == 500
        authority.refuse_over(liis, 500, at=MONDAY)
        with pytest.raises(Refused, match="Hand it on to a manager") as refused:
            authority.refuse_over(liis, 501, at=MONDAY)
        assert refused.value.field == "cost"
        with pytest.raises(Refused, match="zero or more"):
            authority.refuse_over(garage.owner, -1, at=MONDAY)
        authority.refuse_over(garage.owner, 10**9, at=MONDAY)


def test_what_costs_nothing_is_always_hers(garage: House) -> None:
    with garage.work():
        authority.grant(Role.FRONT_LINE, per_case=100, per_month=100, by=garage.owner, at=MONDAY)
        her = shop.customer(garage)
        extras.give(her, what="Washed", cost=100, by=garage.front_line, at=MONDAY)
        authority.grant(Role.FRONT_LINE, per_case=100, per_month=50, by=garage.owner, at=MONDAY)
        assert authority.left(garage.front_line, at=MONDAY).now == 0
        authority.refuse_over(garage.front_line, 0, at=MONDAY)


def test_the_month_turns_at_midnight_of_the_business(garage: House) -> None:
    last = datetime(2026, 3, 31, 20, 59, tzinfo=UTC)  # 23:59 in Tallinn
    with garage.work():
        extras.give(shop.customer(garage), what="Washed", cost=100, by=garage.front_line, at=last)
        assert authority.spent(garage.front_line, at=last) == 100
        assert authority.spent(garage.front_line, at=datetime(2026, 3, 31, 21, 0, tzinfo=UTC)) == 0
        assert authority.spent(garage.front_line, at=last + DAY) == 0
        assert authority.spent(garage.front_line, at=last - 31 * DAY) == 0, "the month before knows nothing of it"
