"""Hand-offs: a matter goes to a colleague, and its first owner stays until the customer was looked after.

Handing on needs somebody who takes it, a time by which she hears from us, and a call back to check.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import asks, journal
from regulars.record.asks import Ask
from regulars.record.owned import Owned, OwnedForeignKey, keys


class HandOff(Owned):
    """From whom to whom. Taken by the taker; heard when she has heard from the taker; checked by the giver."""

    ask = OwnedForeignKey(Ask, related_name="handoffs")
    giver = OwnedForeignKey("record.Member")
    taker = OwnedForeignKey("record.Member")
    say = models.CharField(max_length=500, blank=True)  # what the taker should know, so that she need not repeat it
    hears_by = models.DateTimeField()
    at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = OwnedForeignKey("record.Member", null=True)
    cared_for = models.BooleanField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        ordering = ["at"]
        constraints = [
            *keys("handoff", ask="ask", giver="member", taker="member", checked_by="member"),
            models.UniqueConstraint(
                fields=["business", "ask"],
                condition=Q(checked_at=None, withdrawn_at=None),
                name="handoff_open_once",
            ),
        ]
        indexes = [
            models.Index(fields=["business", "ask"], name="handoff_ask"),
            models.Index(
                fields=["business", "taker", "hears_by"],
                name="handoff_taker",
                condition=Q(heard_at=None, withdrawn_at=None),
            ),
            models.Index(
                fields=["business", "giver", "heard_at"],
                name="handoff_giver",
                condition=Q(checked_at=None, withdrawn_at=None),
            ),
        ]


def open_ones() -> Any:
    """Those that nobody has checked yet."""
    return HandOff.objects.filter(checked_at=None, withdrawn_at=None)


@transaction.atomic
def hand_on(ask: Ask, *, to: Any, hears_by: datetime, by: Any, at: datetime, say: str = "") -> HandOff:
    """`to` takes it, and she hears from us by then. Whoever gives it keeps her until it is checked."""
    if to.pk == by.pk:
        raise Refused(gettext_noop("Choose somebody else. You have the customer already."), field="to")
    if hears_by <= at:
        raise Refused(gettext_noop("That time has passed. Choose one from now on."), field="hears_by")
    if ask.looked_after_at is not None:
        raise Refused(gettext_noop("The customer was looked after already."))
    if open_ones().select_for_update().filter(ask=ask).exists():
        raise Refused(gettext_noop("This is being handed on already. Check that one first."))
    if ask.keeper_id is None:
        asks.take(ask, by=by, at=at)
    handoff: HandOff = HandOff.objects.create(ask=ask, giver=by, taker=to, say=say.strip(), hears_by=hears_by, at=at)
    journal.write("ask handed on", handoff, by=by, at=at, customer=ask.customer, text=ask.text, to=str(to))
    return handoff


@transaction.atomic
def take(handoff: HandOff, *, by: Any, at: datetime) -> None:
    """The taker has it. Until then it is the giver's alone."""
    _only(handoff.taker_id, by)
    if not open_ones().filter(pk=handoff.pk, taken_at=None).update(taken_at=at):
        raise Refused(gettext_noop("This has been taken already."))
    journal.write("hand-off taken", handoff, by=by, at=at, customer=handoff.ask.customer, text=handoff.ask.text)


@transaction.atomic
def contact(handoff: HandOff, *, by: Any, at: datetime) -> None:
    """She has heard from the taker; now the giver calls back to check. Who calls her has taken it, too."""
    _only(handoff.taker_id, by)
    won = open_ones().filter(pk=handoff.pk, heard_at=None)
    if not won.update(heard_at=at, taken_at=Coalesce("taken_at", at)):
        raise Refused(gettext_noop("The customer has heard from us already."))
    journal.write("hand-off heard", handoff, by=by, at=at, customer=handoff.ask.customer, text=handoff.ask.text)


@transaction.atomic
def check(handoff: HandOff, *, cared_for: bool, by: Any, at: datetime) -> None:
    """The giver asked her. Cared for, the matter is over; if not, it is the giver's again, and everybody can see it."""
    _only(handoff.giver_id, by)
    if handoff.heard_at is None:
        raise Refused(gettext_noop("The customer has not heard from your colleague yet. Check it afterwards."))
    if not open_ones().filter(pk=handoff.pk).update(checked_at=at, checked_by=by, cared_for=cared_for):
        raise Refused(gettext_noop("Somebody has checked this already."))
    if cared_for:
        Ask.objects.filter(pk=handoff.ask_id).update(looked_after_at=at, helped=True)
    journal.write(
        "hand-off checked", handoff, by=by, at=at, customer=handoff.ask.customer, text=handoff.ask.text, cared=cared_for
    )


@transaction.atomic
def withdraw(handoff: HandOff, *, by: Any, at: datetime) -> None:
    """The giver takes it back, or the taker gives it back: it is the giver's, as before."""
    if by.pk not in (handoff.giver_id, handoff.taker_id) and not by.manages:
        raise Refused(gettext_noop("Only those two, or a manager, can take it back."))
    if not open_ones().filter(pk=handoff.pk).update(withdrawn_at=at):
        raise Refused(gettext_noop("Somebody has checked this already."))
    journal.write("hand-off withdrawn", handoff, by=by, at=at, customer=handoff.ask.customer, text=handoff.ask.text)


def release_all(member: Any, *, at: datetime) -> int:
    """She leaves: what she was to take goes back to those who gave it, and what she gave is a matter of nobody's."""
    return int(open_ones().filter(Q(taker=member) | Q(giver=member)).update(withdrawn_at=at))


def people_met(heard_by: dict[UUID, UUID | None]) -> dict[UUID, int]:
    """How many of us she met in each of these matters (ask: who heard it); better one than two. One query."""
    met = {ask: {member} - {None} for ask, member in heard_by.items()}
    taken = HandOff.objects.filter(ask__in=met, taken_at__isnull=False)
    for ask, taker in taken.values_list("ask_id", "taker_id"):
        met[ask].add(taker)
    return {ask: len(members) for ask, members in met.items()}


def _only(member_id: Any, by: Any) -> None:
    """Hers to do; who manages the place may do it in her stead."""
    if by.pk != member_id and not by.manages:
        raise Refused(gettext_noop("This is for your colleague to say."))
