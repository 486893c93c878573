"""Asks: the answer is yes; a no has a reason and something in its place; whoever heard it keeps her."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from regulars.kernel.refusal import Refused
from regulars.record import answers, asks, handoffs, people
from regulars.record.answers import StandardAnswer
from regulars.record.asks import Ask
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import DAY, HOUR


def test_whoever_heard_it_keeps_her(garage: House, salon: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        ask = shop.ask(garage, her, " A taxi home ")
        assert (str(ask), ask.heard_by, ask.keeper, ask.is_open) == (
            "A taxi home",
            garage.front_line,
            garage.front_line,
            True,
        )
        with pytest.raises(Refused, match="Write what the customer asks for"):
            shop.ask(garage, her, " ")
        written = shop.ask(garage, her, by=None)
        assert written.keeper is None
        asks.take(written, by=garage.manager, at=MONDAY)
        assert written.keeper == garage.manager
        with pytest.raises(Refused, match="Somebody else looks after"):
            asks.take(written, by=garage.owner, at=MONDAY)
    with salon.work():
        assert not asks.unanswered().exists()


def test_yes_with_what_it_costs_and_then_it_is_done(garage: House) -> None:
    with garage.work():
        ask = shop.ask(garage, shop.customer(garage))
        asks.say_yes(ask, how=" We call one. ", cost=500, minutes=15, as_friend=True, by=garage.front_line, at=MONDAY)
        assert (ask.how, ask.cost, ask.minutes, ask.price, ask.is_open) == ("We call one.", 500, 15, 0, False)
        assert list(asks.owed()) == [ask]
        asks.do(ask, by=garage.manager, at=MONDAY + HOUR)
        assert (ask.done_by, asks.owed().exists()) == (garage.manager, False)
        with pytest.raises(Refused, match="done this already"):
            asks.do(ask, by=garage.owner, at=MONDAY + HOUR)


def test_done_at_once(garage: House) -> None:
    with garage.work():
        ask = shop.ask(garage, shop.customer(garage), by=None)
        asks.say_yes(ask, how="", by=garage.manager, at=MONDAY, done=True)
        assert (ask.done_by, ask.keeper) == (garage.manager, garage.manager)


def test_what_a_friend_would_do_free_costs_her_nothing(garage: House) -> None:
    with garage.work():
        ask = shop.ask(garage, shop.customer(garage))
        with pytest.raises(Refused, match="A friend would do it free") as refused:
            asks.say_yes(ask, how="", price=100, as_friend=True, by=garage.owner, at=MONDAY)
        assert refused.value.field == "price"
        with pytest.raises(Refused, match="zero or more"):
            asks.say_yes(ask, how="", price=-1, by=garage.owner, at=MONDAY)
        asks.say_yes(ask, how="", price=100, by=garage.owner, at=MONDAY)
        with pytest.raises(IntegrityError), transaction.atomic():
            Ask.objects.update(as_friend=True)


def test_above_what_is_hers_a_colleague_says_yes(garage: House) -> None:
    with garage.work():
        ask = shop.ask(garage, shop.customer(garage))
        with pytest.raises(Refused, match="more than is yours to spend"):
            asks.say_yes(ask, how="", cost=5_001, by=garage.front_line, at=MONDAY)
        assert Ask.objects.get().is_open
        asks.say_yes(ask, how="", cost=5_001, by=garage.manager, at=MONDAY)


@pytest.mark.parametrize(("words", "field"), [({"reason": " "}, "reason"), ({"instead": " "}, "instead")])
def test_a_no_alone_is_not_an_answer(garage: House, words: dict[str, str], field: str) -> None:
    said: dict[str, Any] = {"reason": "No taxi at night", "instead": "Our van"} | words
    with garage.work():
        ask = shop.ask(garage, shop.customer(garage))
        with pytest.raises(Refused) as refused:
            asks.say_no(ask, **said, by=garage.front_line, at=MONDAY)
        assert refused.value.field == field
        assert Ask.objects.get().is_open
        with pytest.raises(IntegrityError), transaction.atomic():
            Ask.objects.update(no_at=MONDAY, reason="No taxi at night")


def test_every_no_is_looked_at(garage: House) -> None:
    with garage.work():
        ask = shop.ask(garage, shop.customer(garage), by=None)
        asks.say_no(ask, reason="No taxi at night", instead="Our van", by=garage.front_line, at=MONDAY)
        assert (ask.keeper, list(asks.to_review())) == (garage.front_line, [ask])
        with pytest.raises(Refused, match="Write what changes"):
            asks.look_at(ask, review="", by=garage.owner, at=MONDAY)
        asks.look_at(ask, review="A second taxi firm", by=garage.owner, at=MONDAY + DAY)
        assert (ask.review, ask.reviewed_by, asks.to_review().exists()) == ("A second taxi firm", garage.owner, False)
        with pytest.raises(Refused, match="looked at this already"):
            asks.look_at(ask, review="Another", by=garage.owner, at=MONDAY + DAY)


def test_the_second_to_answer_is_told_who_was_first(garage: House) -> None:
    with garage.work():
        ask = shop.ask(garage, shop.customer(garage))
        second = Ask.objects.get()
        asks.say_yes(ask, how="", by=garage.front_line, at=MONDAY)
        with pytest.raises(Refused, match="Liis Saar has answered this already"):
            asks.say_no(second, reason="No", instead="Bus", by=garage.manager, at=MONDAY)
        with pytest.raises(Refused, match="Liis Saar has answered this already"):
            asks.say_yes(second, how="", by=garage.manager, at=MONDAY)
        with pytest.raises(IntegrityError), transaction.atomic():
            Ask.objects.update(no_at=MONDAY, reason="No", instead="Bus")


def test_an_answer_can_be_taken_back(garage: House) -> None:
    with garage.work():
        ask = shop.ask(garage, shop.customer(garage))
        with pytest.raises(Refused, match="open already"):
            asks.take_back_answer(ask, by=garage.owner, at=MONDAY)
        asks.say_yes(ask, how="A taxi", cost=100, by=garage.owner, at=MONDAY, done=True)
        asks.look_after(ask, helped=True, by=garage.owner, at=MONDAY)
        asks.take_back_answer(ask, by=garage.owner, at=MONDAY)
        assert (ask.is_open, ask.how, ask.cost, ask.done_at, ask.looked_after_at) == (True, "", 0, None, None)
        assert ask.keeper == garage.front_line


def test_only_her_yes_ends_the_matter(garage: House) -> None:
    with garage.work():
        ask = shop.ask(garage, shop.customer(garage))
        with pytest.raises(Refused, match="no answer yet"):
            asks.look_after(ask, helped=True, by=garage.owner, at=MONDAY)
        asks.say_yes(ask, how="", by=garage.owner, at=MONDAY, done=True)
        asks.look_after(ask, helped=False, by=garage.owner, at=MONDAY)
        assert (ask.helped, ask.looked_after_at) == (False, None)
        asks.look_after(ask, helped=True, by=garage.owner, at=MONDAY)
        assert (ask.helped, ask.looked_after_at) == (True, MONDAY)


def test_a_slip_of_the_hand_is_no_ask(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        slip, answered, handed = (shop.ask(garage, her) for _ in range(3))
        with pytest.raises(Refused, match="for your colleague to say"):
            asks.unhear(slip, by=garage.viewer, at=MONDAY)
        asks.unhear(slip, by=garage.front_line, at=MONDAY)
        asks.say_yes(answered, how="", by=garage.owner, at=MONDAY)
        handoffs.hand_on(handed, to=garage.manager, hears_by=MONDAY + HOUR, by=garage.front_line, at=MONDAY)
        for ask in (answered, handed):
            with pytest.raises(Refused, match="It stays"):
                asks.unhear(ask, by=garage.manager, at=MONDAY)
        assert Ask.objects.count() == 2


def test_whom_she_looked_after_is_everybodys_when_she_leaves(garage: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        ask, over = shop.ask(garage, her), shop.ask(garage, her)
        asks.say_yes(over, how="", by=garage.front_line, at=MONDAY, done=True)
        asks.look_after(over, helped=True, by=garage.front_line, at=MONDAY)
        people.leave(garage.front_line, by=garage.owner, at=MONDAY)
        assert Ask.objects.get(pk=ask.pk).keeper is None
        assert Ask.objects.get(pk=over.pk).keeper_id == garage.front_line.pk


def test_a_standard_answer(garage: House) -> None:
    said: dict[str, Any] = {"by": garage.owner, "at": MONDAY}
    with garage.work():
        for words in ({"asked": " ", "how": "We call one."}, {"asked": "A taxi", "how": ""}):
            with pytest.raises(Refused, match="Write what is asked for"):
                answers.add(**words, **said)
        found = answers.add(asked=" A taxi ", how=" We call one. ", cost=500, minutes=15, **said)
        answers.retire(found, **said)
        again = answers.add(asked="A taxi", how="We pay it.", **said)
        assert (str(again), again.how, again.retired_at, again.pk) == ("A taxi", "We pay it.", None, found.pk)
        assert StandardAnswer.objects.count() == 1


def test_a_standard_answer_gets_other_words_but_not_those_of_another(garage: House, salon: House) -> None:
    said: dict[str, Any] = {"by": garage.owner, "at": MONDAY}
    with salon.work():
        answers.add(asked="A lift home", how="Never.", by=salon.owner, at=MONDAY)
    with garage.work():
        taxi = answers.add(asked="A taxi", how="We call one.", **said)
        answers.add(asked="A second key", how="From the locksmith.", **said)
        for words in ({"asked": " ", "how": "So."}, {"asked": "A taxi", "how": " "}):
            with pytest.raises(Refused, match="Write what is asked for"):
                answers.change(taxi, **words, **said)
        with pytest.raises(Refused, match="standard answer to this already") as refused:
            answers.change(taxi, asked=" A second key ", how="So.", **said)
        assert refused.value.field == "asked"
        answers.change(taxi, asked=" A lift home ", how=" Our van. ", cost=500, **said)
        taxi.refresh_from_db()
        assert (taxi.asked, taxi.how, taxi.cost) == ("A lift home", "Our van.", 500)
