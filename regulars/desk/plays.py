"""Whom to call, and who calls: the ten who bring the most, those who slip away, those who came once.

Estimates are worked out beforehand, so each play reads a short stretch of an index, however many customers there are.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from regulars.desk.calling import CHANCE
from regulars.engines import priority
from regulars.record import calls
from regulars.record.branches import Branch
from regulars.record.branches import hours as opening_hours
from regulars.record.business import Business
from regulars.record.calls import Call
from regulars.record.customers import Contact, Customer
from regulars.record.people import Member, Role
from regulars.record.worth import Estimate, Stage

TOP = 10
TOP_WITHIN = 7  # days, the day of planning among them
TOP_AGAIN_AFTER = timedelta(days=365)
PER_PERSON = 8  # open calls of the other plays: what one does beside the day's work
LOOKED_AT = 400  # the first of each play; whoever stands further down can wait
WITHOUT_NUMBER = 0.1  # somebody has to find the number first
SECOND_AFTER, SECOND_UNTIL = 14, 180  # days since the only visit: too early is pressing, too late is a stranger


def plan(business: Business, *, today: date, at: datetime) -> list[Call]:
    """Put on the list what is missing there. Running it twice plans nothing twice."""
    callers = Callers()
    top = calls.plan(_shared_out(_top_ten(today, at), callers), at=at)
    if callers.room <= 0:
        return top
    wanted = [*_slipping(today), *_second_visits(today)]
    ids = [estimate.customer_id for _, estimate, _ in wanted]
    out, reachable = calls.not_to_be_called(ids, at=at), _reachable(ids)
    candidates = [_call(play, one, why, today) for play, one, why in wanted if one.customer_id not in out]
    ordered = _in_order(candidates, reachable, today)
    return top + calls.plan(_shared_out(ordered[: callers.room], callers), at=at)


# --- the plays -------------------------------------------------------------------------------------------------

_Candidate = tuple[Call.Play, Estimate, dict[str, Any]]


def top_customers() -> list[Estimate]:
    """The ten who brought the most; of two who brought the same, always the same one."""
    found = Estimate.objects.filter(spent__gt=0, customer__merged_at=None).select_related("customer")
    return list(found.order_by("-spent", "customer_id")[:TOP])


def _top_ten(today: date, at: datetime) -> list[Call]:
    top = top_customers()
    ids = [estimate.customer_id for estimate in top]
    thanked = Call.objects.filter(customer__in=ids, play=Call.Play.TOP_TEN, planned_at__gt=at - TOP_AGAIN_AFTER)
    out = set(thanked.filter(dropped_at=None).values_list("customer_id", flat=True))
    out |= calls.not_to_be_called(ids, at=at)
    days = _open_days(today)
    planned: list[Call] = []
    for place, estimate in enumerate(top):
        if estimate.customer_id not in out:
            why: dict[str, Any] = {"place": place + 1, "spent": estimate.spent, "visits": estimate.visits}
            if estimate.stage == Stage.GONE:
                why["last_on"] = str(estimate.last_on)
            call = _call(Call.Play.TOP_TEN, estimate, why, today)
            call.due_on = days[len(planned) * len(days) // TOP]
            planned.append(call)
    return planned


def _slipping(today: date) -> list[_Candidate]:
    found = Estimate.objects.filter(stage=Stage.SLIPPING)
    return [
        (Call.Play.SLIPPING, one, {"gap": one.usual_gap or 0, "last_on": str(one.last_on), "value": one.value})
        for one in found.order_by("-at_stake", "customer_id")[:LOOKED_AT]
    ]


def _second_visits(today: date) -> list[_Candidate]:
    days = (today - timedelta(days=SECOND_UNTIL), today - timedelta(days=SECOND_AFTER))
    found = Estimate.objects.filter(stage=Stage.FIRST_TIME, last_on__range=days)
    return [
        (Call.Play.SECOND_VISIT, one, {"spent": one.spent, "last_on": str(one.last_on), "value": one.value})
        for one in found.order_by("-at_stake", "customer_id")[:LOOKED_AT]
    ]


def _call(play: Call.Play, estimate: Estimate, why: dict[str, Any], today: date) -> Call:
    """What is at stake: of the ten, what they bring us; of whoever slips, what we lose; else what she may bring."""
    stake = {Call.Play.TOP_TEN: estimate.spent, Call.Play.SLIPPING: estimate.at_stake}.get(play, estimate.value)
    return Call(
        customer_id=estimate.customer_id,
        play=play,
        not_before=today,
        due_on=today + timedelta(days=TOP_WITHIN - 1),
        stake=max(stake, 0),
        rank=max(stake, 0) * CHANCE[play],
        why=why,
    )


def _in_order(found: list[Call], reachable: set[UUID], today: date) -> list[Call]:
    """What is most at stake first; whoever has no number yet comes after those who have one."""
    one_each = {call.customer_id: call for call in reversed(found)}
    some = list(one_each.values())
    places = priority.order(
        [call.stake for call in some],
        [CHANCE[call.play] * (1.0 if call.customer_id in reachable else WITHOUT_NUMBER) for call in some],
        [(call.due_on - today).days for call in some],
        [0] * len(some),
        [str(call.customer_id) for call in some],
    ).places
    return [some[place] for place in places]


def _reachable(ids: list[UUID]) -> set[UUID]:
    """Who of these has a number that is not known to be wrong."""
    found: set[UUID] = set()
    for begin in range(0, len(ids), 500):
        some = ids[begin : begin + 500]
        phones = Contact.objects.filter(customer__in=some, kind=Contact.Kind.PHONE, wrong_since=None)
        found.update(phones.values_list("customer_id", flat=True))
    return found


def _open_days(today: date) -> list[date]:
    """The days of the coming week on which some branch is open; all seven where none ever is."""
    week = [today + timedelta(days=ahead) for ahead in range(TOP_WITHIN)]
    branches = Branch.objects.filter(closed_at=None).prefetch_related("intervals", "special_days")
    hours = [opening_hours(branch) for branch in branches]
    return [day for day in week if any(branch.on(day) for branch in hours)] or week


# --- who calls -------------------------------------------------------------------------------------------------


class Callers:
    """The people who make calls, and how many each has open; the ten count for fairness, not against the room."""

    def __init__(self) -> None:
        able = Member.objects.filter(left_at=None, makes_calls=True, role__gte=Role.FRONT_LINE)
        self.open: dict[UUID, int] = dict.fromkeys(able.exclude(person_id=None).values_list("pk", flat=True), 0)
        self.room = PER_PERSON * len(self.open)
        for caller, play in calls.open_calls().values_list("caller_id", "play"):
            if caller in self.open:
                self.open[caller] += 1
            self.room -= play != Call.Play.TOP_TEN

    def give(self, keeper: UUID | None) -> UUID | None:
        """Her keeper if she makes calls; else whoever has the fewest, and of those always the same."""
        if not self.open:
            return None
        chosen = keeper if keeper in self.open else min(self.open, key=lambda caller: (self.open[caller], str(caller)))
        self.open[chosen] += 1
        return chosen


def _shared_out(found: Iterable[Call], callers: Callers) -> list[Call]:
    wanted = list(found)
    keepers = dict(Customer.objects.filter(pk__in=[call.customer_id for call in wanted]).values_list("pk", "keeper_id"))
    for call in wanted:
        call.caller_id = callers.give(keepers.get(call.customer_id))
    return wanted
