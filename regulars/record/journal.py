"""Who did what to what, and when. Lines are added, never changed."""

from datetime import datetime
from typing import Any

from django.db import models

from regulars.record.owned import Owned, OwnedForeignKey, keys


class Entry(Owned):
    """One line for one verb. `subject` and `subject_id` name the row that was touched."""

    at = models.DateTimeField()
    by = OwnedForeignKey("record.Member", null=True)
    verb = models.CharField(max_length=40)
    subject = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    customer = OwnedForeignKey("record.Customer", null=True)
    what = models.JSONField(default=dict)

    class Meta(Owned.Meta):
        constraints = keys("entry", by="member", customer="customer")
        indexes = [
            models.Index("business", "customer", models.F("at").desc(), name="entry_customer"),
            models.Index("business", models.F("at").desc(), name="entry_at"),
        ]


def write(verb: str, subject: Owned, *, by: Any, at: datetime, customer: Any = None, **what: Any) -> Entry:
    """Add the journal line of a verb. Called inside the verb's own transaction."""
    entry: Entry = Entry.objects.create(
        at=at,
        by=by,
        verb=verb,
        subject=subject._meta.model_name,
        subject_id=subject.pk,
        customer=customer,
        what=what,
    )
    return entry
