"""Counts at night whether causes came back: 30, 60 and 90 days after each change."""

from datetime import datetime, timedelta

from regulars.desk import recurrence
from regulars.jobs import each
from regulars.record import changes
from regulars.record.changes import WATCHES


def judge(now: datetime) -> None:
    """Every change whose day has come; what was judged already is left alone."""
    for _business in each.business():
        for change in changes.living().filter(done_at__isnull=False).prefetch_related("verdicts"):
            known = {(verdict.days, verdict.done_at) for verdict in change.verdicts.all()}
            due = [days for days in WATCHES if change.done_at + timedelta(days=days) <= now]
            for days in due:
                if (days, change.done_at) not in known:
                    counted = recurrence.counted(change, at=change.done_at + timedelta(days=days))
                    changes.judge(change, days=days, counted=counted.numbers, held=counted.told.verdict, at=now)
