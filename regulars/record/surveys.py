"""Surveys: one customer, asked once about one visit; a letter, one reminder, and silence for a while after.

Nobody is pressed: at most one survey in so many days, none for whoever does not want any, and a link that ends.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from regulars.kernel import whose
from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import journal, secrecy
from regulars.record.customers import Contact, Customer
from regulars.record.owned import Owned, OwnedForeignKey, keys

SALT = "regulars.survey"
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240)]  # before a letter is tried again
MOST_TRIES = 9  # about a day: a question about a visit that lies further back is odd


class Survey(Owned):
    """She is asked about the visit of that day. `send_at`: when the next letter goes; None: none goes."""

    customer = OwnedForeignKey("record.Customer", related_name="surveys")
    branch = OwnedForeignKey("record.Branch")
    day = models.DateField()  # of the visit: one survey for each
    job = OwnedForeignKey("record.Job", null=True)
    member = OwnedForeignKey("record.Member", null=True)  # whose work it was
    asked_by = OwnedForeignKey("record.Member", null=True)  # at the counter; None: by letter
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    to = models.CharField(max_length=254, blank=True)
    send_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)  # it will not arrive
    failure = models.CharField(max_length=500, blank=True)

    class Meta(Owned.Meta):
        constraints = [
            *keys("survey", customer="customer", branch="branch", job="job", member="member", asked_by="member"),
            models.UniqueConstraint(fields=["business", "customer", "day"], name="survey_once"),
        ]
        indexes = [
            models.Index(fields=["business", "customer", "asked_at"], name="survey_customer"),
            models.Index(fields=["business", "asked_at"], name="survey_asked"),
            models.Index(fields=["business", "job"], name="survey_job", condition=Q(job__isnull=False)),
            models.Index(fields=["business", "send_at"], name="survey_to_send", condition=Q(send_at__isnull=False)),
        ]

    @property
    def secret(self) -> str:
        return secrecy.seal(SALT, self.pk, 1)


@transaction.atomic
def ask(
    customer: Customer,
    *,
    branch: Any,
    day: date,
    at: datetime,
    by: Any = None,
    job: Any = None,
    member: Any = None,
    send_at: datetime | None = None,
    to: str = "",
) -> Survey:
    """Ask about the visit of that day: at the counter by `by`, or by a letter to `to` that goes at `send_at`."""
    from regulars.record.business import Business

    business = Business.objects.select_for_update().get(pk=whose.business())  # two that ask at once take turns
    same: Survey | None = Survey.objects.filter(customer=customer, day=day).first()
    if same is not None and by is not None:
        return same  # the counter goes on where the letter stands
    if not may_be_asked([customer.pk], gap_days=business.survey_gap_days, at=at):
        raise Refused(gettext_noop("This customer was asked a short while ago, or does not want to be asked."))
    survey: Survey = Survey.objects.create(
        customer=customer,
        branch=branch,
        day=day,
        job=job,
        member=member,
        asked_by=by,
        asked_at=at,
        expires_at=max(at, send_at or at) + timedelta(days=business.survey_valid_days),
        send_at=send_at,
        to=to,
    )
    journal.write("survey asked", survey, by=by, at=at, customer=customer, day=str(day))
    return survey


def may_be_asked(customers: list[Any], *, gap_days: int, at: datetime) -> set[Any]:
    """Who of these may be asked now: not asked or answered within so many days, and not against her wish."""
    since = at - timedelta(days=gap_days)
    willing = Customer.objects.filter(pk__in=customers, no_surveys_at=None, merged_at=None)
    lately = Survey.objects.filter(customer__in=customers, asked_at__gt=since)
    return set(willing.values_list("pk", flat=True)) - set(lately.values_list("customer_id", flat=True))


def addresses(customers: list[Any]) -> dict[Any, str]:
    """To which address each of these may be written: the first of hers; whoever wants no mail is left out."""
    hers = Contact.objects.filter(customer__in=customers, kind=Contact.Kind.EMAIL, wrong_since=None)
    found = hers.filter(customer__no_mail_at=None).order_by("-position", "-id").values_list("customer_id", "value")
    return dict(found)


def opened_by(secret: str, *, at: datetime) -> Survey:
    """The survey of that link, while it can be answered."""
    survey = named_by(secret)
    if survey.expires_at <= at:
        raise Refused(gettext_noop("This link has ended."))
    return survey


def named_by(secret: str) -> Survey:
    """The survey of that link, also when it can no longer be answered: she may always say that she wants no more."""
    found: Survey | None = (
        Survey.objects.select_related("customer__merged_into", "branch", "job", "member")
        .filter(pk=secrecy.named_by(secret))
        .first()
    )
    if found is None or not secrecy.is_seal(secret, SALT, found.pk, 1):
        raise Refused(gettext_noop("This link has ended."))
    return found


def answered(survey: Survey, *, at: datetime) -> None:
    """No more letters about it."""
    Survey.objects.filter(pk=survey.pk, answered_at=None).update(answered_at=at)
    Survey.objects.filter(pk=survey.pk).update(send_at=None)


# --- by letter -------------------------------------------------------------------------------------------------


def to_send(*, at: datetime) -> Any:
    """Whose letter, or reminder, is due; whoever said meanwhile that she wants none gets none."""
    due = Survey.objects.filter(send_at__lte=at, answered_at=None, expires_at__gt=at)
    willing = due.filter(customer__no_surveys_at=None, customer__no_mail_at=None)
    return willing.select_related("customer__branch", "branch", "job").order_by("send_at")


def claim(survey: Survey, *, at: datetime) -> bool:
    """Whether it is ours to send: two that look at once do not send it twice. Tried again later if we die."""
    pause = PAUSES[min(survey.tries, len(PAUSES) - 1)]
    won = Survey.objects.filter(pk=survey.pk, send_at=survey.send_at, answered_at=None)
    return bool(won.update(send_at=at + pause, tries=models.F("tries") + 1))


@transaction.atomic
def sent(survey: Survey, *, remind_days: int, at: datetime) -> None:
    """The mail server took it. One reminder follows, and no second one; none where `remind_days` is 0."""
    is_first = survey.sent_at is None
    again = at + timedelta(days=remind_days) if is_first and remind_days else None
    now = {"sent_at": at} if is_first else {"reminded_at": at}
    Survey.objects.filter(pk=survey.pk).update(send_at=again, tries=0, failure="", **now)


def not_sent(survey: Survey, why: str, *, at: datetime, for_good: bool = False) -> None:
    """It could not go out: again later, or never when it was refused for good or was tried often enough."""
    over = for_good or survey.tries >= MOST_TRIES
    Survey.objects.filter(pk=survey.pk).update(
        failure=why[:500], **({"send_at": None, "failed_at": at} if over else {})
    )
