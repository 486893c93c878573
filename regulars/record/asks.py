"""Asks: whatever a customer asks for. The answer is yes; a no needs a reason and something else in its place.

An ask is also the matter in which she meets us: whoever heard it keeps her until she says that she was looked after.
"""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import authority, journal
from regulars.record.owned import Owned, OwnedForeignKey, keys


class Ask(Owned):
    """One thing that one customer asked for. Open until answered; a yes is owed until it is done."""

    class Source(models.TextChoices):
        COUNTER = "counter", _("at the counter")
        PHONE = "phone", _("on the phone")
        LETTER = "letter", _("in a letter")
        PAGE = "page", _("on the customer’s page")

    customer = OwnedForeignKey("record.Customer", related_name="asks")
    branch = OwnedForeignKey("record.Branch", null=True)
    job = OwnedForeignKey("record.Job", null=True, related_name="asks")
    text = models.CharField(max_length=1000)
    source = models.CharField(max_length=10, choices=Source)
    standard = OwnedForeignKey("record.StandardAnswer", null=True, related_name="asks")
    heard_at = models.DateTimeField()
    heard_by = OwnedForeignKey("record.Member", null=True)  # None: she wrote it herself
    keeper = OwnedForeignKey("record.Member", null=True)  # who keeps her until she was looked after

    yes_at = models.DateTimeField(null=True)
    yes_by = OwnedForeignKey("record.Member", null=True)
    how = models.CharField(max_length=500, blank=True)
    cost = models.BigIntegerField(default=0)  # what it costs us; minor units of the business's currency
    minutes = models.PositiveIntegerField(default=0)
    price = models.BigIntegerField(default=0)  # what she pays
    as_friend = models.BooleanField(default=False)  # a friend would do it free, so she pays nothing
    partner = OwnedForeignKey("record.Partner", null=True, related_name="asks")
    done_at = models.DateTimeField(null=True)
    done_by = OwnedForeignKey("record.Member", null=True)

    no_at = models.DateTimeField(null=True)
    no_by = OwnedForeignKey("record.Member", null=True)
    reason = models.CharField(max_length=500, blank=True)
    instead = models.CharField(max_length=500, blank=True)  # what was offered in its place
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = OwnedForeignKey("record.Member", null=True)
    review = models.CharField(max_length=500, blank=True)  # what changes, so that next time it is a yes

    looked_after_at = models.DateTimeField(null=True)  # she says so
    helped = models.BooleanField(null=True)  # was she helped? None: nobody knows yet

    class Meta(Owned.Meta):
        constraints = [
            *keys(
                "ask",
                customer="customer",
                branch="branch",
                job="job",
                standard="standardanswer",
                heard_by="member",
                keeper="member",
                yes_by="member",
                partner="partner",
                done_by="member",
                no_by="member",
                reviewed_by="member",
            ),
            models.CheckConstraint(condition=Q(yes_at=None) | Q(no_at=None), name="ask_yes_or_no"),
            models.CheckConstraint(condition=Q(as_friend=False) | Q(price=0), name="ask_friends_pay_nothing"),
            models.CheckConstraint(
                condition=Q(no_at=None) | ~(Q(reason="") | Q(instead="")), name="ask_no_has_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["business", "customer", "heard_at"], name="ask_customer"),
            models.Index(fields=["business", "heard_at", "id"], name="ask_heard"),
            models.Index(fields=["business", "yes_by", "yes_at"], name="ask_yes"),
            models.Index(fields=["business", "job"], name="ask_job"),
            models.Index(fields=["business", "heard_at"], name="ask_open", condition=Q(yes_at=None, no_at=None)),
            models.Index(
                fields=["business", "yes_at"],
                name="ask_owed",
                condition=Q(yes_at__isnull=False, done_at=None),
            ),
            models.Index(
                fields=["business", "no_at"], name="ask_review", condition=Q(no_at__isnull=False, reviewed_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it."""
        return self.yes_at is None and self.no_at is None


def unanswered() -> Any:
    return Ask.objects.filter(yes_at=None, no_at=None)


def owed() -> Any:
    """We said yes, and it is not done yet."""
    return Ask.objects.filter(yes_at__isnull=False, done_at=None)


def to_review() -> Any:
    """Every no that the owner has not looked at."""
    return Ask.objects.filter(no_at__isnull=False, reviewed_at=None)


@transaction.atomic
def hear(
    customer: Any,
    *,
    text: str,
    source: str,
    by: Any,
    at: datetime,
    branch: Any = None,
    job: Any = None,
    standard: Any = None,
) -> Ask:
    """She asks for something, at whatever hour. Whoever heard it keeps her; `by` is None when she wrote it herself."""
    if not text.strip():
        raise Refused(gettext_noop("Write what the customer asks for."), field="text")
    ask: Ask = Ask.objects.create(
        customer=customer,
        branch=branch,
        job=job,
        text=text.strip(),
        source=source,
        standard=standard,
        heard_at=at,
        heard_by=by,
        keeper=by,
    )
    journal.write("ask heard", ask, by=by, at=at, customer=customer, text=ask.text)
    return ask


@transaction.atomic
def take(ask: Ask, *, by: Any, at: datetime) -> None:
    """Nobody keeps her yet, or who did has left: from now on I do."""
    if not Ask.objects.filter(pk=ask.pk, keeper=None).update(keeper=by):
        raise Refused(gettext_noop("Somebody else looks after this customer already."))
    ask.refresh_from_db()
    journal.write("ask taken", ask, by=by, at=at, customer=ask.customer, text=ask.text)


@transaction.atomic
def say_yes(
    ask: Ask,
    *,
    how: str,
    by: Any,
    at: datetime,
    cost: int = 0,
    minutes: int = 0,
    price: int = 0,
    as_friend: bool = False,
    partner: Any = None,
    done: bool = False,
) -> Ask:
    """Yes, and how; `cost` and `minutes` are ours, `price` is hers. `done`: it is done already."""
    if as_friend and price:
        raise Refused(gettext_noop("A friend would do it free. Then the customer pays nothing."), field="price")
    if price < 0:
        raise Refused(gettext_noop("Write an amount of zero or more."), field="price")
    authority.refuse_over(by, cost, at=at)
    if (
        not unanswered()
        .filter(pk=ask.pk)
        .update(
            yes_at=at,
            yes_by=by,
            how=how.strip(),
            cost=cost,
            minutes=minutes,
            price=price,
            as_friend=as_friend,
            partner=partner,
            keeper=ask.keeper or by,
            done_at=at if done else None,
            done_by=by if done else None,
        )
    ):
        raise _answered_already(ask)
    ask.refresh_from_db()
    journal.write("yes", ask, by=by, at=at, customer=ask.customer, text=ask.text, how=ask.how, cost=cost)
    return ask


@transaction.atomic
def say_no(ask: Ask, *, reason: str, instead: str, by: Any, at: datetime) -> Ask:
    """No, with a reason, and with something else in its place; the owner looks at it within the week."""
    if not reason.strip():
        raise Refused(gettext_noop("Write why it cannot be yes."), field="reason")
    if not instead.strip():
        raise Refused(gettext_noop("Write what you offer in its place. A no alone is not an answer."), field="instead")
    if (
        not unanswered()
        .filter(pk=ask.pk)
        .update(no_at=at, no_by=by, reason=reason.strip(), instead=instead.strip(), keeper=ask.keeper or by)
    ):
        raise _answered_already(ask)
    ask.refresh_from_db()
    journal.write("no", ask, by=by, at=at, customer=ask.customer, text=ask.text, reason=ask.reason, instead=ask.instead)
    return ask


_NO_ANSWER = {
    **dict.fromkeys(("yes_at", "yes_by", "partner", "done_at", "done_by", "no_at", "no_by"), None),
    **dict.fromkeys(("reviewed_at", "reviewed_by", "looked_after_at", "helped"), None),
    **dict.fromkeys(("how", "reason", "instead", "review"), ""),
    "cost": 0,
    "minutes": 0,
    "price": 0,
    "as_friend": False,
}


@transaction.atomic
def take_back_answer(ask: Ask, *, by: Any, at: datetime) -> None:
    """It was tapped by mistake: the ask is open again."""
    if not Ask.objects.filter(pk=ask.pk).exclude(yes_at=None, no_at=None).update(**_NO_ANSWER):
        raise Refused(gettext_noop("This ask is open already."))
    ask.refresh_from_db()
    journal.write("answer taken back", ask, by=by, at=at, customer=ask.customer, text=ask.text)


@transaction.atomic
def unhear(ask: Ask, *, by: Any, at: datetime) -> None:
    """Nobody asked for it: a slip of the hand. What was answered or handed on stays; the journal keeps it all."""
    if by.pk != ask.heard_by_id and not by.manages:
        raise Refused(gettext_noop("This is for your colleague to say."))
    if not unanswered().filter(pk=ask.pk, handoffs=None).exists():
        raise Refused(gettext_noop("This was answered or handed on already. It stays."))
    journal.write("ask unheard", ask, by=by, at=at, customer=ask.customer, text=ask.text)
    Ask.objects.filter(pk=ask.pk).delete()


@transaction.atomic
def do(ask: Ask, *, by: Any, at: datetime) -> None:
    """What we said yes to is done, by us or by the partner."""
    if not owed().filter(pk=ask.pk).update(done_at=at, done_by=by):
        raise Refused(gettext_noop("Somebody has done this already."))
    ask.refresh_from_db()
    journal.write("ask done", ask, by=by, at=at, customer=ask.customer, text=ask.text)


@transaction.atomic
def look_after(ask: Ask, *, helped: bool, by: Any, at: datetime) -> None:
    """She says whether she was helped. Only her yes ends the matter."""
    if ask.is_open:
        raise Refused(gettext_noop("This ask has no answer yet."))
    Ask.objects.filter(pk=ask.pk).update(helped=helped, looked_after_at=at if helped else None)
    ask.refresh_from_db()
    journal.write("looked after", ask, by=by, at=at, customer=ask.customer, text=ask.text, helped=helped)


@transaction.atomic
def look_at(ask: Ask, *, review: str, by: Any, at: datetime) -> None:
    """The owner has looked at a no: what changes, so that next time it is a yes, or why nothing does."""
    if not review.strip():
        raise Refused(gettext_noop("Write what changes, or why nothing does."), field="review")
    if not to_review().filter(pk=ask.pk).update(reviewed_at=at, reviewed_by=by, review=review.strip()):
        raise Refused(gettext_noop("Somebody has looked at this already."))
    ask.refresh_from_db()
    journal.write("no looked at", ask, by=by, at=at, customer=ask.customer, text=ask.text, review=ask.review)


def release_all(member: Any) -> int:
    """She leaves: whom she looked after is everybody's. Returns how many matters."""
    return int(Ask.objects.filter(keeper=member, looked_after_at=None).update(keeper=None))


def _answered_already(ask: Ask) -> Refused:
    ask.refresh_from_db()
    name = str(ask.yes_by or ask.no_by or "")
    return Refused(gettext_noop("%(name)s has answered this already. Look at the card."), name=name)
