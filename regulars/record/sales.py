"""Sales: when, how much, where, who served, what. Refunds are sales below zero and are no visits."""

from datetime import datetime
from hashlib import blake2b
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models, transaction

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import journal
from regulars.record.owned import Owned, OwnedForeignKey, keys


class Sale(Owned):
    """One sale, or one refund. `fingerprint` keeps the same line from being written twice."""

    customer = OwnedForeignKey("record.Customer", related_name="sales")
    at = models.DateTimeField()
    day = models.DateField()  # on the branch's calendar: the sales of one day are one visit
    amount = models.BigIntegerField()  # minor units
    currency = models.CharField(max_length=3)
    branch = OwnedForeignKey("record.Branch")
    served_by = OwnedForeignKey("record.Member", null=True, blank=True)
    what = models.CharField(max_length=300, blank=True)
    receipt = models.CharField(max_length=100, blank=True)
    fingerprint = models.CharField(max_length=32)
    brought_by = OwnedForeignKey("record.Import", null=True)

    class Meta(Owned.Meta):
        constraints = [
            *keys("sale", customer="customer", branch="branch", served_by="member", brought_by="import"),
            models.UniqueConstraint(fields=["business", "fingerprint"], name="sale_once"),
        ]
        indexes = [
            models.Index(fields=["business", "customer", "day", "amount", "currency"], name="sale_customer"),
            models.Index(fields=["business", "day"], name="sale_day"),
            models.Index(fields=["business", "receipt"], name="sale_receipt", condition=~models.Q(receipt="")),
        ]


def fingerprint(*parts: object) -> str:
    """32 hexadecimal digits that are the same for the same sale: of the receipt, or of all that is known of it."""
    return blake2b("\x1f".join(map(str, parts)).encode(), digest_size=16).hexdigest()


@transaction.atomic
def record(
    customer: Any,
    *,
    at: datetime,
    amount: int,
    branch: Any,
    by: Any,
    now: datetime,
    served_by: Any = None,
    what: str = "",
    receipt: str = "",
) -> Sale:
    """A sale at the counter at `at`; `amount` in minor units of the branch's currency, below zero for a refund."""
    from regulars.record.worth import count_visits

    if amount == 0:
        raise Refused(gettext_noop("Write an amount. For a refund begin it with a minus."), field="amount")
    if at > now:
        raise Refused(gettext_noop("A sale cannot be in the future. Choose today or an earlier day."), field="day")
    day = at.astimezone(ZoneInfo(branch.zone)).date()
    sale = Sale(
        customer=customer,
        at=at,
        day=day,
        amount=amount,
        currency=branch.currency,
        branch=branch,
        served_by=served_by,
        what=what,
        receipt=receipt,
    )
    sale.fingerprint = fingerprint("counter", sale.pk)
    sale.save(force_insert=True)
    count_visits(customer)
    journal.write("sale recorded", sale, by=by, at=now, customer=customer, amount=amount, currency=sale.currency)
    return sale


@transaction.atomic
def take_back(sale: Sale, *, by: Any, at: datetime) -> None:
    """It was written by mistake: it goes, and the journal says what it was."""
    from regulars.record.worth import count_visits

    customer = sale.customer
    journal.write(
        "sale taken back",
        sale,
        by=by,
        at=at,
        customer=customer,
        amount=sale.amount,
        currency=sale.currency,
        day=str(sale.day),
        what=sale.what,
    )
    sale.delete()
    count_visits(customer)
