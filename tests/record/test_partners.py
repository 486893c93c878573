"""Partners: who does for our customer what we do not do ourselves."""

from typing import Any

import pytest

from regulars.kernel.refusal import Refused
from regulars.record import asks, authority, partners
from regulars.record.partners import Partner
from tests import shop
from tests.cast import MONDAY, House


def test_the_directory(garage: House, salon: House) -> None:
    said: dict[str, Any] = {"by": garage.owner, "at": MONDAY}
    with garage.work():
        taxi = partners.add(name="Tallink Takso", does="Taxi", phone="+372 6408 921", **said)
        lock = partners.add(name="Lukuabi", does="Locksmith", **said)
        assert str(taxi) == "Tallink Takso"
        with pytest.raises(Refused, match="of that name"):
            partners.add(name="Lukuabi", does="Keys", **said)
        with pytest.raises(Refused, match="of that name"):
            partners.change(lock, name="Tallink Takso", does="Keys", **said)
        partners.change(lock, name="Lukuabi", does="Keys", **said)
        partners.change(lock, name="Lukuabi 24", does="Keys", **said)
        partners.retire(lock, **said)
        assert Partner.objects.get(retired_at=None) == taxi
        partners.bring_back(lock, **said)
        assert Partner.objects.filter(retired_at=None).count() == 2
    with salon.work():
        assert not Partner.objects.exists()


def test_booking_one_is_a_yes_that_counts_and_is_still_to_be_done(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        taxi = partners.add(name="Tallink Takso", does="Taxi", by=garage.owner, at=MONDAY)
        ask = partners.book(taxi, her, text="A taxi home", cost=500, price=0, by=garage.front_line, at=MONDAY)
        assert (ask.partner, ask.how, list(asks.owed())) == (taxi, "Taxi (Tallink Takso)", [ask])
        assert authority.spent(garage.front_line, at=MONDAY) == 500
        partners.retire(taxi, by=garage.owner, at=MONDAY)
        taxi.refresh_from_db()
        with pytest.raises(Refused, match="put away"):
            partners.book(taxi, her, text="A taxi home", cost=500, price=0, by=garage.front_line, at=MONDAY)
