"""Causes: why it happened, to the end; and why we did not notice before she did. Complaints are tied to theirs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import changes, complaints, journal
from regulars.record.complaints import Complaint
from regulars.record.owned import Owned, OwnedForeignKey, keys

WHYS = 5


class Cause(Owned):
    """One cause, in words by which it is known; `whys` go from what she met to what has to change."""

    class Of(models.TextChoices):
        PROCESS = "process", _("the way we work")
        PEOPLE = "people", _("somebody did not know how")

    name = models.CharField(max_length=200)
    whys = models.JSONField(default=list)  # up to five sentences
    escape = models.CharField(max_length=500, blank=True)  # why did we not notice before she did?
    of = models.CharField(max_length=10, choices=Of, blank=True)
    found_at = models.DateTimeField()
    found_by = OwnedForeignKey("record.Member")

    class Meta(Owned.Meta):
        ordering = ["name"]
        constraints = [
            *keys("cause", found_by="member"),
            models.UniqueConstraint(fields=["business", "name"], name="cause_name"),
        ]

    def __str__(self) -> str:
        return self.name


@transaction.atomic
def find(*, name: str, by: Any, at: datetime) -> Cause:
    """The cause of that name; a new one when there is none."""
    if not name.strip():
        raise Refused(gettext_noop("Write the cause in a few words, by which all of you will know it."), field="name")
    cause: Cause
    cause, is_new = Cause.objects.get_or_create(name=name.strip(), defaults={"found_at": at, "found_by": by})
    if is_new:
        journal.write("cause found", cause, by=by, at=at, name=cause.name)
    return cause


@transaction.atomic
def describe(cause: Cause, *, name: str, whys: Sequence[str], escape: str, of: str, by: Any, at: datetime) -> None:
    """Asked "why?" until there is nothing behind it: the whys, the escape point, and whether people or process."""
    said = [why.strip() for why in whys if why.strip()]
    if not said:
        raise Refused(gettext_noop("Ask why at least once, and write the answer."), field="why1")
    if not escape.strip():
        raise Refused(gettext_noop("Write why we did not notice before the customer did."), field="escape")
    if not of:
        raise Refused(gettext_noop("Say whether it is the way we work, or somebody who did not know how."), field="of")
    if Cause.objects.filter(name=name.strip()).exclude(pk=cause.pk).exists():
        raise Refused(gettext_noop("There is a cause of that name already."), field="name")
    Cause.objects.filter(pk=cause.pk).update(
        name=name.strip() or cause.name, whys=said[:WHYS], escape=escape.strip(), of=of
    )
    cause.refresh_from_db()
    journal.write("cause described", cause, by=by, at=at, name=cause.name)


@transaction.atomic
def tie(complaint: Complaint, cause: Cause, *, by: Any, at: datetime) -> None:
    """This is why. When what was changed against it did not hold, the change is open again."""
    Complaint.objects.filter(pk=complaint.pk).update(cause=cause, no_change="", no_change_by=None)
    complaints.write("complaint has a cause", complaint, by=by, at=at, cause=cause.name)
    changes.come_back(cause, complaint, by=by, at=at)


@transaction.atomic
def untie(complaint: Complaint, *, by: Any, at: datetime) -> None:
    """It was another cause, or we do not know it yet."""
    if not complaints.open_ones().filter(pk=complaint.pk, cause__isnull=False).update(cause=None):
        raise Refused(gettext_noop("This complaint has no cause, or is over."))
    complaints.write("complaint untied from its cause", complaint, by=by, at=at)


def has_change(cause_id: UUID | None) -> bool:
    """Whether somebody has written down what changes against it."""
    return cause_id is not None and changes.living().filter(cause=cause_id).exists()
