"""Authority: what each role may spend on a customer without asking anybody, per case and in a month."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.db.models import Sum

from regulars.kernel import money, whose
from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import journal
from regulars.record.owned import Owned, keys

# In whole units of the business's money, until the owner says otherwise: (per case, per month).
USUAL = {10: (0, 0), 20: (50, 200), 30: (500, 2_000)}
OWNER = 40


class Authority(Owned):
    """The owner's word for one role; minor units. The owner herself has no limit."""

    role = models.PositiveSmallIntegerField()  # people.Role
    per_case = models.BigIntegerField()
    per_month = models.BigIntegerField()

    class Meta(Owned.Meta):
        constraints = [
            *keys("authority"),
            models.UniqueConstraint(fields=["business", "role"], name="authority_role"),
        ]


@dataclass(frozen=True)
class Left:
    """What is hers to spend now; minor units. None: no limit."""

    per_case: int | None
    this_month: int | None

    @property
    def now(self) -> int | None:
        if self.per_case is None or self.this_month is None:
            return None
        return min(self.per_case, max(self.this_month, 0))


def of_role(role: int) -> tuple[int, int]:
    """Per case and per month; as usual where the owner has said nothing."""
    from regulars.record.business import Business

    said = Authority.objects.filter(role=role).first()
    if said is not None:
        return said.per_case, said.per_month
    currency = Business.objects.values_list("currency", flat=True).get(pk=whose.business())
    case, month = (amount * 10 ** money.exponent(currency) for amount in USUAL[role])
    return case, month


def left(member: Any, *, at: datetime) -> Left:
    """What she may still spend without asking anybody."""
    if member.role >= OWNER:
        return Left(None, None)
    per_case, per_month = of_role(member.role)
    return Left(per_case, per_month - spent(member, at=at))


def spent(member: Any, *, at: datetime) -> int:
    """Her yeses, her extras and what she agreed to for complaints, this calendar month in the business's zone."""
    from regulars.record import tasks
    from regulars.record.asks import Ask
    from regulars.record.business import Business
    from regulars.record.extras import Extra

    zone = ZoneInfo(Business.objects.values_list("zone", flat=True).get(pk=whose.business()))
    begins = at.astimezone(zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    ends = (begins + timedelta(days=31)).replace(day=1)
    yeses = Ask.objects.filter(yes_by=member, yes_at__gte=begins, yes_at__lt=ends)
    given = Extra.objects.filter(given_by=member, given_at__gte=begins, given_at__lt=ends, taken_back_at=None)
    sums = (its.aggregate(sum=Sum("cost", default=0))["sum"] for its in (yeses, given))
    return int(sum(sums)) + tasks.spent(member, begins, ends)


def refuse_over(member: Any, cost: int, *, at: datetime) -> None:
    """Nothing below zero, and nothing above what is hers to spend: then a colleague who may says yes."""
    if cost < 0:
        raise Refused(gettext_noop("Write an amount of zero or more."), field="cost")
    may = left(member, at=at).now
    if cost and may is not None and cost > may:
        raise Refused(
            gettext_noop("That is more than is yours to spend. Hand it on to a manager, who can say yes."), field="cost"
        )


@transaction.atomic
def grant(role: int, *, per_case: int, per_month: int, by: Any, at: datetime) -> Authority:
    """What everybody of that role may spend from now on."""
    said: Authority = Authority.objects.update_or_create(
        role=role, defaults={"per_case": per_case, "per_month": per_month}
    )[0]
    journal.write("authority granted", said, by=by, at=at, role=role, per_case=per_case, per_month=per_month)
    return said
