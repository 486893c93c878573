"""Promises: made at the counter, kept in one tap, moved, waited for, given up; the list, and each by itself."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from regulars.desk import promises as desk
from regulars.desk import telling
from regulars.intake.promises import KeeperForm, ListForm, MoveForm, PromiseForm, WhyForm
from regulars.kernel import money
from regulars.pages import answer, paging
from regulars.pages.access import Request, row
from regulars.record import estimates, moves, promises, work
from regulars.record.branches import Branch
from regulars.record.customers import Customer
from regulars.record.promises import Promise
from regulars.record.work import JobKind


def listing(request: Request) -> HttpResponse:
    """What was told to whom; the most urgent first."""
    form = ListForm(request.GET, lists=desk.LISTS)
    found, by = desk.listed(form.list, request.at)
    found = found.filter(**form.only("keeper")).select_related("customer", "keeper", "kind")
    if form.search:
        found = found.filter(Q(what__icontains=form.search) | Q(customer__name__icontains=form.search))
    page = paging.page(found, by=by, cursor=request.GET.get("after", ""))
    return answer.page(request, "promises/list.html", form=form, page=page, lines=desk.lines(page.rows, request.at))


def promise(request: Request, pk: UUID) -> HttpResponse:
    """How one promise stands, what became of it, and what can be done about it."""
    found = row(_whole(), pk)
    story = desk.story(found, request.at)
    words = telling.words(found, _her_page(request, found.customer), request.at)
    return answer.page(request, "promises/promise.html", promise=found, story=story, words=words)


def make(request: Request, pk: UUID) -> HttpResponse:
    """Something is promised to her, or work is taken in: that is a promise with a kind."""
    her = row(Customer.objects.filter(merged_at=None).select_related("branch"), pk)
    kinds, places = list(JobKind.objects.filter(retired_at=None)), _places(her, request.member)
    kind, branch = _chosen(request, "kind", kinds), _chosen(request, "branch", places) or places[0]
    form = PromiseForm(request.POST or None, branch=branch, kind=kind, member=request.member)
    if form.is_valid() and form.does(lambda: _make(request, her, branch, kind, form)):
        return answer.done(request, _made(request, branch, form), "customer", request.business.slug, her.pk)
    times, ours = desk.usual_times(branch, request.at), desk.suggestion(branch, kind, request.at)
    shown = {"kinds": kinds, "kind": kind, "branches": places, "branch": branch, "times": times, "ours": ours}
    status = 422 if form.errors else 200
    return answer.page(request, "promises/make.html", customer=her, form=form, status=status, **shown)


@require_POST
def keep(request: Request, pk: UUID) -> HttpResponse:
    """In one tap; of work that is done again its page asks first what it cost us."""
    found, told = row(_whole(), pk), request.POST.get("told") == "1"
    if found.job is not None and found.job.comeback_of_id and found.job.is_open:
        return redirect("finish_job", request.business.slug, found.job_id)
    sentence = gettext("Kept: %(what)s.") if told else gettext("Kept: %(what)s. Now call the customer.")
    undo = reverse("reopen_promise", args=[request.business.slug, pk])
    return _tapped(request, found, sentence, lambda said: work.keep(found, told=told, **said), undo=undo)


@require_POST
def tell(request: Request, pk: UUID) -> HttpResponse:
    found = row(_whole(), pk)
    return _tapped(request, found, gettext("Told: %(what)s."), lambda said: promises.tell(found, **said))


@require_POST
def tell_move(request: Request, pk: UUID) -> HttpResponse:
    found = row(_whole(), pk)
    return _tapped(request, found, gettext("Told of the new time: %(what)s."), lambda said: moves.tell(found, **said))


@require_POST
def go_on(request: Request, pk: UUID) -> HttpResponse:
    found = row(_whole(), pk)
    return _tapped(request, found, gettext("The clock runs again: %(what)s."), lambda said: moves.go_on(found, **said))


@require_POST
def reopen(request: Request, pk: UUID) -> HttpResponse:
    found = row(_whole(), pk)
    sentence = gettext("It is to be kept again: %(what)s.")
    return _tapped(request, found, sentence, lambda said: work.reopen_promise(found, **said))


def move(request: Request, pk: UUID) -> HttpResponse:
    """Another time, and why; the customer is told first."""
    found = row(_whole(), pk)
    form = MoveForm(request.POST or None, zone=found.branch.zone, due_at=found.moved_to or found.due_at)
    words = {"heading": gettext("Move it to another time"), "deed": gettext("Move it")}
    return _asked(request, found, form, lambda said: moves.move(found, **said), gettext("Moved: %(what)s."), **words)


def wait(request: Request, pk: UUID) -> HttpResponse:
    """We cannot go on without her: the clock stands until she answers."""
    found = row(_whole(), pk)
    form = WhyForm(request.POST or None, gettext("What do we wait for?"))
    words = {"heading": gettext("Wait for the customer"), "deed": gettext("Stop the clock")}
    sentence, undo = gettext("The clock stands: %(what)s."), reverse("go_on_promise", args=[request.business.slug, pk])
    return _asked(request, found, form, lambda said: moves.wait(found, **said), sentence, undo=undo, **words)


def miss(request: Request, pk: UUID) -> HttpResponse:
    """It cannot be kept at all, and she has been told so."""
    found = row(_whole(), pk)
    form = WhyForm(request.POST or None, gettext("Why can it not be kept?"))
    words = {"heading": gettext("It cannot be kept"), "deed": gettext("The customer was told: it cannot be kept")}
    undo = reverse("reopen_promise", args=[request.business.slug, pk])
    sentence = gettext("Written down as missed: %(what)s.")
    return _asked(request, found, form, lambda said: promises.miss(found, **said), sentence, undo=undo, **words)


def drop(request: Request, pk: UUID) -> HttpResponse:
    """She does not want it any more, or it was a slip."""
    found = row(_whole(), pk)
    form = WhyForm(request.POST or None, gettext("Why is it no longer wanted?"))
    words = {"heading": gettext("No longer wanted"), "deed": gettext("Take it off the list")}
    undo = reverse("reopen_promise", args=[request.business.slug, pk])
    sentence = gettext("Off the list: %(what)s.")
    return _asked(request, found, form, lambda said: promises.drop(found, **said), sentence, undo=undo, **words)


def hand_on(request: Request, pk: UUID) -> HttpResponse:
    found, form = row(_whole(), pk), KeeperForm(request.POST or None)
    words = {"heading": gettext("Who keeps it from now on?"), "deed": gettext("Hand on")}
    sentence = gettext("Handed on: %(what)s.")
    return _asked(request, found, form, lambda said: promises.hand_on(found, **said), sentence, **words)


def _whole() -> Any:
    return Promise.objects.select_related("customer", "branch", "kind", "keeper", "job", "made_by", "kept_by")


def _said(request: Request, found: Promise, sentence: str) -> tuple[dict[str, Any], str, str]:
    """Who and when, the sentence with what was promised in it, and the page of the promise."""
    back = reverse("promise", args=[request.business.slug, found.pk])
    return {"by": request.member, "at": request.at}, sentence % {"what": found.what}, back


def _tapped(request: Request, found: Promise, sentence: str, verb: Any, *, undo: str = "") -> HttpResponse:
    said, told, back = _said(request, found, sentence)
    return answer.tapped(request, lambda: verb(said), told, answer.back(request, back), undo=undo)


def _asked(request: Request, found: Promise, form: Any, verb: Any, sentence: str, **shown: Any) -> HttpResponse:
    said, told, back = _said(request, found, sentence)
    shown = {"customer": found.customer, "matter": found.what, **shown}
    return answer.asked(request, form, lambda: verb({**said, **form.cleaned_data}), told, back, **shown)


def _places(her: Customer, member: Any) -> list[Branch]:
    """Where it can be promised: her own branch first, then that of whoever stands at the counter."""
    found = Branch.objects.filter(closed_at=None).prefetch_related("intervals", "special_days")
    first = [her.branch_id, member.branch_id]
    return sorted(found.order_by("name"), key=lambda it: first.index(it.pk) if it.pk in first else len(first))


def _chosen(request: Request, name: str, rows: list[Any]) -> Any:
    """The row that the address or the form names; nothing named is None, and what is not there is 404."""
    wanted = request.POST.get(name) or request.GET.get(name)
    found = next((it for it in rows if str(it.pk) == wanted), None)
    if wanted and found is None:
        raise Http404
    return found


def _make(request: Request, her: Customer, branch: Branch, kind: JobKind | None, form: PromiseForm) -> None:
    typed = dict(form.cleaned_data)
    keeper, worth = typed.pop("keeper"), typed.pop("worth", None)
    share = float(request.business.promise_share) if form.took_ours else None
    said = {"branch": branch, "by": request.member, "at": request.at, "share": share, **typed}
    if kind is None:
        promises.make(her, keeper=keeper, **said)
        return
    job = work.open_job(her, kind=kind, performer=keeper, **said)
    if worth is not None:
        estimates.estimate(job, worth=worth, by=request.member, at=request.at)


def _made(request: Request, branch: Branch, form: PromiseForm) -> str:
    """What she is to be told: the work is worth so much, and it will not cost more than that."""
    worth = form.cleaned_data.get("worth")
    if worth is None:
        return gettext("It is promised.")
    most = estimates.estimate_of(worth, request.business.estimate_buffer)
    amount = money.written(most, branch.currency, get_language() or "en")
    return gettext("The work is taken in. Tell the customer: no more than %(amount)s.") % {"amount": amount}


def _her_page(request: Request, her: Customer) -> str:
    """The whole address of her own page, to be sent; nothing where two cards became one and this one had none."""
    link = her.links.first()
    if link is None:
        return ""
    return f"{settings.SITE_URL}{reverse('yours', args=[request.business.pk, link.secret])}"
