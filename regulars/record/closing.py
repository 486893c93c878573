"""What ends a complaint: she says that it is right, and the system has changed, or somebody wrote down why not.

Silence is not yes: until she has said it, a call is planned. What was ended by mistake can be opened again.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import causes, complaints, recoveries
from regulars.record.complaints import Complaint

GIVE_UP = 3  # calls that nobody answered, after which a complaint may be closed without her word


def plan_asking(complaint: Complaint, *, at: datetime) -> None:
    """It is done: on the next open day we call and ask whether it is right."""
    day = recoveries.next_day(complaint.branch, at)
    Complaint.objects.filter(pk=complaint.pk, right_at=None).update(ask_on=day, tries=0)


@transaction.atomic
def confirm(complaint: Complaint, *, by: Any, at: datetime) -> None:
    """She says that it is right: to `by`, or with her own link when it is None."""
    recovery = recoveries.current(complaint)
    if recovery is None or recovery.done_at is None:
        raise Refused(gettext_noop("Nothing was put right yet. Do that first, and then ask."))
    if not Complaint.objects.filter(pk=complaint.pk, right_at=None).update(right_at=at, right_by=by, ask_on=None):
        raise Refused(gettext_noop("The customer has said so already."))
    complaints.write("complaint put right", complaint, by=by, at=at)


@transaction.atomic
def not_right(complaint: Complaint, *, say: str, by: Any, at: datetime) -> None:
    """She says that it is not right yet: the four steps begin anew, with the same owner, at once."""
    recovery = recoveries.current(complaint)
    if recovery is None or recovery.done_at is None:
        raise Refused(gettext_noop("Nothing was put right yet. Do that first, and then ask."))
    recoveries.fail(recovery, say=say, at=at)
    again = {"right_at": None, "right_by": None, "ask_on": None, "closed_at": None, "closed_by": None, "tries": 0}
    Complaint.objects.filter(pk=complaint.pk).update(**again, hears_by=complaints.hears_by(complaint.branch, at))
    complaints.write("complaint not right yet", complaint, by=by, at=at, say=say.strip())


@transaction.atomic
def no_answer(complaint: Complaint, *, by: Any, at: datetime) -> None:
    """Nobody answered the call: again on the next open day."""
    waiting = complaints.open_ones().filter(pk=complaint.pk, ask_on__isnull=False, right_at=None)
    if not waiting.update(ask_on=recoveries.next_day(complaint.branch, at), tries=F("tries") + 1):
        raise Refused(gettext_noop("There is nothing to ask this customer now."))
    complaints.write("complaint asked in vain", complaint, by=by, at=at)


@transaction.atomic
def change_nothing(complaint: Complaint, *, why: str, by: Any, at: datetime) -> None:
    """A written reason why nothing changes; the owner of the business sees it."""
    if not why.strip():
        raise Refused(gettext_noop("Write why nothing changes. The owner reads it."), field="why")
    Complaint.objects.filter(pk=complaint.pk).update(no_change=why.strip(), no_change_by=by, no_change_seen_at=None)
    complaints.write("no change", complaint, by=by, at=at, why=why.strip())


@transaction.atomic
def see_no_change(complaint: Complaint, *, by: Any, at: datetime) -> None:
    """The owner has read why nothing changes, and lets it be."""
    unseen = Complaint.objects.filter(pk=complaint.pk, no_change_seen_at=None).exclude(no_change="")
    if not unseen.update(no_change_seen_at=at):
        raise Refused(gettext_noop("Somebody has looked at this already."))
    complaints.write("no change seen", complaint, by=by, at=at)


@transaction.atomic
def refuse_no_change(complaint: Complaint, *, by: Any, at: datetime) -> None:
    """The owner wants something to change: the complaint is open again, and waits for a cause."""
    unseen = Complaint.objects.filter(pk=complaint.pk, no_change_seen_at=None).exclude(no_change="")
    if not unseen.update(no_change="", no_change_by=None, closed_at=None, closed_by=None):
        raise Refused(gettext_noop("Somebody has looked at this already."))
    complaints.write("no change refused", complaint, by=by, at=at)


@transaction.atomic
def close(complaint: Complaint, *, by: Any, at: datetime) -> None:
    """It is over. Refused until she says that it is right, and there is a cause with a change, or a reason for none."""
    complaint.refresh_from_db()
    recovery = recoveries.current(complaint)
    if recovery is None or recovery.step < 5:
        raise Refused(gettext_noop("First put it right: the four steps are not done yet."))
    if complaint.right_at is None and complaint.tries < GIVE_UP:
        raise Refused(gettext_noop("Ask the customer first whether it is right. Silence is not yes."))
    if not (complaint.no_change or causes.has_change(complaint.cause_id)):
        raise Refused(gettext_noop("Write the cause and what changes, or why nothing does."))
    if not complaints.open_ones().filter(pk=complaint.pk).update(closed_at=at, closed_by=by, ask_on=None):
        raise Refused(gettext_noop("This complaint is over already."))
    complaints.write("complaint closed", complaint, by=by, at=at)


@transaction.atomic
def reopen(complaint: Complaint, *, by: Any, at: datetime) -> None:
    """It was closed by mistake, or is not over after all."""
    if not Complaint.objects.filter(pk=complaint.pk, closed_at__isnull=False).update(closed_at=None, closed_by=None):
        raise Refused(gettext_noop("This complaint is open already."))
    if complaint.right_at is None:
        plan_asking(complaint, at=at)
    complaints.write("complaint reopened", complaint, by=by, at=at)


@transaction.atomic
def doubt(complaint: Complaint, *, why: str, by: Any, at: datetime) -> None:
    """This one looks like abuse. It is put right all the same, and nobody else pays for it; "" takes the doubt back."""
    doubted_at = at if why.strip() else None
    Complaint.objects.filter(pk=complaint.pk).update(doubted_at=doubted_at, doubted_why=why.strip())
    complaints.write("complaint doubted", complaint, by=by, at=at, why=why.strip())


@transaction.atomic
def praise(complaint: Complaint, *, where: str, by: Any, at: datetime) -> None:
    """She wrote well of us in public, after it was put right: where, and what; "" takes it back."""
    praised_at = at if where.strip() else None
    Complaint.objects.filter(pk=complaint.pk).update(praised_at=praised_at, praise=where.strip())
    complaints.write("complaint praised", complaint, by=by, at=at, where=where.strip())
