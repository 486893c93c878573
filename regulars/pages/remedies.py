"""Settings of complaints: what usually puts one right, and the owner's numbers."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from regulars.intake.remedies import ComplaintNumbersForm, RemedyForm
from regulars.pages import answer
from regulars.pages.access import Request, row
from regulars.record import business, remedies
from regulars.record.remedies import Remedy


def listing(request: Request) -> HttpResponse:
    living = Remedy.objects.filter(retired_at=None).select_related("kind").prefetch_related("tasks__partner")
    return answer.page(request, "complaints/remedies.html", remedies=living)


def add(request: Request) -> HttpResponse:
    return _page(request, None)


def change(request: Request, pk: UUID) -> HttpResponse:
    return _page(request, row(Remedy, pk))


@require_POST
def retire(request: Request, pk: UUID) -> HttpResponse:
    remedies.retire(row(Remedy, pk), by=request.member, at=request.at)
    sentence = gettext("It is no longer offered. What was done stays; add it again to bring it back.")
    return answer.done(request, sentence, "remedies", request.business.slug)


def numbers(request: Request) -> HttpResponse:
    """Within how long she hears from us, and how often silence may cry wolf."""
    form = ComplaintNumbersForm(request.business, request.POST or None)
    if form.is_valid() and form.does(
        lambda: business.change_business(request.business, by=request.member, at=request.at, **form.changes())
    ):
        return answer.done(request, gettext("From now on it works this way."), "settings", request.business.slug)
    return answer.page(request, "complaints/numbers.html", form=form, status=422 if form.errors else 200)


def _page(request: Request, remedy: Remedy | None) -> HttpResponse:
    form = RemedyForm(request.business, request.POST or None, remedy)
    said = {"by": request.member, "at": request.at, "was": remedy}
    if form.is_valid() and form.does(lambda: remedies.keep(**form.said(), **said)):
        return answer.done(request, gettext("It stands in the catalogue."), "remedies", request.business.slug)
    status = 422 if form.errors else 200
    return answer.page(request, "complaints/remedy.html", form=form, remedy=remedy, status=status)
