"""Opening hours: when a branch is open, in its own zone, with holidays and several intervals a day."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from holidays import country_holidays

Hours = tuple[time, time]  # opens, closes; closes at 00:00 means midnight, the end of that day

FURTHEST = timedelta(days=366)


@cache
def public_holidays(country: str) -> Container[date]:
    """The public holidays of a country (ISO 3166 alpha-2), any year; empty for a country nobody has tabled."""
    try:
        return country_holidays(country)
    except NotImplementedError:
        return ()


def holidays_ahead(country: str, since: date, language: str) -> list[tuple[date, str]]:
    """The public holidays of the year that begins on `since`, named in that language or else in English."""
    try:
        named = country_holidays(country, years=(since.year, since.year + 1), language=language)
    except NotImplementedError:
        return []
    return sorted((day, name) for day, name in named.items() if since <= day < since + FURTHEST)


@dataclass(frozen=True)
class OpeningHours:
    """`week`: weekday (Monday 0) to its intervals. `holidays`: dates on which it is closed. `special`: a date to
    its own intervals, stronger than both; none means closed.
    """

    zone: str
    week: Mapping[int, Sequence[Hours]]
    holidays: Container[date] = ()
    special: Mapping[date, Sequence[Hours]] = field(default_factory=dict)

    def on(self, day: date) -> list[tuple[datetime, datetime]]:
        """The intervals of that day as moments, earliest first."""
        zone = ZoneInfo(self.zone)
        usual = () if day in self.holidays else self.week.get(day.weekday(), ())
        hours = self.special.get(day, usual)
        return [
            (
                datetime.combine(day, opens, zone),
                datetime.combine(day + timedelta(days=closes == time(0)), closes, zone),
            )
            for opens, closes in sorted(hours)
        ]

    def is_open(self, at: datetime) -> bool:
        local = at.astimezone(ZoneInfo(self.zone))
        return any(opens <= local < closes for opens, closes in self.on(local.date()))

    def next_open(self, at: datetime) -> datetime | None:
        """`at` itself when open, else the next opening; None when it never opens within a year."""
        local = at.astimezone(ZoneInfo(self.zone))
        day = local.date()
        while day <= local.date() + FURTHEST:
            for opens, closes in self.on(day):
                if local < closes:
                    return max(opens, local)
            day += timedelta(days=1)
        return None

    def may_be_due(self, at: datetime) -> bool:
        """Whether something can be promised for that moment: it is open, or closes just then."""
        return self.is_open(at) or any(closes == at for _, closes in self._from(at, at))

    def worked(self, since: datetime, until: datetime) -> timedelta:
        """How long it is open between the two moments; nothing when `until` comes first.

        Counted on the clock of the world: a night when the clocks change has 23 or 25 hours.
        """
        since, until, whole = since.astimezone(UTC), until.astimezone(UTC), timedelta()
        for opens, closes in self._from(since, until):
            whole += max(min(closes, until) - max(opens, since), timedelta())
        return whole

    def after(self, since: datetime, work: timedelta) -> datetime | None:
        """The first moment by which it has been open for so long since then, in UTC; None: not within a year.

        No work at all is over at the next opening.
        """
        since = since.astimezone(UTC)
        for opens, closes in self._from(since, since + FURTHEST):
            begins = max(opens, since)
            if begins < closes and begins + work <= closes:
                return begins + work
            work -= max(closes - begins, timedelta())
        return None

    def _from(self, since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The intervals of all days that the two moments touch, in UTC."""
        zone = ZoneInfo(self.zone)
        day, last = since.astimezone(zone).date() - timedelta(days=1), until.astimezone(zone).date()
        while day <= last:
            for opens, closes in self.on(day):
                yield opens.astimezone(UTC), closes.astimezone(UTC)
            day += timedelta(days=1)
