"""How well the times are kept that the promise engine gave, and what it would promise today."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from regulars.desk.learning import scores
from regulars.engines.promising import Learned, Score, Suggestion
from regulars.record import work
from regulars.record.business import Business
from regulars.record.forecasts import Forecast
from regulars.record.work import JobKind


@dataclass(frozen=True)
class Line:
    """One kind of job: what would be promised to somebody who comes now."""

    kind: JobKind
    suggestion: Suggestion


@dataclass(frozen=True)
class OfBranch:
    forecast: Forecast
    busy: int
    lines: list[Line]


@dataclass(frozen=True)
class Kept:
    """A score with its verdict in words."""

    score: Score
    verdict: str

    @property
    def has_drifted(self) -> bool:
        return self.score.verdict in ("kept_less", "kept_more")


def kept(*, at: datetime) -> list[Kept]:
    return [Kept(score, verdict(score)) for score in scores(at=at)]


def verdict(score: Score) -> str:
    return {
        "too_few": _("too few to tell yet"),
        "as_promised": _("as promised"),
        "kept_less": _("fewer than promised lately: work takes longer than it did, and the times follow"),
        "kept_more": _("more than promised lately: work goes faster than it did, and the times follow"),
    }[score.verdict]


def branches(business: Business, *, at: datetime) -> list[OfBranch]:
    """Of each open branch that has learnt anything."""
    kinds = {str(kind.pk): kind for kind in JobKind.objects.filter(retired_at=None)}
    found = Forecast.objects.filter(branch__closed_at=None).select_related("branch").order_by("branch__name")
    return [_of_branch(forecast, kinds, float(business.promise_share), at) for forecast in found]


def _of_branch(forecast: Forecast, kinds: dict[str, Any], share: float, at: datetime) -> OfBranch:
    learned = Learned.from_plain(forecast.learnt["engine"])
    busy = work.open_jobs().filter(branch=forecast.branch).count()
    weekday = at.astimezone(ZoneInfo(forecast.branch.zone)).weekday()
    numbers = forecast.learnt["kinds"]
    lines = [
        Line(kind, learned.suggest(numbers[pk], busy, weekday, share)) for pk, kind in kinds.items() if pk in numbers
    ]
    return OfBranch(forecast, busy, lines)
