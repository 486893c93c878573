"""The customer's own page: a link without a password. Opening it writes nothing; only a button does."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from regulars.desk import said
from regulars.desk import yours as desk
from regulars.intake.yours import MessageForm, NotRightForm
from regulars.kernel import clock
from regulars.kernel.refusal import Refused
from regulars.pages import guests
from regulars.record import asks, branches, complaints, links, messages
from regulars.record.business import Business
from regulars.record.links import Link
from regulars.record.owned import acting_for
from regulars.record.work import Job

MOST = 5  # messages with one link within the hour


class Request(HttpRequest):
    """What `hers` found out, for the view."""

    house: Business
    link: Link
    yours: desk.Yours
    at: Any


def hers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever holds the link reads this customer's page, in her language and by her branch's clock, and no other."""

    @wraps(view)
    def guarded(request: Request, business: UUID, secret: str, **kwargs: Any) -> HttpResponse:
        house = Business.objects.filter(pk=business).first()
        if house is None:
            return guests.private(_ended(request, None))
        with acting_for(house.pk):
            request.house, request.at = house, clock.now()
            try:
                request.link = links.opened_by(secret, at=request.at)
            except Refused:
                return guests.private(_ended(request, house))
            her = request.link.customer.merged_into or request.link.customer
            branch = desk.branch_of(her)
            with timezone.override(branch.zone), translation.override(desk.language(her, branch, house)):
                request.yours = desk.yours(her, branch, at=request.at)
                return guests.private(view(request, **kwargs))

    return guarded


@hers
def page(request: Request) -> HttpResponse:
    return _page(request, MessageForm())


@require_POST
@hers
def message(request: Request) -> HttpResponse:
    """At any hour; it waits for us as an ask."""
    return _heard(request, MessageForm(request.POST), job=None)


@require_POST
@hers
def not_right(request: Request, job: UUID) -> HttpResponse:
    """A finished job of hers is not right."""
    found = get_object_or_404(Job.objects.exclude(finished_at=None), pk=job, customer=request.yours.customer)
    return _heard(request, NotRightForm(request.POST, request.FILES, prefix=str(job)), job=found)


def _heard(request: Request, form: MessageForm, *, job: Job | None) -> HttpResponse:
    if form.is_valid() and not form.is_a_robots:
        if guests.is_too_much(f"yours-{request.link.pk}", MOST):
            form.add_error("text", gettext("You have written several times within the hour. Please call us instead."))
        else:
            form.does(lambda: _hear(request, form.cleaned_data, job))
    if form.errors:
        return _page(request, form, job=job, status=422)
    return redirect(f"{_address(request)}?thanks=1#thanks")


@transaction.atomic
def _hear(request: Request, told: dict[str, Any], job: Job | None) -> None:
    """What is not right is a complaint, and a letter that waits for its answer."""
    yours, at = request.yours, request.at
    heard: dict[str, Any] = {"text": told["text"], "branch": yours.branch, "job": job, "by": None, "at": at}
    if job is None:
        asks.hear(yours.customer, source=asks.Ask.Source.PAGE, **heard)
        return
    heard |= {"source": complaints.Complaint.Source.PAGE, "language": translation.get_language()}
    its = complaints.hear(customer=yours.customer, **heard)
    messages.receive(its, text=its.text, files=told["photos"], at=at)


def _page(request: Request, form: MessageForm, *, job: Job | None = None, status: int = 200) -> HttpResponse:
    """`form` is the message, or what is not right with `job`; the others are empty."""
    lines = [
        (line, _form_of(line.job, job, form) if line.can_be_wrong and line.job else None)
        for line in request.yours.lately
    ]
    words = {
        "house": request.house,
        "link": request.link,
        "yours": request.yours,
        "complaints": said.open_ones_of(request.yours.customer, at=request.at),
        "lately": lines,
        "form": MessageForm() if job else form,
        "thanks": "thanks" in request.GET,
        "answer": desk.answer_by(request.yours.hours, request.at),
    }
    return render(request, "yours/page.html", words, status=status)


def _form_of(job: Job, wrong: Job | None, form: MessageForm) -> MessageForm:
    if wrong is not None and job.pk == wrong.pk:
        return form
    return NotRightForm(prefix=str(job.pk))


def _address(request: Request) -> str:
    return f"/yours/{request.house.pk}/{request.link.secret}/"


def _ended(request: HttpRequest, house: Business | None) -> HttpResponse:
    """The same for a link that has ended and for one that never was: nobody learns which."""
    branch = branches.first_open() if house else None
    with translation.override(house.language if house else translation.get_language()):
        return render(request, "yours/ended.html", {"house": house, "branch": branch}, status=410 if house else 404)
