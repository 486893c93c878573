"""The business: name, money, language, zone, and the numbers by which it works."""

from datetime import datetime, time
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import models, transaction
from django.utils.text import slugify
from uuid_utils.compat import uuid7

from regulars.kernel import money
from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import journal
from regulars.record.branches import WORKING_WEEK, open_branch
from regulars.record.owned import acting_for

CALL_GAP_DAYS = 30


class Business(models.Model):
    """Whose everything is. The other tables are spread by its id."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    currency = models.CharField(max_length=3)
    language = models.CharField(max_length=10, default="en")
    zone = models.CharField(max_length=60)
    mission = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField()
    is_demo = models.BooleanField(default=False)

    # when and how often we may call
    call_gap_days = models.PositiveSmallIntegerField(default=CALL_GAP_DAYS)
    calls_from = models.TimeField(default=time(9))
    calls_until = models.TimeField(default=time(20))

    # the value of a customer: how far we look, and what a year costs
    horizon_months = models.PositiveSmallIntegerField(default=36)
    yearly_discount = models.DecimalField(max_digits=5, decimal_places=4, default=Decimal("0.10"))

    # promises: kept in which share of cases, when to warn, what an estimate has on top, how long work must hold
    promise_share = models.DecimalField(max_digits=3, decimal_places=2, default=Decimal("0.90"))
    warn_share = models.DecimalField(max_digits=3, decimal_places=2, default=Decimal("0.25"))
    estimate_buffer = models.DecimalField(max_digits=4, decimal_places=3, default=Decimal("0.10"))
    comeback_days = models.PositiveSmallIntegerField(default=90)

    # complaints: within how many open minutes she hears from us, and how many false alarms of silence a year
    hear_within = models.PositiveIntegerField(default=240)
    false_alarms = models.DecimalField(max_digits=4, decimal_places=1, default=Decimal(1))

    # surveys: how seldom one customer is asked, whether letters go out, how long after the visit, when to remind her,
    # how long the link can be answered; which score is low, and which share of content customers is the goal
    survey_gap_days = models.PositiveSmallIntegerField(default=60)
    survey_by_mail = models.BooleanField(default=False)
    survey_after_hours = models.PositiveSmallIntegerField(default=3)
    survey_remind_days = models.PositiveSmallIntegerField(default=4)
    survey_valid_days = models.PositiveSmallIntegerField(default=30)
    survey_low = models.PositiveSmallIntegerField(default=2)
    survey_goal = models.DecimalField(max_digits=3, decimal_places=2, default=Decimal("0.90"))

    # the method's own arithmetic; a price of None means the average of our own sales
    price = models.BigIntegerField(null=True, blank=True)
    purchases = models.DecimalField(max_digits=8, decimal_places=2, default=Decimal(10))
    service_rate = models.DecimalField(max_digits=5, decimal_places=4, default=Decimal("0.33"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(calls_from__lt=models.F("calls_until")), name="calls_by_day"),
            models.CheckConstraint(condition=models.Q(price__gt=0) | models.Q(price=None), name="price_above_zero"),
        ]

    def __str__(self) -> str:
        return self.name


@transaction.atomic
def open_business(
    *,
    name: str,
    slug: str,
    country: str,
    currency: str,
    language: str,
    zone: str,
    at: datetime,
    is_demo: bool = False,
) -> Business:
    """A new business with its first branch, open Monday to Friday from 9 to 18 until somebody says otherwise."""
    if currency not in money.currencies():
        raise Refused(
            gettext_noop("There is no currency called %(currency)s. Choose one from the list."),
            field="currency",
            currency=currency,
        )
    if Business.objects.filter(slug=slug).exists():
        raise Refused(gettext_noop("That address is taken. Choose another."), field="slug")
    business = Business.objects.create(
        name=name,
        slug=slug,
        country=country,
        currency=currency,
        language=language,
        zone=zone,
        opened_at=at,
        is_demo=is_demo,
    )
    with acting_for(business.pk):
        open_branch(
            name=name,
            country=country,
            currency=currency,
            language=language,
            zone=zone,
            week=WORKING_WEEK,
            at=at,
        )
    return business


def free_slug(name: str) -> str:
    """An address for a business of that name that no other has: "Tamm's garage" -> "tamms-garage"."""
    wanted = slugify(name)[:50] or "business"
    taken = set(Business.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(slug for n in count(1) if (slug := wanted if n == 1 else f"{wanted}-{n}") not in taken)


@transaction.atomic
def change_business(business: Business, *, by: Any, at: datetime, **changed: Any) -> None:
    """New settings for the whole business; the journal keeps the old ones beside the new."""
    if changed.get("currency", business.currency) != business.currency and _has_sales():
        raise Refused(
            gettext_noop("Sales are written in %(currency)s already. Open another business for another currency."),
            field="currency",
            currency=business.currency,
        )
    was = {name: getattr(business, name) for name in changed}
    for name, value in changed.items():
        setattr(business, name, value)
    business.save(update_fields=list(changed))
    journal.Entry.objects.create(
        at=at,
        by=by,
        verb="business changed",
        subject="business",
        subject_id=business.pk,
        what={name: [str(was[name]), str(value)] for name, value in changed.items() if was[name] != value},
    )


def _has_sales() -> bool:
    from regulars.record.sales import Sale

    return bool(Sale.objects.exists())
