"""Puts calls on everybody's list."""

from datetime import datetime
from zoneinfo import ZoneInfo

from regulars.desk import plays
from regulars.jobs import each


def plan_calls(now: datetime) -> None:
    """For every business, by the date in its own zone."""
    for business in each.business():
        plays.plan(business, today=now.astimezone(ZoneInfo(business.zone)).date(), at=now)
