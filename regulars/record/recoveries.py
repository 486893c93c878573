"""How a complaint is put right, in four steps and in this order: say that it was our fault and where we erred; decide
with the customer what will put it right; do it; do a little more.

Whoever erred mends it, free of charge. What it may cost without asking anybody is in `authority`; above that the next
one is asked (`approvals`). When she says that it is not right yet, the four steps begin anew.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import authority, branches, complaints, duetimes, journal, promises, work
from regulars.record.complaints import Complaint
from regulars.record.owned import Owned, OwnedForeignKey, keys
from regulars.record.tasks import Planned, Task


class Recovery(Owned):
    """One attempt to put a complaint right. The open one is the last."""

    complaint = OwnedForeignKey(Complaint, related_name="recoveries")
    began_at = models.DateTimeField()
    erred = models.CharField(max_length=1000)  # where we erred, in words that she may read
    admitted_by = OwnedForeignKey("record.Member")

    remedy = models.CharField(max_length=500, blank=True)  # what was agreed with her
    due_at = models.DateTimeField(null=True)
    mender = OwnedForeignKey("record.Member", null=True)  # whoever erred; None: the owner
    promise = OwnedForeignKey("record.Promise", null=True, related_name="recoveries")
    agreed_at = models.DateTimeField(null=True)
    agreed_by = OwnedForeignKey("record.Member", null=True)  # out of whose budget it is

    done_at = models.DateTimeField(null=True)
    done_by = OwnedForeignKey("record.Member", null=True)
    no_more = models.CharField(max_length=500, blank=True)  # why there is nothing more than that
    more_at = models.DateTimeField(null=True)  # a little more was done, or there is a reason why not
    failed_at = models.DateTimeField(null=True)  # she says that it is not right yet
    failed_say = models.CharField(max_length=1000, blank=True)

    class Meta(Owned.Meta):
        ordering = ["began_at"]
        constraints = [
            *keys(
                "recovery",
                complaint="complaint",
                admitted_by="member",
                mender="member",
                promise="promise",
                agreed_by="member",
                done_by="member",
            ),
            models.UniqueConstraint(
                fields=["business", "complaint"], condition=Q(failed_at=None), name="recovery_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(agreed_at=None) | Q(due_at__isnull=False) & ~Q(remedy=""), name="recovery_has_a_time"
            ),
            models.CheckConstraint(condition=Q(done_at=None) | Q(agreed_at__isnull=False), name="recovery_in_order"),
            models.CheckConstraint(condition=Q(more_at=None) | Q(done_at__isnull=False), name="recovery_more_is_last"),
        ]
        indexes = [
            models.Index(fields=["business", "complaint", "began_at"], name="recovery_complaint"),
            models.Index(fields=["business", "promise"], name="recovery_promise"),
        ]

    @property
    def step(self) -> int:
        """The step that comes next: 2 to 4; 5 when all are done. (Admitting it, the first, began the recovery.)"""
        if self.agreed_at is None:
            return 2
        if self.done_at is None:
            return 3
        return 4 if self.more_at is None else 5


def current(complaint: Complaint) -> Recovery | None:
    """The attempt that goes on, or that succeeded."""
    found: Recovery | None = Recovery.objects.filter(complaint=complaint, failed_at=None).first()
    return found


@transaction.atomic
def admit(complaint: Complaint, *, erred: str, by: Any, at: datetime) -> Recovery:
    """First: it was our fault, and this is where we erred. No proof is asked for."""
    if not erred.strip():
        raise Refused(gettext_noop("Write where we erred. The customer may read it."), field="erred")
    if not complaints.open_ones().select_for_update().filter(pk=complaint.pk).exists():
        raise Refused(gettext_noop("This complaint is over already."))
    if current(complaint) is not None:
        raise Refused(gettext_noop("This has been said already. Go on with what will put it right."))
    if complaint.owner_id is None:
        complaints.take(complaint, by=by, at=at)
    recovery: Recovery = Recovery.objects.create(complaint=complaint, began_at=at, erred=erred.strip(), admitted_by=by)
    complaints.answered(complaint, at=at)
    _write("fault admitted", recovery, by=by, at=at, erred=recovery.erred)
    return recovery


@transaction.atomic
def plan(
    recovery: Recovery,
    *,
    remedy: str,
    due_at: datetime | None,
    tasks: Iterable[Planned],
    mender: Any,
    by: Any,
    at: datetime,
) -> list[Task]:
    """What would put it right, written down and not yet agreed: nobody's money is spent."""
    if recovery.agreed_at is not None or recovery.failed_at is not None:
        raise Refused(gettext_noop("Something is agreed already. Do it, or agree on something else first."))
    if not remedy.strip():
        raise Refused(gettext_noop("Write what will put it right for the customer."), field="remedy")
    if due_at is None:
        raise Refused(gettext_noop("Write by when it will be done. Without a time it is no promise."), field="due_at")
    Task.objects.filter(recovery=recovery).delete()
    Recovery.objects.filter(pk=recovery.pk).update(remedy=remedy.strip(), due_at=due_at, mender=mender)
    recovery.refresh_from_db()
    planned = list(tasks) or [Planned(remedy.strip())]
    return [
        Task.objects.create(
            recovery=recovery,
            position=position,
            what=task.what.strip(),
            cost=task.cost,
            partner=task.partner,
            is_more=task.is_more,
            at=at,
            by=by,
        )
        for position, task in enumerate(planned)
    ]


@transaction.atomic
def agree(recovery: Recovery, *, by: Any, at: datetime, again: bool = False, told: str = "") -> Recovery:
    """Second: decided with the customer. From now on it is promised, by `by`'s authority.

    `again`: the job is done again, by whoever did it first. Due at this very moment, it is done on the spot.
    """
    tasks = list(recovery.tasks.all())
    if any(task.cost < 0 for task in tasks):
        raise Refused(gettext_noop("Write an amount of zero or more."), field="cost")
    authority.refuse_over(by, sum(task.cost for task in tasks), at=at)
    due_at = recovery.due_at
    if due_at is None:
        raise Refused(gettext_noop("Write by when it will be done. Without a time it is no promise."), field="due_at")
    complaint, promise = recovery.complaint, None
    if due_at > at and complaint.customer is not None:
        if again and complaint.job is not None:
            redone = work.come_back(complaint.job, what=recovery.remedy, due_at=due_at, by=by, at=at)
            promise = redone.promises.get()
        else:
            keeper = recovery.mender or complaint.owner
            promise = promises.make(
                complaint.customer,
                what=recovery.remedy[:300],
                due_at=due_at,
                branch=complaint.branch,
                keeper=keeper,
                by=by,
                at=at,
            )
    elif due_at > at:
        duetimes.refuse_time(branches.hours(complaint.branch), due_at, at)
    agreed = Recovery.objects.filter(pk=recovery.pk, agreed_at=None, failed_at=None)
    if not agreed.update(agreed_at=at, agreed_by=by, promise=promise):
        raise Refused(gettext_noop("Something is agreed already. Do it, or agree on something else first."))
    Task.objects.filter(recovery=recovery).update(by=by, at=at)
    recovery.approvals.filter(decided_at=None).update(decided_at=at, decided_by=by, yes=False)  # not needed any more
    _write("remedy agreed", recovery, by=by, at=at, remedy=recovery.remedy, cost=sum(task.cost for task in tasks))
    if due_at <= at:
        do(recovery, by=by, at=at)
    return recovery


@transaction.atomic
def reconsider(recovery: Recovery, *, by: Any, at: datetime) -> None:
    """Something else was agreed, or it was a slip of the hand: the second step again."""
    if not Recovery.objects.filter(pk=recovery.pk, agreed_at__isnull=False, done_at=None).exists():
        raise Refused(gettext_noop("This is done already, or nothing was agreed yet."))
    promise = recovery.promise
    if promise is not None and promise.is_open:
        promises.drop(promise, why=gettext("Something else was agreed."), by=by, at=at)
    Recovery.objects.filter(pk=recovery.pk).update(agreed_at=None, agreed_by=None, promise=None)
    _write("remedy reconsidered", recovery, by=by, at=at, remedy=recovery.remedy)


@transaction.atomic
def tick(task: Task, *, by: Any, at: datetime) -> None:
    """One of the tasks is done; with the last one that was agreed the remedy is."""
    if task.recovery.agreed_at is None:
        raise Refused(gettext_noop("Agree with the customer first."))
    if Task.objects.filter(pk=task.pk, done_at=None).update(done_at=at):
        _write("task done", task.recovery, by=by, at=at, what=task.what)
    still = task.recovery.tasks.filter(done_at=None, is_more=False)
    if task.recovery.done_at is None and not still.exists():
        do(task.recovery, by=by, at=at)


@transaction.atomic
def do(recovery: Recovery, *, by: Any, at: datetime) -> None:
    """Third: it is done, and the customer knows; the promise is kept with it."""
    promise = recovery.promise
    if promise is not None and promise.is_open:
        work.keep(promise, by=by, at=at, told=True)  # which calls `follow`
    elif not _finish(recovery, by=by, at=at):
        raise Refused(gettext_noop("This is done already, or nothing was agreed yet."))


def follow(promise: Any, *, by: Any, at: datetime) -> None:
    """The promise was kept, by whatever door: so is what it put right."""
    for recovery in Recovery.objects.filter(promise=promise, failed_at=None):
        _finish(recovery, by=by, at=at)


def unfollow(promise: Any, *, kept_at: datetime | None) -> None:
    """It was tapped by mistake: the remedy is to be done again, unless the story went on."""
    if kept_at is None:
        return
    for recovery in Recovery.objects.filter(promise=promise, done_at=kept_at, more_at=None, failed_at=None):
        Recovery.objects.filter(pk=recovery.pk).update(done_at=None, done_by=None)
        Task.objects.filter(recovery=recovery, done_at=kept_at, is_more=False).update(done_at=None)


@transaction.atomic
def do_more(
    recovery: Recovery, *, what: str, by: Any, at: datetime, cost: int = 0, partner: Any = None, no_more: str = ""
) -> None:
    """Fourth: a little more than was agreed; or, in `no_more`, why there is nothing. Then she is asked."""
    from regulars.record import closing

    if recovery.done_at is None:
        raise Refused(gettext_noop("Do first what was agreed; then a little more."))
    planned = Task.objects.filter(recovery=recovery, is_more=True)
    if not (what.strip() or no_more.strip() or planned.exists()):
        raise Refused(gettext_noop("Write what little more the customer got, or why nothing."), field="what")
    if what.strip():
        authority.refuse_over(by, cost, at=at)
        more = {"cost": cost, "partner": partner, "is_more": True, "at": at, "by": by, "done_at": at}
        Task.objects.create(recovery=recovery, position=planned.count() + 100, what=what.strip(), **more)
    if not Recovery.objects.filter(pk=recovery.pk, more_at=None, failed_at=None).update(
        more_at=at, no_more=no_more.strip()
    ):
        raise Refused(gettext_noop("Somebody has written this already."))
    planned.filter(done_at=None).update(done_at=at)
    closing.plan_asking(recovery.complaint, at=at)
    _write("a little more", recovery, by=by, at=at, what=what.strip(), no_more=no_more.strip(), cost=cost)


@transaction.atomic
def fail(recovery: Recovery, *, say: str, at: datetime) -> None:
    """She says that it is not right yet: it begins anew. Called by `closing.not_right`."""
    Recovery.objects.filter(pk=recovery.pk, failed_at=None).update(failed_at=at, failed_say=say.strip())


def next_day(branch: Any, at: datetime) -> Any:
    """The next day on which the branch is open, after that of `at`."""
    zone = ZoneInfo(branch.zone)
    tomorrow = (at.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    opens = branches.hours(branch).next_open(tomorrow)
    return (opens.astimezone(zone) if opens is not None else tomorrow).date()


def _finish(recovery: Recovery, *, by: Any, at: datetime) -> bool:
    won = Recovery.objects.filter(pk=recovery.pk, agreed_at__isnull=False, done_at=None, failed_at=None)
    if not won.update(done_at=at, done_by=by):
        return False
    Task.objects.filter(recovery=recovery, is_more=False, done_at=None).update(done_at=at)
    _write("remedy done", recovery, by=by, at=at, remedy=recovery.remedy)
    return True


def _write(verb: str, recovery: Recovery, *, by: Any, at: datetime, **what: Any) -> None:
    recovery.refresh_from_db()
    complaint = recovery.complaint
    what |= {"text": complaint.text[:500], "number": complaint.number}
    journal.write(verb, recovery, by=by, at=at, customer=complaint.customer, **what)
