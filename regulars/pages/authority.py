"""What each role may spend on a customer without asking: set by the owner."""

from django.http import HttpResponse
from django.utils.translation import gettext

from regulars.desk import honesty
from regulars.intake.authority import AuthorityForm
from regulars.pages import answer
from regulars.pages.access import Request
from regulars.record import authority


def authorities(request: Request) -> HttpResponse:
    form = AuthorityForm(request.business.currency, request.POST or None)
    if form.is_valid() and not _is_warned(request, form):
        for role, per_case, per_month in form.said():
            authority.grant(role, per_case=per_case, per_month=per_month, by=request.member, at=request.at)
        return answer.done(request, gettext("From now on this is theirs to spend."), "settings", request.business.slug)
    return answer.page(request, "asks/authority.html", form=form, status=422 if form.errors else 200)


def _is_warned(request: Request, form: AuthorityForm) -> bool:
    """Once, before what everybody may spend is tightened because of very few."""
    doubted = honesty.doubted(at=request.at)
    if "anyway" in request.POST or not form.lowers() or not doubted.of or honesty.may_tighten(doubted):
        return False
    form.warn()
    return True
