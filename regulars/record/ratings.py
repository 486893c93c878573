"""Ratings: what a customer answered to the three questions, and what a low one starts at once.

An answer may come twice, late, or from a tablet that had no network: its key says that it is the same. One stands for
each visit; changed later, it is known what it was at first.
"""

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from regulars.kernel import whose
from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import complaints, followups, journal, questions, surveys, tills
from regulars.record.business import Business
from regulars.record.complaints import Complaint
from regulars.record.owned import Owned, OwnedForeignKey, keys
from regulars.record.surveys import Survey

BEST = 5
LONGEST = 1000
OLDEST = timedelta(days=30)  # an answer that waited on a tablet for longer is dated that far back


@dataclass(frozen=True)
class Said:
    """What she answered: 1 to 5 each, None where she passed over it."""

    expectations: int | None = None
    value: int | None = None
    efficiency: int | None = None
    wish: str = ""
    comment: str = ""

    @property
    def scores(self) -> dict[str, int]:
        three = {key.value: getattr(self, key.value) for key in questions.THREE}
        return {key: score for key, score in three.items() if score is not None}


def _one_to_best(key: str) -> models.CheckConstraint:
    in_range = Q(**{f"{key}__range": (1, BEST)})
    return models.CheckConstraint(condition=Q(**{key: None}) | in_range, name=f"{key}_to_{BEST}")


class Rating(Owned):
    """One answer to the three questions. Without a customer nobody knows whose it is."""

    class Way(models.TextChoices):
        TILL = "till", _("at the till")
        COUNTER = "counter", _("at the counter, asked by name")
        LETTER = "letter", _("by the link in our letter")
        BRANCH = "branch", _("by the code on the receipt or the wall")
        PAGE = "page", _("on the customer’s page")

    key = models.UUIDField()  # made where it was answered
    survey = OwnedForeignKey(Survey, null=True)
    till = OwnedForeignKey("record.Till", null=True)
    receipt = models.CharField(max_length=100, blank=True)
    customer = OwnedForeignKey("record.Customer", null=True, related_name="ratings")
    branch = OwnedForeignKey("record.Branch")
    job = OwnedForeignKey("record.Job", null=True, related_name="ratings")
    member = OwnedForeignKey("record.Member", null=True)  # whose work it was
    way = models.CharField(max_length=7, choices=Way)
    language = models.CharField(max_length=10)
    at = models.DateTimeField()
    landed_at = models.DateTimeField()
    seconds = models.PositiveIntegerField(null=True)  # that it took her

    expectations = models.PositiveSmallIntegerField(null=True)
    value = models.PositiveSmallIntegerField(null=True)
    efficiency = models.PositiveSmallIntegerField(null=True)
    wish = models.CharField(max_length=LONGEST, blank=True)
    comment = models.CharField(max_length=LONGEST, blank=True)
    first = models.JSONField(null=True)  # what she had answered before she changed it
    changed_at = models.DateTimeField(null=True)

    complaint = OwnedForeignKey(Complaint, null=True)
    call = OwnedForeignKey("record.Call", null=True)
    heard = OwnedForeignKey("record.Wish", null=True)
    aside_at = models.DateTimeField(null=True)  # somebody tried the tablet

    class Meta(Owned.Meta):
        constraints = [
            *keys(
                "rating", survey="survey", till="till", customer="customer", branch="branch", job="job",
                member="member", complaint="complaint", call="call", heard="wish",
            ),
            models.UniqueConstraint(fields=["business", "key"], name="rating_key_once"),
            models.UniqueConstraint(
                fields=["business", "survey"], condition=Q(survey__isnull=False), name="rating_of_survey"
            ),
            models.UniqueConstraint(
                fields=["business", "branch", "receipt"], condition=~Q(receipt=""), name="rating_of_receipt"
            ),
            *(_one_to_best(key) for key in map(str, questions.THREE)),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["business", "at", "id"], name="rating_at"),
            models.Index(fields=["business", "customer", "at"], name="rating_customer"),
            models.Index(fields=["business", "job"], name="rating_job", condition=Q(job__isnull=False)),
        ]

    @property
    def scores_shown(self) -> list[int | None]:
        """In the order of the questions, with a gap where she passed over one."""
        return [getattr(self, key.value) for key in questions.THREE]

    @property
    def said(self) -> Said:
        return Said(*(getattr(self, name) for name in Said.__dataclass_fields__))


def counted() -> Any:
    """Every answer that a customer gave."""
    return Rating.objects.filter(aside_at=None)


@transaction.atomic
def give(
    said: Said,
    *,
    key: UUID,
    branch: Any,
    way: str,
    language: str,
    at: datetime,
    landed_at: datetime,
    survey: Survey | None = None,
    till: Any = None,
    receipt: str = "",
    seconds: int | None = None,
) -> Rating:
    """She has answered at `at`; we got it at `landed_at`. The same key, survey or receipt once more changes what she
    said, and nothing when it is the same. A score that is low starts a complaint or a call at once.
    """
    if not said.scores and not said.wish.strip() and not said.comment.strip():
        raise Refused(gettext_noop("Answer at least one of the questions."))
    said = _shortened(said)
    business = Business.objects.select_for_update().get(pk=whose.business())  # two that land at once take turns
    known = _same(key, survey, branch, receipt)
    if known is not None:
        _change(known, said, business, at=landed_at)
        return known
    rating: Rating = Rating.objects.create(
        key=key,
        survey=survey,
        till=till,
        receipt=receipt,
        customer=(survey.customer.merged_into or survey.customer) if survey else None,
        branch=branch,
        job=survey.job if survey else None,
        member=survey.member if survey else None,
        way=way,
        language=language,
        at=min(max(at, landed_at - OLDEST), landed_at),
        landed_at=landed_at,
        seconds=seconds,
        **asdict(said),
    )
    if survey is not None:
        surveys.answered(survey, at=rating.at)
    if till is not None:
        tills.seen(till, at=landed_at)
    followups.follow(rating, low=business.survey_low, at=landed_at)
    _write("rating given", rating, at=landed_at)
    return rating


@transaction.atomic
def set_aside(rating: Rating, *, by: Any, at: datetime) -> None:
    """No customer said so: one of us tried the tablet. It counts nowhere."""
    if Rating.objects.filter(pk=rating.pk, aside_at=None).update(aside_at=at):
        _write("rating set aside", rating, by=by, at=at)


@transaction.atomic
def bring_back(rating: Rating, *, by: Any, at: datetime) -> None:
    """A customer said so after all."""
    if Rating.objects.filter(pk=rating.pk).exclude(aside_at=None).update(aside_at=None):
        _write("rating brought back", rating, by=by, at=at)


@transaction.atomic
def match_receipts(*, at: datetime) -> int:
    """Answers that came with a receipt whose sale has come meanwhile are hers who bought. Returns how many."""
    from regulars.record.sales import Sale

    unknown = counted().filter(customer=None, at__gt=at - 2 * OLDEST).exclude(receipt="")
    waiting = {(rating.branch_id, rating.receipt): rating for rating in unknown[:1000]}
    receipts = list({receipt for _branch, receipt in waiting})
    matched = 0
    for begin in range(0, len(receipts), 500):
        sold = Sale.objects.filter(receipt__in=receipts[begin : begin + 500]).exclude(receipt="")
        for sale in sold.select_related("customer", "served_by"):
            rating = waiting.pop((sale.branch_id, sale.receipt), None)
            if rating is not None:
                _recognise(rating, sale, at=at)
                matched += 1
    return matched


def _same(key: UUID, survey: Survey | None, branch: Any, receipt: str) -> Rating | None:
    same = Q(key=key)
    if survey is not None:
        same |= Q(survey=survey)
    if receipt:
        same |= Q(branch=branch, receipt=receipt)
    found: Rating | None = Rating.objects.filter(same).select_related("customer", "branch").first()
    return found


def _change(rating: Rating, said: Said, business: Business, *, at: datetime) -> None:
    """What she adds is added; what she says otherwise is kept beside what she had said first."""
    was = rating.said
    if said == was:
        return
    for name, value in asdict(said).items():
        setattr(rating, name, value)
    takes_back = any(old not in (None, "", getattr(said, name)) for name, old in asdict(was).items())
    if takes_back:
        rating.first, rating.changed_at = rating.first or asdict(was), at
    rating.save(update_fields=[*asdict(said), "first", "changed_at"])
    followups.follow(rating, low=business.survey_low, at=at, was=was.comment)
    _write("rating changed", rating, at=at)


def _recognise(rating: Rating, sale: Any, *, at: datetime) -> None:
    rating.customer, rating.member = sale.customer, sale.served_by
    rating.save(update_fields=["customer", "member"])
    if rating.complaint is not None and rating.complaint.customer_id is None:
        complaints.tie(rating.complaint, sale.customer, by=None, at=at)
    followups.put_wish_on_card(rating, at=at)
    _write("rating recognised", rating, at=at)


def _shortened(said: Said) -> Said:
    return replace(said, wish=said.wish.strip()[:LONGEST], comment=said.comment.strip()[:LONGEST])


def _write(verb: str, rating: Rating, *, at: datetime, by: Any = None) -> None:
    what = {key: score for key, score in asdict(rating.said).items() if score not in (None, "")}
    journal.write(verb, rating, by=by, at=at, customer=rating.customer, **what)
