"""Rules that were bent: nobody is asked first, three of one ask the owner to change the rule."""

import pytest

from regulars.kernel.refusal import Refused
from regulars.record import bends
from regulars.record.bends import Bend, Rule
from tests import shop
from tests.cast import MONDAY, House
from tests.shop import HOUR


def bend(garage: House, times: int = 1, rule: str = "No credit") -> None:
    for _time in range(times):
        bends.bend(rule=rule, why="An old friend", good="Came back", by=garage.front_line, at=MONDAY)


@pytest.mark.parametrize("missing", ["rule", "why", "good"])
def test_which_rule_why_and_what_good_it_did(garage: House, missing: str) -> None:
    words = {"rule": "No credit", "why": "An old friend", "good": "Came back"} | {missing: " "}
    with garage.work(), pytest.raises(Refused, match="Write which rule it was") as refused:
        bends.bend(**words, by=garage.front_line, at=MONDAY)
    assert refused.value.field == missing


def test_the_same_words_are_the_same_rule(garage: House, salon: House) -> None:
    with garage.work():
        her = shop.customer(garage)
        bend(garage)
        bends.bend(rule=" no credit ", why="Rain", good="A smile", by=garage.manager, at=MONDAY, customer=her)
        assert str(Rule.objects.get()) == "No credit"
        assert bends.with_counts().get().times == 2
        assert Bend.objects.get(customer=her).why == "Rain"
    with salon.work():
        assert not Rule.objects.exists()


def test_three_ask_and_two_do_not_and_a_decision_begins_anew(garage: House) -> None:
    with garage.work():
        bend(garage, 2)
        assert not bends.to_change().exists()
        bend(garage)
        rule = bends.to_change().get()
        assert (rule.times, rule.since) == (3, 3)
        with pytest.raises(Refused, match="Write what you decided"):
            bends.decide(rule, decision=" ", ends=False, by=garage.owner, at=MONDAY)
        bends.decide(rule, decision="It stays", ends=False, by=garage.owner, at=MONDAY + HOUR)
        assert not bends.to_change().exists()
        for _time in range(3):
            bends.bend(rule="No credit", why="Rain", good="A smile", by=garage.owner, at=MONDAY + 2 * HOUR)
        rule = bends.to_change().get()
        assert (rule.times, rule.since) == (6, 3)
        bends.decide(rule, decision="It goes", ends=True, by=garage.owner, at=MONDAY + 3 * HOUR)
        assert Rule.objects.get().ended_at == MONDAY + 3 * HOUR


def test_nothing_of_it_can_be_reckoned_into_anybodys_pay() -> None:
    numbers = ("IntegerField", "BigIntegerField", "FloatField", "DecimalField", "PositiveIntegerField")
    for model in (Rule, Bend):
        assert not [field.name for field in model._meta.local_fields if field.get_internal_type() in numbers]
