"""What a job costs her: told before, never more without her yes, less where we can, or something extra."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction

from regulars.kernel import whose
from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import journal
from regulars.record.business import Business
from regulars.record.work import Job, refuse_billed


def estimate_of(worth: int, buffer: Decimal) -> int:
    """Work worth 100.00 is quoted 110.00: a tenth over, or what the business has set; half a cent goes up."""
    return int((worth * (1 + buffer)).quantize(Decimal(1), ROUND_HALF_UP))


@transaction.atomic
def estimate(job: Job, *, worth: int, by: Any, at: datetime) -> None:
    """She is told what it will cost: what the work is worth, and the buffer of the business on top."""
    refuse_billed(job)
    if worth < 0:
        raise Refused(gettext_noop("Write an amount of zero or more."), field="worth")
    buffer = Business.objects.values_list("estimate_buffer", flat=True).get(pk=whose.business())
    job.worth, job.estimate = (0, 0) if job.comeback_of_id else (worth, estimate_of(worth, buffer))
    job.save(update_fields=["worth", "estimate"])
    journal.write("estimate given", job, by=by, at=at, customer=job.customer, amount=job.estimate)


@transaction.atomic
def agree(job: Job, *, amount: int, how: str, by: Any, at: datetime) -> None:
    """She said yes to more than the estimate: how much, and how she said it."""
    refuse_billed(job)
    if job.comeback_of_id:
        raise Refused(gettext_noop("Work that is done again costs the customer nothing."), field="amount")
    if not how.strip():
        raise Refused(
            gettext_noop("Write how the customer agreed: by phone, at the counter, in a letter."), field="how"
        )
    job.agreed, job.agreed_how = amount, how.strip()
    job.save(update_fields=["agreed", "agreed_how"])
    journal.write("more agreed", job, by=by, at=at, customer=job.customer, amount=amount, how=job.agreed_how)


@transaction.atomic
def bill(job: Job, *, amount: int, by: Any, at: datetime) -> None:
    """What she pays. Up to the estimate, or what she agreed to; for the full estimate she gets a named extra."""
    if job.most is not None and amount > job.most:
        if job.comeback_of_id:
            raise Refused(gettext_noop("Work that is done again costs the customer nothing."), field="amount")
        raise Refused(
            gettext_noop("That is more than the customer was told. Ask first, and write down the yes."), field="amount"
        )
    if amount < 0:
        raise Refused(gettext_noop("Write an amount of zero or more."), field="amount")
    if _is_full_estimate(job, amount) and not job.extras.filter(taken_back_at=None).exists():
        raise Refused(
            gettext_noop("The estimate has a margin in it. Bill less, or give something extra and write down what."),
            field="amount",
        )
    if not Job.objects.filter(pk=job.pk, bill=None).update(bill=amount, billed_at=at):
        raise Refused(gettext_noop("This job has been billed already."))
    job.refresh_from_db()
    journal.write("job billed", job, by=by, at=at, customer=job.customer, amount=amount)


@transaction.atomic
def unbill(job: Job, *, by: Any, at: datetime) -> None:
    """The bill was written by mistake."""
    if Job.objects.filter(pk=job.pk).exclude(bill=None).update(bill=None, billed_at=None):
        job.refresh_from_db()
        journal.write("bill taken back", job, by=by, at=at, customer=job.customer)


def _is_full_estimate(job: Job, amount: int) -> bool:
    return job.estimate is not None and job.estimate > (job.worth or 0) and amount == job.estimate
