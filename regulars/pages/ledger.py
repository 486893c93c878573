"""The ledger of promises as figures: the share that was kept comes first of all."""

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from regulars.desk import forecast as desk
from regulars.desk import kept, ledger, work
from regulars.desk.pen import Pen
from regulars.intake.ledger import LedgerForm
from regulars.pages import answer
from regulars.pages.access import Request

GROUPS = [
    ("keeper", _("By person"), _("Who keeps it")),
    ("kind", _("By kind"), _("Kind of job")),
    ("branch", _("By branch"), _("Branch")),
]


def figures(request: Request) -> HttpResponse:
    """Of the period that was chosen; the same number of queries however many promises there are."""
    form = LedgerForm(request.GET)
    since, at, hers = form.since(request.at), request.at, form.only("performer")
    told = ledger.ledger(at, since=since, zone=request.business.zone, **form.only("keeper"))
    return answer.page(
        request,
        "ledger/page.html",
        form=form,
        ledger=told,
        chart=kept.chart(Pen(request.business.currency, get_language() or "en"), told.weeks),
        groups=[(title, head, told.groups[by]) for by, title, head in GROUPS if len(told.groups[by]) > 1],
        right=work.right_first_time(request.business, since=since, at=at, **hers),
        estimates=work.estimates(since=since, at=at, **hers),
        performers=work.performers(request.business, since=since, at=at, **hers),
        extras=work.extras_given(since=since, at=at),
    )


def forecast(request: Request) -> HttpResponse:
    """Whether the times that the engine gave are kept in the share that was asked, and what it would promise now."""
    return answer.page(
        request,
        "ledger/forecast.html",
        kept=desk.kept(at=request.at),
        branches=desk.branches(request.business, at=request.at),
    )
