"""What is between a customer and us right now: promises, asks, the little more; and on which side the goodwill lies."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from regulars.desk.duty import when
from regulars.record.asks import Ask
from regulars.record.complaints import Complaint, open_ones
from regulars.record.customers import Customer
from regulars.record.extras import Extra
from regulars.record.handoffs import people_met
from regulars.record.links import Link
from regulars.record.promises import Promise, Standing
from regulars.record.work import Job

SHOWN = 20
EXTRAS = 5


@dataclass(frozen=True)
class Told:
    """A promise that is open, or kept without her knowing; `due` in words, on the clock that she was told it by."""

    promise: Promise
    standing: Standing
    due: str

    @property
    def is_late(self) -> bool:
        return self.standing == Standing.OVERDUE


@dataclass(frozen=True)
class Asked:
    """A matter that is not over; `met` counts the people of ours whom she met in it."""

    ask: Ask
    met: int


@dataclass(frozen=True)
class Goodwill:
    """What was done beyond the bargain, and where we failed her."""

    extras: int
    yeses: int
    broken: int
    noes: int
    comebacks: int

    @property
    def balance(self) -> int:
        return self.extras + self.yeses - self.broken - self.noes - self.comebacks

    @property
    def is_known(self) -> bool:
        return any((self.extras, self.yeses, self.broken, self.noes, self.comebacks))


@dataclass(frozen=True)
class Matters:
    complaints: list[Complaint]
    promises: list[Told]
    asks: list[Asked]
    extras: list[Extra]
    goodwill: Goodwill
    link: Link | None  # to her own page


def matters(customer: Customer, *, at: datetime) -> Matters:
    """A fixed number of queries, however long her history."""
    not_over = Q(kept_at=None, missed_at=None, dropped_at=None) | Q(kept_at__isnull=False, told_at=None)
    hers = Promise.objects.filter(not_over, customer=customer).select_related("keeper").order_by("due_at")[:SHOWN]
    told = [Told(promise, promise.standing(at), when(promise.due_there, at)) for promise in hers]
    waiting = Q(looked_after_at=None) & (Q(yes_at=None, no_at=None) | Q(yes_at__isnull=False, done_at=None))
    asks = list(Ask.objects.filter(waiting, customer=customer).select_related("keeper").order_by("-heard_at")[:SHOWN])
    complaints = open_ones().filter(customer=customer).select_related("owner").order_by("-heard_at")
    return Matters(
        complaints=list(complaints[:SHOWN]),
        promises=told,
        asks=_met(asks),
        extras=list(Extra.objects.filter(customer=customer, taken_back_at=None)[:EXTRAS]),
        goodwill=goodwill(customer),
        link=Link.objects.filter(customer=customer, expires_at__gt=at).first(),
    )


def goodwill(customer: Customer) -> Goodwill:
    """Over all the time that we know her."""
    answered = Ask.objects.filter(customer=customer).aggregate(
        yeses=Count("pk", filter=Q(yes_at__isnull=False, done_at__isnull=False)),
        noes=Count("pk", filter=Q(no_at__isnull=False)),
    )
    broken = Q(broken_at__isnull=False) | Q(missed_at__isnull=False)
    return Goodwill(
        extras=Extra.objects.filter(customer=customer, taken_back_at=None).count(),
        broken=Promise.objects.filter(broken, customer=customer, dropped_at=None).count(),
        comebacks=Job.objects.filter(customer=customer, comeback_of__isnull=False, dropped_at=None).count(),
        **answered,
    )


def _met(asks: list[Ask]) -> list[Asked]:
    met = people_met({ask.pk: ask.heard_by_id for ask in asks})
    return [Asked(ask, met[ask.pk]) for ask in asks]
