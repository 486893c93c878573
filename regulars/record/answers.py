"""Standard answers: what we do whenever somebody asks for it, so that nobody at the counter has to think."""

from datetime import datetime
from typing import Any

from django.db import models, transaction

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import journal
from regulars.record.owned import Owned, OwnedForeignKey, keys


class StandardAnswer(Owned):
    """What is asked for, how we do it, and what it costs us."""

    asked = models.CharField(max_length=200)
    how = models.CharField(max_length=500)
    cost = models.BigIntegerField(default=0)  # minor units of the business's currency
    minutes = models.PositiveIntegerField(default=0)
    partner = OwnedForeignKey("record.Partner", null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        ordering = ["asked"]
        constraints = [
            *keys("standardanswer", partner="partner"),
            models.UniqueConstraint(fields=["business", "asked"], name="standardanswer_asked"),
        ]

    def __str__(self) -> str:
        return self.asked


@transaction.atomic
def add(*, asked: str, how: str, by: Any, at: datetime, **described: Any) -> StandardAnswer:
    """One for the words that customers use; the same words change the one that is there. `described`: cost, minutes,
    partner.
    """
    if not asked.strip() or not how.strip():
        raise Refused(gettext_noop("Write what is asked for, and how you do it."), field="how")
    found: StandardAnswer = StandardAnswer.objects.update_or_create(
        asked=asked.strip(), defaults={"how": how.strip(), "retired_at": None, **described}
    )[0]
    journal.write("answer set", found, by=by, at=at, asked=found.asked)
    return found


@transaction.atomic
def change(answer: StandardAnswer, *, asked: str, how: str, by: Any, at: datetime, **described: Any) -> None:
    """Other words, or another way. The words of another answer are refused: which of the two would hold?"""
    if not asked.strip() or not how.strip():
        raise Refused(gettext_noop("Write what is asked for, and how you do it."), field="how")
    if StandardAnswer.objects.filter(asked=asked.strip()).exclude(pk=answer.pk).exists():
        raise Refused(gettext_noop("There is a standard answer to this already."), field="asked")
    for field, value in {"asked": asked.strip(), "how": how.strip(), **described}.items():
        setattr(answer, field, value)
    answer.save()
    journal.write("answer set", answer, by=by, at=at, asked=answer.asked)


@transaction.atomic
def retire(answer: StandardAnswer, *, by: Any, at: datetime) -> None:
    """No longer offered; what was answered stays."""
    StandardAnswer.objects.filter(pk=answer.pk).update(retired_at=at)
    journal.write("answer put away", answer, by=by, at=at, asked=answer.asked)
