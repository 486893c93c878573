"""Warns of promises before they break, and learns at night how long work takes here."""

from datetime import datetime

from django.core.mail import send_mail

from regulars.desk import learning
from regulars.desk.warnings import letters
from regulars.jobs import each
from regulars.record import warnings
from regulars.record.branches import Branch
from regulars.record.business import Business
from regulars.record.promises import Promise


def warn(now: datetime) -> None:
    """Every promise of which little time is left, once; the demo writes to nobody."""
    for business in each.business():
        for promise in warnings.to_warn(at=now):
            if warnings.claim(promise, at=now) and not business.is_demo:
                _send(promise, business, now)


def learn(now: datetime) -> None:
    """How long work takes in every branch, from its own jobs."""
    for _business in each.business():
        for branch in Branch.objects.filter(closed_at=None):
            learning.learn(branch, at=now)


def _send(promise: Promise, business: Business, now: datetime) -> None:
    """A letter that cannot go out now goes out at the next look."""
    try:
        for letter in letters(promise, business, at=now):
            send_mail(letter.subject, letter.words, None, [letter.to])
    except OSError:
        warnings.give_back(promise)
        raise
