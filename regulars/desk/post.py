"""Hands a letter to the mail server, and says in words what became of it."""

import logging
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import NamedTuple

from django.core.mail import EmailMessage
from django.utils.translation import gettext

log = logging.getLogger(__name__)


class Failure(NamedTuple):
    """Why it could not go out, and whether it never will."""

    why: str
    for_good: bool


def post(letter: EmailMessage) -> Failure | None:
    """None when the mail server took it. No transaction may be open meanwhile: a mail server can be slow."""
    try:
        letter.send()
    except (ValueError, SMTPRecipientsRefused):  # of an address that is none; Django’s and email’s are both
        return Failure(gettext("There is no such address. Look at it, or call."), for_good=True)
    except SMTPResponseException as error:
        said = error.smtp_error
        words = said.decode(errors="replace") if isinstance(said, bytes) else said
        for_good = 500 <= error.smtp_code < 600 and error.smtp_code != 535
        return Failure(gettext("The mail server refused it: %(words)s") % {"words": words}, for_good)
    except (SMTPException, OSError) as error:
        log.warning("a letter could not go out: %s", error)
        return Failure(gettext("The mail server does not answer."), for_good=False)
    return None


def demo() -> Failure:
    return Failure(gettext("The demo writes to nobody."), for_good=True)
