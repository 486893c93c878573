"""How the columns of a file were understood last time."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import models

from regulars.record.imports import Import
from regulars.record.owned import Owned, keys


class ColumnMapping(Owned):
    """How the columns of a file with these headings were understood last time."""

    subject = models.CharField(max_length=10, choices=Import.Subject)
    headings = models.CharField(max_length=64)  # a hash of the header line
    plan = models.JSONField(default=dict)
    used_at = models.DateTimeField()

    class Meta(Owned.Meta):
        constraints = [
            *keys("columnmapping"),
            models.UniqueConstraint(fields=["business", "subject", "headings"], name="mapping_once"),
        ]


def hash_of(headings: Iterable[str]) -> str:
    """Files of one program have one header line, whatever the case and the spaces."""
    return sha256("\x1f".join(" ".join(heading.split()).casefold() for heading in headings).encode()).hexdigest()


def remember(brought: Import, headings: Iterable[str], *, at: datetime) -> None:
    """The next file with these headings is understood as this one. Part of `ask`, so it has no journal line."""
    ColumnMapping.objects.update_or_create(
        subject=brought.subject,
        headings=hash_of(headings),
        defaults={"plan": brought.plan, "used_at": at},
    )


def recall(subject: str, headings: Iterable[str]) -> dict[str, Any] | None:
    """The plan by which a file with these headings was understood last time."""
    found: ColumnMapping | None = ColumnMapping.objects.filter(subject=subject, headings=hash_of(headings)).first()
    return found.plan if found else None
