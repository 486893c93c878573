"""Calls: ended in one tap, taken, handed on, agreed, undone; the list of everybody's and of those behind us."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from regulars.desk import calling
from regulars.desk import today as desk
from regulars.intake.calls import AgreeForm, EndForm, HandOnForm
from regulars.pages import answer, paging
from regulars.pages.access import Request, row
from regulars.record import calls, ending
from regulars.record.calls import Call
from regulars.record.customers import Customer
from regulars.record.people import Member


@require_POST
def end(request: Request, pk: UUID) -> HttpResponse:
    """The call is over, with whatever was said; refused, the form comes back as it was typed."""
    call = row(Call.objects.select_related("customer"), pk)
    form = EndForm(call, request.POST, today=_today(request))
    if form.is_valid() and form.does(lambda: _end(request, call, form.cleaned_data)):
        sentence = gettext("%(name)s: %(outcome)s.") % {
            "name": call.customer.name,
            "outcome": Call.Outcome(form.cleaned_data["outcome"]).label.lower(),
        }
        way_back = reverse("undo_call", args=[request.business.slug, call.pk])
        return answer.done(request, sentence, "today", request.business.slug, undo=way_back)
    return _call_page(request, call, form)


def call(request: Request, pk: UUID) -> HttpResponse:
    """One call by itself: where a refused form is mended, and where a link leads."""
    found = row(Call.objects.select_related("customer"), pk)
    return _call_page(request, found, EndForm(found, today=_today(request)))


@require_POST
def undo(request: Request, pk: UUID) -> HttpResponse:
    found, back = row(Call, pk), reverse("today", args=[request.business.slug])
    sentence = gettext("The call is on the list again.")
    return answer.tapped(request, lambda: ending.undo_end(found, by=request.member, at=request.at), sentence, back)


@require_POST
def take(request: Request, pk: UUID) -> HttpResponse:
    """A shared call, or that of the colleague who was named on the page: if it is somebody else's by now, it stays."""
    found = row(Call, pk)
    of = found.caller_id if request.POST.get("of") == str(found.caller_id) else None
    back = answer.back(request, reverse("today", args=[request.business.slug]))
    sentence = gettext("The call is yours.")
    return answer.tapped(request, lambda: calls.take(found, of=of, by=request.member, at=request.at), sentence, back)


@require_POST
def drop(request: Request, pk: UUID) -> HttpResponse:
    found, back = row(Call, pk), reverse("calls", args=[request.business.slug])
    sentence = gettext("The call is off the list.")
    return answer.tapped(request, lambda: calls.drop(found, by=request.member, at=request.at), sentence, back)


def hand_on(request: Request, pk: UUID) -> HttpResponse:
    """Mine stays mine until I hand it on; a manager may hand on anybody's."""
    found = row(Call.objects.select_related("customer"), pk)
    form = HandOnForm(_callers(), request.POST or None)
    if form.is_valid() and form.does(
        lambda: calls.hand_on(found, to=form.cleaned_data["to"], by=request.member, at=request.at)
    ):
        return answer.done(request, gettext("The call is handed on."), "today", request.business.slug)
    mine, status = calls.may_touch(found.caller_id, request.member), 422 if form.errors else 200
    return answer.page(request, "calls/hand_on.html", call=found, form=form, mine=mine, status=status)


def agree(request: Request, pk: UUID) -> HttpResponse:
    """A call that somebody promised her."""
    her = row(Customer.objects.filter(merged_at=None), pk)
    form = AgreeForm(request.POST or None)
    if form.is_valid() and form.does(
        lambda: calls.agree(
            her, caller=request.member, today=_today(request), by=request.member, at=request.at, **form.cleaned_data
        )
    ):
        sentence = gettext("You will be reminded of the call.")
        return answer.done(request, sentence, "customer", request.business.slug, her.pk)
    return answer.page(request, "calls/agree.html", customer=her, form=form, status=422 if form.errors else 200)


def everybody(request: Request) -> HttpResponse:
    """All that is open, by who makes it; with this week's ten on top."""
    found = calls.open_calls().select_related("customer", "customer__branch", "caller")
    some = list(found.prefetch_related("customer__contacts").order_by("due_on", "-rank")[:200])
    lines = desk.items(some, request.business, today=_today(request), at=request.at)
    ten = [line for line in lines if line.call.play == Call.Play.TOP_TEN]
    rest = [line for line in lines if line.call.play != Call.Play.TOP_TEN]
    return answer.page(request, "calls/everybody.html", ten=ten, rest=rest, count=calls.open_calls().count())


def history(request: Request) -> HttpResponse:
    """The calls behind us, the latest first."""
    found = Call.objects.exclude(ended_at=None).select_related("customer", "ended_by")
    outcome, words = request.GET.get("outcome", ""), answer.searched(request)
    if outcome in Call.Outcome.values:
        found = found.filter(outcome=outcome)
    if words:
        found = found.filter(Q(customer__name__icontains=words) | Q(note__icontains=words))
    page = paging.page(found, by="-ended_at", cursor=request.GET.get("after", ""))
    return answer.page(request, "calls/history.html", page=page, outcomes=Call.Outcome, outcome=outcome, q=words)


def _end(request: Request, call: Call, said: dict[str, Any]) -> None:
    contact = calling.number_to_call(call.customer.contacts.all())
    ending.end(call, by=request.member, at=request.at, today=_today(request), contact=contact, **said)


def _call_page(request: Request, call: Call, form: EndForm) -> HttpResponse:
    [line] = desk.items([call], request.business, today=_today(request), at=request.at)
    mine, status = calls.may_touch(call.caller_id, request.member), 422 if form.errors else 200
    return answer.page(request, "calls/call.html", call=call, line=line, form=form, mine=mine, status=status)


def _today(request: Request) -> date:
    return timezone.localdate(request.at)


def _callers() -> Any:
    return Member.objects.filter(left_at=None, makes_calls=True).exclude(person_id=None).order_by("name")
