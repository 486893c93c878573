"""Whom to ask by letter how it was, and the letter: a question, one link, and a way to hear no more of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.utils import formataddr, parseaddr
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext

from regulars.desk import acknowledging, calling
from regulars.record import surveys
from regulars.record.branches import Branch
from regulars.record.business import Business
from regulars.record.customers import Customer
from regulars.record.sales import Sale
from regulars.record.surveys import Survey
from regulars.record.work import Job

LATEST = timedelta(days=3)  # a visit that lies further back is not asked about any more
AT_ONCE = 500  # visits looked at in one go; the others wait a minute


@dataclass(frozen=True)
class Visit:
    """A job that was finished, or a sale."""

    customer: Customer
    branch: Branch
    at: datetime
    job: Job | None
    member: Any

    @property
    def day(self) -> date:
        return self.at.astimezone(ZoneInfo(self.branch.zone)).date()


def plan(business: Business, *, at: datetime) -> list[Survey]:
    """Ask everybody who was here and may be asked; each once, and nobody whom we cannot write to."""
    visits = {visit.customer.pk: visit for visit in _visits(business, at)}
    wanted = list(visits)
    to = surveys.addresses(wanted)
    willing = surveys.may_be_asked(wanted, gap_days=business.survey_gap_days, at=at)
    return [
        surveys.ask(
            visit.customer,
            branch=visit.branch,
            day=visit.day,
            job=visit.job,
            member=visit.member,
            send_at=_by_day(business, visit, at),
            to=to[pk],
            at=at,
        )
        for pk, visit in visits.items()
        if pk in willing and pk in to
    ]


def _visits(business: Business, at: datetime) -> Iterator[Visit]:
    """Those of the last days about which nobody has been asked; a job comes after a sale, the latest last."""
    until = at - timedelta(hours=business.survey_after_hours)
    since = until - LATEST
    asked = Survey.objects.filter(asked_at__gt=since - LATEST).values("customer")
    said = ("customer__branch", "branch")
    sales = Sale.objects.filter(at__range=(since, until), amount__gt=0).exclude(customer__in=asked)
    for sale in sales.select_related(*said, "served_by").order_by("at")[:AT_ONCE]:
        yield Visit(sale.customer, sale.branch, sale.at, None, sale.served_by)
    jobs = Job.objects.filter(finished_at__range=(since, until), comeback_of=None).exclude(customer__in=asked)
    for job in jobs.select_related(*said, "performer").order_by("finished_at")[:AT_ONCE]:
        yield Visit(job.customer, job.branch, job.finished_at or at, job, job.performer)


def _by_day(business: Business, visit: Visit, at: datetime) -> datetime:
    """Now, or when it is day where she is: a letter at night is a letter that wakes."""
    zone = calling.her_zone(visit.customer, None, visit.branch.zone)
    return calling.not_before(business, zone, at) or at


def address(survey: Survey) -> str:
    return f"{settings.SITE_URL}/asked/{survey.business_id}/{survey.secret}/"


def letter(survey: Survey, business: Business) -> EmailMessage:
    """In her language. Mail programs show a button that stops further ones (RFC 8058); the link below does it too."""
    branch, her = survey.branch, survey.customer
    stop = f"{address(survey)}stop/"
    with translation.override(acknowledging.language(her.language, branch.language, business.language)):
        subject = gettext("How was it at %(name)s?") % {"name": branch.name}
        if survey.sent_at is not None:
            subject = gettext("Once more, and not again: %(subject)s") % {"subject": subject}
        greeting = gettext("Good day, %(name)s!") % {"name": her.address_as} if her.address_as else gettext("Good day!")
        said = [
            greeting,
            _about(survey),
            gettext("Three questions, under a minute: %(address)s") % {"address": address(survey)},
            "\n".join(filter(None, [branch.name, branch.phone])),
            gettext("You would rather not be asked? One tap: %(address)s") % {"address": stop},
        ]
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return EmailMessage(
        subject=" ".join(subject.split()),
        body="\n\n".join(said),
        from_email=formataddr((" ".join(branch.name.split()), sender)),
        to=[survey.to],
        headers={
            "Message-ID": f"<{survey.pk}.{int(survey.sent_at is not None)}@{acknowledging.host()}>",
            "List-Unsubscribe": f"<{stop}now/>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )


def _about(survey: Survey) -> str:
    if survey.job is not None:
        return gettext("We have done this for you: %(what)s. Is everything as you wanted it?") % {
            "what": survey.job.what
        }
    return gettext("Thank you for coming to us. Was everything as you wanted it?")
