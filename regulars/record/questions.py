"""The three questions, and the two that nobody need answer: the usual words, and those of the business."""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from regulars.record import journal
from regulars.record.owned import Owned, keys


class Question(Owned):
    """The business's own words for one question in one language; without them the usual words stand."""

    class Key(models.TextChoices):
        EXPECTATIONS = "expectations", _("Did it meet what you expected?")
        VALUE = "value", _("Was it worth the price?")
        EFFICIENCY = "efficiency", _("Were we quick, and good at it?")
        WISH = "wish", _("What would you like us to have?")
        COMMENT = "comment", _("Would you like to tell us more?")

    key = models.CharField(max_length=12, choices=Key)
    language = models.CharField(max_length=10)
    text = models.CharField(max_length=200)

    class Meta(Owned.Meta):
        constraints = [
            *keys("question"),
            models.UniqueConstraint(fields=["business", "key", "language"], name="question_once"),
        ]


THREE = (Question.Key.EXPECTATIONS, Question.Key.VALUE, Question.Key.EFFICIENCY)


def usual(language: str) -> dict[str, str]:
    """The words that stand where the business has none of its own."""
    with translation.override(language):
        return {key.value: str(key.label) for key in Question.Key}


def words(language: str) -> dict[str, str]:
    """What each question says in that language."""
    own = Question.objects.filter(language=language).values_list("key", "text")
    return usual(language) | dict(own)


@transaction.atomic
def reword(key: str, language: str, text: str, *, by: Any, at: datetime) -> None:
    """The business's own words for that question. No question goes: without words it says what it usually says."""
    wanted = text.strip()
    if wanted == words(language)[key]:
        return
    question, _new = Question.objects.get_or_create(key=key, language=language, defaults={"text": wanted})
    journal.write("question reworded", question, by=by, at=at, key=key, language=language, text=wanted)
    if wanted in ("", usual(language)[key]):
        question.delete()
    else:
        Question.objects.filter(pk=question.pk).update(text=wanted)
