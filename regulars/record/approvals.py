"""Approvals: a remedy that is above somebody's authority waits for the next person, while a clock shows how long.

Each is one too many: the customer waits for it. Who may spend how much without asking is in `authority`.
"""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import authority, complaints, journal, recoveries
from regulars.record.owned import Owned, OwnedForeignKey, keys
from regulars.record.recoveries import Recovery


class Approval(Owned):
    """One question to one colleague. The plan stands in the recovery."""

    recovery = OwnedForeignKey(Recovery, related_name="approvals")
    cost = models.BigIntegerField()  # of the plan; minor units
    again = models.BooleanField(default=False)  # the job is to be done again
    asked_at = models.DateTimeField()
    asked_by = OwnedForeignKey("record.Member")
    of = OwnedForeignKey("record.Member", null=True)  # None: whoever may
    decided_at = models.DateTimeField(null=True)
    decided_by = OwnedForeignKey("record.Member", null=True)
    yes = models.BooleanField(null=True)
    say = models.CharField(max_length=500, blank=True)  # a no names what may be done instead

    class Meta(Owned.Meta):
        ordering = ["asked_at"]
        constraints = [
            *keys("approval", recovery="recovery", asked_by="member", of="member", decided_by="member"),
            models.UniqueConstraint(
                fields=["business", "recovery"], condition=Q(decided_at=None), name="approval_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(decided_at=None) | Q(yes__isnull=False), name="approval_decided_how"),
        ]
        indexes = [
            models.Index(fields=["business", "recovery"], name="approval_recovery"),
            models.Index(fields=["business", "asked_at"], name="approval_open", condition=Q(decided_at=None)),
        ]


def open_ones() -> Any:
    return Approval.objects.filter(decided_at=None)


def who_may(cost: int, *, but: Any, at: datetime) -> Any:
    """The next person: of those who may spend it, the one with the smallest role; None when nobody else may."""
    from regulars.record.people import Member, Role

    others = Member.objects.filter(left_at=None, role__gte=Role.MANAGER).exclude(pk=but.pk)
    for member in others.order_by("role", "joined_at"):
        may = authority.left(member, at=at).now
        if may is None or may >= cost:
            return member
    return None


@transaction.atomic
def ask(recovery: Recovery, *, by: Any, at: datetime, again: bool = False) -> Approval:
    """May it cost so much? The plan stands; the customer is told that she hears from us."""
    cost = sum(task.cost for task in recovery.tasks.all())
    of = who_may(cost, but=by, at=at)
    if of is None:
        raise Refused(gettext_noop("Nobody here may spend so much. Ask the owner to raise what may be spent."))
    if open_ones().filter(recovery=recovery).exists():
        raise Refused(gettext_noop("A colleague has been asked already."))
    approval: Approval = Approval.objects.create(
        recovery=recovery, cost=cost, again=again, asked_at=at, asked_by=by, of=of
    )
    _write("approval asked", approval, by=by, at=at, of=str(of))
    return approval


@transaction.atomic
def say_yes(approval: Approval, *, by: Any, at: datetime) -> None:
    """Yes: agreed with the customer at once, out of the budget of whoever says so. It is still to be done."""
    _decide(approval, yes=True, say="", by=by, at=at)
    recovery = approval.recovery
    if recovery.due_at is not None and recovery.due_at <= at:  # the clock went on while we were asked
        Recovery.objects.filter(pk=recovery.pk).update(due_at=complaints.hears_by(recovery.complaint.branch, at))
        recovery.refresh_from_db()
    recoveries.agree(recovery, by=by, at=at, again=approval.again)


@transaction.atomic
def say_no(approval: Approval, *, say: str, by: Any, at: datetime) -> None:
    """Not this way, but so: the owner of the complaint decides anew."""
    if not say.strip():
        raise Refused(gettext_noop("Write what may be done instead. A no alone helps nobody."), field="say")
    _decide(approval, yes=False, say=say.strip(), by=by, at=at)


@transaction.atomic
def withdraw(approval: Approval, *, by: Any, at: datetime) -> None:
    """It is not needed any more: whoever asked decides alone."""
    _decide(approval, yes=False, say="", by=by, at=at)


def release_all(member: Any) -> int:
    """She leaves: whoever may can decide."""
    return int(open_ones().filter(of=member).update(of=None))


def _decide(approval: Approval, *, yes: bool, say: str, by: Any, at: datetime) -> None:
    if not open_ones().filter(pk=approval.pk).update(decided_at=at, decided_by=by, yes=yes, say=say):
        raise Refused(gettext_noop("Somebody has decided this already."))
    approval.refresh_from_db()
    _write("approval decided", approval, by=by, at=at, yes=yes, say=say)


def _write(verb: str, approval: Approval, *, by: Any, at: datetime, **what: Any) -> None:
    complaint: complaints.Complaint = approval.recovery.complaint
    journal.write(
        verb, approval, by=by, at=at, customer=complaint.customer, number=complaint.number, cost=approval.cost, **what
    )
