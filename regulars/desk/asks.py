"""Asks, put together for whoever answers: what one should know before, and how a matter stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import get_language

from regulars.engines import replies
from regulars.record import asks, authority
from regulars.record.answers import StandardAnswer
from regulars.record.asks import Ask
from regulars.record.authority import Left
from regulars.record.handoffs import HandOff
from regulars.record.worth import Estimate

MOST_ASKED = 12
A_WEEK = timedelta(days=7)
SHOWN = 100


@dataclass(frozen=True)
class Before:
    """What one sees before one answers: what the customer is worth, and what is one's own to spend."""

    estimate: Estimate | None
    left: Left


def before(customer: Any, member: Any, *, at: datetime) -> Before:
    return Before(Estimate.objects.filter(customer=customer).first(), authority.left(member, at=at))


def most_asked() -> list[StandardAnswer]:
    """The standard answers, those that were needed most often first."""
    living = StandardAnswer.objects.filter(retired_at=None).select_related("partner")
    return list(living.annotate(times=Count("asks")).order_by("-times", "asked")[:MOST_ASKED])


@dataclass(frozen=True)
class Matter:
    """One ask with the colleagues through whose hands it went."""

    ask: Ask
    handoffs: list[HandOff]

    @property
    def met(self) -> int:
        """How many of us she met for it; as handoffs.people_met, without asking again."""
        return len({self.ask.heard_by_id, *(one.taker_id for one in self.handoffs if one.taken_at)} - {None})

    @property
    def open_one(self) -> HandOff | None:
        return next((one for one in self.handoffs if one.checked_at is None and one.withdrawn_at is None), None)

    @property
    def begins_with_no(self) -> bool:
        """Whether what was offered instead sounds like a refusal."""
        return replies.flat_no(self.ask.instead, get_language() or "en")


def matter(ask: Ask) -> Matter:
    return Matter(ask, list(ask.handoffs.select_related("giver", "taker", "checked_by")))


STATES = {
    "unanswered": Q(yes_at=None, no_at=None),
    "owed": Q(yes_at__isnull=False, done_at=None),
    "done": Q(done_at__isnull=False),
    "no": Q(no_at__isnull=False),
}


def listed(*, state: str, words: str, keeper: Any) -> Any:
    """The asks of a state, of one colleague, with these words in them or in the customer's name."""
    found = Ask.objects.select_related("customer", "keeper")
    if state in STATES:
        found = found.filter(STATES[state])
    if words:
        found = found.filter(Q(text__icontains=words) | Q(customer__name__icontains=words))
    return found.filter(keeper=keeper) if keeper else found


@dataclass(frozen=True)
class Refusals:
    """Every no that nobody has looked at, the oldest first, and those that were looked at lately."""

    waiting: list[Ask]
    overdue_before: datetime
    looked_at: list[Ask]


def refusals(*, at: datetime) -> Refusals:
    """Two queries."""
    whole = asks.to_review().select_related("customer", "no_by").order_by("no_at")
    lately = Ask.objects.filter(reviewed_at__isnull=False).select_related("customer", "no_by", "reviewed_by")
    return Refusals(list(whole[:SHOWN]), at - A_WEEK, list(lately.order_by("-reviewed_at")[:20]))
