"""Tills: a tablet at the counter that asks the three questions; its address is its key, and can be ended."""

from datetime import datetime
from typing import Any

from django.db import models, transaction

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import journal, secrecy
from regulars.record.owned import Owned, OwnedForeignKey, keys

SALT = "regulars.till"


class Till(Owned):
    """One tablet. `number` counts: with another one the old address opens nothing."""

    branch = OwnedForeignKey("record.Branch")
    name = models.CharField(max_length=100)
    number = models.PositiveSmallIntegerField(default=1)
    set_up_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)  # when it last sent an answer
    put_away_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        ordering = ["name"]
        constraints = [
            *keys("till", branch="branch"),
            models.UniqueConstraint(
                fields=["business", "branch", "name"], condition=models.Q(put_away_at=None), name="till_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def secret(self) -> str:
        return secrecy.seal(SALT, self.pk, self.number)


def living() -> Any:
    return Till.objects.filter(put_away_at=None)


@transaction.atomic
def set_up(branch: Any, name: str, *, by: Any, at: datetime) -> Till:
    """A tablet gets an address of its own."""
    if living().filter(branch=branch, name=name.strip()).exists():
        raise Refused(gettext_noop("There is a till of that name already. Choose another."), field="name")
    till: Till = Till.objects.create(branch=branch, name=name.strip(), set_up_at=at)
    journal.write("till set up", till, by=by, at=at, name=till.name)
    return till


@transaction.atomic
def renew(till: Till, *, by: Any, at: datetime) -> None:
    """The tablet is lost, or somebody has copied its address: the old one opens nothing any more."""
    Till.objects.filter(pk=till.pk).update(number=models.F("number") + 1)
    till.refresh_from_db()
    journal.write("till address renewed", till, by=by, at=at, name=till.name)


@transaction.atomic
def put_away(till: Till, *, by: Any, at: datetime) -> None:
    """No tablet there any more; what was answered at it stays."""
    if living().filter(pk=till.pk).update(put_away_at=at):
        journal.write("till put away", till, by=by, at=at, name=till.name)


def opened_by(secret: str) -> Till:
    """The tablet whose address that is."""
    found: Till | None = living().select_related("branch").filter(pk=secrecy.named_by(secret)).first()
    if found is None or not secrecy.is_seal(secret, SALT, found.pk, found.number):
        raise Refused(gettext_noop("This address belongs to no till any more. Open the new one from the settings."))
    return found


def seen(till: Till, *, at: datetime) -> None:
    """It has sent an answer."""
    Till.objects.filter(pk=till.pk).update(seen_at=at)
