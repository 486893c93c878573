"""Where anybody tells us that something is not right: no account, no fee, no riddle; three fields, and one needed."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from regulars.desk import acknowledging
from regulars.intake import tell as intake
from regulars.intake.tell import TellForm
from regulars.kernel import clock
from regulars.pages import guests
from regulars.record import asides, branches, complaints, messages, outgoing
from regulars.record.branches import Branch
from regulars.record.business import Business
from regulars.record.complaints import Complaint
from regulars.record.owned import acting_for

# Within the hour. Generous, because a whole mall or mobile network has one address, and behind a proxy everybody does.
MOST_FROM_ONE_ADDRESS, MOST_AT_A_BRANCH = 60, 200
MOST_LETTERS, A_DAY = 3, 24 * guests.AN_HOUR  # to one e-mail address: nobody is pestered by us in a stranger's name


class Request(HttpRequest):
    """What `everybody` found out, for the view."""

    house: Business
    branch: Branch
    at: Any


def everybody(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open to all, in the language of the browser or of the branch, and by the branch's clock."""

    @wraps(view)
    def guarded(request: Request, business: str, branch: UUID | None = None) -> HttpResponse:
        request.house, request.at = get_object_or_404(Business, slug=business), clock.now()
        with acting_for(request.house.pk):
            request.branch = get_object_or_404(Branch, pk=branch) if branch else branches.first_open()
            language = guests.language(request, request.branch.language, request.house.language)
            with timezone.override(request.branch.zone), translation.override(language):
                return guests.private(view(request))

    return guarded


@everybody
def choose(request: Request) -> HttpResponse:
    """Where was it? With one branch there is nothing to choose."""
    some = Branch.objects.filter(closed_at=None).order_by("name")
    if len(some) == 1:
        return redirect("tell_branch", request.house.slug, some[0].pk)
    return render(request, "tell/choose.html", {"house": request.house, "branches": some})


@everybody
def tell(request: Request) -> HttpResponse:
    """A poster may hang longer than its branch is open: then it leads to the others."""
    if request.branch.closed_at is not None:
        return redirect("tell", request.house.slug)
    too_much = request.method == "POST" and _is_too_much(request)
    files = None if too_much else request.FILES or None
    form = TellForm(request.POST or None, files, at=request.at)
    if too_much:  # refused words stay in the form, with the number to call; no picture is drawn for a robot
        form.add_error(None, gettext("Very many people write to us just now. Please call us, or try again in an hour."))
    elif form.is_valid():
        its = _hear(request, form)
        return redirect(f"{reverse('said', args=[request.house.pk, its.secret])}?thanks=1#thanks")
    words = {"house": request.house, "branch": request.branch, "form": form, "again": bool(request.FILES)}
    return render(request, "tell/page.html", words, status=422 if form.errors else 200)


def _is_too_much(request: Request) -> bool:
    from_here = guests.is_too_much(f"tell-{request.META.get('REMOTE_ADDR', '')}", MOST_FROM_ONE_ADDRESS)
    return guests.is_too_much(f"tell-{request.branch.pk}", MOST_AT_A_BRANCH) or from_here


@transaction.atomic
def _hear(request: Request, form: TellForm) -> Complaint:
    """Whoever alone has that address is probably meant; that she wrote it herself we do not know."""
    told, branch, at = form.cleaned_data, request.branch, request.at
    value, email = intake.reached_as(told["reach"], branch.country)
    its = complaints.hear(
        text=told["text"],
        source=Complaint.Source.FORM,
        branch=branch,
        by=None,
        at=at,
        customer=intake.only_customer_at(value),
        is_hers=False,
        sender=told["reach"],
        language=translation.get_language(),
    )
    messages.receive(its, text=its.text, files=told["photos"], at=at)
    if form.is_a_robots:  # set aside and not thrown away: a browser may have filled that field in for a person
        asides.set_aside(its, as_what=Complaint.Aside.JUNK, by=None, at=at)
    elif email and not guests.is_too_much(f"acknowledged-{email}", MOST_LETTERS, within=A_DAY):
        subject, text = acknowledging.words(its, at)
        outgoing.acknowledge(its, text=text, subject=subject, to=email, at=at)
    return its
