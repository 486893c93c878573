"""Rules that were bent for the good of a customer: which, why, what good it did. Nobody is asked first.

Nothing here has an amount or a mark, and nothing of it may ever reach anybody's pay.
"""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Count, F, Q

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import journal
from regulars.record.owned import Owned, OwnedForeignKey, keys

MANY = 3  # bends of one rule since it was last looked at: should the rule change?


class Rule(Owned):
    """A rule of the house that somebody had a reason to bend."""

    text = models.CharField(max_length=200)
    looked_at = models.DateTimeField(null=True)  # when the owner last decided about it
    decision = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        ordering = ["text"]
        constraints = [*keys("rule"), models.UniqueConstraint(fields=["business", "text"], name="rule_text")]

    def __str__(self) -> str:
        return self.text


class Bend(Owned):
    """One time it was bent."""

    rule = OwnedForeignKey(Rule, related_name="bends")
    customer = OwnedForeignKey("record.Customer", null=True)
    why = models.CharField(max_length=500)
    good = models.CharField(max_length=500)
    by = OwnedForeignKey("record.Member")
    at = models.DateTimeField()

    class Meta(Owned.Meta):
        ordering = ["-at"]
        constraints = keys("bend", rule="rule", customer="customer", by="member")
        indexes = [
            models.Index(fields=["business", "rule", "at"], name="bend_rule"),
            models.Index(fields=["business", "customer"], name="bend_customer"),
        ]


@transaction.atomic
def bend(*, rule: str, why: str, good: str, by: Any, at: datetime, customer: Any = None) -> Bend:
    """`rule` in words: the same words are the same rule."""
    for field, text in {"rule": rule, "why": why, "good": good}.items():
        if not text.strip():
            raise Refused(gettext_noop("Write which rule it was, why, and what good it did."), field=field)
    bent = Rule.objects.filter(text__iexact=rule.strip()).first() or Rule.objects.create(text=rule.strip())
    found: Bend = Bend.objects.create(rule=bent, customer=customer, why=why.strip(), good=good.strip(), by=by, at=at)
    journal.write("rule bent", found, by=by, at=at, customer=customer, rule=bent.text)
    return found


def with_counts() -> Any:
    """The rules, each with `times` in all and `since` it was last looked at."""
    since = Q(looked_at=None) | Q(bends__at__gt=F("looked_at"))
    return Rule.objects.annotate(times=Count("bends"), since=Count("bends", filter=since))


def to_change() -> Any:
    """The rules that were bent so often that the owner should ask whether they are right."""
    return with_counts().filter(since__gte=MANY, ended_at=None)


@transaction.atomic
def decide(rule: Rule, *, decision: str, ends: bool, by: Any, at: datetime) -> None:
    """The owner looked at it. `ends`: the rule is gone."""
    if not decision.strip():
        raise Refused(gettext_noop("Write what you decided."), field="decision")
    rule.looked_at, rule.decision, rule.ended_at = at, decision.strip(), at if ends else None
    rule.save(update_fields=["looked_at", "decision", "ended_at"])
    journal.write("rule looked at", rule, by=by, at=at, rule=rule.text, decision=rule.decision, ends=ends)
