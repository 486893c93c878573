"""The customer's own page: a link without a password that cannot be guessed, and that ends."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import journal, secrecy
from regulars.record.owned import Owned, OwnedForeignKey, keys

SALT = "regulars.link"
LASTS = timedelta(days=30)  # after the last promise was due or kept


class Link(Owned):
    """One for each customer. `number` counts: withdrawn, the next one has another secret."""

    customer = OwnedForeignKey("record.Customer", related_name="links")
    number = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta(Owned.Meta):
        constraints = [
            *keys("link", customer="customer"),
            models.UniqueConstraint(fields=["business", "customer"], name="link_once"),
        ]

    @property
    def secret(self) -> str:
        return secrecy.seal(SALT, self.pk, self.number)


def keep_open(customer: Any, *, until: datetime, at: datetime) -> Link:
    """She can look for a while after that moment; the link is made when she has none."""
    expires_at = until + LASTS
    link: Link = Link.objects.get_or_create(customer=customer, defaults={"made_at": at, "expires_at": expires_at})[0]
    Link.objects.filter(pk=link.pk, expires_at__lt=expires_at).update(expires_at=expires_at)
    return link


def share(kept: Any, gone: Any, *, at: datetime) -> None:
    """Two cards become one: the one that stays can be opened for as long as either could. Both links lead to it."""
    for link in Link.objects.filter(customer=gone):
        keep_open(kept, until=link.expires_at - LASTS, at=at)


def opened_by(secret: str, *, at: datetime) -> Link:
    """The link of that secret, if it still opens anything."""
    ended = Refused(gettext_noop("This link has ended. Ask us for a new one."))
    pk = secrecy.named_by(secret)
    link: Link | None = (
        Link.objects.select_related("customer__branch", "customer__merged_into__branch").filter(pk=pk).first()
    )
    if link is None or not secrecy.is_seal(secret, SALT, link.pk, link.number) or link.expires_at <= at:
        raise ended
    return link


@transaction.atomic
def withdraw(link: Link, *, by: Any, at: datetime) -> None:
    """The old address opens nothing any more; there is a new one at once."""
    Link.objects.filter(pk=link.pk).update(number=models.F("number") + 1, made_at=at, expires_at=at + LASTS)
    journal.write("link withdrawn", link, by=by, at=at, customer=link.customer)
