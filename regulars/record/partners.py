"""Partners: who does for our customer what we do not do ourselves: taxi, rental car, tyres, locksmith."""

from datetime import datetime
from typing import Any

from django.db import models, transaction

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import asks, journal
from regulars.record.owned import Owned, keys


class Partner(Owned):
    """Somebody with a number to call. `price`: what one booking usually costs us."""

    name = models.CharField(max_length=200)
    does = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    price = models.BigIntegerField(null=True)  # minor units of the business's currency
    note = models.CharField(max_length=500, blank=True)
    retired_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        ordering = ["does", "name"]
        constraints = [*keys("partner"), models.UniqueConstraint(fields=["business", "name"], name="partner_name")]

    def __str__(self) -> str:
        return self.name


@transaction.atomic
def add(*, name: str, by: Any, at: datetime, **described: Any) -> Partner:
    """Into the directory. `described`: does, phone, email, price, note."""
    _refuse_taken(name)
    partner: Partner = Partner.objects.create(name=name, **described)
    journal.write("partner added", partner, by=by, at=at, name=name)
    return partner


@transaction.atomic
def change(partner: Partner, *, name: str, by: Any, at: datetime, **described: Any) -> None:
    if name != partner.name:
        _refuse_taken(name)
    for field, value in {"name": name, **described}.items():
        setattr(partner, field, value)
    partner.save()
    journal.write("partner changed", partner, by=by, at=at, name=name)


@transaction.atomic
def retire(partner: Partner, *, by: Any, at: datetime) -> None:
    """Out of the directory; what was booked stays."""
    Partner.objects.filter(pk=partner.pk).update(retired_at=at)
    journal.write("partner put away", partner, by=by, at=at, name=partner.name)


@transaction.atomic
def bring_back(partner: Partner, *, by: Any, at: datetime) -> None:
    Partner.objects.filter(pk=partner.pk).update(retired_at=None)
    journal.write("partner brought back", partner, by=by, at=at, name=partner.name)


@transaction.atomic
def book(
    partner: Partner, customer: Any, *, text: str, cost: int, price: int, by: Any, at: datetime, branch: Any = None
) -> asks.Ask:
    """She asks for what they do: yes, through them, and still to be done. `cost` is ours and counts as such."""
    if partner.retired_at is not None:
        raise Refused(gettext_noop("This partner is put away. Choose another."))
    ask = asks.hear(customer, text=text, source=asks.Ask.Source.COUNTER, by=by, at=at, branch=branch)
    how = f"{partner.does} ({partner.name})"
    return asks.say_yes(ask, how=how, cost=cost, price=price, partner=partner, by=by, at=at)


def _refuse_taken(name: str) -> None:
    if Partner.objects.filter(name=name).exists():
        raise Refused(gettext_noop("There is a partner of that name already."), field="name")
