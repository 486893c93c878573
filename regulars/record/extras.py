"""A little more than promised: the extras that were given, and the catalogue from which one is picked."""

from datetime import datetime
from typing import Any

from django.db import models, transaction

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import authority, journal
from regulars.record.owned import Owned, OwnedForeignKey, keys


class ExtraIdea(Owned):
    """Something small that may be given: for which kind of job, whom it suits, what it costs us."""

    what = models.CharField(max_length=200)
    kind = OwnedForeignKey("record.JobKind", null=True)  # None: any
    suits = models.CharField(max_length=200, blank=True)  # words of tags, facts and wishes: "coffee, children"
    cost = models.BigIntegerField(default=0)  # minor units of the business's currency
    retired_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        ordering = ["what"]
        constraints = [
            *keys("extraidea", kind="jobkind"),
            models.UniqueConstraint(fields=["business", "what"], name="extraidea_what"),
        ]

    def __str__(self) -> str:
        return self.what


class Extra(Owned):
    """What she got on top of what was promised, and what it cost us. She pays nothing for it."""

    customer = OwnedForeignKey("record.Customer", related_name="extras")
    job = OwnedForeignKey("record.Job", null=True, related_name="extras")
    promise = OwnedForeignKey("record.Promise", null=True, related_name="extras")
    idea = OwnedForeignKey(ExtraIdea, null=True)
    what = models.CharField(max_length=200)
    cost = models.BigIntegerField(default=0)
    given_at = models.DateTimeField()
    given_by = OwnedForeignKey("record.Member")
    taken_back_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        ordering = ["-given_at"]
        constraints = keys(
            "extra", customer="customer", job="job", promise="promise", idea="extraidea", given_by="member"
        )
        indexes = [
            models.Index(fields=["business", "customer", "given_at"], name="extra_customer"),
            models.Index(fields=["business", "job"], name="extra_job"),
            models.Index(fields=["business", "promise"], name="extra_promise"),
            models.Index(fields=["business", "given_by", "given_at"], name="extra_given"),
        ]

    def __str__(self) -> str:
        return self.what


@transaction.atomic
def give(
    customer: Any,
    *,
    what: str,
    by: Any,
    at: datetime,
    cost: int = 0,
    idea: ExtraIdea | None = None,
    job: Any = None,
    promise: Any = None,
) -> Extra:
    """A little more than she was told. `cost`: what it cost us, minor units, out of what is hers to spend."""
    if not what.strip():
        raise Refused(gettext_noop("Write what the customer got."), field="what")
    authority.refuse_over(by, cost, at=at)
    extra: Extra = Extra.objects.create(
        customer=customer, job=job, promise=promise, idea=idea, what=what.strip(), cost=cost, given_at=at, given_by=by
    )
    journal.write("extra given", extra, by=by, at=at, customer=customer, what=extra.what, cost=cost)
    return extra


@transaction.atomic
def take_back(extra: Extra, *, by: Any, at: datetime) -> None:
    """It was written down by mistake."""
    if Extra.objects.filter(pk=extra.pk, taken_back_at=None).update(taken_back_at=at):
        journal.write("extra taken back", extra, by=by, at=at, customer=extra.customer, what=extra.what)


@transaction.atomic
def add_idea(*, what: str, by: Any, at: datetime, cost: int = 0, kind: Any = None, suits: str = "") -> ExtraIdea:
    """Into the catalogue; one of that name is changed, or comes back."""
    if not what.strip():
        raise Refused(gettext_noop("Write what it is."), field="what")
    described = {"cost": cost, "kind": kind, "suits": suits.strip(), "retired_at": None}
    idea: ExtraIdea = ExtraIdea.objects.update_or_create(what=what.strip(), defaults=described)[0]
    journal.write("extra listed", idea, by=by, at=at, what=idea.what, cost=cost)
    return idea


@transaction.atomic
def retire_idea(idea: ExtraIdea, *, by: Any, at: datetime) -> None:
    """Off the catalogue; what was given stays."""
    ExtraIdea.objects.filter(pk=idea.pk).update(retired_at=at)
    journal.write("extra put away", idea, by=by, at=at, what=idea.what)
