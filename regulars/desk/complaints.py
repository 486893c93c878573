"""One complaint, put together for whoever puts it right; and the list of all of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Min, Q, Sum
from django.utils.translation import gettext_lazy as _

from regulars.desk import extras
from regulars.desk.duty import when
from regulars.record import authority, causes, search, tasks
from regulars.record.approvals import Approval
from regulars.record.attachments import Attachment
from regulars.record.authority import Left
from regulars.record.closing import GIVE_UP
from regulars.record.complaints import Complaint, PassedOn
from regulars.record.customers import Contact, Customer
from regulars.record.extras import ExtraIdea
from regulars.record.messages import Message
from regulars.record.recoveries import Recovery
from regulars.record.remedies import Remedy
from regulars.record.sales import Sale
from regulars.record.tasks import Task
from regulars.record.worth import Estimate

OPEN = Q(closed_at=None, aside_at=None)
# How the list may be narrowed: its name, what it shows, and in which order.
STATES: dict[str, tuple[Any, Q, str]] = {
    "open": (_("Open"), OPEN, "hears_by"),
    "ask": (_("To ask: is it right?"), OPEN & Q(ask_on__isnull=False, right_at=None), "hears_by"),
    "cause": (_("Right, without a cause"), OPEN & Q(right_at__isnull=False, cause=None, no_change=""), "hears_by"),
    "closed": (_("Over"), Q(closed_at__isnull=False), "-heard_at"),
    "aside": (_("Set aside"), Q(aside_at__isnull=False), "-heard_at"),
    "all": (_("All of them"), Q(), "-heard_at"),
}
REMEDIES = 6


@dataclass(frozen=True)
class Since:
    """What came after it was right: when she bought again, and what she has spent since; minor units."""

    first: datetime | None
    spent: int


@dataclass(frozen=True)
class Matter:
    """What one should see before one acts. `step`: 1 to 4 of the recovery, 5 to ask her, 6 the cause, 7 to close."""

    complaint: Complaint
    step: int
    hears_by: str
    recovery: Recovery | None
    due: str
    failed: list[Recovery]
    tasks: list[Task]
    approvals: list[Approval]
    passed_on: list[PassedOn]
    messages: list[Message]
    files: list[Attachment]
    estimate: Estimate | None
    left: Left
    cost: int
    met: int
    since: Since | None

    @property
    def came_back_after(self) -> int | None:
        """Days until she bought again."""
        if self.since is None or self.since.first is None or self.complaint.right_at is None:
            return None
        return (self.since.first - self.complaint.right_at).days

    @property
    def approval(self) -> Approval | None:
        """The question that waits for a colleague."""
        return next((one for one in self.approvals if one.decided_at is None), None)

    @property
    def refused(self) -> Approval | None:
        """The last answer, when it was: not this way, but so."""
        last = self.approvals[-1] if self.approvals else None
        return last if last is not None and last.yes is False and last.say else None

    @property
    def may_give_up(self) -> bool:
        """Whether nobody answered so often that it may be closed without her word."""
        return self.complaint.right_at is None and self.complaint.tries >= GIVE_UP

    @property
    def more(self) -> list[Task]:
        return [task for task in self.tasks if task.is_more]

    @property
    def agreed(self) -> list[Task]:
        return [task for task in self.tasks if not task.is_more]


def matter(complaint: Complaint, member: Any, *, at: datetime) -> Matter:
    """A fixed number of queries, however long the story."""
    zone = ZoneInfo(complaint.branch.zone)
    every = list(complaint.recoveries.select_related("promise", "admitted_by", "agreed_by", "done_by", "mender"))
    recovery = next((one for one in every if one.failed_at is None), None)
    due = recovery and (recovery.promise.due_at if recovery.promise else recovery.due_at)
    passed = list(complaint.passed_on.select_related("giver", "taker"))
    files = list(complaint.attachments.defer("content"))
    return Matter(
        complaint=complaint,
        step=_step(complaint, recovery),
        hears_by=when(complaint.hears_by.astimezone(zone), at),
        recovery=recovery,
        due=when(due.astimezone(zone), at) if due else "",
        failed=[one for one in every if one.failed_at is not None],
        tasks=list(recovery.tasks.select_related("partner")) if recovery else [],
        approvals=list(recovery.approvals.select_related("asked_by", "of", "decided_by")) if recovery else [],
        passed_on=passed,
        messages=_with_files(list(complaint.messages.defer("whole").select_related("by", "answered_by")), files),
        files=[file for file in files if file.message_id is None],
        estimate=Estimate.objects.filter(customer=complaint.customer).first() if complaint.customer else None,
        left=authority.left(member, at=at),
        cost=tasks.cost_of([complaint.pk]).get(complaint.pk, 0),
        met=len({complaint.heard_by_id, *(one.taker_id for one in passed)} - {None}),
        since=_since(complaint, at),
    )


def _since(complaint: Complaint, at: datetime) -> Since | None:
    if complaint.customer is None or complaint.right_at is None:
        return None
    after = Sale.objects.filter(customer=complaint.customer, at__gt=complaint.right_at, at__lte=at)
    found = after.aggregate(first=Min("at", filter=Q(amount__gt=0)), spent=Sum("amount", default=0))
    return Since(found["first"], found["spent"])


def _step(complaint: Complaint, recovery: Recovery | None) -> int:
    if recovery is None:
        return 1
    if recovery.step < 5 or (complaint.right_at is None and complaint.tries < GIVE_UP):
        return recovery.step
    return 7 if complaint.no_change or causes.has_change(complaint.cause_id) else 6


def _with_files(messages: list[Message], files: list[Attachment]) -> list[Message]:
    for message in messages:
        message.files = [file for file in files if file.message_id == message.pk]  # type: ignore[attr-defined]
    return messages


def usual_remedies(complaint: Complaint) -> list[Remedy]:
    """Those of the kind of job first, then those for any."""
    kind = complaint.job.kind_id if complaint.job else None
    found = Remedy.objects.filter(retired_at=None).filter(Q(kind=None) | Q(kind=kind)).prefetch_related("tasks")
    return sorted(found, key=lambda remedy: (remedy.kind_id is None, remedy.name))[:REMEDIES]


def little_mores(complaint: Complaint) -> list[ExtraIdea]:
    """What would suit this customer."""
    if complaint.customer is None:
        return []
    return extras.suitable(complaint.customer, complaint.job.kind_id if complaint.job else None)


def listed(*, state: str, words: str, **only: Any) -> tuple[Any, str]:
    """The complaints of a state, with these words or this number, and the order in which they are read."""
    _label, wanted, by = STATES[state]
    found = Complaint.objects.filter(wanted, **only).select_related("customer", "owner", "branch", "cause")
    if words.isdigit():
        found = found.filter(number=int(words[:9]))
    elif words:
        named = Q(text__icontains=words) | Q(sender_name__icontains=words) | Q(sender__icontains=words)
        found = found.filter(named | Q(customer__name__icontains=words))
    return found, by


def may_be(complaint: Complaint, words: str) -> list[Customer]:
    """Who it may be: of these words, or whoever has her address or number."""
    living = Customer.objects.filter(merged_at=None).select_related("branch")
    if words:
        places = {pk: place for place, pk in enumerate(search.find(words))}
        return sorted(living.filter(pk__in=places), key=lambda her: places[her.pk])
    if not complaint.sender:
        return []
    hers = Contact.objects.filter(Q(value=complaint.sender.casefold()) | Q(written=complaint.sender))
    return list(living.filter(pk__in=hers.values("customer"))[:20])
