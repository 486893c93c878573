"""Today's work for one person: an ordered list of lines, each with the customer, the reason in words and the deed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from regulars.desk import calling, reasons
from regulars.engines import priority
from regulars.record import calls
from regulars.record.business import Business
from regulars.record.calls import Call
from regulars.record.customers import Contact
from regulars.record.worth import Estimate

SHOWN = 50
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Item:
    """One line. `not_before`: from when she may be called, None for now. `stage` and `value` from her estimate."""

    call: Call
    why: str
    phone: Contact | None
    not_before: datetime | None
    days_left: int
    stage: str
    value: int | None

    @property
    def is_late(self) -> bool:
        return self.days_left < 0


@dataclass(frozen=True)
class Today:
    """`mine` and `shared` are still to do; `done` were ended today, by this person. `ten`: of the top ten this week."""

    mine: list[Item]
    shared: list[Item]
    done: list[Item]
    ten_made: int
    ten_all: int


def for_member(member: Any, business: Business, *, today: date, at: datetime, since: datetime) -> Today:
    """What she has to do. `since`: when today began, in her zone. The same number of queries however much it is."""
    wanted = calls.open_calls().filter(not_before__lte=today)
    mine = list(_whole(wanted.filter(caller=member)).order_by("due_on", "-rank")[:SHOWN])
    shared = list(_whole(wanted.filter(caller=None)).order_by("due_on", "-rank")[:SHOWN])
    done = list(_whole(Call.objects.filter(ended_by=member, ended_at__gte=since)).order_by("-ended_at")[:SHOWN])
    every = {one.call.pk: one for one in items([*mine, *shared, *done], business, today=today, at=at)}
    made, still = _ten(at)
    return Today(
        mine=_in_order([every[call.pk] for call in mine], at),
        shared=_in_order([every[call.pk] for call in shared], at),
        done=[every[call.pk] for call in done],
        ten_made=made,
        ten_all=made + still,
    )


def items(some: list[Call], business: Business, *, today: date, at: datetime) -> list[Item]:
    """The lines of these calls, in their order."""
    estimates = {
        one.customer_id: one for one in Estimate.objects.filter(customer__in=[call.customer_id for call in some])
    }
    lines = []
    for call in some:
        her = call.customer
        phone = calling.number_to_call(her.contacts.all())
        zone = calling.her_zone(her, phone, her.branch.zone if her.branch else business.zone)
        estimate = estimates.get(call.customer_id)
        lines.append(
            Item(
                call=call,
                why=reasons.reason(call, business, today=today),
                phone=phone,
                not_before=calling.not_before(business, zone, at),
                days_left=(call.due_on - today).days,
                stage=estimate.stage if estimate else "",
                value=estimate.value if estimate else None,
            )
        )
    return lines


def _whole(found: Any) -> Any:
    return found.select_related("customer", "customer__branch", "caller").prefetch_related("customer__contacts")


def _in_order(lines: list[Item], at: datetime) -> list[Item]:
    places = priority.order(
        [line.call.stake for line in lines],
        [calling.CHANCE[line.call.play] for line in lines],
        [line.days_left for line in lines],
        [(at - line.call.planned_at).days for line in lines],
        [str(line.call.pk) for line in lines],
    ).places
    return [lines[place] for place in places]


def _ten(at: datetime) -> tuple[int, int]:
    """Of the top ten: how many were spoken to within a week, and how many still have to be."""
    made = Q(ended_at__gt=at - WEEK, outcome__in=(Call.Outcome.REACHED, Call.Outcome.NEVER_CALL))
    still = Q(ended_at=None)
    ten = Call.objects.filter(made | still, play=Call.Play.TOP_TEN, dropped_at=None)
    counted = ten.aggregate(made=Count("pk", filter=made), still=Count("pk", filter=still))
    return counted["made"], counted["still"]
