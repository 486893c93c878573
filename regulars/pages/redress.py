"""Complaints in figures, and whether customers are honest."""

from django.http import HttpResponse
from django.utils.translation import gettext

from regulars.desk import honesty as honest
from regulars.desk import redress as desk
from regulars.intake.asks import PeriodForm
from regulars.pages import answer
from regulars.pages.access import Request


def figures(request: Request) -> HttpResponse:
    """How many, how soon, by whom, at what cost, and whether she came back."""
    form = PeriodForm(request.GET)
    found = desk.figures(since=form.since(request.at), at=request.at, currency=request.business.currency)
    groups = [
        (gettext("By branch"), gettext("Branch"), found.groups["branch"], True),
        (gettext("By kind of job"), gettext("Kind"), found.groups["kind"], True),
        (gettext("By the way it came"), gettext("Way"), found.groups["door"], False),
    ]
    return answer.page(request, "complaints/figures.html", form=form, figures=found, groups=groups)


def honesty(request: Request) -> HttpResponse:
    """What it cost to believe everybody, against what it brought."""
    since = request.at - honest.A_YEAR
    found = desk.figures(since=since, at=request.at, currency=request.business.currency)
    return answer.page(request, "complaints/honesty.html", honesty=honest.honesty(at=request.at), figures=found)
