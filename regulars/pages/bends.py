"""Rules that were bent for a customer's good: written down without asking anybody; the owner asks about the rule."""

from typing import Any
from uuid import UUID

from django.db.models import F
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from regulars.intake.bends import BendForm, DecisionForm
from regulars.pages import answer
from regulars.pages.access import Request, row
from regulars.record import bends
from regulars.record.bends import Bend, Rule
from regulars.record.customers import Customer

LATELY = 100


def rules(request: Request) -> HttpResponse:
    """Each rule, how often it was bent, and what was decided."""
    return _page(request)


def bend(request: Request, pk: UUID | None = None) -> HttpResponse:
    """Nobody approves it. From a customer's card it says for whom it was."""
    her = row(Customer.objects.filter(merged_at=None), pk) if pk else None
    form = BendForm(request.POST or None)
    if form.is_valid() and form.does(lambda: bends.bend(customer=her, by=request.member, at=request.at, **form.said())):
        sentence = gettext("It is written down. Thank you for thinking of the customer first.")
        return answer.done(request, sentence, *_after(request, her))
    return answer.page(request, "rules/bend.html", form=form, customer=her, status=422 if form.errors else 200)


@require_POST
def decide(request: Request, pk: UUID) -> HttpResponse:
    """Should the rule change?"""
    rule, form = row(Rule, pk), DecisionForm(request.POST)
    if form.is_valid() and form.does(lambda: bends.decide(rule, by=request.member, at=request.at, **form.cleaned_data)):
        return answer.done(request, gettext("It is written down what you decided."), "rules", request.business.slug)
    return _page(request, form, pk)


def _after(request: Request, her: Customer | None) -> list[Any]:
    return ["customer", request.business.slug, her.pk] if her else ["rules", request.business.slug]


def _page(request: Request, form: DecisionForm | None = None, pk: UUID | None = None) -> HttpResponse:
    lately: dict[UUID, list[Bend]] = {}
    for one in Bend.objects.select_related("by", "customer").order_by("-at")[:LATELY]:
        lately.setdefault(one.rule_id, []).append(one)
    found = bends.with_counts().order_by(F("ended_at").asc(nulls_first=True), "-since", "-times", "text")
    shown = {"rules": [(rule, lately.get(rule.pk, [])) for rule in found], "many": bends.MANY}
    return answer.page(request, "rules/list.html", form=form, of=pk, status=422 if form else 200, **shown)
