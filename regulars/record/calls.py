"""Calls: planned by a play, agreed or asked for, kept by a person. How one ends is in `ending`."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from regulars.kernel import whose
from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import customers, journal, knowing
from regulars.record.business import Business
from regulars.record.owned import Owned, OwnedForeignKey, keys

FURTHEST = timedelta(days=366)
GRANTED_WITHIN = 2  # days in which she is told that we have what she wished for


class Call(Owned):
    """One call to make. It is open until `ended_at` or `dropped_at`."""

    class Play(models.TextChoices):
        TOP_TEN = "top_ten", _("Top ten: say thank you")
        SLIPPING = "slipping", _("Slipping away")
        SECOND_VISIT = "second_visit", _("A second visit")
        LOW_ANSWER = "low_answer", _("Was not content")
        GRANTED = "granted", _("A wish that we can grant now")
        AGREED = "agreed", _("As agreed")

    class Outcome(models.TextChoices):
        REACHED = "reached", _("Reached")
        NO_ANSWER = "no_answer", _("No answer")
        WRONG_NUMBER = "wrong_number", _("Wrong number")
        NEVER_CALL = "never_call", _("Do not call me")

    customer = OwnedForeignKey("record.Customer", related_name="calls")
    play = models.CharField(max_length=20, choices=Play)
    caller = OwnedForeignKey("record.Member", null=True, blank=True)
    planned_at = models.DateTimeField()
    not_before = models.DateField()
    due_on = models.DateField()
    rank = models.FloatField(default=0)  # engines.priority: what is at stake, per call; higher comes first
    stake = models.BigIntegerField(default=0)  # minor units of the business's currency
    why = models.JSONField(default=dict)  # the numbers behind the reason; the words are made for the reader

    ended_at = models.DateTimeField(null=True)
    ended_by = OwnedForeignKey("record.Member", null=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    answer = models.CharField(max_length=1000, blank=True)  # to "how could we make your life easier?"
    note = models.CharField(max_length=1000, blank=True)
    nothing_new = models.BooleanField(default=False)
    made = models.JSONField(default=dict)  # ids of what its end made, so that the end can be undone
    dropped_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        constraints = [
            *keys("call", customer="customer", caller="member", ended_by="member"),
            models.UniqueConstraint(
                fields=["business", "customer"],
                condition=models.Q(ended_at=None, dropped_at=None),
                name="call_open_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["business", "caller", "due_on"],
                condition=models.Q(ended_at=None, dropped_at=None),
                name="call_open",
            ),
            models.Index("business", models.F("ended_at").desc(), name="call_ended"),
            models.Index(fields=["business", "customer", "ended_at"], name="call_customer"),
        ]

    @property
    def is_open(self) -> bool:
        return self.ended_at is None and self.dropped_at is None


def open_calls() -> Any:
    """The calls that still have to be made."""
    return Call.objects.filter(ended_at=None, dropped_at=None)


def not_to_be_called(ids: Iterable[UUID], *, at: datetime) -> set[UUID]:
    """Who of these may not be planned for a call now: she opted out, has an open call, or was spoken to lately."""
    wanted = list(ids)
    lately = at - timedelta(days=Business.objects.values_list("call_gap_days", flat=True).get(pk=whose.business()))
    out: set[UUID] = set()
    for begin in range(0, len(wanted), 500):
        some = wanted[begin : begin + 500]
        refuse = models.Q(merged_at__isnull=False) | models.Q(no_calls_at__isnull=False)
        out.update(customers.Customer.objects.filter(refuse, pk__in=some).values_list("pk", flat=True))
        out.update(open_calls().filter(customer__in=some).values_list("customer_id", flat=True))
        spoken = Call.objects.filter(customer__in=some, outcome=Call.Outcome.REACHED, ended_at__gt=lately)
        out.update(spoken.values_list("customer_id", flat=True))
    return out


@transaction.atomic
def plan(calls: Iterable[Call], *, at: datetime, by: Any = None) -> list[Call]:
    """Put these calls on the list; those who may not be called are left out. Planning twice plans nothing twice."""
    wanted = {call.customer_id: call for call in calls}
    refused = not_to_be_called(wanted, at=at)
    planned = [call for customer, call in wanted.items() if customer not in refused]
    for call in planned:
        call.planned_at = at
    Call.objects.bulk_create(planned)
    if planned:
        plays = [call.play for call in planned]
        journal.write("calls planned", planned[0], by=by, at=at, **{play: plays.count(play) for play in set(plays)})
    return planned


@transaction.atomic
def agree(customer: Any, *, on: date, today: date, caller: Any, by: Any, at: datetime, note: str = "") -> Call:
    """She asked to be called on that day, or somebody promised to. It takes the place of a call that is open."""
    refuse_day(on, today, field="on")
    open_calls().filter(customer=customer).update(dropped_at=at)
    call: Call = Call.objects.create(
        customer=customer, play=Call.Play.AGREED, caller=caller, planned_at=at, not_before=on, due_on=on, note=note
    )
    journal.write("call agreed", call, by=by, at=at, customer=customer, on=str(on))
    return call


@transaction.atomic
def ask_why(customer: Any, *, low: dict[str, int], caller: Any, on: date, at: datetime) -> Call:
    """She was not content, and we do not know why: somebody asks her today. Takes the place of a call that is open.

    `low`: the questions to which she gave a low score, and the scores.
    """
    open_calls().filter(customer=customer).update(dropped_at=at)
    value = _value(customer)
    call: Call = Call.objects.create(
        customer=customer,
        play=Call.Play.LOW_ANSWER,
        caller=caller,
        planned_at=at,
        not_before=on,
        due_on=on,
        stake=value,
        rank=value,
        why={"low": low, "on": str(on)},
    )
    journal.write("call planned", call, by=None, at=at, customer=customer, play=call.play)
    return call


@transaction.atomic
def tell_granted(
    wishes: Iterable[knowing.Wish], *, what: str, callers: dict[UUID, Any], today: date, by: Any, at: datetime
) -> list[Call]:
    """We have `what` these customers wished for: each is called, by `callers` of her, unless she wants no calls.

    Whoever has an open call already is told in that one. The wish is granted when she is reached.
    """
    if not what.strip():
        raise Refused(gettext_noop("Write what you have now."), field="what")
    hers: dict[UUID, list[str]] = {}
    for wish in wishes:
        hers.setdefault(wish.customer_id, []).append(str(wish.pk))
    willing = customers.Customer.objects.filter(pk__in=hers, merged_at=None, no_calls_at=None)
    planned = {call.customer_id: call for call in open_calls().filter(customer__in=hers)}
    told = []
    for her in willing.order_by("pk"):
        call = planned.get(her.pk) or Call(
            customer=her, play=Call.Play.GRANTED, caller_id=callers.get(her.pk), planned_at=at, not_before=today,
            due_on=today + timedelta(days=GRANTED_WITHIN), stake=_value(her), rank=_value(her),
        )  # fmt: skip
        call.why = call.why | {"granted": what.strip(), "wishes": [*call.why.get("wishes", []), *hers[her.pk]]}
        call.save()
        journal.write("wish can be granted", call, by=by, at=at, customer=her, what=what.strip())
        told.append(call)
    return told


def _value(customer: Any) -> int:
    """What is at stake with her: what she is likely to bring; minor units."""
    from regulars.record.worth import Estimate

    return max(Estimate.objects.filter(customer=customer).values_list("value", flat=True).first() or 0, 0)


@transaction.atomic
def take(call: Call, *, of: UUID | None = None, by: Any, at: datetime) -> None:
    """The call is hers from now on. `of`: the colleague whose it was when she looked; None: it was nobody's."""
    if not open_calls().filter(pk=call.pk, caller=of).update(caller=by):
        raise Refused(gettext_noop("Somebody else has taken this call."))
    journal.write("call taken", call, by=by, at=at, customer=call.customer, of=str(of or ""))


@transaction.atomic
def hand_on(call: Call, *, to: Any, by: Any, at: datetime) -> None:
    """The call is `to`'s now; everybody's when it is None."""
    refuse_strangers(call.caller_id, by)
    if not open_calls().filter(pk=call.pk).update(caller=to):
        raise Refused(gettext_noop("Somebody has ended this call a moment ago. Look at the card."))
    journal.write("call handed on", call, by=by, at=at, customer=call.customer, to=str(to or ""))


@transaction.atomic
def release_all(member: Any, *, at: datetime) -> int:
    """Her open calls are everybody's: she leaves, or makes no calls any more. Returns how many."""
    return int(open_calls().filter(caller=member).update(caller=None))


@transaction.atomic
def drop(call: Call, *, by: Any, at: datetime) -> None:
    """It need not be made after all."""
    if not open_calls().filter(pk=call.pk).update(dropped_at=at):
        raise Refused(gettext_noop("Somebody has ended this call a moment ago. Look at the card."))
    journal.write("call dropped", call, by=by, at=at, customer=call.customer)


def leave_one_open(kept: Any, gone: Any, *, at: datetime) -> None:
    """Two cards become one: of two open calls the one of the card that stays is left."""
    if open_calls().filter(customer=kept).exists():
        open_calls().filter(customer=gone).update(dropped_at=at)


def may_touch(holder: UUID | None, member: Any) -> bool:
    """What is hers stays hers: a colleague takes it over first; who manages the place need not."""
    return holder in (None, member.pk) or member.manages


def refuse_strangers(holder: UUID | None, by: Any) -> None:
    if not may_touch(holder, by):
        raise Refused(gettext_noop("This call is a colleague’s. Take it over first."))


def refuse_day(day: date, today: date, *, field: str) -> None:
    if not today <= day <= today + FURTHEST:
        raise Refused(gettext_noop("Choose a day from today on, within a year."), field=field)
