"""Two cards of one customer become one, and can be taken apart again."""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Model

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import (
    asks,
    bends,
    calls,
    complaints,
    extras,
    journal,
    links,
    promises,
    ratings,
    search,
    surveys,
    work,
    worth,
)
from regulars.record.customers import Contact, Customer
from regulars.record.knowing import Fact, Wish
from regulars.record.owned import Owned, OwnedForeignKey, keys
from regulars.record.sales import Sale
from regulars.record.tags import OwnValue, Tagging


class Merge(Owned):
    """Two cards became one. `moved` lists the rows that changed hands, so that it can be undone."""

    kept = OwnedForeignKey(Customer)
    gone = OwnedForeignKey(Customer)
    by = OwnedForeignKey("record.Member", null=True)
    at = models.DateTimeField()
    moved = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        constraints = keys("merge", kept="customer", gone="customer", by="member")
        indexes = [models.Index(fields=["business", "kept"], name="merge_kept")]


# What goes with her: the table, the column that names her, and what she can have only once.
_MOVES: list[tuple[type[Model], str, tuple[str, ...]]] = [
    (Sale, "customer", ()),
    (Contact, "customer", ("kind", "value")),
    (Fact, "customer", ()),
    (Wish, "customer", ()),
    (Tagging, "customer", ("tag_id",)),
    (OwnValue, "customer", ("field_id",)),
    (calls.Call, "customer", ()),
    (work.Job, "customer", ()),
    (promises.Promise, "customer", ()),
    (asks.Ask, "customer", ()),
    (extras.Extra, "customer", ()),
    (bends.Bend, "customer", ()),
    (complaints.Complaint, "customer", ()),
    (surveys.Survey, "customer", ("day",)),
    (ratings.Rating, "customer", ()),
    (Customer, "referred_by", ()),
]


@transaction.atomic
def merge(kept: Customer, gone: Customer, *, by: Any, at: datetime) -> Merge:
    """Everything of `gone` goes over to `kept`; where both have one (an own field, a tag), that of `kept` stands."""
    if kept.pk == gone.pk:
        raise Refused(gettext_noop("These are one card already. Choose another."))
    if kept.merged_at or gone.merged_at:
        raise Refused(gettext_noop("One of these cards has been merged already. Open the card that is left."))
    calls.leave_one_open(kept, gone, at=at)
    links.share(kept, gone, at=at)
    moved: dict[str, list[str]] = {}
    for model, column, once in _MOVES:
        theirs = model._default_manager.filter(**{column: gone}).exclude(pk=kept.pk)
        if once:
            has = set(model._default_manager.filter(**{column: kept}).values_list(*once))
            ids = [row[0] for row in theirs.values_list("pk", *once) if row[1:] not in has]
        else:
            ids = list(theirs.values_list("pk", flat=True))
        moved[model._meta.object_name or ""] = [str(pk) for pk in ids]
        for begin in range(0, len(ids), 500):
            model._default_manager.filter(pk__in=ids[begin : begin + 500]).update(**{column: kept})
    referred_by = kept.referred_by_id
    Customer.objects.filter(pk=gone.pk).update(merged_into=kept, merged_at=at)
    if referred_by == gone.pk:
        Customer.objects.filter(pk=kept.pk).update(referred_by=None)
    done: Merge = Merge.objects.create(
        kept=kept, gone=gone, by=by, at=at, moved={**moved, "was_referred_by_her": referred_by == gone.pk}
    )
    _count_anew(kept, gone)
    journal.write("merged", done, by=by, at=at, customer=kept, gone=gone.name)
    return done


@transaction.atomic
def undo(done: Merge, *, by: Any, at: datetime) -> None:
    """Two cards again, each with what it had; what came after the merge stays with the one that was kept."""
    if not Merge.objects.filter(pk=done.pk, undone_at=None).update(undone_at=at):
        raise Refused(gettext_noop("This merge has been undone already."))
    if Merge.objects.filter(gone=done.kept, undone_at=None).exists():
        raise Refused(gettext_noop("The card that was kept has been merged into another since. Undo that first."))
    kept, gone = done.kept, done.gone
    for model, column, _once in _MOVES:
        ids = done.moved.get(model._meta.object_name or "", [])
        for begin in range(0, len(ids), 500):
            back = model._default_manager.filter(pk__in=ids[begin : begin + 500], **{column: kept})
            back.update(**{column: gone})
    Customer.objects.filter(pk=gone.pk).update(merged_into=None, merged_at=None)
    if done.moved.get("was_referred_by_her"):
        Customer.objects.filter(pk=kept.pk).update(referred_by=gone)
    _count_anew(kept, gone)
    journal.write("merge undone", done, by=by, at=at, customer=kept, gone=gone.name)


def _count_anew(*customers: Customer) -> None:
    search.index([customer.pk for customer in customers])
    for customer in customers:
        worth.count_visits(customer)
