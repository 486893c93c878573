"""Where a customer answers the three questions: by the link of a letter, by the code of a branch, at a tablet.

Opening a page writes nothing, so that a robot that follows links answers nothing. Nobody signs in.
"""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from regulars.desk import acknowledging
from regulars.intake.ratings import RatingForm
from regulars.kernel import clock
from regulars.kernel.refusal import Refused
from regulars.pages import guests, tell
from regulars.record import branches, customers, ratings, surveys, tills
from regulars.record.business import Business
from regulars.record.owned import acting_for
from regulars.record.ratings import Rating
from regulars.record.surveys import Survey
from regulars.record.tills import Till

MOST_FROM_ONE_ADDRESS, MOST_AT_A_BRANCH = 60, 300  # within the hour
WORKER = Path(__file__).parent / "static" / "js" / "till-worker.js"


class Request(HttpRequest):
    """What `_by_secret` found out, for the view."""

    house: Business
    found: Any
    at: Any


def _by_secret(opens: Callable[..., Any]) -> Callable[..., Any]:
    """Whoever holds the secret answers in that business, in the language that her browser asks for."""

    def guard(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: Request, business: UUID, secret: str) -> HttpResponse:
            house = Business.objects.filter(pk=business).first()
            if house is None:
                return guests.private(_ended(request, None))
            with acting_for(house.pk):
                request.house, request.at = house, clock.now()
                try:
                    request.found = opens(secret, request.at)
                except Refused:
                    return guests.private(_ended(request, house))
                branch = request.found.branch
                with timezone.override(branch.zone), translation.override(_language(request)):
                    return guests.private(view(request))

        return guarded

    return guard


# --- by the link of a letter ---------------------------------------------------------------------------------------


@_by_secret(lambda secret, at: surveys.opened_by(secret, at=at))
def survey(request: Request) -> HttpResponse:
    """One visit of one customer. Answered already, it shows what was said, and that can be changed."""
    asked: Survey = request.found
    known = Rating.objects.filter(survey=asked).first()
    form = _form(request, known)
    way = Rating.Way.COUNTER if asked.asked_by_id else Rating.Way.LETTER
    if form.is_valid() and form.does(lambda: _keep(request, form, way, survey=asked)):
        return redirect("asked_thanks", request.house.pk, asked.secret)
    return _page(request, form, job=asked.job, stop=reverse("asked_stop", args=[request.house.pk, asked.secret]))


@require_safe
@_by_secret(lambda secret, at: surveys.opened_by(secret, at=at))
def thanks(request: Request) -> HttpResponse:
    return _thanks(request, Rating.objects.filter(survey=request.found).select_related("complaint").first())


@_by_secret(lambda secret, _at: surveys.named_by(secret))
def stop(request: Request) -> HttpResponse:
    """No more questions. A robot that opens the link stops nothing."""
    her = request.found.customer.merged_into or request.found.customer
    if request.method == "POST":
        customers.stop_surveys(her, by=None, at=request.at)
    stopped = her.no_surveys_at is not None
    again = reverse("asked_again", args=[request.house.pk, request.found.secret])
    words = {"house": request.house, "branch": request.found.branch, "stopped": stopped, "again": again}
    return render(request, "ask/stop.html", words)


@require_POST
@_by_secret(lambda secret, _at: surveys.named_by(secret))
def again(request: Request) -> HttpResponse:
    """It was tapped by mistake: she may be asked again."""
    customers.allow_surveys(request.found.customer.merged_into or request.found.customer, by=None, at=request.at)
    return redirect("asked_stop", request.house.pk, request.found.secret)


@csrf_exempt
@require_POST
def stop_in_one_click(request: HttpRequest, business: UUID, secret: str) -> HttpResponse:
    """The button of a mail program (RFC 8058): it has no cookies of ours, and what it may do is only this."""
    answered: HttpResponse = stop(request, business=business, secret=secret)
    return answered


# --- by the code of a branch -----------------------------------------------------------------------------------------


@tell.everybody
def branch(request: tell.Request) -> HttpResponse:
    """Anybody, without a name; a receipt tells which visit it was."""
    if request.branch.closed_at is not None:
        return _ended(request, request.house)
    too_much = request.method == "POST" and _is_too_much(request)
    form = RatingForm(translation.get_language(), request.POST or None, at=request.at)
    receipt = request.GET.get("receipt", "").replace("\0", "").strip()[:100]
    if too_much:
        form.add_error(None, gettext("Very many people write to us just now. Please call us, or try again in an hour."))
    elif form.is_valid():
        _keep_anonymous(request, form, receipt)
        return redirect("ask_branch_thanks", request.house.slug, request.branch.pk)
    return _page(request, form)


@require_safe
@tell.everybody
def branch_thanks(request: tell.Request) -> HttpResponse:
    return _thanks(request, None)


def _is_too_much(request: tell.Request) -> bool:
    from_here = guests.is_too_much(f"ask-{request.META.get('REMOTE_ADDR', '')}", MOST_FROM_ONE_ADDRESS)
    return guests.is_too_much(f"ask-{request.branch.pk}", MOST_AT_A_BRANCH) or from_here


@transaction.atomic
def _keep_anonymous(request: tell.Request, form: RatingForm, receipt: str) -> None:
    """What a robot wrote is set aside and not thrown away: a browser may have filled its field in for a person."""
    rating = ratings.give(
        form.said,
        branch=request.branch,
        way=Rating.Way.BRANCH,
        language=translation.get_language(),
        receipt=receipt,
        **form.told,
    )
    if form.is_a_robots:
        ratings.set_aside(rating, by=None, at=request.at)


# --- at a tablet -----------------------------------------------------------------------------------------------------


@_by_secret(lambda secret, _at: tills.opened_by(secret))
def till(request: Request) -> HttpResponse:
    """The tablet at the counter; without a script a form like any other, that begins anew after a few seconds."""
    form = _form(request, None, hurries=False)
    if form.is_valid() and form.does(lambda: _keep(request, form, Rating.Way.TILL, till=request.found)):
        return _thanks(request, None, again=reverse("till", args=[request.house.pk, request.found.secret]))
    return _page(request, form, template="ask/till.html", till=request.found)


@csrf_exempt
@require_POST
def till_answer(request: HttpRequest, business: UUID, secret: str) -> HttpResponse:
    """An answer that the tablet sends, now or when the network is back. No cookie is believed, so none is checked:
    the address is the key. 204 when it stands; what is refused for ever says so, for the tablet to forget it.
    """
    answered: HttpResponse = _till_answer(request, business=business, secret=secret)
    return answered


@_by_secret(lambda secret, _at: tills.opened_by(secret))
def _till_answer(request: Request) -> HttpResponse:
    form = _form(request, None, hurries=False)
    if form.is_valid() and form.does(lambda: _keep(request, form, Rating.Way.TILL, till=request.found)):
        return HttpResponse(status=204)
    return JsonResponse({"errors": form.errors}, status=422)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps a tablet's pages at hand; it stands here and not with the others so that it may."""
    return HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")


# --- what they have in common ----------------------------------------------------------------------------------------


def _form(request: Request, known: Rating | None, *, hurries: bool = True) -> RatingForm:
    said, posted = known.said if known else None, request.POST if request.method == "POST" else None
    return RatingForm(translation.get_language(), posted, at=request.at, said=said, hurries=hurries)


def _keep(
    request: Request, form: RatingForm, way: str, *, survey: Survey | None = None, till: Till | None = None
) -> None:
    given: dict[str, Any] = {"way": way, "language": translation.get_language(), "survey": survey, "till": till}
    ratings.give(form.said, branch=request.found.branch, **given, **form.told)


def _page(request: Any, form: RatingForm, *, template: str = "ask/page.html", **words: Any) -> HttpResponse:
    where = getattr(request, "branch", None) or request.found.branch
    words |= {"house": request.house, "branch": where, "form": form}
    return render(request, template, words, status=422 if form.errors else 200)


def _thanks(request: Any, rating: Rating | None, **words: Any) -> HttpResponse:
    """Thank you; and where something was not right, by when she hears from us and where she sees how it stands."""
    where = getattr(request, "branch", None) or request.found.branch
    its = rating.complaint if rating else None
    if its is not None:
        words["hears"] = acknowledging.by_when(where, its.hears_by, request.at)
        words["address"] = acknowledging.address(its)
    return render(request, "ask/thanks.html", {"house": request.house, "branch": where, **words})


def _language(request: Request) -> str:
    """What was chosen on the tablet, or by her on our pages; else hers, whose survey it is; else what her browser asks
    for. A tablet asks in the language of its branch, whatever its own is set to.
    """
    chosen, place = request.GET.get("language", ""), request.found.branch.language
    if isinstance(request.found, Till):
        return acknowledging.language(chosen, place, request.house.language)
    her = request.found.customer.merged_into or request.found.customer
    hers = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "") or her.language
    return acknowledging.language(chosen, hers, guests.language(request, place, request.house.language))


def _ended(request: Any, house: Business | None) -> HttpResponse:
    """The same for a link that has ended and for one that never was: nobody learns which."""
    place = branches.first_open() if house else None
    return render(request, "ask/ended.html", {"house": house, "branch": place}, status=410 if house else 404)
