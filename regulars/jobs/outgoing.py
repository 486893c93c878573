"""Sends the letters that wait; what cannot go out now goes out later, and what never will is said on the page."""

from datetime import datetime

from django.utils import translation

from regulars.desk.envelopes import envelope, named
from regulars.desk.post import Failure, demo, post
from regulars.jobs import each
from regulars.kernel import clock
from regulars.record import outgoing
from regulars.record.business import Business
from regulars.record.messages import Message
from regulars.record.owned import acting_for


def send(now: datetime) -> None:
    """Each is claimed first, so that it goes out once; no transaction is open while a mail server is spoken to."""
    for business, message in [
        (business, message)
        for business in each.business()
        for message in outgoing.to_send(at=now)
        if outgoing.claim(message, named(message.pk), at=now)
    ]:
        with translation.override(business.language):
            _settle(message, business, _send(message, business))


def _send(message: Message, business: Business) -> Failure | None:
    if business.is_demo:
        return demo()
    with acting_for(business.pk):
        letter = envelope(message, business)
    return post(letter)


def _settle(message: Message, business: Business, failed: Failure | None) -> None:
    with acting_for(business.pk):
        if failed is None:
            outgoing.sent(message, at=clock.now())
        else:
            outgoing.not_sent(message, failed.why, at=clock.now(), for_good=failed.for_good)
