"""What we know and what is wished for: each with who learnt it and when."""

from datetime import date, timedelta

import pytest

from regulars.kernel.refusal import Refused
from regulars.record import customers, knowing
from regulars.record.customers import Customer
from regulars.record.journal import Entry
from regulars.record.knowing import STALE_AFTER, Fact, Wish
from tests.cast import MONDAY, House


@pytest.fixture
def oja(garage: House) -> Customer:
    with garage.work():
        return customers.add(name="Mari Oja", by=garage.front_line, at=MONDAY)


def test_a_fact_says_who_learnt_it_and_when(garage: House, oja: Customer) -> None:
    with garage.work():
        fact = knowing.learn(oja, " Has a dachshund ", day=date(2020, 5, 1), by=garage.front_line, at=MONDAY)
        assert (fact.text, fact.learnt_by, fact.learnt_at, fact.day) == (
            "Has a dachshund",
            garage.front_line,
            MONDAY,
            date(2020, 5, 1),
        )
        with pytest.raises(Refused, match="Write what you learnt"):
            knowing.learn(oja, "  ", by=garage.front_line, at=MONDAY)
        assert Fact.objects.count() == 1


def test_a_fact_is_forgotten_once_and_can_come_back(garage: House, oja: Customer) -> None:
    with garage.work():
        fact = knowing.learn(oja, "Has a dachshund", by=garage.front_line, at=MONDAY)
        for _tap in range(2):
            knowing.forget(fact, by=garage.manager, at=MONDAY)
        assert Fact.objects.get().forgotten_at == MONDAY
        for _tap in range(2):
            knowing.remember(fact, by=garage.manager, at=MONDAY)
        assert Fact.objects.get().forgotten_at is None
        assert Entry.objects.filter(subject_id=fact.pk).count() == 3


def test_a_wish_stays_until_it_is_granted(garage: House, oja: Customer) -> None:
    """CMD-01: a visit without it leaves the wish on the list; granted, it leaves the list and the story shows both."""
    with garage.work():
        wish = knowing.hear(oja, "Winter tyres kept here", source=Wish.Source.VISIT, by=garage.front_line, at=MONDAY)
        assert Wish.objects.get().is_open
        knowing.grant(wish, by=garage.front_line, at=MONDAY + timedelta(days=40))
        knowing.grant(wish, by=garage.front_line, at=MONDAY + timedelta(days=41))
        assert not Wish.objects.get().is_open
        story = Entry.objects.filter(customer=oja).order_by("at", "id").values_list("verb", flat=True)
        assert list(story) == ["customer added", "wish heard", "wish granted"]


def test_a_wish_that_is_gone_can_come_back(garage: House, oja: Customer) -> None:
    with garage.work():
        wish = knowing.hear(oja, "A loan car", source=Wish.Source.GUESS, by=garage.front_line, at=MONDAY)
        knowing.drop(wish, by=garage.manager, at=MONDAY)
        knowing.drop(wish, by=garage.manager, at=MONDAY)
        assert not Wish.objects.get().is_open
        knowing.reopen(wish, by=garage.manager, at=MONDAY)
        assert Wish.objects.get().is_open
        Wish.objects.all().delete()
        knowing.reopen(wish, by=garage.manager, at=MONDAY)
        with pytest.raises(Refused, match="Write what the wish is"):
            knowing.hear(oja, "", source=Wish.Source.CALL, by=garage.manager, at=MONDAY)


def test_an_old_wish_is_asked_about_again(garage: House, oja: Customer) -> None:
    """CONF-08: known is what was recorded with source and date; after a year it is stale."""
    with garage.work():
        wish = knowing.hear(oja, "A loan car", source=Wish.Source.CALL, by=garage.front_line, at=MONDAY)
        assert not wish.is_stale(MONDAY + STALE_AFTER)
        assert wish.is_stale(MONDAY + STALE_AFTER + timedelta(seconds=1))
