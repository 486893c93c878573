"""How the three questions are asked: how often, in which words, and at which tablets."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from regulars.desk import posters
from regulars.intake.surveys import QuestionsForm, SurveyNumbersForm, TillForm
from regulars.pages import answer
from regulars.pages.access import Request, row
from regulars.record import business, questions, tills
from regulars.record.branches import Branch
from regulars.record.tills import Till

LANGUAGES = dict(settings.LANGUAGES)


def listing(request: Request) -> HttpResponse:
    """The addresses to answer at: of each branch, with its code, and of each tablet."""
    living = Branch.objects.filter(closed_at=None).order_by("name")
    addresses = [(branch, _of_branch(request, branch)) for branch in living]
    words = {
        "branches": [(branch, address, posters.code(address)) for branch, address in addresses],
        "tills": tills.living().select_related("branch"),
        "languages": settings.LANGUAGES,
        "is_local": not settings.IS_HTTPS,
    }
    return answer.page(request, "surveys/asking.html", **words)


def numbers(request: Request) -> HttpResponse:
    form = SurveyNumbersForm(request.business, request.POST or None)
    if form.is_valid() and form.does(
        lambda: business.change_business(request.business, by=request.member, at=request.at, **form.changes())
    ):
        return answer.done(request, gettext("From now on it works this way."), "asking", request.business.slug)
    return answer.page(request, "surveys/numbers.html", form=form, status=422 if form.errors else 200)


def words(request: Request, language: str) -> HttpResponse:
    """The questions in that language."""
    if language not in LANGUAGES:
        raise Http404
    form = QuestionsForm(language, request.POST or None)
    if form.is_valid() and form.does(lambda: _reword(request, language, form.cleaned_data)):
        return answer.done(request, gettext("From now on it is asked in these words."), "asking", request.business.slug)
    named = {"form": form, "language": language, "name": LANGUAGES[language]}
    return answer.page(request, "surveys/words.html", status=422 if form.errors else 200, **named)


def set_up(request: Request) -> HttpResponse:
    form = TillForm(Branch.objects.filter(closed_at=None).order_by("name"), request.POST or None)
    made: list[Till] = []
    if form.is_valid() and form.does(
        lambda: made.append(tills.set_up(**form.cleaned_data, by=request.member, at=request.at))
    ):
        sentence = gettext("Open its address on the tablet.")
        return answer.done(request, sentence, "till_of", request.business.slug, made[0].pk)
    return answer.page(request, "surveys/new_till.html", form=form, status=422 if form.errors else 200)


def till(request: Request, pk: UUID) -> HttpResponse:
    """Its address, to be opened on the tablet: by the code, or typed."""
    found = row(tills.living().select_related("branch"), pk)
    address = f"{settings.SITE_URL}{_of_till(request, found)}"
    return answer.page(request, "surveys/till.html", till=found, opens_at=address, code=posters.code(address))


@require_POST
def renew(request: Request, pk: UUID) -> HttpResponse:
    found, back = row(tills.living(), pk), reverse("till_of", args=[request.business.slug, pk])
    sentence = gettext("The old address opens nothing any more.")
    return answer.tapped(request, lambda: tills.renew(found, by=request.member, at=request.at), sentence, back)


@require_POST
def put_away(request: Request, pk: UUID) -> HttpResponse:
    found, back = row(tills.living(), pk), reverse("asking", args=[request.business.slug])
    sentence = gettext("The till is put away. What was answered at it stays.")
    return answer.tapped(request, lambda: tills.put_away(found, by=request.member, at=request.at), sentence, back)


def _reword(request: Request, language: str, texts: dict[str, Any]) -> None:
    for key, text in texts.items():
        questions.reword(key, language, text, by=request.member, at=request.at)


def _of_branch(request: Request, branch: Branch) -> str:
    return f"{settings.SITE_URL}{reverse('ask_branch', args=[request.business.slug, branch.pk])}"


def _of_till(request: Request, found: Till) -> str:
    return reverse("till", args=[request.business.pk, found.secret])
