"""Branches: where customers come, when each is open, and on which days it is not."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from regulars.intake.business import BranchForm, SpecialDayForm
from regulars.kernel import clock
from regulars.kernel.days import holidays_ahead
from regulars.kernel.refusal import Refused
from regulars.pages import answer
from regulars.pages.access import Request, row
from regulars.record import branches
from regulars.record.branches import WORKING_WEEK, Branch, SpecialDay


def listing(request: Request) -> HttpResponse:
    found = Branch.objects.prefetch_related("intervals", "special_days").order_by("name")
    shown = [(branch, branches.hours(branch)) for branch in found]
    return answer.page(request, "branches/page.html", branches=shown)


def add(request: Request) -> HttpResponse:
    form = BranchForm.like(request.business, WORKING_WEEK, request.POST or None)
    if form.is_valid() and form.does(
        lambda: branches.open_branch(by=request.member, at=request.at, **form.cleaned_data)
    ):
        sentence = gettext("%(branch)s is open.") % {"branch": form.cleaned_data["name"]}
        return answer.done(request, sentence, "branches", request.business.slug)
    return answer.page(request, "branches/new.html", form=form)


def branch(request: Request, pk: UUID) -> HttpResponse:
    """One branch: its particulars and hours to change, its special days, the public holidays to come."""
    found = row(Branch, pk)
    form = BranchForm.of(found, branches.hours(found).week, request.POST or None)
    if form.is_valid() and form.does(
        lambda: branches.change_branch(found, by=request.member, at=request.at, **form.cleaned_data)
    ):
        sentence = gettext("%(branch)s is changed.") % {"branch": found.name}
        return answer.done(request, sentence, "branches", request.business.slug)
    return _page(request, found.pk, form=form, special=SpecialDayForm())


@require_POST
def close(request: Request, pk: UUID) -> HttpResponse:
    found = row(Branch.objects.filter(closed_at=None), pk)
    try:
        branches.close_branch(found, by=request.member, at=request.at)
    except Refused as refusal:
        return answer.refused(request, refusal, "branch", request.business.slug, pk)
    sentence = gettext("%(branch)s is closed. What was sold there stays.") % {"branch": found.name}
    return answer.done(request, sentence, "branches", request.business.slug)


@require_POST
def reopen(request: Request, pk: UUID) -> HttpResponse:
    found = row(Branch.objects.exclude(closed_at=None), pk)
    branches.reopen_branch(found, by=request.member, at=request.at)
    sentence = gettext("%(branch)s is open again.") % {"branch": found.name}
    return answer.done(request, sentence, "branches", request.business.slug)


@require_POST
def set_day(request: Request, pk: UUID) -> HttpResponse:
    found = row(Branch, pk)
    form = SpecialDayForm(request.POST)
    if form.is_valid() and form.does(
        lambda: branches.set_special_day(found, by=request.member, at=request.at, **form.cleaned_data)
    ):
        day = date_format(form.cleaned_data["day"])
        return answer.done(request, gettext("%(day)s is set.") % {"day": day}, "branch", request.business.slug, pk)
    return _page(request, pk, form=BranchForm.of(found, branches.hours(found).week), special=form)


@require_POST
def forget_day(request: Request, pk: UUID, day: UUID) -> HttpResponse:
    found = row(SpecialDay.objects.filter(branch_id=pk), day)
    branches.forget_special_day(found, by=request.member, at=request.at)
    sentence = gettext("%(day)s is a day like any other again.") % {"day": date_format(found.day)}
    return answer.done(request, sentence, "branch", request.business.slug, pk)


def _page(request: Request, pk: UUID, **forms: Any) -> HttpResponse:
    found = row(Branch, pk)
    today = clock.today(found.zone)
    holidays = holidays_ahead(found.country, today, get_language() or "en") if found.keeps_public_holidays else []
    days = found.special_days.filter(day__gte=today).order_by("day")
    return answer.page(request, "branches/branch.html", branch=found, holidays=holidays, days=days, **forms)
