"""What we owe to those who complained: an acknowledgement, an answer, the next step, a call to ask whether it is right.

A complaint stays with its owner until the customer says that it is right and the system has changed.
"""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import get_language, gettext

from regulars.desk.duty import Duty, when
from regulars.desk.pen import Pen
from regulars.record import approvals, complaints, messages
from regulars.record.approvals import Approval
from regulars.record.complaints import Complaint
from regulars.record.messages import Message
from regulars.record.recoveries import Recovery

SHOWN = 50
A_WEEK = timedelta(days=7)  # to find the cause, once she says that it is right


def duties(member: Any, *, at: datetime) -> list[Duty]:
    """Hers, and what is nobody's. Four queries, however much it is."""
    hers = complaints.open_ones().filter(Q(owner=member) | Q(owner=None))
    some = list(hers.select_related("customer", "branch", "owner").order_by("hears_by")[:SHOWN])
    recoveries = _recoveries(some)
    letters = _letters(some)
    lines = [_line(one, recoveries.get(one.pk), letters.get(one.pk), at) for one in some]
    return [*lines, *_approvals(member, at)]


def _recoveries(some: list[Complaint]) -> dict[UUID, Recovery]:
    found = Recovery.objects.filter(complaint__in=[one.pk for one in some], failed_at=None).select_related("promise")
    return {recovery.complaint_id: recovery for recovery in found}


def _letters(some: list[Complaint]) -> dict[UUID, Message]:
    """The first that waits for an answer, in each of them."""
    found = messages.waiting().filter(complaint__in=[one.pk for one in some]).defer("whole").order_by("-answer_by")
    return {message.complaint_id: message for message in found}


def _line(complaint: Complaint, recovery: Recovery | None, letter: Message | None, at: datetime) -> Duty:
    what, say, by, can_wait = _next(complaint, recovery, letter, at)
    name = complaint.who or gettext("Somebody who gave no name")
    return Duty(what, complaint, complaint.customer, say, by=by, is_late=by < at, name=name, can_wait=can_wait)


def _next(
    complaint: Complaint, recovery: Recovery | None, letter: Message | None, at: datetime
) -> tuple[str, str, datetime, bool]:
    """The deed, the sentence, until when, and whether it can wait."""
    zone = ZoneInfo(complaint.branch.zone)
    said = {"text": complaint.text[:300], "by": when(complaint.hears_by.astimezone(zone), at)}
    if complaint.acknowledged_at is None:
        say = gettext("does not know yet that we have it; we said: by %(by)s. “%(text)s”") % said
        return "acknowledge", say, complaint.hears_by, False
    if recovery is None:
        say = gettext("says that it is not right, and hears from us by %(by)s: “%(text)s”") % said
        return "mend", say, complaint.hears_by, False
    if letter is not None and letter.answer_by is not None:
        said["wrote"] = letter.text[:300]
        return "reply", gettext("waits for an answer: “%(wrote)s”") % said, letter.answer_by, False
    if recovery.step == 2:
        return "mend", gettext("waits to hear what will put it right: “%(text)s”") % said, complaint.hears_by, False
    due = recovery.promise.due_at if recovery.promise else recovery.due_at or complaint.hears_by
    said |= {"remedy": recovery.remedy, "due": when(due.astimezone(zone), at)}
    if recovery.step == 3:
        say = gettext("was told that it is put right by %(due)s: %(remedy)s") % said
        return "mend", say, due, due > at
    if recovery.step == 4:
        say = gettext("got what was agreed (%(remedy)s). Now do a little more.") % said
        return "mend", say, due + timedelta(days=1), False
    if complaint.right_at is None:
        return _ask(complaint, said, at, zone)
    say = gettext("says that it is right. Why did it happen, and what changes? “%(text)s”") % said
    return "change", say, complaint.right_at + A_WEEK, False


def _ask(complaint: Complaint, said: dict[str, str], at: datetime, zone: ZoneInfo) -> tuple[str, str, datetime, bool]:
    """Silence is not yes: on that day we call."""
    day = complaint.ask_on or at.astimezone(zone).date()
    ends = datetime.combine(day, time(23, 59), zone)
    say = gettext("was told that it is done: %(remedy)s. Call and ask: is it right?") % said
    return "ask_right", say, ends, day > at.astimezone(zone).date()


def _approvals(member: Any, at: datetime) -> list[Duty]:
    """A colleague asks whether it may cost so much, while the customer waits."""
    if not member.manages:
        return []
    is_open = Q(recovery__complaint__closed_at=None, recovery__complaint__aside_at=None)
    found = approvals.open_ones().filter(is_open, Q(of=member) | Q(of=None)).exclude(asked_by=member)
    known = ("recovery__complaint__customer", "recovery__complaint__branch", "asked_by")
    return [
        _approval(one, Pen(member.business.currency, get_language() or "en"), at)
        for one in found.select_related(*known)[:SHOWN]
    ]


def _approval(approval: Approval, pen: Pen, at: datetime) -> Duty:
    complaint = approval.recovery.complaint
    said = {
        "name": approval.asked_by,
        "cost": pen.money(approval.cost),
        "remedy": approval.recovery.remedy,
        "since": when(approval.asked_at.astimezone(ZoneInfo(complaint.branch.zone)), at),
    }
    say = gettext("waits while %(name)s asks you, since %(since)s: may it cost %(cost)s? %(remedy)s") % said
    name = complaint.who or gettext("Somebody who gave no name")
    return Duty("approve", approval, complaint.customer, say, by=approval.asked_at, is_late=True, name=name)
