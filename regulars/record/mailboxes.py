"""Mailboxes from which complaints come: where each is, and whether its letters are being fetched.

A letter is found by UIDVALIDITY and UID, so that it does not matter who else reads the mailbox.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import journal, secrecy
from regulars.record.owned import Owned, OwnedForeignKey, keys

ALARM = timedelta(minutes=30)  # without a letter fetched, or an empty look, something is wrong
RAREST = timedelta(minutes=15)  # between two looks at a mailbox that fails


class Mailbox(Owned):
    """One address at which customers write to us."""

    class Security(models.TextChoices):
        TLS = "tls", _("TLS from the beginning (port 993)")
        STARTTLS = "starttls", _("STARTTLS (port 143)")
        NONE = "none", _("none: only for a server on this machine")

    address = models.CharField(max_length=254)
    branch = OwnedForeignKey("record.Branch")
    host = models.CharField(max_length=200)
    port = models.PositiveIntegerField()
    security = models.CharField(max_length=10, choices=Security, default=Security.TLS)
    user = models.CharField(max_length=254)
    locked_password = models.TextField()
    folder = models.CharField(max_length=200, default="INBOX")
    added_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    uidvalidity = models.PositiveBigIntegerField(null=True)
    last_uid = models.PositiveBigIntegerField(default=0)
    fetched_at = models.DateTimeField(null=True)  # when the last look succeeded, whether or not there was a letter
    letter_at = models.DateTimeField(null=True)  # when the last letter came
    failed_at = models.DateTimeField(null=True)  # since when no look has succeeded
    tried_at = models.DateTimeField(null=True)  # the last look that failed
    failure = models.CharField(max_length=500, blank=True)

    class Meta(Owned.Meta):
        ordering = ["address"]
        constraints = [
            *keys("mailbox", branch="branch"),
            models.UniqueConstraint(
                fields=["business", "address"], condition=models.Q(removed_at=None), name="mailbox_address"
            ),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def password(self) -> str:
        return secrecy.unlock(self.locked_password)

    def is_due(self, at: datetime) -> bool:
        """One that fails is left alone for as long again as it has been failing, so that the others need not wait."""
        if self.failed_at is None or self.tried_at is None:
            return True
        return at - self.tried_at >= min(self.tried_at - self.failed_at, RAREST)

    def is_silent(self, at: datetime) -> bool:
        """Whether nothing could be fetched for so long that somebody should look."""
        since = self.fetched_at or self.added_at
        return self.paused_at is None and self.removed_at is None and at - since > ALARM


def living() -> Any:
    return Mailbox.objects.filter(removed_at=None)


def to_fetch() -> Any:
    return living().filter(paused_at=None).select_related("branch")


@transaction.atomic
def add(*, password: str, by: Any, at: datetime, **described: Any) -> Mailbox:
    """From now on its letters are complaints; what lies in it already is left alone by whoever fetches first."""
    _refuse_taken(described["address"], None)
    mailbox: Mailbox = Mailbox.objects.create(locked_password=secrecy.lock(password), added_at=at, **described)
    journal.write("mailbox added", mailbox, by=by, at=at, address=mailbox.address)
    return mailbox


@transaction.atomic
def change(mailbox: Mailbox, *, password: str, by: Any, at: datetime, **described: Any) -> None:
    """Another server or folder begins anew; a password that is left empty stays."""
    _refuse_taken(described["address"], mailbox)
    place = ("host", "user", "folder")
    moved = any(described.get(name, getattr(mailbox, name)) != getattr(mailbox, name) for name in place)
    anew = {"uidvalidity": None, "last_uid": 0} if moved else {}
    secret = {"locked_password": secrecy.lock(password)} if password else {}
    Mailbox.objects.filter(pk=mailbox.pk).update(**described, **anew, **secret, failed_at=None, failure="")
    mailbox.refresh_from_db()
    journal.write("mailbox changed", mailbox, by=by, at=at, address=mailbox.address)


@transaction.atomic
def pause(mailbox: Mailbox, *, by: Any, at: datetime) -> None:
    """Nothing is fetched until it goes on."""
    Mailbox.objects.filter(pk=mailbox.pk).update(paused_at=at)
    journal.write("mailbox paused", mailbox, by=by, at=at, address=mailbox.address)


@transaction.atomic
def go_on(mailbox: Mailbox, *, by: Any, at: datetime) -> None:
    """Fetched again, with all that came meanwhile."""
    Mailbox.objects.filter(pk=mailbox.pk).update(paused_at=None, fetched_at=at, failed_at=None, failure="")
    journal.write("mailbox goes on", mailbox, by=by, at=at, address=mailbox.address)


@transaction.atomic
def remove(mailbox: Mailbox, *, by: Any, at: datetime) -> None:
    """Not fetched any more, and its password is forgotten; what came from it stays."""
    Mailbox.objects.filter(pk=mailbox.pk).update(removed_at=at, locked_password="")
    journal.write("mailbox removed", mailbox, by=by, at=at, address=mailbox.address)


def fetched(mailbox: Mailbox, *, at: datetime) -> None:
    """A look has succeeded."""
    Mailbox.objects.filter(pk=mailbox.pk).update(fetched_at=at, failed_at=None, failure="")


def failed(mailbox: Mailbox, why: str, *, at: datetime) -> None:
    """A look has failed, in words that say what to do."""
    Mailbox.objects.filter(pk=mailbox.pk, failed_at=None).update(failed_at=at)
    Mailbox.objects.filter(pk=mailbox.pk).update(failure=why[:500], tried_at=at)


def has_read(mailbox: Mailbox, *, uidvalidity: int, uid: int, at: datetime) -> None:
    """Up to and with this letter everything is in the book."""
    Mailbox.objects.filter(pk=mailbox.pk).update(uidvalidity=uidvalidity, last_uid=uid, letter_at=at)


def _refuse_taken(address: str, mailbox: Mailbox | None) -> None:
    if living().filter(address=address).exclude(pk=mailbox.pk if mailbox else None).exists():
        raise Refused(gettext_noop("This address is fetched already."), field="address")
