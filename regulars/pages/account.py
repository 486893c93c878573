"""The person's own account: her name, language and colours; and what allauth asks us."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext

from regulars.intake.account import PersonForm
from regulars.pages import answer
from regulars.record import people


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up at the door of somebody's own installation: seats are given by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """There is no user name: the address is the name."""


@login_required
def account(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    now = {"name": person.name, "language": person.language, "theme": person.theme}
    form = PersonForm(request.POST or None, initial=now)
    if form.is_valid():
        people.change_person(person, **form.cleaned_data)
        with translation.override(person.language or translation.get_language()):
            return answer.done(request, gettext("Kept."), "account")
    return answer.page(request, "account/page.html", form=form)
