"""Alarms of silence: fewer complaints than the work should bring, or more than usual. Silence is no good news."""

from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import journal
from regulars.record.owned import Owned, OwnedForeignKey, keys


class Silence(Owned):
    """One alarm about one group: a branch, one of its shifts, or a colleague. Open until somebody found out why."""

    class Side(models.TextChoices):
        QUIET = "quiet", _("too quiet")
        MANY = "many", _("more than usual")

    branch = OwnedForeignKey("record.Branch", null=True)
    shift = models.CharField(max_length=10, blank=True)  # "" for all of them
    member = OwnedForeignKey("record.Member", null=True)
    side = models.CharField(max_length=5, choices=Side)
    since = models.DateField()  # since when
    raised_at = models.DateTimeField()
    expected = models.FloatField()  # complaints, from the work done since then
    received = models.PositiveIntegerField()
    chance = models.FloatField()  # that it is nothing but chance
    ended_at = models.DateTimeField(null=True)
    ended_by = OwnedForeignKey("record.Member", null=True)  # None: complaints came again
    found = models.CharField(max_length=500, blank=True)  # what was behind it

    class Meta(Owned.Meta):
        ordering = ["-raised_at"]
        constraints = [
            *keys("silence", branch="branch", member="member", ended_by="member"),
            models.CheckConstraint(
                condition=Q(branch__isnull=False) | Q(member__isnull=False), name="silence_of_somebody"
            ),
        ]
        indexes = [
            models.Index(fields=["business", "raised_at"], name="silence_open", condition=Q(ended_at=None)),
            models.Index(fields=["business", "raised_at", "id"], name="silence_raised"),
        ]


def open_ones() -> Any:
    return Silence.objects.filter(ended_at=None)


@transaction.atomic
def sound(
    *,
    branch: Any,
    shift: str,
    member: Any,
    side: str,
    since: date,
    expected: float,
    received: int,
    chance: float,
    at: datetime,
) -> Silence:
    """It is improbable. The same group is told of once, until it was looked at; what was counted is kept up to date."""
    counted = {"since": since, "expected": expected, "received": received, "chance": chance}
    group = {"branch": branch, "shift": shift, "member": member, "side": side}
    known: Silence | None = open_ones().filter(**group).first()
    if known is not None:
        Silence.objects.filter(pk=known.pk).update(**counted)
        known.refresh_from_db()
        return known
    silence: Silence = Silence.objects.create(**group, **counted, raised_at=at)
    journal.write("silence sounded", silence, by=None, at=at, side=side, expected=round(expected, 1), received=received)
    return silence


@transaction.atomic
def look_into(silence: Silence, *, found: str, by: Any, at: datetime) -> None:
    """What was behind it: nobody wrote them down, customers gave up telling us, or it really went better."""
    if not found.strip():
        raise Refused(gettext_noop("Write what was behind it."), field="found")
    if not open_ones().filter(pk=silence.pk).update(ended_at=at, ended_by=by, found=found.strip()):
        raise Refused(gettext_noop("Somebody has looked into this already."))
    silence.refresh_from_db()
    journal.write("silence looked into", silence, by=by, at=at, found=silence.found)


def fall_silent(silence: Silence, *, at: datetime) -> None:
    """It is as usual again, before anybody had looked."""
    open_ones().filter(pk=silence.pk).update(ended_at=at)
