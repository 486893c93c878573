"""The business and its branches: name, money, language, zone, opening hours."""

from datetime import date, datetime, time
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import models, transaction
from django.utils.text import slugify
from uuid_utils.compat import uuid7

from regulars.kernel import money
from regulars.kernel.days import Hours, OpeningHours, public_holidays
from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import journal
from regulars.record.owned import Owned, OwnedForeignKey, acting_for, keys

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
    opened_at = models.DateTimeField()
    is_demo = models.BooleanField(default=False)

    # when and how often we may call
    call_gap_days = models.PositiveSmallIntegerField(default=CALL_GAP_DAYS)
    calls_from = models.TimeField(default=time(9))
    calls_until = models.TimeField(default=time(20))

    # the value of a customer: how far we look, and what a year costs
    horizon_months = models.PositiveSmallIntegerField(default=36)
    yearly_discount = models.DecimalField(max_digits=5, decimal_places=4, default=Decimal("0.10"))

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


class Branch(Owned):
    """A place where customers come, with its own clock and money."""

    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    currency = models.CharField(max_length=3)
    language = models.CharField(max_length=10)
    zone = models.CharField(max_length=60)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    keeps_public_holidays = models.BooleanField(default=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta(Owned.Meta):
        constraints = [
            *keys("branch"),
            models.UniqueConstraint(fields=["business", "name"], name="branch_name"),
        ]

    def __str__(self) -> str:
        return self.name


class OpenInterval(Owned):
    """From when until when a branch is open on a weekday; several a day are several rows."""

    branch = OwnedForeignKey(Branch, related_name="intervals")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta(Owned.Meta):
        constraints = [
            *keys("openinterval", branch="branch"),
            models.UniqueConstraint(fields=["business", "branch", "weekday", "opens"], name="interval_once"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="weekday_exists"),
        ]


class SpecialDay(Owned):
    """A date with hours of its own; no hours means closed all day."""

    branch = OwnedForeignKey(Branch, related_name="special_days")
    day = models.DateField()
    name = models.CharField(max_length=100, blank=True)
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)

    class Meta(Owned.Meta):
        constraints = [
            *keys("specialday", branch="branch"),
            models.UniqueConstraint(fields=["business", "branch", "day"], name="special_day_once"),
        ]


WORKING_WEEK: dict[int, list[Hours]] = {day: [(time(9), time(18))] for day in range(5)}


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


@transaction.atomic
def open_branch(*, week: dict[int, list[Hours]], at: datetime, by: Any = None, **described: Any) -> Branch:
    """A new branch. `week` maps weekdays (Monday 0) to intervals."""
    _refuse_taken_name(described["name"])
    branch: Branch = Branch.objects.create(opened_at=at, **described)
    _write_week(branch, week)
    journal.write("branch opened", branch, by=by, at=at, name=branch.name)
    return branch


@transaction.atomic
def change_branch(branch: Branch, *, week: dict[int, list[Hours]], by: Any, at: datetime, **described: Any) -> None:
    """New particulars and hours. Deadlines that were made by the old hours keep their time."""
    if described["name"] != branch.name:
        _refuse_taken_name(described["name"])
    for name, value in described.items():
        setattr(branch, name, value)
    branch.save()
    branch.intervals.all().delete()
    _write_week(branch, week)
    journal.write("branch changed", branch, by=by, at=at, name=branch.name)


@transaction.atomic
def close_branch(branch: Branch, *, by: Any, at: datetime) -> None:
    """Nobody comes there any longer. What was sold there stays; the last open branch cannot be closed."""
    if not Branch.objects.filter(closed_at=None).exclude(pk=branch.pk).exists():
        raise Refused(gettext_noop("This is your only open branch. Open another one first."))
    branch.closed_at = at
    branch.save(update_fields=["closed_at"])
    journal.write("branch closed", branch, by=by, at=at, name=branch.name)


@transaction.atomic
def reopen_branch(branch: Branch, *, by: Any, at: datetime) -> None:
    """Customers come there again."""
    branch.closed_at = None
    branch.save(update_fields=["closed_at"])
    journal.write("branch reopened", branch, by=by, at=at, name=branch.name)


@transaction.atomic
def set_special_day(
    branch: Branch, *, day: date, name: str, opens: time | None, closes: time | None, by: Any, at: datetime
) -> SpecialDay:
    """Hours of one date, in place of the weekday's and of the public holiday's; no hours closes it."""
    if (opens is None) != (closes is None):
        raise Refused(gettext_noop("Give both hours, or neither to stay closed all day."), field="closes")
    if opens is not None and closes is not None and closes <= opens and closes != time(0):
        raise Refused(gettext_noop("The day must end after it begins."), field="closes")
    special: SpecialDay = SpecialDay.objects.update_or_create(
        branch=branch, day=day, defaults={"name": name, "opens": opens, "closes": closes}
    )[0]
    journal.write("special day set", special, by=by, at=at, day=str(day))
    return special


@transaction.atomic
def forget_special_day(special: SpecialDay, *, by: Any, at: datetime) -> None:
    """The date follows its weekday, or the public holiday, again."""
    journal.write("special day forgotten", special, by=by, at=at, day=str(special.day))
    special.delete()


def hours(branch: Branch) -> OpeningHours:
    """When this branch is open: its week, its country's public holidays, its own special days."""
    week: dict[int, list[Hours]] = {}
    for interval in branch.intervals.all():
        week.setdefault(interval.weekday, []).append((interval.opens, interval.closes))
    own = {
        day.day: [(day.opens, day.closes)] if day.opens is not None and day.closes is not None else []
        for day in branch.special_days.all()
    }
    public = public_holidays(branch.country) if branch.keeps_public_holidays else ()
    return OpeningHours(zone=branch.zone, week=week, holidays=public, special=own)


def _has_sales() -> bool:
    from regulars.record.sales import Sale

    return bool(Sale.objects.exists())


def _refuse_taken_name(name: str) -> None:
    if Branch.objects.filter(name=name).exists():
        raise Refused(gettext_noop("There is a branch of that name already."), field="name")


def _write_week(branch: Branch, week: dict[int, list[Hours]]) -> None:
    rows = []
    for weekday, intervals in week.items():
        before = time(0)
        for opens, closes in sorted(intervals):
            if opens < before or (closes <= opens and closes != time(0)):
                raise Refused(
                    gettext_noop("Opening hours must not overlap, and each must end after it begins."),
                    field="week",
                )
            before = closes if closes != time(0) else time.max
            rows.append(OpenInterval(branch=branch, weekday=weekday, opens=opens, closes=closes))
    OpenInterval.objects.bulk_create(rows)
