"""Calls: planned by a play, kept by a person, ended in one tap with what was said and learnt."""

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
    _refuse_day(on, today, field="on")
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
    from regulars.record.worth import Estimate

    open_calls().filter(customer=customer).update(dropped_at=at)
    value = Estimate.objects.filter(customer=customer).values_list("value", flat=True).first() or 0
    call: Call = Call.objects.create(
        customer=customer,
        play=Call.Play.LOW_ANSWER,
        caller=caller,
        planned_at=at,
        not_before=on,
        due_on=on,
        stake=max(value, 0),
        rank=max(value, 0),
        why={"low": low, "on": str(on)},
    )
    journal.write("call planned", call, by=None, at=at, customer=customer, play=call.play)
    return call


@transaction.atomic
def end(
    call: Call,
    *,
    outcome: str,
    by: Any,
    at: datetime,
    today: date,
    answer: str = "",
    note: str = "",
    fact: str = "",
    fact_day: date | None = None,
    nothing_new: bool = False,
    wish: str = "",
    again_on: date | None = None,
    contact: Any = None,
) -> Call:
    """The call is over. `today` is the branch's date; `contact` is the number that was dialled.

    Reached: a top-ten call needs her answer or a day to call again; every talk ends with a fact or "nothing new".
    No answer: it comes back on `again_on`, by default tomorrow. Wrong number: the number is marked, and the call
    comes back when she has another. Do not call me: she is never on a list again.
    """
    _refuse_strangers(call.caller_id, by)
    reached = outcome == Call.Outcome.REACHED
    if reached and call.play == Call.Play.TOP_TEN and not answer.strip() and again_on is None:
        raise Refused(gettext_noop("Write the answer, or a day on which you will call again."), field="answer")
    if reached and not fact.strip() and not nothing_new:
        raise Refused(gettext_noop("Write what you learnt, or tick “nothing new”."), field="fact")
    if again_on is not None:
        _refuse_day(again_on, today, field="again_on")
    won = open_calls().filter(pk=call.pk)
    if not won.update(
        ended_at=at, ended_by=by, outcome=outcome, answer=answer.strip(), note=note.strip(), nothing_new=nothing_new
    ):
        raise Refused(gettext_noop("Somebody has ended this call a moment ago. Look at the card."))
    call.refresh_from_db()
    call.made = _consequences(
        call, by=by, at=at, today=today, fact=fact, fact_day=fact_day, wish=wish, again_on=again_on, contact=contact
    )
    call.save(update_fields=["made"])
    journal.write(
        "call ended", call, by=by, at=at, customer=call.customer, outcome=outcome, play=call.play, answer=call.answer
    )
    return call


def _consequences(
    call: Call,
    *,
    by: Any,
    at: datetime,
    today: date,
    fact: str,
    fact_day: date | None,
    wish: str,
    again_on: date | None,
    contact: Any,
) -> dict[str, Any]:
    her = call.customer
    made: dict[str, Any] = {}
    if call.outcome == Call.Outcome.NEVER_CALL:
        customers.stop_calls(her, by=by, at=at)
        return {"stopped": True}
    if call.outcome == Call.Outcome.WRONG_NUMBER:
        if contact is not None:
            customers.mark_wrong(contact, by=by, at=at)
            made["contact"] = str(contact.pk)
        other = her.contacts.filter(kind=customers.Contact.Kind.PHONE, wrong_since=None)
        return {**made, **(_again(call, again_on or today + timedelta(days=1), at=at) if other.exists() else {})}
    if call.outcome == Call.Outcome.NO_ANSWER:
        return _again(call, again_on or today + timedelta(days=1), at=at)
    if fact.strip():
        made["fact"] = str(knowing.learn(her, fact, by=by, at=at, day=fact_day).pk)
    wishes = [text for text in (call.answer, wish) if text.strip()]
    made["wishes"] = [str(knowing.hear(her, text, source="call", by=by, at=at).pk) for text in wishes]
    return {**made, **(_again(call, again_on, at=at) if again_on else {})}


def _again(call: Call, on: date, *, at: datetime) -> dict[str, str]:
    """The next call to her: of the same play until she was reached, then as agreed with her."""
    play = Call.Play.AGREED if call.outcome == Call.Outcome.REACHED else call.play
    following = Call.objects.create(
        customer=call.customer,
        play=play,
        caller=call.ended_by,
        planned_at=at,
        not_before=on,
        due_on=on,
        rank=call.rank,
        stake=call.stake,
        why=call.why,
    )
    return {"next": str(following.pk)}


@transaction.atomic
def undo_end(call: Call, *, by: Any, at: datetime) -> None:
    """It was tapped by mistake: the call is open again, and what its end made is taken back."""
    _refuse_strangers(call.ended_by_id, by)
    made = call.made
    others = open_calls().filter(customer=call.customer).exclude(pk=call.pk)
    following = others.filter(pk=made.get("next")).first()
    if made.get("next") and following is None:
        raise Refused(gettext_noop("There has been another call since; this can no longer be undone."))
    if following is not None:
        following.delete()
    if others.exists():
        raise Refused(gettext_noop("Another call has been planned since; this can no longer be undone."))
    ended = Call.objects.filter(pk=call.pk).exclude(ended_at=None)
    if not ended.update(ended_at=None, ended_by=None, outcome="", answer="", note="", nothing_new=False, made={}):
        raise Refused(gettext_noop("This call is open already."))
    if made.get("stopped"):
        customers.allow_calls(call.customer, by=by, at=at)
    for contact in customers.Contact.objects.filter(pk=made.get("contact")):
        customers.mark_right(contact, by=by, at=at)
    for fact in knowing.Fact.objects.filter(pk=made.get("fact")):
        knowing.forget(fact, by=by, at=at)
    for wish in knowing.Wish.objects.filter(pk__in=made.get("wishes", [])):
        knowing.drop(wish, by=by, at=at)
    journal.write("call reopened", call, by=by, at=at, customer=call.customer)


@transaction.atomic
def take(call: Call, *, of: UUID | None = None, by: Any, at: datetime) -> None:
    """The call is hers from now on. `of`: the colleague whose it was when she looked; None: it was nobody's."""
    if not open_calls().filter(pk=call.pk, caller=of).update(caller=by):
        raise Refused(gettext_noop("Somebody else has taken this call."))
    journal.write("call taken", call, by=by, at=at, customer=call.customer, of=str(of or ""))


@transaction.atomic
def hand_on(call: Call, *, to: Any, by: Any, at: datetime) -> None:
    """The call is `to`'s now; everybody's when it is None."""
    _refuse_strangers(call.caller_id, by)
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


def _refuse_strangers(holder: UUID | None, by: Any) -> None:
    if not may_touch(holder, by):
        raise Refused(gettext_noop("This call is a colleague’s. Take it over first."))


def _refuse_day(day: date, today: date, *, field: str) -> None:
    if not today <= day <= today + FURTHEST:
        raise Refused(gettext_noop("Choose a day from today on, within a year."), field=field)
