"""What we know about her and what she wishes: each with who learnt it and when."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import journal
from regulars.record.owned import Owned, OwnedForeignKey, keys

STALE_AFTER = timedelta(days=365)  # a wish this old is asked about again before anybody acts on it


class Fact(Owned):
    """Something we know about her, who learnt it and when. With a date it reminds us every year."""

    customer = OwnedForeignKey("record.Customer", related_name="facts")
    text = models.CharField(max_length=500)
    learnt_by = OwnedForeignKey("record.Member", null=True)
    learnt_at = models.DateTimeField()
    day = models.DateField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        ordering = ["-learnt_at"]
        constraints = keys("fact", customer="customer", learnt_by="member")
        indexes = [models.Index(fields=["business", "customer"], name="fact_customer")]


class Wish(Owned):
    """What she would like; a guess of ours says that it is one."""

    class Source(models.TextChoices):
        CALL = "call", _("said on the phone")
        VISIT = "visit", _("said at a visit")
        LETTER = "letter", _("wrote it")
        SURVEY = "survey", _("answered our questions")
        GUESS = "guess", _("our guess")

    customer = OwnedForeignKey("record.Customer", related_name="wishes")
    text = models.CharField(max_length=500)
    source = models.CharField(max_length=10, choices=Source)
    heard_by = OwnedForeignKey("record.Member", null=True)
    heard_at = models.DateTimeField()
    granted_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        ordering = ["-heard_at"]
        constraints = keys("wish", customer="customer", heard_by="member")
        indexes = [models.Index(fields=["business", "customer"], name="wish_customer")]

    @property
    def is_open(self) -> bool:
        return self.granted_at is None and self.dropped_at is None

    def is_stale(self, at: datetime) -> bool:
        """Heard so long ago that she should be asked again."""
        return at - self.heard_at > STALE_AFTER


@transaction.atomic
def learn(customer: Any, text: str, *, by: Any, at: datetime, day: date | None = None) -> Fact:
    """Something new about her. `day` is a date that comes round every year: a birthday, the day she bought her car."""
    if not text.strip():
        raise Refused(gettext_noop("Write what you learnt."), field="text")
    fact: Fact = Fact.objects.create(customer=customer, text=text.strip(), learnt_by=by, learnt_at=at, day=day)
    journal.write("fact learnt", fact, by=by, at=at, customer=customer, text=fact.text)
    return fact


@transaction.atomic
def forget(fact: Fact, *, by: Any, at: datetime) -> None:
    """It is not so, or not so any more."""
    if Fact.objects.filter(pk=fact.pk, forgotten_at=None).update(forgotten_at=at):
        journal.write("fact forgotten", fact, by=by, at=at, customer=fact.customer, text=fact.text)


@transaction.atomic
def remember(fact: Fact, *, by: Any, at: datetime) -> None:
    """It was so after all: the way back from `forget`."""
    if Fact.objects.filter(pk=fact.pk).exclude(forgotten_at=None).update(forgotten_at=None):
        journal.write("fact remembered", fact, by=by, at=at, customer=fact.customer, text=fact.text)


@transaction.atomic
def hear(customer: Any, text: str, *, source: str, by: Any, at: datetime) -> Wish:
    """She would like something. `source`: a Wish.Source; our own guess is marked as one."""
    if not text.strip():
        raise Refused(gettext_noop("Write what the wish is."), field="wish")
    wish: Wish = Wish.objects.create(customer=customer, text=text.strip(), source=source, heard_by=by, heard_at=at)
    journal.write("wish heard", wish, by=by, at=at, customer=customer, text=wish.text, source=source)
    return wish


@transaction.atomic
def grant(wish: Wish, *, by: Any, at: datetime) -> None:
    """She got what she wished for."""
    if Wish.objects.filter(pk=wish.pk, granted_at=None).update(granted_at=at, dropped_at=None):
        journal.write("wish granted", wish, by=by, at=at, customer=wish.customer, text=wish.text)


@transaction.atomic
def drop(wish: Wish, *, by: Any, at: datetime) -> None:
    """She no longer wishes it."""
    if Wish.objects.filter(pk=wish.pk, dropped_at=None, granted_at=None).update(dropped_at=at):
        journal.write("wish dropped", wish, by=by, at=at, customer=wish.customer, text=wish.text)


@transaction.atomic
def reopen(wish: Wish, *, by: Any, at: datetime) -> None:
    """She still wishes it: the way back from `grant` and `drop`."""
    if Wish.objects.filter(pk=wish.pk).update(granted_at=None, dropped_at=None):
        journal.write("wish reopened", wish, by=by, at=at, customer=wish.customer, text=wish.text)
