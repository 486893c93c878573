"""Asks, put together for whoever answers: what one should know before, how a matter stands; and in figures."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.utils.translation import get_language

from regulars.engines import replies
from regulars.engines.alike import alike
from regulars.record import asks, authority, handoffs
from regulars.record.answers import StandardAnswer
from regulars.record.asks import Ask
from regulars.record.authority import Left
from regulars.record.handoffs import HandOff
from regulars.record.sales import Sale
from regulars.record.worth import Estimate

MOST_ASKED = 12
A_WEEK = timedelta(days=7)
SHOWN = 100
FREQUENT = 10
READ = 500  # asks in the customers’ own words, the latest; more would keep the reader waiting


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
        return handoffs.people_met({self.ask.pk: self.ask.heard_by_id})[self.ask.pk]

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


# --- in figures --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answers:
    """How many were answered yes, how many not this way; what the yeses cost us."""

    yes: int
    no: int
    cost: int  # minor units of the business's currency
    minutes: int

    @property
    def of(self) -> int:
        return self.yes + self.no

    @property
    def share(self) -> float | None:
        return self.yes / self.of if self.of else None


@dataclass(frozen=True)
class Figures:
    """Of the asks that were heard in a period. `groups`: by "person" and "branch", each name with its answers.

    `told_yes` customers were told yes; `came_back` of them bought again after it, and together they `spent` so much
    since. Of `asked`, who were asked whether it helped, `helped` said yes. `over` matters are over, because the
    customer says so; in `one_touch` of them she met one of us alone. `frequent`: what is asked for most often and has
    no standard answer, in the words of whoever asked first.
    """

    answers: Answers
    waiting: int
    told_yes: int
    came_back: int
    spent: int
    over: int
    one_touch: int
    helped: int
    asked: int
    groups: dict[str, list[tuple[str, Answers]]] = field(default_factory=dict)
    frequent: list[tuple[str, int]] = field(default_factory=list)

    @property
    def one_touch_share(self) -> float | None:
        return self.one_touch / self.over if self.over else None

    @property
    def helped_share(self) -> float | None:
        return self.helped / self.asked if self.asked else None


@dataclass(frozen=True)
class _Line:
    pk: Any
    customer: Any
    heard_by: Any
    said_yes: bool
    said_no: bool
    is_over: bool
    helped: bool | None
    cost: int
    minutes: int
    person: str
    branch: str


def figures(*, since: datetime, at: datetime, currency: str) -> Figures:
    """Five queries, however many asks there are."""
    heard = Ask.objects.filter(heard_at__gt=since, heard_at__lte=at)
    lines = [_line(*row) for row in heard.values_list(*_COLUMNS)]
    met: dict[Any, set[Any]] = {line.pk: {line.heard_by} - {None} for line in lines}
    taken = HandOff.objects.filter(ask__heard_at__gt=since, ask__heard_at__lte=at, taken_at__isnull=False)
    for ask, taker in taken.values_list("ask_id", "taker_id"):
        met[ask].add(taker)
    over = [line for line in lines if line.is_over]
    answered = [line for line in lines if line.said_yes or line.said_no]
    return Figures(
        answers=_answers(lines),
        waiting=len(lines) - len(answered),
        told_yes=len({line.customer for line in lines if line.said_yes}),
        over=len(over),
        one_touch=sum(len(met[line.pk]) <= 1 for line in over),
        helped=sum(line.helped is True for line in lines),
        asked=sum(line.helped is not None for line in lines),
        groups={
            "person": _grouped((line.person, line) for line in answered),
            "branch": _grouped((line.branch, line) for line in answered),
        },
        frequent=_frequent(heard),
        **_since_the_yes(heard.filter(yes_at__isnull=False), at, currency),
    )


_COLUMNS = (
    *("pk", "customer_id", "heard_by_id", "yes_at", "no_at", "looked_after_at", "helped"),
    *("cost", "minutes", "yes_by__name", "no_by__name", "branch__name"),
)


def _line(pk: Any, customer: Any, heard_by: Any, yes_at: Any, no_at: Any, over: Any, *rest: Any) -> _Line:
    helped, cost, minutes, yes_by, no_by, branch = rest
    said = {"said_yes": yes_at is not None, "said_no": no_at is not None, "is_over": over is not None, "helped": helped}
    return _Line(pk, customer, heard_by, **said, cost=cost, minutes=minutes, person=yes_by or no_by, branch=branch)


def _answers(lines: Iterable[_Line]) -> Answers:
    some = list(lines)
    return Answers(
        yes=sum(line.said_yes for line in some),
        no=sum(line.said_no for line in some),
        cost=sum(line.cost for line in some),
        minutes=sum(line.minutes for line in some),
    )


def _grouped(named: Iterable[tuple[str, _Line]]) -> list[tuple[str, Answers]]:
    """The largest group first; what has no name, last."""
    groups: dict[str, list[_Line]] = {}
    for name, line in named:
        groups.setdefault(name or "", []).append(line)
    counted = [(name, _answers(some)) for name, some in groups.items()]
    return sorted(counted, key=lambda pair: (pair[0] == "", -pair[1].of, pair[0]))


def _since_the_yes(yeses: Any, at: datetime, currency: str) -> dict[str, int]:
    """Who bought again after the first yes of the period, and what all who were told yes have spent since."""
    first = yeses.filter(customer=OuterRef("customer_id")).order_by("yes_at").values("yes_at")[:1]
    bought = Sale.objects.filter(currency=currency, at__lte=at, customer__in=yeses.values("customer_id"))
    after = bought.annotate(yes_at=Subquery(first)).filter(at__gt=F("yes_at"))
    found: dict[str, int] = after.aggregate(
        came_back=Count("customer", distinct=True, filter=Q(amount__gt=0)), spent=Sum("amount", default=0)
    )
    return found


def _frequent(heard: Any) -> list[tuple[str, int]]:
    """What was asked for more than once, in whatever words, and is not like any standard answer."""
    known = list(StandardAnswer.objects.filter(retired_at=None).values_list("asked", flat=True))
    own = heard.filter(standard=None).order_by("-heard_at").values_list("text", flat=True)
    texts = [*known, *reversed(own[:READ])]
    groups = [group for group in alike(texts) if group[0] >= len(known) and len(group) > 1]
    return [(texts[group[0]], len(group)) for group in groups[:FREQUENT]]
