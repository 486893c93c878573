"""How a complaint stands, told to whoever made it: in her language, and nothing of what is only ours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Min, Q
from django.utils.translation import gettext

from regulars.desk.duty import when
from regulars.record import messages
from regulars.record.attachments import Attachment, files
from regulars.record.complaints import Complaint
from regulars.record.messages import Message
from regulars.record.recoveries import Recovery
from regulars.record.tasks import Task

HERS_OR_OURS = Q(way=Message.Way.IN) | Q(way=Message.Way.OUT, kind__in=[Message.Kind.WORDS, Message.Kind.CALL])


@dataclass(frozen=True)
class Word:
    """One thing that was said. Of what was said by voice only that it was: a colleague wrote it down for us."""

    at: datetime
    text: str
    is_hers: bool
    is_call: bool
    files: list[Attachment]


@dataclass(frozen=True)
class Said:
    complaint: Complaint
    stands: str
    answer_by: datetime | None  # until when she is to hear from us; None: nothing of hers waits
    recovery: Recovery | None
    due: str
    done: str
    more: list[Task]
    talk: list[Word]

    @property
    def asks(self) -> bool:
        """Whether it is done, and only she can say that it is right."""
        is_done = self.recovery is not None and self.recovery.done_at is not None
        return is_done and self.complaint.right_at is None and self.complaint.aside_at is None


def said(complaint: Complaint, *, at: datetime) -> Said:
    """A fixed number of queries, however long the story."""
    recovery = _recoveries([complaint]).get(complaint.pk)
    answer_by = _answers_by([complaint]).get(complaint.pk)
    zone = ZoneInfo(complaint.branch.zone)
    done_at = recovery and recovery.done_at
    more = Task.objects.filter(recovery=recovery, is_more=True).exclude(done_at=None) if recovery else []
    return Said(
        complaint=complaint,
        stands=_stands(complaint, recovery, answer_by, at),
        answer_by=answer_by,
        recovery=recovery,
        due=_due(complaint, recovery, at) if recovery else "",
        done=when(done_at.astimezone(zone), at) if done_at else "",
        more=list(more),
        talk=_talk(complaint),
    )


def open_ones_of(customer: Any, *, at: datetime) -> list[tuple[Complaint, str]]:
    """Those that we know to be hers, and how each stands; one that only bears her address may be somebody else's."""
    hers = Complaint.objects.filter(customer=customer, tied_at__isnull=False, closed_at=None, aside_at=None)
    found = list(hers.select_related("branch").order_by("-heard_at")[:20])
    recoveries, answers = _recoveries(found), _answers_by(found)
    return [(one, _stands(one, recoveries.get(one.pk), answers.get(one.pk), at)) for one in found]


def hers(complaint: Complaint) -> Any:
    """The pictures and files that came from her."""
    return files().filter(complaint=complaint, message__way=Message.Way.IN)


def _recoveries(some: Iterable[Complaint]) -> dict[Any, Recovery]:
    found = Recovery.objects.filter(complaint__in=list(some), failed_at=None).select_related("promise")
    return {one.complaint_id: one for one in found}


def _answers_by(some: Iterable[Complaint]) -> dict[Any, datetime]:
    """Until when each is to hear from us: by the oldest of her letters that wait, or for the first time."""
    first = {one.pk: one.hears_by for one in some if one.answered_at is None}
    waiting = messages.waiting().filter(complaint__in=list(some)).values_list("complaint").annotate(Min("answer_by"))
    return first | dict(waiting)


def _stands(complaint: Complaint, recovery: Recovery | None, answer_by: datetime | None, at: datetime) -> str:
    zone = ZoneInfo(complaint.branch.zone)
    if complaint.aside_at is not None:
        return gettext("Nothing is open here. If something is still not right, write to us below.")
    if complaint.right_at is not None or complaint.closed_at is not None:
        return gettext("This is over. If something is not right after all, write to us below.")
    if recovery is not None and recovery.done_at is not None:
        return gettext("It is done. Is it right now?")
    if recovery is not None and recovery.agreed_at is not None:
        return gettext("We agreed on what puts it right, by %(time)s.") % {"time": _due(complaint, recovery, at)}
    if answer_by is None:
        return gettext("We have answered, and we go on until it is right.")
    by = when(answer_by.astimezone(zone), at)
    if answer_by < at:
        return gettext("You were to hear from us by %(time)s. We are sorry. Please call us, or write below.") % {
            "time": by
        }
    return gettext("You hear from us by %(time)s.") % {"time": by}


def _due(complaint: Complaint, recovery: Recovery, at: datetime) -> str:
    """The promise may have been moved since it was agreed."""
    due = recovery.promise.due_at if recovery.promise else recovery.due_at
    return when(due.astimezone(ZoneInfo(complaint.branch.zone)), at) if due and recovery.agreed_at else ""


def _talk(complaint: Complaint) -> list[Word]:
    """Her words and ours, the oldest first. Her complaint is its first message, unless one of us wrote it down."""
    sent: dict[Any, list[Attachment]] = {}
    for file in hers(complaint):
        sent.setdefault(file.message_id, []).append(file)
    talk = [
        Word(
            at=one.at,
            text="" if one.kind == Message.Kind.CALL else one.text,
            is_hers=one.way == Message.Way.IN,
            is_call=one.kind == Message.Kind.CALL,
            files=sent.get(one.pk, []),
        )
        for one in Message.objects.defer("whole").filter(HERS_OR_OURS, complaint=complaint).order_by("at", "id")
    ]
    if any(word.is_hers and word.at == complaint.heard_at for word in talk):
        return talk
    return [Word(complaint.heard_at, complaint.text, is_hers=True, is_call=False, files=[]), *talk]
