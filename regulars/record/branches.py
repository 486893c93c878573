"""Branches: where customers come, with its own zone and money, and when each is open."""

from datetime import date, datetime, time
from typing import Any

from django.db import models, transaction

from regulars.kernel.days import Hours, OpeningHours, public_holidays
from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import journal
from regulars.record.owned import Owned, OwnedForeignKey, keys


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
    promises_an_hour = models.PositiveSmallIntegerField(null=True, blank=True)  # None: as many as there are
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
    _warn_anew(branch, at)


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
    _warn_anew(branch, at)
    return special


@transaction.atomic
def forget_special_day(special: SpecialDay, *, by: Any, at: datetime) -> None:
    """The date follows its weekday, or the public holiday, again."""
    journal.write("special day forgotten", special, by=by, at=at, day=str(special.day))
    special.delete()
    _warn_anew(special.branch, at)


def first_open() -> Branch:
    """The oldest of those that are open; the last one cannot be closed, so there is always one."""
    found: Branch = Branch.objects.filter(closed_at=None).order_by("opened_at", "id")[0]
    return found


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


def _warn_anew(branch: Branch, at: datetime) -> None:
    from regulars.record import warnings

    warnings.reckon_anew(branch, at=at)


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
