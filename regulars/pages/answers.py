"""Standard answers: what we do whenever somebody asks for it; set by whoever manages the place."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from regulars.intake.answers import AnswerForm
from regulars.pages import answer
from regulars.pages.access import Request, row
from regulars.record import answers
from regulars.record.answers import StandardAnswer


def listing(request: Request) -> HttpResponse:
    known = StandardAnswer.objects.filter(retired_at=None).select_related("partner")
    return answer.page(request, "asks/answers.html", answers=known)


def add(request: Request) -> HttpResponse:
    """Anew; the words may come from what customers have asked for."""
    form = AnswerForm(request.business, request.POST or None, asked=request.GET.get("asked", ""))
    if form.is_valid() and form.does(lambda: answers.add(by=request.member, at=request.at, **form.said())):
        sentence = gettext("From now on this is the standard answer.")
        return answer.done(request, sentence, "standard_answers", request.business.slug)
    return answer.page(request, "asks/standard.html", form=form, status=422 if form.errors else 200)


def change(request: Request, pk: UUID) -> HttpResponse:
    known = row(StandardAnswer.objects.filter(retired_at=None), pk)
    form = AnswerForm.of(known, request.business, request.POST or None)
    if form.is_valid() and form.does(lambda: answers.change(known, by=request.member, at=request.at, **form.said())):
        sentence = gettext("From now on this is the standard answer.")
        return answer.done(request, sentence, "standard_answers", request.business.slug)
    return answer.page(request, "asks/standard.html", form=form, known=known, status=422 if form.errors else 200)


@require_POST
def retire(request: Request, pk: UUID) -> HttpResponse:
    answers.retire(row(StandardAnswer, pk), by=request.member, at=request.at)
    sentence = gettext("It is put away. Add it again in the same words to bring it back.")
    return answer.done(request, sentence, "standard_answers", request.business.slug)
