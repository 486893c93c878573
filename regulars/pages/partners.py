"""Partners: who does for our customers what we do not do ourselves; searched, called, booked in one step."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from regulars.desk import asks as desk_asks
from regulars.desk import partners as desk
from regulars.intake.partners import BookForm, PartnerForm
from regulars.pages import answer
from regulars.pages.access import Request, row
from regulars.record import partners
from regulars.record.customers import Customer
from regulars.record.partners import Partner


def directory(request: Request) -> HttpResponse:
    """Found by what they do."""
    words = answer.searched(request)
    gone = Partner.objects.exclude(retired_at=None) if request.member.manages else []
    return answer.page(request, "partners/list.html", partners=desk.found(words), gone=gone, q=words)


def add(request: Request) -> HttpResponse:
    form = PartnerForm(request.business, request.POST or None)
    if form.is_valid() and form.does(lambda: partners.add(by=request.member, at=request.at, **form.said())):
        return answer.done(request, gettext("The partner is in the directory."), "partners", request.business.slug)
    return answer.page(request, "partners/form.html", form=form, status=422 if form.errors else 200)


def change(request: Request, pk: UUID) -> HttpResponse:
    found = row(Partner, pk)
    form = PartnerForm.of(found, request.business, request.POST or None)
    if form.is_valid() and form.does(lambda: partners.change(found, by=request.member, at=request.at, **form.said())):
        return answer.done(request, gettext("The partner is changed."), "partners", request.business.slug)
    return answer.page(request, "partners/form.html", form=form, partner=found, status=422 if form.errors else 200)


@require_POST
def retire(request: Request, pk: UUID) -> HttpResponse:
    partners.retire(row(Partner, pk), by=request.member, at=request.at)
    return answer.done(request, gettext("The partner is put away."), "partners", request.business.slug)


@require_POST
def bring_back(request: Request, pk: UUID) -> HttpResponse:
    partners.bring_back(row(Partner, pk), by=request.member, at=request.at)
    return answer.done(request, gettext("The partner is back."), "partners", request.business.slug)


def book(request: Request, pk: UUID, partner: UUID) -> HttpResponse:
    """From a customer's card: an ask, a yes through the partner, and words for both, in one step."""
    her, found = row(Customer.objects.filter(merged_at=None).select_related("branch"), pk), row(Partner, partner)
    form = BookForm(found, request.business, request.POST or None)
    if form.is_valid() and form.does(lambda: _book(request, her, found, form)):
        made = [request.business.slug, form.made.pk]  # type: ignore[attr-defined]
        sentence = gettext("Booked. Now tell %(name)s.") % {"name": found}
        return answer.done(request, sentence, "ask", *made, undo=reverse("take_back_answer", args=made))
    shown = {"customer": her, "partner": found, "before": desk_asks.before(her, request.member, at=request.at)}
    return answer.page(request, "partners/book.html", form=form, status=422 if form.errors else 200, **shown)


def _book(request: Request, her: Customer, found: Partner, form: BookForm) -> None:
    said = {"branch": request.member.branch or her.branch, "by": request.member, "at": request.at}
    form.made = partners.book(found, her, **form.said(), **said)  # type: ignore[attr-defined]
