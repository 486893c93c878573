"""Tasks: what is done to put a complaint right and as the little more, what each costs us, and who supplies it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Sum

from regulars.record.owned import Owned, OwnedForeignKey, keys


class Task(Owned):
    """One thing that is done to put it right, or as the little more, and what it costs us."""

    recovery = OwnedForeignKey("record.Recovery", related_name="tasks")
    position = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=300)
    cost = models.BigIntegerField(default=0)  # minor units of the business's currency
    partner = OwnedForeignKey("record.Partner", null=True)  # who supplies it; None: we do
    is_more = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = OwnedForeignKey("record.Member")  # out of whose budget it is
    done_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        ordering = ["is_more", "position"]
        constraints = keys("task", recovery="recovery", partner="partner", by="member")
        indexes = [
            models.Index(fields=["business", "recovery"], name="task_recovery"),
            models.Index(fields=["business", "by", "at"], name="task_by"),
        ]

    def __str__(self) -> str:
        return self.what


@dataclass(frozen=True)
class Planned:
    """A task before it is written down; `cost` in minor units."""

    what: str
    cost: int = 0
    partner: Any = None
    is_more: bool = False


def cost_of(complaint_ids: Iterable[Any]) -> dict[Any, int]:
    """What each of these complaints has cost us; minor units. Only what was agreed counts."""
    agreed = Task.objects.filter(recovery__complaint__in=list(complaint_ids), recovery__agreed_at__isnull=False)
    sums = agreed.values("recovery__complaint").annotate(cost=Sum("cost")).values_list("recovery__complaint", "cost")
    return {complaint: int(cost) for complaint, cost in sums}


def spent(member: Any, begins: datetime, ends: datetime) -> int:
    """Out of her budget in that time; minor units."""
    agreed = Task.objects.filter(by=member, at__gte=begins, at__lt=ends, recovery__agreed_at__isnull=False)
    return int(agreed.aggregate(sum=Sum("cost", default=0))["sum"])
