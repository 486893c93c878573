"""Remedies: what usually puts it right, by kind of job: one tap writes the tasks, their cost and who supplies them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import journal
from regulars.record.owned import Owned, OwnedForeignKey, keys
from regulars.record.tasks import Planned


class Remedy(Owned):
    """A wheel that was badly fixed: mended; and washed, vacuumed, the tyres filled, flowers in the cabin."""

    name = models.CharField(max_length=200)
    kind = OwnedForeignKey("record.JobKind", null=True)  # None: any
    retired_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        ordering = ["name"]
        constraints = [
            *keys("remedy", kind="jobkind"),
            models.UniqueConstraint(fields=["business", "name"], name="remedy_name"),
        ]

    def __str__(self) -> str:
        return self.name


class RemedyTask(Owned):
    """One of the things that are done."""

    remedy = OwnedForeignKey(Remedy, related_name="tasks")
    position = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=300)
    cost = models.BigIntegerField(default=0)  # minor units of the business's currency
    partner = OwnedForeignKey("record.Partner", null=True)
    is_more = models.BooleanField(default=False)  # the little more

    class Meta(Owned.Meta):
        ordering = ["is_more", "position"]
        constraints = [
            *keys("remedytask", remedy="remedy", partner="partner"),
            models.UniqueConstraint(fields=["business", "remedy", "position"], name="remedytask_position"),
        ]


@transaction.atomic
def keep(
    name: str, tasks: Iterable[Planned], *, by: Any, at: datetime, kind: Any = None, was: Remedy | None = None
) -> Remedy:
    """Into the catalogue; one of that name, or `was`, is changed, or comes back."""
    some = [task for task in tasks if task.what.strip()]
    if not name.strip():
        raise Refused(gettext_noop("Write what it is called."), field="name")
    if not any(not task.is_more for task in some):
        raise Refused(gettext_noop("Write at least one thing that puts it right."), field="what")
    same = Remedy.objects.filter(name=name.strip()).first()
    if was is not None and same is not None and same.pk != was.pk:
        raise Refused(gettext_noop("There is a remedy of that name already."), field="name")
    remedy = was or same or Remedy()
    remedy.name, remedy.kind, remedy.retired_at = name.strip(), kind, None
    remedy.save()
    RemedyTask.objects.filter(remedy=remedy).delete()
    for position, task in enumerate(some):
        RemedyTask.objects.create(
            remedy=remedy,
            position=position,
            what=task.what.strip(),
            cost=task.cost,
            partner=task.partner,
            is_more=task.is_more,
        )
    journal.write("remedy kept", remedy, by=by, at=at, name=remedy.name)
    return remedy


@transaction.atomic
def retire(remedy: Remedy, *, by: Any, at: datetime) -> None:
    """Off the catalogue; what was done stays."""
    Remedy.objects.filter(pk=remedy.pk).update(retired_at=at)
    journal.write("remedy put away", remedy, by=by, at=at, name=remedy.name)


def tasks_of(remedy: Remedy) -> list[Planned]:
    """What `recoveries.plan` takes."""
    return [
        Planned(task.what, task.cost, task.partner, task.is_more) for task in remedy.tasks.select_related("partner")
    ]
