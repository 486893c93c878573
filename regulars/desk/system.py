"""What the system itself asks for today: changes that are due, verdicts, alarms of silence, a mailbox that stopped.

Nobody stands and waits for them, but without them the same complaint comes again.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from regulars.record import changes, mailboxes, messages, silences
from regulars.record.changes import Change, Verdict
from regulars.record.complaints import Complaint
from regulars.record.people import Role
from regulars.record.silences import Silence

SHOWN = 20


@dataclass(frozen=True)
class Matter:
    """A sentence, and the page where it is settled: the name of its address, and the row that it shows."""

    say: str
    page: str
    row: UUID | None = None
    is_late: bool = False


def matters(member: Any, *, at: datetime) -> list[Matter]:
    """Hers, and of those who manage the place what is everybody's. A fixed number of queries."""
    found = [*_changes(member, at), *_verdicts(member)]
    if member.manages:
        found += [*_silences(), *_mailboxes(at), *_letters(at)]
    if member.role >= Role.OWNER:
        found += _no_changes()
    return found


def _changes(member: Any, at: datetime) -> list[Matter]:
    """What she has to change, when its day has come."""
    today = timezone.localdate(at)
    hers = Q(keeper=member) | Q(keeper=None)
    now = Q(due_on__lte=today) | Q(back_at__isnull=False)
    some = changes.open_ones().filter(hers & now).order_by("due_on")[:SHOWN]
    return [Matter(_change(one), "cause", one.cause_id, is_late=one.due_on < today) for one in some]


def _change(change: Change) -> str:
    said = {"what": change.what, "day": date_format(change.due_on, "MONTH_DAY_FORMAT")}
    if change.back_at is not None:
        return gettext("It came back, so this change did not hold: %(what)s. What else must change?") % said
    return gettext("To be changed by %(day)s: %(what)s.") % said


def _verdicts(member: Any) -> list[Matter]:
    """What was counted 30, 60 and 90 days after a change of hers."""
    unseen = Verdict.objects.filter(seen_at=None).filter(Q(change__keeper=member) | Q(change__made_by=member))
    some = unseen.select_related("change").order_by("at")[:SHOWN]
    return [Matter(_verdict(one), "cause", one.change.cause_id) for one in some]


def _verdict(verdict: Verdict) -> str:
    said = {"days": verdict.days, "what": verdict.change.what, "held": verdict.get_held_display()}
    return gettext("%(days)s days after “%(what)s”: %(held)s.") % said


def _silences() -> list[Matter]:
    some = silences.open_ones().select_related("branch", "member")[:SHOWN]
    return [Matter(silence_in_words(one), "silence", one.pk) for one in some]


def silence_in_words(silence: Silence) -> str:
    """Who, since when, how many against how many."""
    said = {
        "who": silence.member or silence.branch,
        "day": date_format(silence.since, "MONTH_DAY_FORMAT"),
        "received": silence.received,
        "expected": round(silence.expected),
    }
    if silence.side == Silence.Side.MANY:
        return gettext("%(who)s: %(received)s complaints since %(day)s, where %(expected)s were to be expected.") % said
    return (
        gettext("Too quiet: %(who)s, %(received)s complaints since %(day)s, where %(expected)s were to be expected.")
        % said
    )


def _mailboxes(at: datetime) -> list[Matter]:
    silent = [one for one in mailboxes.living() if one.is_silent(at)]
    say = gettext("No letters are being fetched from %(address)s. Customers may be writing in vain.")
    return [Matter(say % {"address": one.address}, "mailboxes", is_late=True) for one in silent]


def _letters(at: datetime) -> list[Matter]:
    """All letters are answered; those that wait longer than was said are an alarm."""
    late = messages.waiting().filter(answer_by__lt=at).count()
    say = ngettext(
        "%(number)s message of a customer waits longer than we said.",
        "%(number)s messages of customers wait longer than we said.",
        late,
    )
    return [Matter(say % {"number": late}, "unanswered", is_late=True)] if late else []


def _no_changes() -> list[Matter]:
    """Reasons why nothing changes, which the owner has not seen."""
    unseen = Complaint.objects.filter(no_change_seen_at=None).exclude(no_change="").count()
    say = ngettext(
        "%(number)s complaint changed nothing. Look at the reason.",
        "%(number)s complaints changed nothing. Look at the reasons.",
        unseen,
    )
    return [Matter(say % {"number": unseen}, "no_changes")] if unseen else []
