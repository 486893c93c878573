"""Are customers honest? What putting things right cost, against what it brought back; and how few look like abuse.

Nobody makes 99 pay for one: a rule is not tightened for all while less than one in a hundred is doubted.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from regulars.desk.redress import Share
from regulars.record import complaints, tasks
from regulars.record.customers import Customer
from regulars.record.worth import Estimate

ONE_IN = 100
MANY = 3  # claims of one customer in a year that are worth a look
A_YEAR = timedelta(days=365)
SHOWN = 50


@dataclass(frozen=True)
class Claimant:
    """Somebody who complained often: perhaps we serve her badly."""

    customer: Customer
    claims: int
    doubted: int
    cost: int
    value: int | None


@dataclass(frozen=True)
class Honesty:
    """`doubted`: look like abuse, of all within a year."""

    doubted: Share
    cost: int
    cost_of_doubted: int
    often: list[Claimant]

    @property
    def may_tighten(self) -> bool:
        return may_tighten(self.doubted)


def may_tighten(doubted: Share) -> bool:
    """Whether more than one in a hundred looks like abuse."""
    return doubted.hits * ONE_IN > doubted.of


def doubted(*, at: datetime) -> Share:
    """How many look like abuse, of all complaints of a year."""
    counted = (
        complaints.counted()
        .filter(heard_at__gt=at - A_YEAR)
        .aggregate(of=Count("pk"), hits=Count("pk", filter=Q(doubted_at__isnull=False)))
    )
    return Share(counted["hits"], counted["of"])


def honesty(*, at: datetime) -> Honesty:
    """A fixed number of queries."""
    year = complaints.counted().filter(heard_at__gt=at - A_YEAR)
    rows = list(year.values_list("pk", "customer_id", "doubted_at"))
    costs = tasks.cost_of([pk for pk, _customer, _doubted in rows])
    counted = (
        year.exclude(customer=None)
        .values("customer")
        .annotate(claims=Count("pk"), doubted=Count("pk", filter=Q(doubted_at__isnull=False)))
    )
    many = list(counted.filter(claims__gte=MANY).order_by("-claims", "customer")[:SHOWN])
    ids = [row["customer"] for row in many]
    names = Customer.objects.in_bulk(ids)
    values = dict(Estimate.objects.filter(customer__in=ids).values_list("customer", "value"))
    spent = {who: sum(costs.get(pk, 0) for pk, customer, _doubted in rows if customer == who) for who in ids}
    return Honesty(
        doubted=Share(sum(doubted_at is not None for _pk, _customer, doubted_at in rows), len(rows)),
        cost=sum(costs.values()),
        cost_of_doubted=sum(costs.get(pk, 0) for pk, _customer, doubted_at in rows if doubted_at),
        often=[
            Claimant(names[who], row["claims"], row["doubted"], spent[who], values.get(who))
            for who, row in zip(ids, many, strict=True)
        ],
    )
