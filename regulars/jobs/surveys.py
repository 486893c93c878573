"""Asks customers by letter how it was, where the business wants it; and learns by receipts who it was that answered."""

from datetime import datetime

from django.utils import translation

from regulars.desk import asking
from regulars.desk.post import Failure, demo, post
from regulars.jobs import each
from regulars.kernel import clock
from regulars.record import ratings, surveys
from regulars.record.business import Business
from regulars.record.owned import acting_for
from regulars.record.surveys import Survey


def ask(now: datetime) -> None:
    """Whoever was here lately, in every business that asks by letter."""
    for business in each.business():
        if business.survey_by_mail:
            asking.plan(business, at=now)


def send(now: datetime) -> None:
    """Each letter is claimed first, so that it goes out once; no transaction is open while a mail server is spoken to.

    What was planned goes out no more once the business asks nobody by letter.
    """
    for business, survey in [
        (business, survey)
        for business in each.business()
        if business.survey_by_mail
        for survey in surveys.to_send(at=now)
        if surveys.claim(survey, at=now)
    ]:
        with translation.override(business.language):
            _settle(survey, business, _send(survey, business))


def match(now: datetime) -> None:
    """Receipts that came with an answer, and whose sales have come meanwhile."""
    for _business in each.business():
        ratings.match_receipts(at=now)


def _send(survey: Survey, business: Business) -> Failure | None:
    if business.is_demo:
        return demo()
    with acting_for(business.pk):
        letter = asking.letter(survey, business)
    return post(letter)


def _settle(survey: Survey, business: Business, failed: Failure | None) -> None:
    with acting_for(business.pk):
        if failed is None:
            surveys.sent(survey, remind_days=business.survey_remind_days, at=clock.now())
        else:
            surveys.not_sent(survey, failed.why, at=clock.now(), for_good=failed.for_good)
