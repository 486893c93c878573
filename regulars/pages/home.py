"""The front door: whoever is signed in goes to her business, everybody else reads what this is."""

from typing import Any

from allauth.account.utils import perform_login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from regulars.record.business import Business
from regulars.record.demo import DEMO_EMAIL, DEMO_PASSWORD, demo_business
from regulars.record.people import Person


def businesses_of(person: Any) -> list[Business]:
    """Where she has a seat, by name."""
    seats = person.seats.values_list("business_id", flat=True)
    return list(Business.objects.filter(pk__in=seats).order_by("name"))


def home(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return render(
            request,
            "home/front.html",
            {
                "demo": demo_business(),
                "demo_email": DEMO_EMAIL,
                "demo_password": DEMO_PASSWORD,
                "nobody_yet": not Person.objects.exists(),
            },
        )
    mine = businesses_of(request.user)
    return redirect("today", mine[0].slug) if len(mine) == 1 else redirect("businesses")


def welcome(request: HttpRequest, person: Person, business: Business) -> HttpResponse:
    """She is who she says: through her second step, if she has one, and into that business."""
    perform: Any = perform_login
    return perform(request, person, redirect_url=reverse("today", args=[business.slug]))  # type: ignore[no-any-return]


@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """Every business where she has a seat, and the way to open another."""
    return render(request, "home/choose.html", {"businesses": businesses_of(request.user)})


@require_POST
def sign_in_to_demo(request: HttpRequest) -> HttpResponse:
    """One tap into the demo; only where there is one."""
    business, person = demo_business(), Person.objects.filter(email=DEMO_EMAIL).first()
    if business is None or person is None:
        raise Http404
    return welcome(request, person, business)
