"""Reckonings: working out what customers are worth takes a while, and the owner sees how far it is."""

from datetime import datetime
from typing import Any

from django.db import models, transaction

from regulars.kernel import bell
from regulars.record import journal
from regulars.record.owned import Owned, OwnedForeignKey, keys


class Reckoning(Owned):
    """A working out that somebody or the night asked for: how far it is, and what came of it."""

    by = OwnedForeignKey("record.Member", null=True)
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    step = models.CharField(max_length=20, blank=True)
    share = models.FloatField(default=0)  # 0 to 1
    finished_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        constraints = [
            *keys("reckoning", by="member"),
            models.UniqueConstraint(
                fields=["business"],
                condition=models.Q(began_at=None, finished_at=None, failed_at=None),
                name="reckoning_waits_once",
            ),
        ]
        indexes = [models.Index("business", models.F("asked_at").desc(), name="reckoning_asked")]

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.finished_at is None and self.failed_at is None

    @property
    def percent(self) -> int:
        return round(100 * self.share)


@transaction.atomic
def ask(*, at: datetime, by: Any = None) -> Reckoning:
    """Have it worked out anew; asked twice before it begins, it is worked out once."""
    waiting: Reckoning | None = Reckoning.objects.filter(began_at=None, finished_at=None, failed_at=None).first()
    if waiting is not None:
        return waiting
    reckoning: Reckoning = Reckoning.objects.create(asked_at=at, by=by)
    journal.write("working out asked", reckoning, by=by, at=at)
    transaction.on_commit(bell.ring)
    return reckoning


def begin(*, at: datetime) -> Reckoning | None:
    """Take the one that waits, else the one whose worker was killed; None when nothing is left to do."""
    open_ones = Reckoning.objects.filter(finished_at=None, failed_at=None)
    found: Reckoning | None = open_ones.order_by(models.F("began_at").asc(nulls_first=True)).first()
    if found is not None:
        found.began_at, found.step, found.share = at, "", 0
        found.save(update_fields=["began_at", "step", "share"])
    return found


def is_at(reckoning: Reckoning, step: str, share: float) -> None:
    """How far it is: the step and the share (0 to 1) of the whole."""
    Reckoning.objects.filter(pk=reckoning.pk).update(step=step, share=share)


def finish(reckoning: Reckoning, *, at: datetime) -> None:
    """It is worked out, and so is whatever was begun before it and given up."""
    Reckoning.objects.filter(began_at__lte=reckoning.began_at, finished_at=None, failed_at=None).update(
        finished_at=at, share=1
    )


def fail(reckoning: Reckoning, *, at: datetime) -> None:
    """It broke; what was worked out before it stands."""
    Reckoning.objects.filter(pk=reckoning.pk).update(failed_at=at)


def latest() -> Reckoning | None:
    """The one that was asked for last."""
    found: Reckoning | None = Reckoning.objects.order_by("-asked_at").first()
    return found
