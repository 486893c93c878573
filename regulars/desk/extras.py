"""Which little more suits this customer: of her kind of job, near to what we know of her, and new to her."""

import re
from typing import Any
from uuid import UUID

from regulars.record.extras import Extra, ExtraIdea
from regulars.record.knowing import Fact, Wish
from regulars.record.tags import Tagging

SHOWN = 3
_WORD = re.compile(r"[^\W\d_]{3,}")
STEM = 5  # letters that two forms of one word share: "coffee" and "coffees", "laps" and "lapsed"


def suitable(customer: Any, kind: UUID | None) -> list[ExtraIdea]:
    """The best first. What is for another kind of job is left out; what she has had comes last."""
    found = ExtraIdea.objects.filter(retired_at=None).order_by("what")
    of_kind = [idea for idea in found if idea.kind_id in (None, kind)]
    hers, had = _known(customer), _had(customer)

    def rank(idea: ExtraIdea) -> tuple[bool, int, bool, int, str]:
        shared = len(_stems(f"{idea.what} {idea.suits}") & hers)
        return idea.pk in had, -shared, idea.kind_id is None, idea.cost, idea.what

    return sorted(of_kind, key=rank)[:SHOWN]


def _known(customer: Any) -> set[str]:
    """The words of her tags, her facts and her open wishes."""
    tags = Tagging.objects.filter(customer=customer).values_list("tag__name", flat=True)
    facts = Fact.objects.filter(customer=customer, forgotten_at=None).values_list("text", flat=True)
    wishes = Wish.objects.filter(customer=customer, granted_at=None, dropped_at=None).values_list("text", flat=True)
    return _stems(" ".join([*tags, *facts, *wishes]))


def _had(customer: Any) -> set[UUID]:
    given = Extra.objects.filter(customer=customer, taken_back_at=None, idea__isnull=False)
    return set(given.values_list("idea_id", flat=True))


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in _WORD.findall(text.casefold())}
