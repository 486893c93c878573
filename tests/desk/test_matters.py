"""What is open between a customer and us, and on which side the goodwill lies."""

from typing import Any

import pytest

from regulars.desk.matters import matters
from regulars.record import asks, extras, handoffs, promises, work
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY, HOUR


def test_nothing_between_us(garage: House) -> None:
    with garage.work():
        found = matters(shop.customer(garage), at=MONDAY)
    assert (found.promises, found.asks, found.extras, found.goodwill.is_known) == ([], [], [], False)


def test_a_promise_stands_there_until_it_is_kept_and_she_knows(garage: House) -> None:
    with garage.work():
        her, other = shop.customer(garage), shop.customer(garage, "Somebody Else")
        promise = shop.promise(garage, her)
        shop.promise(garage, other)
        [told] = matters(her, at=MONDAY + 5 * HOUR).promises
        assert (told.promise, told.due, told.is_late) == (promise, "14:30", True)
        promises.keep(promise, by=garage.front_line, at=MONDAY + HOUR, told=False)
        assert len(matters(her, at=MONDAY + HOUR).promises) == 1
        promises.tell(promise, by=garage.front_line, at=MONDAY + HOUR)
        assert matters(her, at=MONDAY + HOUR).promises == []


def test_how_many_people_she_met_for_one_matter(garage: House) -> None:
    liis, jaan = garage.front_line, garage.manager
    with garage.work():
        her = shop.customer(garage)
        ask = shop.ask(garage, her)
        shop.ask(garage, her, "Written by herself", by=None)
        assert sorted(asked.met for asked in matters(her, at=MONDAY).asks) == [0, 1]
        handoff = handoffs.hand_on(ask, to=jaan, hears_by=MONDAY + HOUR, by=liis, at=MONDAY)
        assert sorted(asked.met for asked in matters(her, at=MONDAY).asks) == [0, 1]
        handoffs.take(handoff, by=jaan, at=MONDAY)
        assert sorted(asked.met for asked in matters(her, at=MONDAY).asks) == [0, 2]


def test_goodwill_is_extras_and_yeses_less_what_we_broke_or_refused(garage: House) -> None:
    liis = garage.front_line
    with garage.work():
        her = shop.customer(garage)
        extras.give(her, what="Washed", by=liis, at=MONDAY)
        extras.give(her, what="Coffee", by=liis, at=MONDAY)
        asks.say_yes(shop.ask(garage, her), how="A taxi", by=liis, at=MONDAY, done=True)
        asks.say_yes(shop.ask(garage, her), how="Still to be done", by=liis, at=MONDAY)
        asks.say_no(shop.ask(garage, her), reason="None", instead="A bus", by=liis, at=MONDAY)
        promises.keep(shop.promise(garage, her), by=liis, at=MONDAY + 5 * HOUR, told=True)
        promises.keep(shop.promise(garage, her), by=liis, at=MONDAY + HOUR, told=True)
        promises.miss(shop.promise(garage, her), why="No parts", by=liis, at=MONDAY)
        promises.drop(shop.promise(garage, her), why="Sold it", by=liis, at=MONDAY)
        job = work.finish(shop.job(garage, her), by=liis, at=MONDAY + HOUR, told=True)
        work.come_back(job, what="", due_at=MONDAY + DAY, by=liis, at=MONDAY + 2 * HOUR)
        good = matters(her, at=MONDAY + DAY).goodwill
    assert (good.extras, good.yeses, good.broken, good.noes, good.comebacks) == (2, 1, 2, 1, 1)
    assert good.balance == -1


@pytest.mark.parametrize("size", [1, 15])
def test_the_same_questions_however_much_there_is(garage: House, size: int, django_assert_num_queries: Any) -> None:
    with garage.work():
        her = shop.customer(garage)
        for _number in range(size):
            shop.promise(garage, her)
            shop.ask(garage, her)
            extras.give(her, what="Washed", by=garage.front_line, at=MONDAY)
            shop.complaint(garage, customer=her)
        with django_assert_num_queries(10):
            matters(her, at=MONDAY)
