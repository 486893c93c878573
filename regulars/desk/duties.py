"""What somebody is waiting for: promises to keep, good news to tell, asks to answer, complaints to put right.

What is late comes first, then what is due soonest; of two that are due at once, the customer who is worth more.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext

from regulars.desk import calling, owing, system
from regulars.desk.duty import Duty, when
from regulars.desk.system import Matter
from regulars.record import asks, bends, duetimes, handoffs, promises
from regulars.record.asks import Ask
from regulars.record.branches import Branch
from regulars.record.branches import hours as opening_hours
from regulars.record.business import Business
from regulars.record.customers import Contact
from regulars.record.handoffs import HandOff
from regulars.record.promises import Promise
from regulars.record.worth import Estimate

SHOWN = 50
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Duties:
    """`first`: to be done now. `later`: promised, with time enough. The counts are for those who manage the place."""

    first: list[Duty]
    later: list[Duty]
    colleagues_late: int = 0
    refusals: int = 0
    rules: int = 0
    matters: list[Matter] = field(default_factory=list)  # of the system itself: nobody stands and waits for them

    def __len__(self) -> int:
        return len(self.first) + len(self.later)


def for_member(member: Any, *, at: datetime) -> Duties:
    """Hers, and what is nobody's. The same number of queries however much it is."""
    found = [*_promises(member, at), *_ready(member), *_asks(member), *_handoffs(member), *owing.duties(member, at=at)]
    values, phones = _of_customers(found)
    business = member.business
    lines = _in_order([_known(duty, values, phones, business, at) for duty in found])
    first = [duty for duty in lines if not duty.can_wait]
    later = [duty for duty in lines if duty.can_wait]
    matters = system.matters(member, at=at)
    if not member.manages:
        return Duties(first, later, matters=matters)
    return Duties(
        first,
        later,
        colleagues_late=_late(at).exclude(Q(keeper=member) | Q(keeper=None)).count(),
        refusals=asks.to_review().count(),
        rules=bends.to_change().count(),
        matters=matters,
    )


def _late(at: datetime) -> Any:
    """Promises that are broken, or about to be."""
    return promises.open_ones().filter(waiting_since=None, warn_at__lte=at)


def _promises(member: Any, at: datetime) -> list[Duty]:
    hers = Q(keeper=member) | Q(keeper=None)
    found = promises.open_ones().filter(hers).select_related("customer")
    lines = []
    some = list(found.order_by("due_at")[:SHOWN])
    places = Branch.objects.filter(pk__in={promise.branch_id for promise in some})
    hours = {place.pk: opening_hours(place) for place in places.prefetch_related("intervals", "special_days")}
    for promise in some:
        is_late = promise.standing(at) == promises.Standing.OVERDUE
        left = duetimes.minutes(hours[promise.branch_id].worked(at, promise.due_at))
        told = _promise(promise, at)
        can_wait = told[0] == "wait" or (told[0] == "keep" and at < min(promise.due_at, promise.warn_at))
        lines.append(Duty(*told, by=promise.due_at, is_late=is_late, left=left, can_wait=can_wait))
    return lines


def _promise(promise: Promise, at: datetime) -> tuple[str, Promise, Any, str]:
    said = {"what": promise.what, "due": when(promise.due_there, at)}
    if promise.moved_to is not None:
        said["to"] = when(promise.moved_to.astimezone(ZoneInfo(promise.zone)), at)
        say = gettext("does not know yet that “%(what)s” moves to %(to)s. The time that was told is %(due)s.") % said
        return "tell_move", promise, promise.customer, say
    if promise.waiting_since is not None:
        said["since"] = when(promise.waiting_since.astimezone(ZoneInfo(promise.zone)), at)
        return "wait", promise, promise.customer, gettext("“%(what)s”: we wait for an answer since %(since)s.") % said
    return "keep", promise, promise.customer, gettext("was promised “%(what)s” by %(due)s.") % said


def _ready(member: Any) -> list[Duty]:
    """Kept, and she does not know it: call her before she calls us."""
    found = promises.to_tell().filter(Q(kept_by=member) | Q(keeper=member) | Q(keeper=None)).select_related("customer")
    lines = []
    for promise in found.order_by("kept_at")[:SHOWN]:
        early = gettext("“%(what)s” is ready before the time. Call now, before the customer calls you.")
        ready = gettext("“%(what)s” is ready. Call and say so.")
        say = (early if promise.kept_at < promise.due_at else ready) % {"what": promise.what}
        lines.append(Duty("tell", promise, promise.customer, say, by=promise.kept_at, is_late=False))
    return lines


def _asks(member: Any) -> list[Duty]:
    """Without an answer, and the yeses that are still owed; each of the two has an index of its own."""
    hers = Q(keeper=member) | Q(keeper=None)
    lists = (asks.unanswered().order_by("heard_at"), asks.owed().order_by("yes_at"))
    return [_ask(ask) for found in lists for ask in found.filter(hers).select_related("customer")[:SHOWN]]


def _ask(ask: Ask) -> Duty:
    said = {"text": ask.text, "how": ask.how or ask.text}
    if ask.yes_at is not None:
        say = gettext("was told yes, and it is still to be done: %(how)s") % said
        return Duty("do", ask, ask.customer, say, by=ask.yes_at + A_DAY, is_late=False)
    return Duty("answer", ask, ask.customer, gettext("asks: “%(text)s”") % said, by=ask.heard_at, is_late=False)


def _handoffs(member: Any) -> list[Duty]:
    """Mine to take and to call, and mine to check after a colleague has called."""
    mine = Q(taker=member, heard_at=None) | Q(giver=member, heard_at__isnull=False)
    found = handoffs.open_ones().filter(mine).select_related("ask", "ask__customer", "giver", "taker")
    return [_handoff(handoff) for handoff in found.order_by("hears_by")[:SHOWN]]


def _handoff(handoff: HandOff) -> Duty:
    said = {"text": handoff.ask.text, "giver": handoff.giver, "taker": handoff.taker}
    if handoff.heard_at is not None:
        say = gettext("heard from %(taker)s about “%(text)s”. Call and ask: was everything looked after?") % said
        return Duty("check", handoff, handoff.ask.customer, say, by=handoff.heard_at + A_DAY, is_late=False)
    say = gettext("comes to you from %(giver)s: “%(text)s”") % said
    what = "take" if handoff.taken_at is None else "contact"
    return Duty(what, handoff, handoff.ask.customer, say, by=handoff.hears_by, is_late=False)


def _of_customers(found: list[Duty]) -> tuple[dict[UUID, int], dict[UUID, Contact]]:
    """What they are worth, and the number by which each is called."""
    ids = {duty.customer.pk for duty in found if duty.customer}
    values = {one.customer_id: one.value for one in Estimate.objects.filter(customer__in=ids)}
    phones = Contact.objects.filter(customer__in=ids, kind=Contact.Kind.PHONE, wrong_since=None)
    return values, {phone.customer_id: phone for phone in reversed(phones.order_by("position", "id"))}


def _known(duty: Duty, values: dict[UUID, int], phones: dict[UUID, Contact], business: Business, at: datetime) -> Duty:
    is_late = duty.is_late or (duty.by < at and duty.what in ("contact", "take", "do", "check"))
    if duty.customer is None:
        return replace(duty, is_late=is_late)
    her = duty.customer.pk
    phone = None if duty.customer.no_calls_at and not duty.calls else phones.get(her)
    zone = calling.her_zone(duty.customer, phone, business.zone)
    not_before = calling.not_before(business, zone, at)
    return replace(duty, is_late=is_late, value=values.get(her), phone=phone, not_before=not_before)


def _in_order(lines: list[Duty]) -> list[Duty]:
    return sorted(lines, key=lambda duty: (not duty.is_late, duty.by, -(duty.value or 0), str(duty.row.pk)))
