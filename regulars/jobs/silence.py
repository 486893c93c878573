"""Listens at night whether customers have stopped complaining."""

from datetime import datetime

from regulars.desk import silence
from regulars.jobs import each


def listen(now: datetime) -> None:
    """Every business, with as many false alarms as its owner accepts."""
    for business in each.business():
        silence.sound(at=now, false_alarms=float(business.false_alarms))
