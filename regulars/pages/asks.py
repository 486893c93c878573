"""Asks: written down at the counter in one tap, answered yes, or not this way and what instead; and how each went."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from regulars.desk import asks as desk
from regulars.desk import partners as desk_partners
from regulars.intake.asks import HearForm, NoForm, PeriodForm, ReviewForm, YesForm
from regulars.kernel.refusal import Refused
from regulars.pages import answer, paging
from regulars.pages.access import Request, row
from regulars.record import asks
from regulars.record.answers import StandardAnswer
from regulars.record.asks import Ask
from regulars.record.customers import Customer
from regulars.record.partners import Partner


def hear(request: Request, pk: UUID) -> HttpResponse:
    """What a customer asks for: one of the things that many ask for, or her own words."""
    her, form = row(_living(), pk), HearForm(request.POST or None)
    if form.is_valid() and form.does(lambda: _hear(request, her, form, **form.cleaned_data)):
        return _written(request, form.made)  # type: ignore[attr-defined]
    shown = {
        "customer": her,
        "before": desk.before(her, request.member, at=request.at),
        "answers": desk.most_asked(),
        "partners": Partner.objects.filter(retired_at=None)[:50],
    }
    return answer.page(request, "asks/hear.html", form=form, status=422 if form.errors else 200, **shown)


@require_POST
def hear_standard(request: Request, pk: UUID, standard: UUID) -> HttpResponse:
    """What many ask for, but with a twist: written down, and the answer is filled in."""
    her, known = row(_living(), pk), row(StandardAnswer.objects.filter(retired_at=None), standard)
    heard = _heard(request, her, text=known.asked, source=Ask.Source.COUNTER, standard=known)
    return _written(request, heard)


@require_POST
def yes_standard(request: Request, pk: UUID, standard: UUID) -> HttpResponse:
    """Asked for, and yes: one tap. Above what is hers to spend the ask is kept, and a colleague can say yes."""
    her, known = row(_living(), pk), row(StandardAnswer.objects.filter(retired_at=None), standard)
    heard = _heard(request, her, text=known.asked, source=Ask.Source.COUNTER, standard=known)
    said = {"how": known.how, "cost": known.cost, "minutes": known.minutes, "partner": known.partner}
    try:
        asks.say_yes(heard, by=request.member, at=request.at, **said)
    except Refused as refusal:
        return answer.refused(request, refusal, "ask", request.business.slug, heard.pk)
    return _said(request, heard, gettext("Yes: %(text)s") % {"text": heard.text})


def ask(request: Request, pk: UUID) -> HttpResponse:
    """The story of one ask, and what can be done about it now."""
    return _page(request, row(_full(), pk))


def say_yes(request: Request, pk: UUID) -> HttpResponse:
    found = row(_full(), pk)
    form = YesForm.of(found, request.business, request.POST or None)
    if form.is_valid() and form.does(lambda: asks.say_yes(found, by=request.member, at=request.at, **form.said())):
        return _said(request, found, gettext("Yes: %(text)s") % {"text": found.text})
    return _page(request, found, yes=form)


def say_no(request: Request, pk: UUID) -> HttpResponse:
    found, form = row(_full(), pk), NoForm(request.POST or None)
    if form.is_valid() and form.does(lambda: asks.say_no(found, by=request.member, at=request.at, **form.cleaned_data)):
        return _said(request, found, gettext("It is written down, with what you offer instead."))
    return _page(request, found, no=form)


@require_POST
def take(request: Request, pk: UUID) -> HttpResponse:
    """Nobody keeps her yet: from now on I do."""
    return _tapped(request, pk, asks.take, gettext("You look after this customer now."))


@require_POST
def do(request: Request, pk: UUID) -> HttpResponse:
    """What we said yes to is done."""
    return _tapped(request, pk, asks.do, gettext("Done. Ask whether it helped."))


@require_POST
def look_after(request: Request, pk: UUID) -> HttpResponse:
    """She says whether she was helped."""
    if request.POST.get("helped") == "yes":
        return _tapped(request, pk, asks.look_after, gettext("The customer was looked after."), helped=True)
    return _tapped(request, pk, asks.look_after, gettext("Not yet: it goes on."), helped=False)


@require_POST
def take_back(request: Request, pk: UUID) -> HttpResponse:
    """It was answered by mistake."""
    sentence = gettext("The answer is taken back. It is open again.")
    return _tapped(request, pk, asks.take_back_answer, sentence)


@require_POST
def unhear(request: Request, pk: UUID) -> HttpResponse:
    """It was written down by mistake: back to the card."""
    found = row(Ask.objects.select_related("customer"), pk)
    card = reverse("customer", args=[request.business.slug, found.customer_id])
    sentence = gettext("It is taken back: nobody asked for it.")
    return answer.tapped(request, lambda: asks.unhear(found, by=request.member, at=request.at), sentence, card)


def listing(request: Request) -> HttpResponse:
    """All of them, the latest first."""
    state, words = request.GET.get("state", ""), answer.searched(request)
    mine = bool(request.GET.get("mine"))
    found = desk.listed(state=state, words=words, keeper=request.member if mine else None)
    page = paging.page(found, by="-heard_at", cursor=request.GET.get("after", ""))
    states = {
        "unanswered": gettext("No answer yet"),
        "owed": gettext("Yes, to be done"),
        "done": gettext("Done"),
        "no": gettext("Not this way"),
    }
    return answer.page(request, "asks/list.html", page=page, states=states, state=state, q=words, mine=mine)


def refusals(request: Request) -> HttpResponse:
    """Every no, for the owner to look at within the week."""
    return _refusals(request)


@require_POST
def look_at(request: Request, pk: UUID) -> HttpResponse:
    """What changes, so that next time it is a yes."""
    found, form = row(Ask.objects.select_related("customer"), pk), ReviewForm(request.POST)
    if form.is_valid() and form.does(
        lambda: asks.look_at(found, by=request.member, at=request.at, **form.cleaned_data)
    ):
        return answer.done(request, gettext("It is written down what changes."), "refusals", request.business.slug)
    return _refusals(request, form, pk)


def figures(request: Request) -> HttpResponse:
    """How often we say yes, what it costs, what it brings; the same number of queries however many asks."""
    form = PeriodForm(request.GET)
    found = desk.figures(since=form.since(request.at), at=request.at, currency=request.business.currency)
    groups = [
        (gettext("By person"), gettext("Who answered"), found.groups["person"]),
        (gettext("By branch"), gettext("Branch"), found.groups["branch"]),
    ]
    return answer.page(request, "asks/figures.html", form=form, figures=found, groups=groups)


def _refusals(request: Request, form: ReviewForm | None = None, pk: UUID | None = None) -> HttpResponse:
    shown = {"refusals": desk.refusals(at=request.at), "refused": form, "of": pk}
    return answer.page(request, "asks/refusals.html", status=422 if form else 200, **shown)


def _living() -> Any:
    return Customer.objects.filter(merged_at=None).select_related("branch")


def _full() -> Any:
    return Ask.objects.select_related(
        *("customer", "customer__branch", "branch", "standard", "partner"),
        *("heard_by", "keeper", "yes_by", "no_by", "done_by", "reviewed_by"),
    )


def _hear(request: Request, her: Customer, form: HearForm, **said: Any) -> None:
    form.made = _heard(request, her, **said)  # type: ignore[attr-defined]


def _heard(request: Request, her: Customer, **said: Any) -> Ask:
    branch = request.member.branch or her.branch
    return asks.hear(her, branch=branch, by=request.member, at=request.at, **said)


def _written(request: Request, found: Ask) -> HttpResponse:
    undo = reverse("unhear_ask", args=[request.business.slug, found.pk])
    return answer.done(request, gettext("It is written down."), "ask", request.business.slug, found.pk, undo=undo)


def _said(request: Request, found: Ask, sentence: str) -> HttpResponse:
    undo = reverse("take_back_answer", args=[request.business.slug, found.pk])
    return answer.done(request, sentence, "ask", request.business.slug, found.pk, undo=undo)


def _letters(request: Request, found: Ask) -> list[tuple[str, str, Any]]:
    """Words for the partner and for the customer, each with a name."""
    words = desk_partners.letters(found, request.business)
    if words is None:
        return []
    return [("partner", str(found.partner), words.partner), ("customer", str(found.customer), words.customer)]


def _tapped(request: Request, pk: UUID, verb: Callable[..., Any], sentence: str, **said: bool) -> HttpResponse:
    found = row(Ask.objects.select_related("customer"), pk)
    back = answer.back(request, reverse("ask", args=[request.business.slug, pk]))
    return answer.tapped(request, lambda: verb(found, by=request.member, at=request.at, **said), sentence, back)


def _page(request: Request, found: Ask, yes: YesForm | None = None, no: NoForm | None = None) -> HttpResponse:
    """Yes comes first and no is folded away, unless that is what one came for."""
    form = no or yes or YesForm.of(found, request.business)
    shown = {
        "ask": found,
        "matter": desk.matter(found),
        "before": desk.before(found.customer, request.member, at=request.at) if found.is_open else None,
        "letters": _letters(request, found),
        "yes": yes or YesForm.of(found, request.business),
        "no": no or NoForm(),
        "is_no": no is not None,
        "form": form,
    }
    return answer.page(request, "asks/ask.html", status=422 if form.errors else 200, **shown)
