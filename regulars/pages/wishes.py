"""What customers wish for; and, once the business has it, everybody who wished for it on the list of calls."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import ngettext

from regulars.desk import wishes as desk
from regulars.intake.wishes import GrantedForm
from regulars.pages import answer
from regulars.pages.access import Request, row
from regulars.record.calls import Call

SHOWN = 100


def listing(request: Request) -> HttpResponse:
    """Open wishes, the same ones together, what most wish for first."""
    words = answer.searched(request)
    return answer.page(request, "surveys/wishes.html", wished=desk.grouped(words)[:SHOWN], q=words)


def have(request: Request, pk: UUID) -> HttpResponse:
    """We have it: who of those who wished for something like it is called."""
    wish = row(desk.open_wishes(), pk)
    same, others = desk.like(wish)
    form = GrantedForm(desk.open_wishes(), request.POST or None, ticked=same, what=wish.text)
    told: list[Call] = []
    today = timezone.localdate(request.at)
    if form.is_valid() and form.does(
        lambda: told.extend(desk.tell(**_chosen(form), today=today, by=request.member, at=request.at))
    ):
        sentence = ngettext("%(number)d customer is called.", "%(number)d customers are called.", len(told))
        sentence = sentence % {"number": len(told)}
        return answer.done(request, sentence, "wishes", request.business.slug)
    words = {"wish": wish, "same": same, "others": others, "form": form}
    return answer.page(request, "surveys/have.html", status=422 if form.errors else 200, **words)


def _chosen(form: GrantedForm) -> dict[str, Any]:
    return {"wishes": form.cleaned_data["wishes"], "what": form.cleaned_data["what"]}
