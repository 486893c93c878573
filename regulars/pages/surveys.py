"""The answers of customers: in figures, one by one, and asked for at the counter."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from regulars.desk import kept
from regulars.desk import surveys as desk
from regulars.desk.pen import Pen
from regulars.intake.ledger import LedgerForm
from regulars.kernel.refusal import Refused
from regulars.pages import answer, paging
from regulars.pages.access import Request, row
from regulars.record import branches, questions, ratings, surveys
from regulars.record.customers import Customer
from regulars.record.ratings import Rating
from regulars.record.work import Job

GROUPS = [("branch", _("By branch"), _("Branch")), ("member", _("By person"), _("Whose work it was")),
          ("kind", _("By kind"), _("Kind of job"))]  # fmt: skip
ASKED = [("stage", _("By where they stand with us")), ("kind", _("By kind")), ("branch", _("By branch"))]


def figures(request: Request) -> HttpResponse:
    """Of the period that was chosen; the same number of queries however many answers there are."""
    form = LedgerForm(request.GET)
    only = {"job__kind" if name == "kind" else name: row for name, row in form.only("member").items()}
    told = desk.figures(request.business, since=form.since(request.at), at=request.at, **only)
    pen = Pen(request.business.currency, get_language() or "en")
    charts = [kept.content(pen, key, told.weeks[i]) for i, key in enumerate(desk.KEYS)]
    words: dict[str, Any] = {"form": form, "told": told, "texts": _texts()}
    words["questions"] = list(zip(words["texts"], told.scores, charts, strict=True))
    words["groups"] = [(title, head, told.groups[by]) for by, title, head in GROUPS if len(told.groups[by]) > 1]
    words["asked"] = [(title, told.asked[by]) for by, title in ASKED if len(told.asked[by]) > 1]
    return answer.page(request, "surveys/figures.html", **words)


def listing(request: Request) -> HttpResponse:
    """Each answer, the latest first."""
    words, show = answer.searched(request), request.GET.get("show", "")
    found = desk.answers(show, words, low=request.business.survey_low)
    page = paging.page(found, by="-at", cursor=request.GET.get("after", ""))
    return answer.page(request, "surveys/answers.html", page=page, q=words, show=show, texts=_texts())


@require_POST
def set_aside(request: Request, pk: UUID) -> HttpResponse:
    """We tried the tablet ourselves."""
    found, slug = row(Rating, pk), request.business.slug
    undo = reverse("bring_answer_back", args=[slug, pk])
    sentence = gettext("It counts no more.")
    return answer.tapped(
        request, lambda: ratings.set_aside(found, by=request.member, at=request.at), sentence, _back(request), undo=undo
    )


@require_POST
def bring_back(request: Request, pk: UUID) -> HttpResponse:
    found, sentence = row(Rating, pk), gettext("It counts again.")
    return answer.tapped(
        request, lambda: ratings.bring_back(found, by=request.member, at=request.at), sentence, _back(request)
    )


@require_POST
def ask(request: Request, pk: UUID) -> HttpResponse:
    """The customer is here: hand over the phone. What is asked is today's visit, or the job that was finished."""
    her = row(Customer.objects.filter(merged_at=None), pk)
    about = _about(request, her)
    try:
        survey = surveys.ask(her, **about, by=request.member, at=request.at)
    except Refused as refusal:
        return answer.refused(request, refusal, "customer", request.business.slug, her.pk)
    return redirect("asked", request.business.pk, survey.secret)


def _about(request: Request, her: Customer) -> dict[str, Any]:
    """The job that stands in the form, when it is hers; else what brings her here today."""
    try:
        job = Job.objects.filter(customer=her, pk=UUID(request.POST.get("job", ""))).exclude(finished_at=None).first()
    except ValueError:
        job = None
    if job is None:
        place = her.branch or branches.first_open()
        return {"branch": place, "day": timezone.localdate(request.at), "member": request.member}
    return {"branch": job.branch, "day": timezone.localdate(job.finished_at), "job": job, "member": job.performer}


def _texts() -> list[str]:
    """The three questions in the reader's language."""
    texts = questions.words(get_language() or "en")
    return [texts[key] for key in desk.KEYS]


def _back(request: Request) -> str:
    return answer.back(request, reverse("answers", args=[request.business.slug]))
