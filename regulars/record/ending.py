"""How a call ends: in one tap, with what was said and learnt; and the way back."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import calls, customers, journal, knowing
from regulars.record.calls import Call


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
    calls.refuse_strangers(call.caller_id, by)
    reached = outcome == Call.Outcome.REACHED
    if reached and call.play == Call.Play.TOP_TEN and not answer.strip() and again_on is None:
        raise Refused(gettext_noop("Write the answer, or a day on which you will call again."), field="answer")
    if reached and not fact.strip() and not nothing_new:
        raise Refused(gettext_noop("Write what you learnt, or tick “nothing new”."), field="fact")
    if again_on is not None:
        calls.refuse_day(again_on, today, field="again_on")
    won = calls.open_calls().filter(pk=call.pk)
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
    told = [one for one in knowing.Wish.objects.filter(pk__in=call.why.get("wishes", [])) if one.is_open]
    for one in told:
        knowing.grant(one, by=by, at=at)
    made["granted"] = [str(one.pk) for one in told]
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
    calls.refuse_strangers(call.ended_by_id, by)
    made = call.made
    others = calls.open_calls().filter(customer=call.customer).exclude(pk=call.pk)
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
    for wish in knowing.Wish.objects.filter(pk__in=made.get("granted", [])):
        knowing.reopen(wish, by=by, at=at)
    journal.write("call reopened", call, by=by, at=at, customer=call.customer)
