"""The first page of an empty installation: its first owner, and her business."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from regulars.intake.account import FirstPersonForm
from regulars.intake.business import NewBusinessForm
from regulars.kernel import clock
from regulars.pages.home import welcome
from regulars.record import business, people
from regulars.record.owned import acting_for
from regulars.record.people import Person, Role


def first(request: HttpRequest) -> HttpResponse:
    """Exists only while nobody can sign in. Whoever starts the server is told its address."""
    if Person.objects.exists():
        raise Http404
    forms = FirstPersonForm(request.POST or None), NewBusinessForm(request.POST or None)
    valid = [form.is_valid() for form in forms]  # both, so that every mistake is shown at once
    if not all(valid):
        return render(request, "first/page.html", {"person": forms[0], "place": forms[1]})
    with transaction.atomic():
        person = people.register(**forms[0].cleaned_data)
        opened = open_for(person, forms[1])
    return welcome(request, person, opened)


@transaction.atomic
def open_for(person: Person, form: NewBusinessForm) -> business.Business:
    """A business with this person as its owner."""
    words, at = form.described(), clock.now()
    slug = business.free_slug(words["name"])
    opened = business.open_business(slug=slug, at=at, is_demo=False, **words)
    with acting_for(opened.pk):
        people.seat(person, role=Role.OWNER, at=at)
    return opened
