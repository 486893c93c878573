"""Hand-offs: a matter goes to a colleague, with a time and a call back; whoever gave it checks."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from regulars.desk import handoffs as desk
from regulars.intake.handoffs import HandOnForm
from regulars.pages import answer
from regulars.pages.access import Request, row
from regulars.record import branches, handoffs
from regulars.record.asks import Ask
from regulars.record.branches import Branch
from regulars.record.handoffs import HandOff


def hand_on(request: Request, pk: UUID) -> HttpResponse:
    """Who takes it, by when the customer hears from us, and what the colleague should know."""
    ask = row(Ask.objects.select_related("customer", "customer__branch", "branch", "keeper"), pk)
    soon = desk.usual_times(_hours(request, ask), request.at, request.business.zone)
    too_much = request.GET.get("say", "")  # what she could not say yes to by herself
    to = desk.who_may(request.member) if too_much else None
    initial = {"to": to, "say": too_much, "hears_by": soon[0][1]}
    form = HandOnForm(desk.takers(request.member), request.POST or None, **initial)
    if form.is_valid() and form.does(
        lambda: handoffs.hand_on(ask, by=request.member, at=request.at, **form.cleaned_data)
    ):
        sentence = gettext("Handed on to %(name)s. You will be asked to check.") % {"name": form.cleaned_data["to"]}
        return answer.done(request, sentence, "ask", request.business.slug, pk)
    times = [(words, HandOnForm.typed(moment)) for words, moment in soon]
    return answer.page(request, "handoffs/hand_on.html", ask=ask, form=form, times=times, status=_status(form))


@require_POST
def take(request: Request, pk: UUID) -> HttpResponse:
    """I have it."""
    return _tapped(request, pk, handoffs.take, gettext("You have it. Now call the customer."))


@require_POST
def contact(request: Request, pk: UUID) -> HttpResponse:
    """I called her."""
    sentence = gettext("The customer has heard from us. Whoever handed it on will check.")
    return _tapped(request, pk, handoffs.contact, sentence)


@require_POST
def check(request: Request, pk: UUID) -> HttpResponse:
    """Whoever gave it called back: was she looked after?"""
    if request.POST.get("cared_for") == "yes":
        return _tapped(request, pk, handoffs.check, gettext("The customer was looked after."), cared_for=True)
    return _tapped(request, pk, handoffs.check, gettext("Not yet: it is with whoever handed it on."), cared_for=False)


@require_POST
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    """It goes back to whoever handed it on."""
    return _tapped(request, pk, handoffs.withdraw, gettext("It is no longer handed on."))


def _tapped(request: Request, pk: UUID, verb: Callable[..., Any], sentence: str, **said: bool) -> HttpResponse:
    found = row(HandOff.objects.select_related("ask", "ask__customer"), pk)
    back = answer.back(request, reverse("ask", args=[request.business.slug, found.ask_id]))
    return answer.tapped(request, lambda: verb(found, by=request.member, at=request.at, **said), sentence, back)


def _hours(request: Request, ask: Ask) -> Any:
    """Of the branch where it was asked, else of whoever hands it on, of the customer, of any that is open."""
    branch = ask.branch or request.member.branch or ask.customer.branch
    return branches.hours(branch or Branch.objects.filter(closed_at=None).order_by("pk")[:1].get())


def _status(form: HandOnForm) -> int:
    return 422 if form.errors else 200
