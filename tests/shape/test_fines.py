"""A mistake is repaired free of charge by whoever made it: there is no place where anybody could be fined for it."""

import re

import pytest

from regulars.record.owned import Owned, owned_models

FINE = re.compile(r"(^|_)(fines?|fined|penalt(y|ies)|penalised|penalized|punish\w*|deduct\w*|forfeit\w*)(_|$)")


@pytest.mark.parametrize("name", ["fine", "fine_amount", "late_penalty", "fined_at", "deduction"])
def test_such_a_name_is_recognised(name: str) -> None:
    assert FINE.search(name)


@pytest.mark.parametrize("name", ["finished_at", "defined", "refined_by"])
def test_and_a_harmless_one_is_not(name: str) -> None:
    assert not FINE.search(name)


@pytest.mark.parametrize("model", owned_models(), ids=lambda model: model.__name__)
def test_no_table_has_a_place_for_a_fine(model: type[Owned]) -> None:
    names = [model._meta.model_name or "", *(field.name for field in model._meta.get_fields())]
    assert [name for name in names if FINE.search(name)] == []
