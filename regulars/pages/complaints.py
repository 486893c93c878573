"""Complaints for staff: written down in thirty seconds, owned by one, and how each of them stands."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from regulars.desk import complaints as desk
from regulars.intake.complaints import (
    AdmitForm,
    AgreeForm,
    AsideForm,
    DescribeForm,
    HearForm,
    ListForm,
    MoreForm,
    NotRightForm,
    PassForm,
)
from regulars.intake.promises import WhyForm
from regulars.pages import answer, paging
from regulars.pages.access import Request, row
from regulars.record import asides, attachments, branches, closing, complaints
from regulars.record.complaints import Complaint
from regulars.record.customers import Customer
from regulars.record.work import Job


def listing(request: Request) -> HttpResponse:
    """Those that are open, the most urgent first; and all others."""
    form = ListForm(request.GET, states={name: label for name, (label, _wanted, _by) in desk.STATES.items()})
    branch = form.cleaned_data.get("branch")
    only = {
        **({"owner": request.member} if form.cleaned_data.get("mine") else {}),
        **({"branch": branch} if branch else {}),
    }
    found, by = desk.listed(state=form.state, words=form.search, **only)
    page = paging.page(found, by=by, cursor=request.GET.get("after", ""))
    return answer.page(request, "complaints/list.html", form=form, page=page)


def hear(request: Request) -> HttpResponse:
    """Somebody complains whom we do not know, or who gives no name."""
    return _hear(request, None)


def hear_of(request: Request, pk: UUID) -> HttpResponse:
    """A customer complains; `?job=` says about which work."""
    return _hear(request, row(Customer.objects.filter(merged_at=None).select_related("branch"), pk))


def complaint(request: Request, pk: UUID) -> HttpResponse:
    """The whole story, and the step that comes next."""
    return page(request, row(whole(), pk))


@require_POST
def take(request: Request, pk: UUID) -> HttpResponse:
    return tapped(request, pk, complaints.take, gettext("It is yours now, until the customer says that it is right."))


@require_POST
def acknowledge(request: Request, pk: UUID) -> HttpResponse:
    return tapped(request, pk, complaints.acknowledge, gettext("The customer knows that we have it."))


def pass_on(request: Request, pk: UUID) -> HttpResponse:
    found = row(whole(), pk)
    form = PassForm(request.POST or None, but=found.owner_id)
    words = {"heading": gettext("Pass it on"), "deed": gettext("Pass it on")}
    words["notice"] = gettext("The customer meets one person more. Better one than two: can you settle it yourself?")
    sentence = gettext("It is with your colleague now.")
    return asked(request, found, form, lambda said: complaints.pass_on(found, **said), sentence, **words)


def describe(request: Request, pk: UUID) -> HttpResponse:
    found = row(whole(), pk)
    form = DescribeForm(request.POST or None, complaint=found)
    words = {"heading": gettext("Where was it, and whose work?"), "deed": gettext("Write it down")}
    sentence = gettext("It is written down.")
    return asked(request, found, form, lambda said: complaints.describe(found, **said), sentence, **words)


def who(request: Request, pk: UUID) -> HttpResponse:
    """Which customer it is."""
    found, words = row(whole(), pk), answer.searched(request)
    return answer.page(request, "complaints/who.html", complaint=found, q=words, some=desk.may_be(found, words))


@require_POST
def tie(request: Request, pk: UUID, customer: UUID) -> HttpResponse:
    her = row(Customer.objects.filter(merged_at=None), customer)
    return tapped(request, pk, complaints.tie, gettext("It stands on the customer’s card."), customer=her)


@require_POST
def untie(request: Request, pk: UUID) -> HttpResponse:
    return tapped(request, pk, complaints.tie, gettext("It is nobody’s we know."), customer=None)


def set_aside(request: Request, pk: UUID) -> HttpResponse:
    found = row(whole(), pk)
    form = AsideForm(request.POST or None, is_known=found.customer is not None)
    words = {"heading": gettext("It is no complaint"), "deed": gettext("Set it aside")}
    undo = reverse("bring_complaint_back", args=[request.business.slug, pk])
    return asked(request, found, form, lambda said: _aside(found, **said), gettext("Set aside."), undo=undo, **words)


@require_POST
def bring_back(request: Request, pk: UUID) -> HttpResponse:
    return tapped(request, pk, asides.bring_back, gettext("It is a complaint again."))


@require_POST
def confirm(request: Request, pk: UUID) -> HttpResponse:
    return tapped(request, pk, closing.confirm, gettext("The customer says that it is right."))


def not_right(request: Request, pk: UUID) -> HttpResponse:
    found, form = row(whole(), pk), NotRightForm(request.POST or None)
    words = {"heading": gettext("Not right yet"), "deed": gettext("Begin anew")}
    words["notice"] = gettext("The four steps begin again, at once, and it stays yours.")
    sentence = gettext("Open again: put it right.")
    return asked(request, found, form, lambda said: closing.not_right(found, **said), sentence, **words)


@require_POST
def no_answer(request: Request, pk: UUID) -> HttpResponse:
    return tapped(request, pk, closing.no_answer, gettext("Nobody answered. It comes again on the next open day."))


@require_POST
def close(request: Request, pk: UUID) -> HttpResponse:
    undo = reverse("reopen_complaint", args=[request.business.slug, pk])
    return tapped(request, pk, closing.close, gettext("It is over, and something has changed."), undo=undo)


@require_POST
def reopen(request: Request, pk: UUID) -> HttpResponse:
    return tapped(request, pk, closing.reopen, gettext("It is open again."))


def doubt(request: Request, pk: UUID) -> HttpResponse:
    found, form = row(whole(), pk), WhyForm(request.POST or None, gettext("What looks like abuse?"))
    words = {"heading": gettext("This one looks like abuse"), "deed": gettext("Write it down")}
    words["notice"] = gettext("99 of 100 are honest. It is put right all the same, and no rule changes for the others.")
    return asked(
        request, found, form, lambda said: closing.doubt(found, **said), gettext("It is written down."), **words
    )


@require_POST
def trust(request: Request, pk: UUID) -> HttpResponse:
    return tapped(request, pk, closing.doubt, gettext("The doubt is taken back."), why="")


def praise(request: Request, pk: UUID) -> HttpResponse:
    found = row(whole(), pk)
    form = WhyForm(request.POST or None, gettext("Where, and what did the customer write?"))
    form.fields["why"].max_length = 500  # type: ignore[attr-defined]
    words = {"heading": gettext("Praised in public"), "deed": gettext("Write it down")}
    verb = lambda said: closing.praise(found, where=said.pop("why"), **said)  # noqa: E731
    return asked(request, found, form, verb, gettext("It is written down."), **words)


# --- shared with pages/recoveries and pages/messages ---------------------------------------------------------------


def whole() -> Any:
    return Complaint.objects.select_related(
        *("customer", "customer__branch", "branch", "job", "about", "heard_by", "owner", "right_by"),
        *("cause", "no_change_by", "closed_by", "same_as"),
    )


def page(request: Request, found: Complaint, **forms: Any) -> HttpResponse:
    """The complaint's page; a form that was refused stands in it with what was typed."""
    matter = desk.matter(found, request.member, at=request.at)
    shown = {"complaint": found, "matter": matter, "form": step_form(request, matter), **forms}
    if matter.step == 2:
        shown["remedies"] = desk.usual_remedies(found)
    if matter.step == 4:
        shown["ideas"] = desk.little_mores(found)
    return answer.page(request, "complaints/complaint.html", status=422 if _is_refused(forms) else 200, **shown)


def step_form(request: Request, matter: desk.Matter) -> Any:
    """The form of the step that comes next; None when a tap is enough."""
    currency, found = request.business.currency, matter.complaint
    if matter.step == 1:
        return AdmitForm(None, language=found.language)
    if matter.step == 2 and matter.approval is None:
        recovery = matter.recovery
        cost = sum(task.cost for task in matter.tasks) or None
        before = {"remedy": recovery.remedy, "due_at": recovery.due_at, "cost": cost} if recovery else {}
        return AgreeForm(None, complaint=found, currency=currency, at=request.at, **before)
    return MoreForm(None, currency=currency) if matter.step == 4 else None


def asked(
    request: Request, found: Complaint, form: Any, verb: Callable[[dict[str, Any]], object], sentence: str, **shown: Any
) -> HttpResponse:
    """A deed that needs a few words, on a page of its own."""
    to = reverse("complaint", args=[request.business.slug, found.pk])
    shown |= {"matter": found, "customer": found.customer}
    return answer.asked(request, form, lambda: verb({**form.cleaned_data, **_by(request)}), sentence, to, **shown)


def tapped(
    request: Request, pk: UUID, verb: Callable[..., Any], sentence: str, undo: str = "", **said: Any
) -> HttpResponse:
    """A deed of one tap."""
    found = row(whole(), pk)
    back = answer.back(request, reverse("complaint", args=[request.business.slug, pk]))
    return answer.tapped(request, lambda: verb(found, **said, **_by(request)), sentence, back, undo=undo)


def _by(request: Request) -> dict[str, Any]:
    return {"by": request.member, "at": request.at}


def _is_refused(forms: dict[str, Any]) -> bool:
    return any(form.is_bound and form.errors for form in forms.values())


def _hear(request: Request, her: Customer | None) -> HttpResponse:
    form = HearForm(request.POST or None, request.FILES or None, customer=her, job=request.GET.get("job"))
    heard: list[Complaint] = []
    if form.is_valid() and form.does(lambda: heard.append(_heard(request, her, **form.cleaned_data))):
        undo = reverse("complaint_by_mistake", args=[request.business.slug, heard[0].pk])
        sentence = gettext("It is written down. Now put it right.")
        return answer.done(request, sentence, "complaint", request.business.slug, heard[0].pk, undo=undo)
    return answer.page(request, "complaints/hear.html", form=form, customer=her, status=422 if form.errors else 200)


@transaction.atomic
def _heard(request: Request, her: Customer | None, photos: Any, job: Job | None = None, **said: Any) -> Complaint:
    usual = request.member.branch or (her.branch if her else None) or branches.first_open()
    heard = complaints.hear(customer=her, job=job, branch=job.branch if job else usual, **said, **_by(request))
    attachments.attach(heard, photos, at=request.at)
    return heard


@require_POST
def by_mistake(request: Request, pk: UUID) -> HttpResponse:
    """Nobody complained: a slip of the hand."""
    undo = reverse("bring_complaint_back", args=[request.business.slug, pk])
    sentence = gettext("It is taken back: nobody complained.")
    return tapped(request, pk, asides.set_aside, sentence, undo=undo, as_what=Complaint.Aside.MISTAKE)


def _aside(found: Complaint, *, number: Any, as_what: str, same_as: Any, **said: Any) -> None:
    if as_what == Complaint.Aside.ASK:
        asides.turn_into_ask(found, **said)
    else:
        asides.set_aside(found, as_what=as_what, same_as=same_as, **said)
