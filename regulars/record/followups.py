"""What an answer starts at once: a low score a complaint or a call, with an owner and a clock; a wish goes on the card.

Whoever told us what is wrong, felt cheated, or cannot be called has complained. Of the others we know only that they
were not content: somebody calls and asks why.
"""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from regulars.record import calls, complaints, knowing, messages, questions
from regulars.record.complaints import Complaint
from regulars.record.customers import Contact
from regulars.record.people import Member, Role

CHEATED = questions.Question.Key.VALUE


def follow(rating: Any, *, low: int, at: datetime, was: str | None = None) -> None:
    """`rating`: as it is now. `low`: the highest score that is one. `was`: her comment before she changed it."""
    put_wish_on_card(rating, at=at)
    scores = {key: score for key, score in rating.said.scores.items() if score <= low}
    if rating.complaint is not None:
        if rating.comment and rating.comment != was:
            messages.receive(rating.complaint, text=rating.comment, at=at)
    elif scores and (rating.comment or CHEATED in scores or not _can_be_called(rating.customer)):
        _complain(rating, scores, at=at)
    elif scores and rating.call is None:
        rating.call = calls.ask_why(rating.customer, low=scores, caller=_owner(rating), on=_today(rating, at), at=at)
    rating.save(update_fields=["complaint", "call"])


def put_wish_on_card(rating: Any, *, at: datetime) -> None:
    """What she would like us to have; when she says it otherwise later, the first words leave the card."""
    if rating.customer is None or rating.wish == (rating.heard.text if rating.heard else ""):
        return
    if rating.heard is not None:
        knowing.drop(rating.heard, by=None, at=at)
    source = knowing.Wish.Source.SURVEY
    rating.heard = knowing.hear(rating.customer, rating.wish, source=source, by=None, at=at) if rating.wish else None
    rating.save(update_fields=["heard"])


def _complain(rating: Any, scores: dict[str, int], *, at: datetime) -> None:
    """Her words, else what she tapped, in the language of the branch."""
    asked = questions.words(rating.branch.language)
    its = complaints.hear(
        text=rating.comment or " ".join(f"{asked[key]} {score}/5." for key, score in scores.items()),
        source=Complaint.Source.SURVEY,
        branch=rating.branch,
        customer=rating.customer,
        job=rating.job,
        about=rating.member,
        language=rating.language,
        owner=_owner(rating),
        by=None,
        at=at,
    )
    if rating.customer is not None and rating.comment:
        messages.receive(its, text=rating.comment, at=at)
    if rating.call is not None and rating.call.is_open:
        calls.drop(rating.call, by=None, at=at)
    rating.complaint = its


def _can_be_called(customer: Any) -> bool:
    if customer is None or customer.no_calls_at is not None:
        return False
    return bool(customer.contacts.filter(kind=Contact.Kind.PHONE, wrong_since=None).exists())


def _owner(rating: Any) -> Any:
    """Whoever did the work, else whose customer she is, else who owns the business."""
    able = Member.objects.filter(left_at=None, role__gte=Role.FRONT_LINE).exclude(person_id=None)
    wanted = (rating.member_id, rating.customer.keeper_id if rating.customer else None)
    found = {member.pk: member for member in able.filter(pk__in=[pk for pk in wanted if pk])}
    return next((found[pk] for pk in wanted if pk in found), None) or able.order_by("-role", "joined_at").first()


def _today(rating: Any, at: datetime) -> date:
    return at.astimezone(ZoneInfo(rating.branch.zone)).date()
