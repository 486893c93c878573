"""The four steps in which a complaint is put right, and what waits for a colleague's yes."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from regulars.intake.complaints import AdmitForm, AgreeForm, MoreForm
from regulars.intake.promises import WhyForm
from regulars.kernel.refusal import Refused
from regulars.pages import answer
from regulars.pages.access import Request, row
from regulars.pages.complaints import page, whole
from regulars.record import approvals, complaints, recoveries, remedies
from regulars.record.approvals import Approval
from regulars.record.complaints import Complaint
from regulars.record.recoveries import Recovery
from regulars.record.remedies import Remedy
from regulars.record.tasks import Task


@require_POST
def admit(request: Request, pk: UUID) -> HttpResponse:
    """First: it was our fault, and this is where we erred."""
    found = row(whole(), pk)
    form = AdmitForm(request.POST, language=found.language)
    if form.is_valid() and form.does(lambda: recoveries.admit(found, erred=form.cleaned_data["erred"], **_by(request))):
        return _done(request, found, gettext("Said. Now decide with the customer what puts it right."))
    return page(request, found, form=form)


@require_POST
def agree(request: Request, pk: UUID) -> HttpResponse:
    """Second: what will put it right, by when. Above one's own authority a colleague can be asked in one tap."""
    found, recovery = _of(pk)
    form = AgreeForm(request.POST, complaint=found, currency=request.business.currency, at=request.at)
    asks = "ask" in request.POST
    if form.is_valid() and form.does(lambda: _agree(request, recovery, form, asks)):
        return _done(request, found, gettext("A colleague is asked.") if asks else gettext("Agreed with the customer."))
    return page(request, found, form=form, over=form)


@require_POST
def use_remedy(request: Request, pk: UUID, remedy: UUID) -> HttpResponse:
    """What usually puts it right, in one tap: due within the time in which she hears from us."""
    found, recovery = _of(pk)
    usual = row(Remedy.objects.filter(retired_at=None), remedy)
    try:
        _use(request, found, recovery, usual)
    except Refused as refusal:
        return answer.refused(request, refusal, _address(request, found))
    return _done(request, found, gettext("Agreed: %(what)s.") % {"what": usual})


@require_POST
def reconsider(request: Request, pk: UUID) -> HttpResponse:
    found, recovery = _of(pk)
    return _tapped(request, found, lambda: recoveries.reconsider(recovery, **_by(request)), gettext("Agree anew."))


@require_POST
def do(request: Request, pk: UUID) -> HttpResponse:
    """Third: done."""
    found, recovery = _of(pk)
    return _tapped(request, found, lambda: recoveries.do(recovery, **_by(request)), gettext("Done. Now a little more."))


@require_POST
def tick(request: Request, pk: UUID) -> HttpResponse:
    """One of several tasks is done."""
    task = row(Task.objects.select_related("recovery__complaint", "recovery__promise"), pk)
    found = task.recovery.complaint
    return _tapped(
        request, found, lambda: recoveries.tick(task, **_by(request)), gettext("Done: %(what)s.") % {"what": task}
    )


@require_POST
def more(request: Request, pk: UUID) -> HttpResponse:
    """Fourth: a little more."""
    found, recovery = _of(pk)
    form = MoreForm(request.POST, currency=request.business.currency)
    if form.is_valid() and form.does(lambda: recoveries.do_more(recovery, **form.said(), **_by(request))):
        return _done(request, found, gettext("Now ask whether it is right; the call stands on your list."))
    return page(request, found, form=form)


@require_POST
def approve(request: Request, pk: UUID) -> HttpResponse:
    approval, found = _approval(pk)
    return _tapped(request, found, lambda: approvals.say_yes(approval, **_by(request)), gettext("Yes: it is agreed."))


def refuse(request: Request, pk: UUID) -> HttpResponse:
    """Not this way: what may be done instead."""
    approval, found = _approval(pk)
    form = WhyForm(request.POST or None, gettext("What may be done instead?"))
    shown = {"heading": gettext("Not this way"), "deed": gettext("Say so"), "matter": found, "customer": found.customer}
    return answer.asked(
        request,
        form,
        lambda: approvals.say_no(approval, say=form.cleaned_data["why"], **_by(request)),
        gettext("Your colleague decides anew."),
        _address(request, found),
        **shown,
    )


@require_POST
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    approval, found = _approval(pk)
    return _tapped(
        request, found, lambda: approvals.withdraw(approval, **_by(request)), gettext("Nobody is asked any more.")
    )


@transaction.atomic
def _agree(request: Request, recovery: Recovery, form: AgreeForm, asks: bool) -> None:
    recoveries.plan(recovery, **form.plan(), **_by(request))
    if asks:
        approvals.ask(recovery, again=form.is_again, **_by(request))
    else:
        recoveries.agree(recovery, again=form.is_again, **_by(request))


@transaction.atomic
def _use(request: Request, found: Complaint, recovery: Recovery, usual: Remedy) -> None:
    due_at = complaints.hears_by(found.branch, request.at)
    some = remedies.tasks_of(usual)
    recoveries.plan(recovery, remedy=usual.name, due_at=due_at, tasks=some, mender=found.about, **_by(request))
    recoveries.agree(recovery, **_by(request))


def _of(pk: UUID) -> tuple[Complaint, Recovery]:
    """The complaint, and the attempt to put it right that goes on."""
    found = row(whole(), pk)
    return found, row(Recovery.objects.filter(failed_at=None).select_related("promise"), _current(found))


def _current(found: Complaint) -> Any:
    recovery = recoveries.current(found)
    return recovery.pk if recovery else found.pk  # of none the row is not found: 404


def _approval(pk: UUID) -> tuple[Approval, Complaint]:
    found = row(Approval.objects.select_related("recovery__complaint__customer", "recovery__complaint__branch"), pk)
    return found, found.recovery.complaint


def _tapped(request: Request, found: Complaint, verb: Any, sentence: str) -> HttpResponse:
    return answer.tapped(request, verb, sentence, answer.back(request, _address(request, found)))


def _done(request: Request, found: Complaint, sentence: str) -> HttpResponse:
    return answer.done(request, sentence, _address(request, found))


def _address(request: Request, found: Complaint) -> str:
    return reverse("complaint", args=[request.business.slug, found.pk]) + "#steps"


def _by(request: Request) -> dict[str, Any]:
    return {"by": request.member, "at": request.at}
