"""Promises: what the customer was told, by when, and who keeps it. Kept, moved or missed; never forgotten.

`due_at` is the moment that the customer was told, so whether a promise was kept is judged as she judges it. A move
that she has not been told of stands beside it (`moved_to`) until she is. Time runs in the branch's opening hours
and stands still while we wait for her.
"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import branches, duetimes, journal, links
from regulars.record.owned import Owned, OwnedForeignKey, keys

EARLY = 0.9  # of the promised time: who took no more than that was early


class Standing(models.TextChoices):
    """How a promise stands. Kept and early count for us; late, missed and overdue against us."""

    OPEN = "open", _("open")
    WAITING = "waiting", _("waiting for the customer")
    OVERDUE = "overdue", _("overdue")
    KEPT = "kept", _("kept")
    EARLY = "early", _("early")
    LATE = "late", _("late")
    MISSED = "missed", _("missed")
    DROPPED = "dropped", _("no longer wanted")


class Promise(Owned):
    """What, to whom, by when, who made it, who keeps it. It is open until kept, missed or dropped."""

    customer = OwnedForeignKey("record.Customer", related_name="promises")
    job = OwnedForeignKey("record.Job", null=True, related_name="promises")
    branch = OwnedForeignKey("record.Branch")
    kind = OwnedForeignKey("record.JobKind", null=True)
    what = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    made_by = OwnedForeignKey("record.Member")
    keeper = OwnedForeignKey("record.Member", null=True)  # None: whoever is there
    due_at = models.DateTimeField()  # as the customer was told
    first_due_at = models.DateTimeField()
    zone = models.CharField(max_length=60)  # in which she was told it: the branch may move to another
    share = models.FloatField(null=True)  # 0 to 1, when the time was one that the engine keeps in that share of cases
    promised = models.PositiveIntegerField()  # working minutes from making to the time that she was told
    first_promised = models.PositiveIntegerField()  # the same, as it was first told
    moved_to = models.DateTimeField(null=True)  # our new time, of which she does not know yet
    waiting_since = models.DateTimeField(null=True)
    paused = models.PositiveIntegerField(default=0)  # working minutes, without the pause that is on
    warn_at = models.DateTimeField()
    warned_at = models.DateTimeField(null=True)
    broken_at = models.DateTimeField(null=True)  # when the time that she was told passed
    kept_at = models.DateTimeField(null=True)
    kept_by = OwnedForeignKey("record.Member", null=True)
    took = models.PositiveIntegerField(null=True)  # working minutes from making to keeping, without the pauses
    told_at = models.DateTimeField(null=True)  # when she learnt that it is kept
    missed_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=500, blank=True)

    class Meta(Owned.Meta):
        constraints = keys(
            "promise",
            customer="customer",
            job="job",
            branch="branch",
            kind="jobkind",
            made_by="member",
            keeper="member",
            kept_by="member",
        )
        indexes = [
            models.Index(fields=["business", "customer", "made_at"], name="promise_customer"),
            models.Index(fields=["business", "job"], name="promise_job"),
            models.Index(fields=["business", "kept_at"], name="promise_kept"),
            models.Index(fields=["business", "missed_at"], name="promise_missed", condition=Q(missed_at__isnull=False)),
            models.Index(fields=["business", "made_at", "id"], name="promise_made"),
            models.Index(
                fields=["business", "due_at"],
                name="promise_open",
                condition=Q(kept_at=None, missed_at=None, dropped_at=None),
            ),
            models.Index(
                fields=["business", "branch", "due_at"],
                name="promise_open_branch",
                condition=Q(kept_at=None, missed_at=None, dropped_at=None),
            ),
            models.Index(
                fields=["business", "warn_at"],
                name="promise_warn",
                condition=Q(kept_at=None, missed_at=None, dropped_at=None, warned_at=None, waiting_since=None),
            ),
            models.Index(
                fields=["business", "kept_at"],
                name="promise_to_tell",
                condition=Q(kept_at__isnull=False, told_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_open(self) -> bool:
        return self.kept_at is None and self.missed_at is None and self.dropped_at is None

    @property
    def due_there(self) -> datetime:
        """The due time on the clock by which she was told it."""
        return self.due_at.astimezone(ZoneInfo(self.zone))

    def standing(self, at: datetime) -> Standing:
        if self.dropped_at:
            return Standing.DROPPED
        if self.missed_at:
            return Standing.MISSED
        if self.kept_at:
            if self.broken_at:
                return Standing.LATE
            return Standing.EARLY if (self.took or 0) <= EARLY * self.promised else Standing.KEPT
        if self.broken_at or (self.due_at < at and self.waiting_since is None):
            return Standing.OVERDUE
        return Standing.OPEN if self.waiting_since is None else Standing.WAITING


def open_ones() -> Any:
    """The promises that are still to be kept."""
    return Promise.objects.filter(kept_at=None, missed_at=None, dropped_at=None)


def to_tell() -> Any:
    """What is kept, and she does not know it yet."""
    return Promise.objects.filter(kept_at__isnull=False, told_at=None, dropped_at=None)


@transaction.atomic
def make(
    customer: Any,
    *,
    what: str,
    due_at: datetime,
    branch: Any,
    keeper: Any,
    by: Any,
    at: datetime,
    job: Any = None,
    kind: Any = None,
    share: float | None = None,
) -> Promise:
    """Something is promised. Refused: the past, a closed hour (the next open minute is offered), a full hour.

    `share`: that of the engine, when `due_at` is the time that it suggested.
    """
    if not what.strip():
        raise Refused(gettext_noop("Write what is promised."), field="what")
    hours = branches.hours(branch)
    duetimes.refuse_time(hours, due_at, at)
    duetimes.refuse_full(branch, hours, due_at)
    promised = hours.worked(at, due_at)
    promise: Promise = Promise.objects.create(
        customer=customer,
        job=job,
        branch=branch,
        kind=kind,
        what=what.strip(),
        made_at=at,
        made_by=by,
        keeper=keeper,
        due_at=due_at,
        first_due_at=due_at,
        zone=branch.zone,
        share=share,
        promised=duetimes.minutes(promised),
        first_promised=duetimes.minutes(promised),
        warn_at=duetimes.warn_at(hours, at, due_at, duetimes.minutes(promised)),
    )
    links.keep_open(customer, until=due_at, at=at)
    journal.write(
        "promise made", promise, by=by, at=at, customer=customer, what=promise.what, due=promise.due_there.isoformat()
    )
    return promise


@transaction.atomic
def keep(promise: Promise, *, by: Any, at: datetime, told: bool) -> Promise:
    """It is done. `told`: she knows, because she stands here or was called; else today's list says to call her."""
    promise.refresh_from_db(from_queryset=Promise.objects.select_for_update())  # judged by what holds now
    hours = branches.hours(promise.branch)
    paused = promise.paused + duetimes.paused_since(promise.waiting_since, hours, at)
    due_at = duetimes.due_after(promise.waiting_since, promise.due_at, hours, at)
    if (
        not open_ones()
        .filter(pk=promise.pk)
        .update(
            kept_at=at,
            kept_by=by,
            told_at=at if told else None,
            took=max(duetimes.minutes(hours.worked(promise.made_at, at)) - paused, 0),
            paused=paused,
            due_at=due_at,
            waiting_since=None,
            broken_at=promise.broken_at or (due_at if at > due_at else None),
        )
    ):
        raise somebody_was_first(promise)
    promise.pauses.filter(ended_at=None).update(ended_at=at)
    promise.refresh_from_db()
    links.keep_open(promise.customer, until=at, at=at)
    _recoveries().follow(promise, by=by, at=at)
    journal.write("promise kept", promise, by=by, at=at, customer=promise.customer, what=promise.what, told=told)
    return promise


@transaction.atomic
def tell(promise: Promise, *, by: Any, at: datetime) -> None:
    """She was told that it is ready."""
    if not to_tell().filter(pk=promise.pk).update(told_at=at):
        raise Refused(gettext_noop("The customer has been told already."))
    journal.write("told ready", promise, by=by, at=at, customer=promise.customer, what=promise.what)


@transaction.atomic
def miss(promise: Promise, *, why: str, by: Any, at: datetime) -> None:
    """It cannot be kept at all, and she has been told so."""
    _end(promise, why, gettext_noop("Write why it cannot be kept."), missed_at=at, told_at=at)
    journal.write("promise missed", promise, by=by, at=at, customer=promise.customer, what=promise.what, why=why)


@transaction.atomic
def drop(promise: Promise, *, why: str, by: Any, at: datetime) -> None:
    """She does not want it any more, or it was written down by mistake. It counts neither way."""
    _end(promise, why, gettext_noop("Write why it is no longer wanted."), dropped_at=at)
    journal.write("promise dropped", promise, by=by, at=at, customer=promise.customer, what=promise.what, why=why)


@transaction.atomic
def reopen(promise: Promise, *, by: Any, at: datetime) -> None:
    """It was tapped by mistake: it is to be kept again. What had been broken before stays broken."""
    ended = Promise.objects.filter(pk=promise.pk).exclude(kept_at=None, missed_at=None, dropped_at=None)
    broken_at = promise.broken_at if promise.broken_at != promise.due_at else None
    kept_at = promise.kept_at
    nothing = dict.fromkeys(("kept_at", "kept_by", "took", "told_at", "missed_at", "dropped_at"))
    if not ended.update(**nothing, ended_why="", broken_at=broken_at):
        raise Refused(gettext_noop("This promise is open already."))
    _recoveries().unfollow(promise, kept_at=kept_at)
    promise.refresh_from_db()
    journal.write("promise reopened", promise, by=by, at=at, customer=promise.customer, what=promise.what)


@transaction.atomic
def hand_on(promise: Promise, *, to: Any, by: Any, at: datetime) -> None:
    """`to` keeps it from now on; whoever is there when it is None."""
    if not open_ones().filter(pk=promise.pk).update(keeper=to, warned_at=None):
        raise somebody_was_first(promise)
    name = str(to or "")
    journal.write("promise handed on", promise, by=by, at=at, customer=promise.customer, what=promise.what, to=name)


def release_all(member: Any) -> int:
    """She leaves: what she had promised to keep is everybody's. Returns how many."""
    return int(open_ones().filter(keeper=member).update(keeper=None))


def somebody_was_first(promise: Promise) -> Refused:
    """Two people closed it at once: the second is told who was first."""
    promise.refresh_from_db()
    ended = promise.kept_at or promise.missed_at or promise.dropped_at
    ends = ("promise kept", "promise missed", "promise dropped")
    entry = journal.Entry.objects.filter(subject_id=promise.pk, at=ended, verb__in=ends).select_related("by").first()
    return Refused(
        gettext_noop("%(name)s has closed this promise already, at %(time)s."),
        name=str(entry.by if entry else ""),
        time=ended.astimezone(ZoneInfo(promise.zone)) if ended else "",
    )


def _end(promise: Promise, why: str, ask: str, **ended: Any) -> None:
    if not why.strip():
        raise Refused(ask, field="why")
    if not open_ones().filter(pk=promise.pk).update(**ended, ended_why=why.strip(), waiting_since=None):
        raise somebody_was_first(promise)
    promise.refresh_from_db()


def _recoveries() -> Any:
    """What a promise puts right follows it; they know the promises, so we meet them late."""
    from regulars.record import recoveries

    return recoveries
