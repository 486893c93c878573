"""Sends the letters that wait; what cannot go out now goes out later, and what never will is said on the page."""

import logging
from datetime import datetime
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.utils import translation
from django.utils.translation import gettext

from regulars.desk.envelopes import envelope, named
from regulars.jobs import each
from regulars.kernel import clock
from regulars.record import outgoing
from regulars.record.business import Business
from regulars.record.messages import Message
from regulars.record.owned import acting_for

log = logging.getLogger(__name__)


def send(now: datetime) -> None:
    """Each is claimed first, so that it goes out once; no transaction is open while a mail server is spoken to."""
    for business, message in [
        (business, message)
        for business in each.business()
        for message in outgoing.to_send(at=now)
        if outgoing.claim(message, named(message.pk), at=now)
    ]:
        with translation.override(business.language):
            _send(message, business)


def _send(message: Message, business: Business) -> None:
    if business.is_demo:
        _failed(message, business, gettext("The demo writes to nobody."), for_good=True)
        return
    try:
        with acting_for(business.pk):
            letter = envelope(message, business)
        letter.send()
    except (ValueError, SMTPRecipientsRefused):  # of an address that is none; Django’s and email’s are both
        _failed(message, business, gettext("There is no such address. Look at it, or call."), for_good=True)
    except SMTPResponseException as error:
        said = gettext("The mail server refused it: %(words)s") % {"words": _words(error.smtp_error)}
        _failed(message, business, said, for_good=500 <= error.smtp_code < 600 and error.smtp_code != 535)
    except (SMTPException, OSError) as error:
        log.warning("a letter could not go out: %s", error)
        _failed(message, business, gettext("The mail server does not answer."), for_good=False)
    else:
        with acting_for(business.pk):
            outgoing.sent(message, at=clock.now())


def _failed(message: Message, business: Business, why: str, *, for_good: bool) -> None:
    with acting_for(business.pk):
        outgoing.not_sent(message, why, at=clock.now(), for_good=for_good)


def _words(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else said
