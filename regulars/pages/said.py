"""Her complaint's page: a link without a password. Opening it confirms nothing; only a button does."""

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

from regulars.desk import acknowledging
from regulars.desk import said as desk
from regulars.intake.form import Form
from regulars.intake.tell import MoreForm, NotYetForm
from regulars.kernel import clock
from regulars.kernel.refusal import Refused
from regulars.pages import files, guests
from regulars.record import asides, branches, closing, complaints, messages
from regulars.record.business import Business
from regulars.record.complaints import Complaint
from regulars.record.owned import acting_for

MOST = 20  # messages with one link within the hour


class Request(HttpRequest):
    """What `hers` found out, for the view."""

    house: Business
    complaint: Complaint
    at: Any


def hers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever holds the link sees how this complaint stands, in its language, and nothing else of anybody."""

    @wraps(view)
    def guarded(request: Request, business: UUID, secret: str, **kwargs: Any) -> HttpResponse:
        house = Business.objects.filter(pk=business).first()
        if house is None:
            return guests.private(_nothing(request, None))
        with acting_for(house.pk):
            request.house, request.at = house, clock.now()
            try:
                its = request.complaint = complaints.opened_by(secret)
            except Refused:
                return guests.private(_nothing(request, house))
            language = acknowledging.language(its.language, its.branch.language, house.language)
            with timezone.override(its.branch.zone), translation.override(language):
                return guests.private(view(request, **kwargs))

    return guarded


@hers
def page(request: Request) -> HttpResponse:
    return _page(request, MoreForm(), NotYetForm())


@require_POST
@hers
def write(request: Request) -> HttpResponse:
    """More words, more photos; what was over goes on."""
    too_much = guests.is_too_much(f"said-{request.complaint.pk}", MOST)
    form = MoreForm(request.POST, None if too_much else request.FILES)
    if too_much:
        form.add_error("text", gettext("You have written several times within the hour. Please call us instead."))
    elif form.is_valid() and not form.is_a_robots:
        _receive(request, form.cleaned_data["text"], form.cleaned_data["photos"])
    return _page(request, form, NotYetForm(), status=422) if form.errors else _back(request, "thanks")


@require_POST
@hers
def right(request: Request) -> HttpResponse:
    """She says that it is right. Tapped twice, it is right once; before anything was done it is said why not."""
    form = NotYetForm({})
    if request.complaint.right_at is None and not form.does(
        lambda: closing.confirm(request.complaint, by=None, at=request.at)
    ):
        return _page(request, MoreForm(), form, status=422)
    return _back(request, "right")


@require_POST
@hers
def not_yet(request: Request) -> HttpResponse:
    """She says that it is not: the four steps begin anew."""
    form = NotYetForm(request.POST)
    if form.is_valid() and form.does(lambda: _not_yet(request, form.cleaned_data["say"])):
        return _back(request, "thanks")
    return _page(request, MoreForm(), form, status=422)


@hers
def file(request: Request, pk: UUID) -> HttpResponse:
    """A picture of hers, and no other."""
    return files.hand_out(get_object_or_404(desk.hers(request.complaint), pk=pk))


@transaction.atomic
def _receive(request: Request, text: str, photos: Any) -> None:
    if request.complaint.aside_at is not None:  # a person writes, so it was a complaint after all
        asides.bring_back(request.complaint, by=None, at=request.at)
    messages.receive(request.complaint, text=text, files=photos, at=request.at)


@transaction.atomic
def _not_yet(request: Request, say: str) -> None:
    """Her words wait for an answer, too."""
    say = say or gettext("It is not right yet.")
    closing.not_right(request.complaint, say=say, by=None, at=request.at)
    messages.receive(request.complaint, text=say, at=request.at)


def _page(request: Request, form: Form, not_yet: Form, *, status: int = 200) -> HttpResponse:
    its = request.complaint
    said = desk.said(its, at=request.at)
    by = said.answer_by
    thanks = said.stands if by is None or by < request.at else acknowledging.by_when(its.branch, by, request.at)
    words = {
        "house": request.house,
        "complaint": its,
        "said": said,
        "form": form,
        "not_yet": not_yet,
        "thanks": "thanks" in request.GET and thanks,
        "right": "right" in request.GET,
        "address": acknowledging.address(its),
    }
    return render(request, "said/page.html", words, status=status)


def _back(request: Request, said: str) -> HttpResponse:
    return redirect(f"/said/{request.house.pk}/{request.complaint.secret}/?{said}=1#{said}")


def _nothing(request: HttpRequest, house: Business | None) -> HttpResponse:
    """The same for a link of another business and for one that never was: nobody learns which."""
    branch = branches.first_open() if house else None
    with translation.override(guests.language(request, house.language if house else "")):
        return render(request, "said/nothing.html", {"house": house, "branch": branch}, status=404)
