"""What came as a complaint and is none, or the same as another, is set aside. Nothing is lost, and it can come back."""

from datetime import datetime
from typing import Any

from django.db import transaction

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import asks, complaints
from regulars.record.complaints import Complaint


@transaction.atomic
def set_aside(complaint: Complaint, *, as_what: str, by: Any, at: datetime, same_as: Any = None) -> None:
    """It is none: junk, an automatic letter, an ask, a slip of the hand, or the same as another. Nothing is lost."""
    if same_as is not None and complaint.pk in (same_as.pk, same_as.same_as_id):
        raise Refused(gettext_noop("Choose another complaint, which this one repeats."), field="same_as")
    if not complaints.open_ones().filter(pk=complaint.pk).update(aside_at=at, aside_as=as_what, same_as=same_as):
        raise Refused(gettext_noop("This complaint is over already."))
    complaints.write("complaint set aside", complaint, by=by, at=at, what=as_what)


@transaction.atomic
def bring_back(complaint: Complaint, *, by: Any, at: datetime) -> None:
    """It is a complaint after all."""
    aside = Complaint.objects.filter(pk=complaint.pk, aside_at__isnull=False)
    if not aside.update(aside_at=None, aside_as="", same_as=None):
        raise Refused(gettext_noop("This complaint is open already."))
    complaints.write("complaint brought back", complaint, by=by, at=at)


@transaction.atomic
def turn_into_ask(complaint: Complaint, *, by: Any, at: datetime) -> asks.Ask:
    """She asks for something, and nothing is wrong: it goes on as an ask."""
    if complaint.customer is None:
        raise Refused(gettext_noop("Write first which customer this is; then it can be an ask."))
    set_aside(complaint, as_what=Complaint.Aside.ASK, by=by, at=at)
    return asks.hear(
        complaint.customer,
        text=complaint.text[:1000],
        source=asks.Ask.Source.LETTER,
        branch=complaint.branch,
        job=complaint.job,
        by=by,
        at=at,
    )
