"""Calls: planned by a play, kept by a person, ended in one tap with what was said and learnt."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from regulars.record.owned import Owned, OwnedForeignKey, keys


class Call(Owned):
    """One call to make. It is open until `ended_at` or `dropped_at`."""

    class Play(models.TextChoices):
        TOP_TEN = "top_ten", _("Top ten: say thank you")
        SLIPPING = "slipping", _("Slipping away")
        SECOND_VISIT = "second_visit", _("A second visit")
        AGREED = "agreed", _("Agreed with her")

    class Outcome(models.TextChoices):
        REACHED = "reached", _("Reached")
        NO_ANSWER = "no_answer", _("No answer")
        WRONG_NUMBER = "wrong_number", _("Wrong number")
        NEVER_CALL = "never_call", _("Do not call me")

    customer = OwnedForeignKey("record.Customer", on_delete=models.CASCADE, related_name="calls")
    play = models.CharField(max_length=20, choices=Play)
    caller = OwnedForeignKey("record.Member", on_delete=models.DO_NOTHING, null=True, blank=True)
    planned_at = models.DateTimeField()
    not_before = models.DateField()
    due_on = models.DateField()
    rank = models.FloatField(default=0)  # engines.priority: what is at stake, per call; higher comes first
    stake = models.BigIntegerField(default=0)  # minor units of the business's currency
    why = models.JSONField(default=dict)  # the numbers behind the reason; the words are made for the reader

    ended_at = models.DateTimeField(null=True)
    ended_by = OwnedForeignKey("record.Member", on_delete=models.DO_NOTHING, null=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    answer = models.CharField(max_length=1000, blank=True)  # to "how could we make your life easier?"
    note = models.CharField(max_length=1000, blank=True)
    nothing_new = models.BooleanField(default=False)
    dropped_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        constraints = [
            *keys("call", customer="customer", caller="member", ended_by="member"),
            models.UniqueConstraint(
                fields=["business", "customer"],
                condition=models.Q(ended_at=None, dropped_at=None),
                name="call_open_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["business", "caller", "due_on"],
                condition=models.Q(ended_at=None, dropped_at=None),
                name="call_open",
            ),
            models.Index(fields=["business", "customer", "ended_at"], name="call_customer"),
        ]
