"""Puts calls on everybody's list: at night, and as soon as the worth was worked out anew."""

from datetime import datetime
from zoneinfo import ZoneInfo

from regulars.desk import plays
from regulars.jobs import each
from regulars.record.business import Business
from regulars.record.calls import Call


def plan_calls(now: datetime) -> None:
    """For every business."""
    for business in each.business():
        plan_for(business, now)


def plan_for(business: Business, now: datetime) -> list[Call]:
    """For the business that is set, by the date in its own zone."""
    return plays.plan(business, today=now.astimezone(ZoneInfo(business.zone)).date(), at=now)
