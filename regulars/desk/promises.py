"""A promise at the counter: the times that one usually names, the time that we keep, and the list of what was told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, Q
from django.utils.translation import gettext, gettext_lazy

from regulars.desk.duty import when
from regulars.engines.promising import Learned
from regulars.kernel.days import OpeningHours
from regulars.record import branches, duetimes, work
from regulars.record.business import Business
from regulars.record.forecasts import Forecast
from regulars.record.promises import EARLY, Promise, Standing, open_ones, to_tell

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
QUARTER = timedelta(minutes=15)
NOON = 12
TYPED = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True)
class Usual:
    """A time that is promised in one tap, on the branch's own clock."""

    label: str
    at: datetime

    @property
    def typed(self) -> str:
        """As a browser's field for a moment writes it."""
        return self.at.strftime(TYPED)


@dataclass(frozen=True)
class Suggested:
    """The time that we keep in `share` of cases. `due`: in words; `like`: finished jobs of that kind."""

    at: datetime
    due: str
    share: float
    like: int
    is_cautious: bool

    @property
    def typed(self) -> str:
        return self.at.strftime(TYPED)


def usual_times(branch: Any, at: datetime) -> list[Usual]:
    """In an hour, at closing, and on the next open day at opening, at noon and at closing; each moment once."""
    found: dict[datetime, Usual] = {}
    for label, moment in _usual(branches.hours(branch), at):
        found.setdefault(moment, Usual(label or when(moment, at), moment))
    return list(found.values())


def _usual(hours: OpeningHours, at: datetime) -> Iterator[tuple[str, datetime]]:
    there = at.astimezone(ZoneInfo(hours.zone))
    soon = _up(there + HOUR, timedelta(minutes=5))
    if hours.may_be_due(soon):
        yield gettext("In an hour: %(time)s") % {"time": when(soon, at)}, soon
    closings = [closes for _opens, closes in hours.on(there.date()) if closes > there]
    if closings:
        yield gettext("At closing: %(time)s") % {"time": when(closings[-1], at)}, closings[-1]
    following = hours.next_open(there.replace(hour=0, minute=0, second=0, microsecond=0) + DAY)
    if following is None:
        return
    day = hours.on(following.date())
    noon = following.replace(hour=NOON, minute=0, second=0, microsecond=0)
    yield "", day[0][0]
    if hours.may_be_due(noon):
        yield "", noon
    yield "", day[-1][1]


def suggestion(branch: Any, kind: Any, at: datetime) -> Suggested | None:
    """The time that the business keeps in its own share of cases; None: too little is known for any."""
    forecast = Forecast.objects.filter(branch=branch).first()
    if kind is None or forecast is None:
        return None
    share = Business.objects.values_list("promise_share", flat=True).get(pk=branch.business_id)
    busy = work.open_jobs().filter(branch=branch).count()
    weekday = at.astimezone(ZoneInfo(branch.zone)).weekday()
    known = Learned.from_plain(forecast.learnt["engine"])
    number = forecast.learnt["kinds"].get(str(kind.pk), -1)
    found = known.suggest(number, busy, weekday, float(share))
    hours = branches.hours(branch)
    ready = hours.after(at, timedelta(minutes=found.took)) if found.took is not None else None
    if ready is None:
        return None
    due = _up(ready, QUARTER).astimezone(ZoneInfo(branch.zone))
    due = due if hours.may_be_due(due) else ready.astimezone(ZoneInfo(branch.zone))
    return Suggested(due, when(due, at), float(share), found.based_on, found.cautious)


def _up(moment: datetime, step: timedelta) -> datetime:
    """A round time, not before that one."""
    over = (moment - moment.replace(hour=0, minute=0, second=0, microsecond=0)) % step
    return moment + (step - over if over else over)


# --- the list ------------------------------------------------------------------------------------------------------

LISTS = {
    "open": gettext_lazy("Open"),
    "overdue": gettext_lazy("Overdue"),
    "waiting": gettext_lazy("Waiting for the customer"),
    "tell": gettext_lazy("Ready, to be told"),
    "kept": gettext_lazy("Kept"),
    "early": gettext_lazy("Early"),
    "late": gettext_lazy("Late"),
    "missed": gettext_lazy("Missed"),
}


def listed(name: str, at: datetime) -> tuple[Any, str]:
    """The promises of that list, and the column by which the most urgent, or the latest, comes first."""
    kept = Promise.objects.filter(kept_at__isnull=False)
    is_overdue = Q(broken_at__isnull=False) | Q(due_at__lt=at, waiting_since=None)
    return {
        "open": (open_ones(), "due_at"),
        "overdue": (open_ones().filter(is_overdue), "due_at"),
        "waiting": (open_ones().filter(waiting_since__isnull=False), "due_at"),
        "tell": (to_tell(), "kept_at"),
        "kept": (kept.filter(broken_at=None), "-kept_at"),
        "early": (kept.filter(broken_at=None, took__lte=F("promised") * EARLY), "-kept_at"),
        "late": (kept.filter(broken_at__isnull=False), "-kept_at"),
        "missed": (Promise.objects.filter(missed_at__isnull=False), "-missed_at"),
    }[name]


@dataclass(frozen=True)
class Line:
    """One promise of the list; `due` in words, on the clock that she was told it by."""

    promise: Promise
    standing: Standing
    due: str


def lines(promises: list[Promise], at: datetime) -> list[Line]:
    return [Line(promise, promise.standing(at), when(promise.due_there, at)) for promise in promises]


# --- one promise ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Moved:
    """One move, in words; `told`: None while she does not know, else whether she was told before the time passed."""

    was: str
    to: str
    reason: str
    by: str
    told: bool | None


@dataclass(frozen=True)
class Stood:
    """One pause: since when, for how many open minutes so far, and why."""

    since: str
    minutes: int
    why: str
    is_over: bool


@dataclass(frozen=True)
class Story:
    """One promise as it is told: the moments in words, on the clock of its branch."""

    standing: Standing
    due: str
    first_due: str
    moved_to: str
    left: int  # open minutes until it breaks
    moves: list[Moved]
    pauses: list[Stood]
    extras: list[Any]


def story(promise: Promise, at: datetime) -> Story:
    hours, zone = branches.hours(promise.branch), ZoneInfo(promise.zone)

    def said(moment: datetime) -> str:
        return when(moment.astimezone(zone), at)

    return Story(
        standing=promise.standing(at),
        due=said(promise.due_at),
        first_due=said(promise.first_due_at),
        moved_to=said(promise.moved_to) if promise.moved_to else "",
        left=duetimes.minutes(hours.worked(at, promise.due_at)),
        moves=[
            Moved(said(it.was), said(it.to), it.reason, str(it.by), it.told_first if it.told_at else None)
            for it in promise.moves.select_related("by")
        ],
        pauses=[
            Stood(
                said(it.began_at),
                duetimes.minutes(hours.worked(it.began_at, it.ended_at or at)),
                it.why,
                it.ended_at is not None,
            )
            for it in promise.pauses.all()
        ],
        extras=list(promise.extras.filter(taken_back_at=None)),
    )
