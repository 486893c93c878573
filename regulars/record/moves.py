"""The time of a promise: moved, with the reason and whether she was told first; standing while we wait for her."""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import branches, duetimes, journal, links
from regulars.record.owned import Owned, OwnedForeignKey, keys
from regulars.record.promises import Promise, open_ones, somebody_was_first


class Move(Owned):
    """The time was moved: from when, to when, why, and when the customer was told."""

    promise = OwnedForeignKey(Promise, related_name="moves")
    was = models.DateTimeField()
    to = models.DateTimeField()
    reason = models.CharField(max_length=300)
    by = OwnedForeignKey("record.Member")
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    told_first = models.BooleanField(default=False)  # before the time that she knew had passed

    class Meta(Owned.Meta):
        ordering = ["at"]
        constraints = keys("move", promise="promise", by="member")
        indexes = [models.Index(fields=["business", "promise"], name="move_promise")]


class Pause(Owned):
    """We wait for the customer: her word, her part, her car. The clock stands."""

    promise = OwnedForeignKey(Promise, related_name="pauses")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=300)
    by = OwnedForeignKey("record.Member")

    class Meta(Owned.Meta):
        ordering = ["began_at"]
        constraints = keys("pause", promise="promise", by="member")
        indexes = [models.Index(fields=["business", "promise"], name="pause_promise")]


@transaction.atomic
def move(promise: Promise, *, to: datetime, reason: str, told: bool, by: Any, at: datetime) -> Move:
    """Another time. For her it stays the old one until she is told; told after that one passed, it is broken."""
    if not reason.strip():
        raise Refused(gettext_noop("Write why it is moved."), field="reason")
    duetimes.refuse_time(branches.hours(promise.branch), to, at, field="to")
    if not open_ones().filter(pk=promise.pk).update(moved_to=None if told else to):
        raise somebody_was_first(promise)
    promise.refresh_from_db()  # a colleague may have moved it since it was looked at
    was = promise.due_at
    if told:
        _set_due(promise, to, at=at)
    told_at, told_first = (at, promise.broken_at is None) if told else (None, False)
    moved: Move = Move.objects.create(
        promise=promise, was=was, to=to, reason=reason.strip(), by=by, at=at, told_at=told_at, told_first=told_first
    )
    links.keep_open(promise.customer, until=to, at=at)
    journal.write(
        "promise moved", promise, by=by, at=at, customer=promise.customer, what=promise.what, reason=moved.reason
    )
    return moved


@transaction.atomic
def wait(promise: Promise, *, why: str, by: Any, at: datetime) -> Pause:
    """The clock stands until she has answered, brought it, paid: whatever we wait for."""
    if not why.strip():
        raise Refused(gettext_noop("Write what you wait for."), field="why")
    overdue = Q(broken_at=None, due_at__lt=at)
    open_ones().filter(overdue, pk=promise.pk, waiting_since=None).update(broken_at=F("due_at"))
    if not open_ones().filter(pk=promise.pk, waiting_since=None).update(waiting_since=at):
        raise Refused(gettext_noop("The clock of this promise stands already, or it has ended."))
    promise.refresh_from_db()
    pause: Pause = Pause.objects.create(promise=promise, began_at=at, why=why.strip(), by=by)
    journal.write("waiting", promise, by=by, at=at, customer=promise.customer, what=promise.what, why=pause.why)
    return pause


@transaction.atomic
def go_on(promise: Promise, *, by: Any, at: datetime) -> None:
    """The waiting is over: the time that is due moves by as long as it lasted, counted in open hours."""
    hours = branches.hours(promise.branch)
    due_at = duetimes.due_after(promise.waiting_since, promise.due_at, hours, at)
    if (
        not open_ones()
        .filter(pk=promise.pk, waiting_since=promise.waiting_since, waiting_since__isnull=False)
        .update(
            waiting_since=None,
            due_at=due_at,
            paused=F("paused") + duetimes.paused_since(promise.waiting_since, hours, at),
            warn_at=duetimes.warn_at(hours, at, due_at, promise.promised),
            warned_at=None,
        )
    ):
        raise Refused(gettext_noop("The clock of this promise runs already."))
    promise.pauses.filter(ended_at=None).update(ended_at=at)
    promise.refresh_from_db()
    journal.write("going on", promise, by=by, at=at, customer=promise.customer, what=promise.what)


@transaction.atomic
def tell(promise: Promise, *, by: Any, at: datetime) -> None:
    """She was told of the move: from now on the new time is the promise."""
    to = promise.moved_to
    if to is None or not open_ones().filter(pk=promise.pk, moved_to=to).update(warned_at=None):
        raise Refused(gettext_noop("The customer has been told already."))
    promise.refresh_from_db()
    _set_due(promise, to, at=at)
    promise.moves.filter(told_at=None).update(told_at=at, told_first=promise.broken_at is None)
    journal.write("told of the move", promise, by=by, at=at, customer=promise.customer, what=promise.what)


def _set_due(promise: Promise, to: datetime, *, at: datetime) -> None:
    """What she is told from now on. Told after the old time had passed, the promise is broken for good."""
    hours = branches.hours(promise.branch)
    late = promise.waiting_since is None and at > promise.due_at
    if promise.waiting_since is not None:  # what we have waited until now is in the new time already
        promise.paused += duetimes.paused_since(promise.waiting_since, hours, at)
        promise.waiting_since = at
    promise.broken_at = promise.broken_at or (promise.due_at if late else None)
    promise.due_at, promise.moved_to, promise.warned_at = to, None, None
    promise.promised = max(duetimes.minutes(hours.worked(promise.made_at, to)) - promise.paused, 0)
    promise.warn_at = duetimes.warn_at(hours, at, to, promise.promised)
    changed = ("broken_at", "due_at", "moved_to", "warned_at", "promised", "warn_at", "paused", "waiting_since")
    promise.save(update_fields=changed)
