"""Jobs: what was told that it costs, the bill, finished, come back and done again free of charge."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from regulars.desk import extras as ideas
from regulars.desk import promises as desk
from regulars.desk import work as figures
from regulars.intake.promises import KeeperForm, ListForm, PromiseForm, WhyForm
from regulars.intake.work import AgreeForm, AmountForm, ComeBackForm, ExtraForm, FinishForm
from regulars.pages import answer, paging
from regulars.pages.access import Request, row
from regulars.record import estimates, extras, promises, work
from regulars.record.extras import Extra
from regulars.record.promises import Promise
from regulars.record.work import Job


def listing(request: Request) -> HttpResponse:
    """What is being done, what is finished, what came back; the most urgent first."""
    form = ListForm(request.GET, lists=figures.LISTS)
    found, by = figures.listed(form.list)
    found = found.filter(**form.only("performer")).select_related("customer", "performer", "kind")
    if form.search:
        found = found.filter(Q(what__icontains=form.search) | Q(customer__name__icontains=form.search))
    page = paging.page(found, by=by, cursor=request.GET.get("after", ""))
    return answer.page(request, "work/list.html", form=form, page=page, lines=figures.lines(page.rows, request.at))


def job(request: Request, pk: UUID) -> HttpResponse:
    """One job: what was promised with it, what it costs, and what can be done about it."""
    found = row(_whole(), pk)
    told = desk.lines(list(found.promises.select_related("keeper").order_by("made_at")), request.at)
    is_known = found.estimate is not None and found.bill is not None
    return answer.page(
        request,
        "work/job.html",
        job=found,
        told=told,
        saved=found.estimate - found.bill if is_known else None,
        given=found.extras.filter(taken_back_at=None),
        ideas=ideas.suitable(found.customer, found.kind_id),
        comebacks=found.comebacks.order_by("opened_at"),
    )


def promise_more(request: Request, pk: UUID) -> HttpResponse:
    """Something else is promised with the same job: "we call when the part is here"."""
    found = row(_whole().filter(finished_at=None, dropped_at=None), pk)
    form = PromiseForm(request.POST or None, branch=found.branch, kind=None, member=request.member)
    said = {"job": found, "kind": found.kind, "branch": found.branch, "by": request.member, "at": request.at}
    if form.is_valid() and form.does(lambda: promises.make(found.customer, **said, **form.cleaned_data)):
        return answer.done(request, gettext("It is promised."), "job", request.business.slug, pk)
    times, status = desk.usual_times(found.branch, request.at), 422 if form.errors else 200
    shown = {"customer": found.customer, "branch": found.branch, "times": times}
    return answer.page(request, "promises/make.html", form=form, status=status, **shown)


def finish(request: Request, pk: UUID) -> HttpResponse:
    """Done and signed off by whoever did it; in one tap, unless it came back and we ask what that cost us."""
    found = row(_whole(), pk)
    is_comeback = found.comeback_of_id is not None
    form = FinishForm(request.POST or None, currency=found.currency, is_comeback=is_comeback)
    words = {"heading": gettext("Finish the job"), "deed": gettext("Finished")}
    undo = reverse("reopen_job", args=[request.business.slug, pk])
    sentence = gettext("Finished: %(what)s.")
    return _asked(request, found, form, lambda said: work.finish(found, **said), sentence, undo=undo, **words)


@require_POST
def reopen(request: Request, pk: UUID) -> HttpResponse:
    found = row(_whole(), pk)
    return _tapped(request, found, gettext("Open again: %(what)s."), lambda said: work.reopen(found, **said))


def drop(request: Request, pk: UUID) -> HttpResponse:
    found = row(_whole(), pk)
    form = WhyForm(request.POST or None, gettext("Why is it no longer wanted?"))
    words = {"heading": gettext("No longer wanted"), "deed": gettext("Take it off the list")}
    undo = reverse("reopen_job", args=[request.business.slug, pk])
    sentence = gettext("Off the list: %(what)s.")
    return _asked(request, found, form, lambda said: work.drop(found, **said), sentence, undo=undo, **words)


def estimate(request: Request, pk: UUID) -> HttpResponse:
    """What the work is worth; she is told that, and the margin of the business on top."""
    found = row(_whole(), pk)
    label = gettext("What is the work worth?")
    form = AmountForm(request.POST or None, currency=found.currency, label=label, name="worth", worth=found.worth)
    words = {"heading": gettext("What will it cost?"), "deed": gettext("Tell the customer")}
    sentence = gettext("The estimate stands: %(what)s.")
    return _asked(request, found, form, lambda said: estimates.estimate(found, **said), sentence, **words)


def agree(request: Request, pk: UUID) -> HttpResponse:
    """She said yes to more than the estimate."""
    found = row(_whole(), pk)
    form = AgreeForm(request.POST or None, currency=found.currency)
    words = {"heading": gettext("The customer agreed to more"), "deed": gettext("Write the yes down")}
    sentence = gettext("The yes is written down: %(what)s.")
    return _asked(request, found, form, lambda said: estimates.agree(found, **said), sentence, **words)


def bill(request: Request, pk: UUID) -> HttpResponse:
    """What she pays: never more than she was told or agreed to."""
    found = row(_whole(), pk)
    usual = 0 if found.comeback_of_id else found.worth
    form = AmountForm(request.POST or None, currency=found.currency, label=gettext("The bill"), amount=usual)
    words = {"heading": gettext("Write the bill"), "deed": gettext("Bill it")}
    undo = reverse("unbill_job", args=[request.business.slug, pk])
    sentence = gettext("Billed: %(what)s.")
    return _asked(request, found, form, lambda said: estimates.bill(found, **said), sentence, undo=undo, **words)


@require_POST
def unbill(request: Request, pk: UUID) -> HttpResponse:
    found = row(_whole(), pk)
    return _tapped(request, found, gettext("The bill is gone: %(what)s."), lambda said: estimates.unbill(found, **said))


def come_back(request: Request, pk: UUID) -> HttpResponse:
    """It was not right: done again, free of charge, by whoever did it first."""
    found = row(_whole(), pk)
    form = ComeBackForm(request.POST or None, zone=found.branch.zone)
    words = {"heading": gettext("It came back"), "deed": gettext("Do it again, free of charge")}
    sentence = gettext("It will be put right, and costs the customer nothing: %(what)s.")
    return _asked(request, found, form, lambda said: work.come_back(found, **said), sentence, **words)


def hand_on(request: Request, pk: UUID) -> HttpResponse:
    found, form = row(_whole(), pk), KeeperForm(request.POST or None)
    words = {"heading": gettext("Who does it from now on?"), "deed": gettext("Hand on")}
    sentence = gettext("Handed on: %(what)s.")
    return _asked(request, found, form, lambda said: work.hand_on(found, **said), sentence, **words)


def give_extra(request: Request, pk: UUID) -> HttpResponse:
    """A little more than was promised; those that suit her come first."""
    found = row(Promise.objects.select_related("customer", "job"), pk)
    her, best = found.customer, ideas.suitable(found.customer, found.kind_id)
    form = ExtraForm(request.POST or None, currency=request.business.currency, idea=best[0].pk if best else None)
    back = reverse("promise", args=[request.business.slug, pk])
    words = {"heading": gettext("A little more than promised"), "deed": gettext("Given"), "matter": found.what}
    said = {"by": request.member, "at": request.at, "job": found.job, "promise": found}
    sentence = gettext("It stands on the card: a little more than promised.")
    return answer.asked(
        request, form, lambda: extras.give(her, **said, **form.given()), sentence, back, customer=her, **words
    )


@require_POST
def take_back_extra(request: Request, pk: UUID) -> HttpResponse:
    """It was written down by mistake."""
    found = row(Extra.objects.select_related("customer"), pk)
    back = reverse("customer", args=[request.business.slug, found.customer_id])
    sentence = gettext("Taken back: %(what)s.") % {"what": found.what}
    back = answer.back(request, back)
    return answer.tapped(request, lambda: extras.take_back(found, by=request.member, at=request.at), sentence, back)


def _whole() -> Any:
    return Job.objects.select_related("customer", "branch", "kind", "performer", "comeback_of", "finished_by")


def _said(request: Request, found: Job, sentence: str) -> tuple[dict[str, Any], str, str]:
    """Who and when, the sentence with the job in it, and the page of the job."""
    back = reverse("job", args=[request.business.slug, found.pk])
    return {"by": request.member, "at": request.at}, sentence % {"what": found.what}, back


def _tapped(request: Request, found: Job, sentence: str, verb: Any) -> HttpResponse:
    said, told, back = _said(request, found, sentence)
    return answer.tapped(request, lambda: verb(said), told, answer.back(request, back))


def _asked(request: Request, found: Job, form: Any, verb: Any, sentence: str, **shown: Any) -> HttpResponse:
    said, told, back = _said(request, found, sentence)
    shown = {"customer": found.customer, "matter": found.what, **shown}
    return answer.asked(request, form, lambda: verb({**said, **form.cleaned_data}), told, back, **shown)
