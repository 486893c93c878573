"""What the promise engine has learnt of a branch: worked out at night, read at the counter."""

from datetime import datetime
from typing import Any

from django.db import models

from regulars.record.owned import Owned, OwnedForeignKey, keys


class Forecast(Owned):
    """One for each branch. `learnt` is the engine's own, as plain JSON."""

    branch = OwnedForeignKey("record.Branch", related_name="forecasts")
    learnt_at = models.DateTimeField()
    jobs = models.PositiveIntegerField()
    learnt = models.JSONField()

    class Meta(Owned.Meta):
        constraints = [
            *keys("forecast", branch="branch"),
            models.UniqueConstraint(fields=["business", "branch"], name="forecast_once"),
        ]


def keep(branch: Any, *, jobs: int, learnt: dict[str, Any], at: datetime) -> Forecast:
    """In place of what was learnt before."""
    forecast: Forecast = Forecast.objects.update_or_create(
        branch=branch, defaults={"learnt_at": at, "jobs": jobs, "learnt": learnt}
    )[0]
    return forecast
