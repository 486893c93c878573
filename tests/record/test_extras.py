"""A little more than promised, out of what is hers to spend; and the catalogue."""

import pytest

from regulars.kernel.refusal import Refused
from regulars.record import extras, work
from regulars.record.extras import Extra, ExtraIdea
from tests import shop
from tests.cast import MONDAY, House


def test_what_she_got_and_what_it_cost(garage: House, salon: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        promise = shop.promise(garage, her)
        idea = extras.add_idea(what="Car washed", cost=400, by=garage.owner, at=MONDAY)
        extra = extras.give(
            her, what=" Car washed ", cost=400, idea=idea, promise=promise, by=garage.front_line, at=MONDAY
        )
        assert (str(extra), extra.cost, list(promise.extras.all())) == ("Car washed", 400, [extra])
        extras.take_back(extra, by=garage.front_line, at=MONDAY)
        extras.take_back(extra, by=garage.front_line, at=MONDAY)
        assert Extra.objects.get().taken_back_at == MONDAY
        with pytest.raises(Refused, match="Write what the customer got"):
            extras.give(her, what="", by=garage.front_line, at=MONDAY)
    with salon.work():
        assert not Extra.objects.exists()


def test_it_is_paid_from_what_is_hers_to_spend(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        extras.give(her, what="A wheel", cost=5_000, by=garage.front_line, at=MONDAY)
        with pytest.raises(Refused, match="more than is yours to spend"):
            extras.give(her, what="A better wheel", cost=5_001, by=garage.front_line, at=MONDAY)


def test_the_catalogue(garage: House) -> None:
    with garage.work():
        kind = work.add_kind("Tyres that grip", by=garage.owner, at=MONDAY)
        with pytest.raises(Refused, match="Write what it is"):
            extras.add_idea(what=" ", by=garage.owner, at=MONDAY)
        idea = extras.add_idea(what="Coffee", by=garage.owner, at=MONDAY)
        extras.retire_idea(idea, by=garage.owner, at=MONDAY)
        again = extras.add_idea(what="Coffee", cost=100, kind=kind, suits=" early ", by=garage.owner, at=MONDAY)
        assert (str(again), again.pk, again.retired_at, again.suits) == ("Coffee", idea.pk, None, "early")
        assert ExtraIdea.objects.count() == 1
