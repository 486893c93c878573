"""The page that an invitation's letter leads to. Opening it changes nothing; a button takes the seat."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext

from regulars.intake.account import NewPersonForm
from regulars.kernel import clock
from regulars.kernel.refusal import Refused
from regulars.pages.home import welcome
from regulars.record import people
from regulars.record.business import Business
from regulars.record.owned import acting_for
from regulars.record.people import Person


def invitation(request: HttpRequest, business: UUID, secret: str) -> HttpResponse:
    house = get_object_or_404(Business, pk=business)
    with acting_for(house.pk):
        try:
            found = people.open_invitation(secret, at=clock.now())
            return _answer(request, house, found)
        except Refused as refusal:
            return render(request, "invitation/ended.html", {"why": refusal.said(gettext)}, status=410)


def _answer(request: HttpRequest, house: Business, found: people.Invitation) -> HttpResponse:
    """Somebody signed in gets a button, a known address the way to sign in, a new one asks for a password."""
    known = Person.objects.filter(email=found.email).exists()
    form = None
    if not request.user.is_authenticated and not known:
        form = NewPersonForm(request.POST or None, email=found.email, initial={"name": found.name})
    if request.method == "POST" and (request.user.is_authenticated or (form and form.is_valid())):
        return _take(request, house, found, form)
    words = {"house": house, "invitation": found, "form": form, "known": known}
    return render(request, "invitation/page.html", words)


@transaction.atomic
def _take(request: HttpRequest, house: Business, found: people.Invitation, form: NewPersonForm | None) -> HttpResponse:
    person: Any = request.user
    if form is not None:
        person = people.register(email=found.email, language=house.language, **form.cleaned_data)
    people.take_invitation(found, person, at=clock.now())
    return redirect("today", house.slug) if form is None else welcome(request, person, house)
