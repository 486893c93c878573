"""The settings of a business: what there is to set, the business itself, and its journal."""

from django.http import HttpResponse
from django.utils.translation import gettext

from regulars.intake.business import BusinessForm
from regulars.pages import answer
from regulars.pages.access import Request
from regulars.record import business
from regulars.record.branches import Branch
from regulars.record.people import Invitation, Member


def settings(request: Request) -> HttpResponse:
    """Each thing that can be set, and how it stands now."""
    return answer.page(
        request,
        "settings/page.html",
        branches=Branch.objects.filter(closed_at=None).count(),
        people=Member.objects.filter(left_at=None).exclude(person_id=None).count(),
        invited=Invitation.waiting(request.at).count(),
    )


def change_business(request: Request) -> HttpResponse:
    form = BusinessForm.of(request.business, request.POST or None)
    if form.is_valid() and form.does(
        lambda: business.change_business(request.business, by=request.member, at=request.at, **form.cleaned_data)
    ):
        return answer.done(request, gettext("The business is changed."), "settings", request.business.slug)
    return answer.page(request, "settings/business.html", form=form)
