"""What we do and what we give: kinds of job, the catalogue of extras, and the owner's numbers for promises."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from regulars.engines.wording import sells
from regulars.intake.extras import IdeaForm, KindForm, PromiseNumbersForm
from regulars.pages import answer
from regulars.pages.access import Request, row
from regulars.record import business, extras, work
from regulars.record.extras import ExtraIdea
from regulars.record.work import JobKind


def listing(request: Request) -> HttpResponse:
    return _page(request)


@require_POST
def add_kind(request: Request) -> HttpResponse:
    form = KindForm(request.POST)
    if form.is_valid() and form.does(
        lambda: work.add_kind(form.cleaned_data["name"], by=request.member, at=request.at)
    ):
        return answer.done(request, _added(form.cleaned_data["name"]), "work_settings", request.business.slug)
    return _page(request, kind_form=form)


@require_POST
def rename_kind(request: Request, pk: UUID) -> HttpResponse:
    kind, form = row(JobKind, pk), KindForm(request.POST)
    if form.is_valid() and form.does(
        lambda: work.rename_kind(kind, form.cleaned_data["name"], by=request.member, at=request.at)
    ):
        return answer.done(request, _added(form.cleaned_data["name"]), "work_settings", request.business.slug)
    return _page(request, kind_form=form)


@require_POST
def retire_kind(request: Request, pk: UUID) -> HttpResponse:
    work.retire_kind(row(JobKind, pk), by=request.member, at=request.at)
    sentence = gettext("No new work of this kind. What was done stays; add it again to bring it back.")
    return answer.done(request, sentence, "work_settings", request.business.slug)


@require_POST
def add_idea(request: Request) -> HttpResponse:
    form = IdeaForm(request.business, request.POST)
    if form.is_valid() and form.does(lambda: extras.add_idea(**form.said(), by=request.member, at=request.at)):
        return answer.done(request, gettext("It stands in the catalogue."), "work_settings", request.business.slug)
    return _page(request, idea_form=form)


@require_POST
def retire_idea(request: Request, pk: UUID) -> HttpResponse:
    extras.retire_idea(row(ExtraIdea, pk), by=request.member, at=request.at)
    sentence = gettext("It is no longer suggested. What was given stays; add it again to bring it back.")
    return answer.done(request, sentence, "work_settings", request.business.slug)


def numbers(request: Request) -> HttpResponse:
    """How sure a suggested time is, when to warn, what margin, how long work must hold."""
    form = PromiseNumbersForm(request.business, request.POST or None)
    if form.is_valid() and form.does(
        lambda: business.change_business(request.business, by=request.member, at=request.at, **form.changes())
    ):
        return answer.done(request, gettext("From now on it works this way."), "settings", request.business.slug)
    return answer.page(request, "work/numbers.html", form=form, status=422 if form.errors else 200)


def _added(name: str) -> str:
    """A name that sells is taken too: it is a hint, not a rule."""
    if sells(name):
        return gettext("It is written down. The name sounds like selling: what does the customer get from it?")
    return gettext("It is written down.")


def _page(request: Request, **forms: Any) -> HttpResponse:
    return answer.page(
        request,
        "work/settings.html",
        kinds=JobKind.objects.filter(retired_at=None),
        ideas=ExtraIdea.objects.filter(retired_at=None).select_related("kind"),
        kind_form=forms.get("kind_form") or KindForm(),
        idea_form=forms.get("idea_form") or IdeaForm(request.business),
        status=422 if forms else 200,
    )
