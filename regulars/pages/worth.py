"""Worth, for the owner: what her customers are likely to bring, who holds it, who is leaving, and how we know."""

from collections.abc import Iterable
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from regulars.desk import export, plan, rankings
from regulars.desk.owner import Owner
from regulars.desk.rankings import RANKINGS, Ranking
from regulars.intake.worth import ArithmeticForm, BudgetForm, EarnBackForm, GrowthForm, service_lines
from regulars.pages import answer
from regulars.pages.access import Request
from regulars.record import business, reckonings, worth
from regulars.record.worth import ServiceLine

SHORT = 5  # of those slipping away stand on the first page


def overview(request: Request) -> HttpResponse:
    """One number first: what the customers there are will bring."""
    slipping = list(rankings.AT_RISK.query(_today(request))[:SHORT])
    shown = {"owner": _owner(request), "reckoning": reckonings.latest(), "slipping": slipping}
    return answer.page(request, "worth/overview.html", parts=["progress"], **shown)


@require_POST
def ask(request: Request) -> HttpResponse:
    """Have it all worked out anew."""
    reckonings.ask(by=request.member, at=request.at)
    return answer.done(request, gettext("It is being worked out anew."), "worth", request.business.slug)


def people(request: Request, ranking: str) -> HttpResponse:
    """The first hundred of a list; the file has them all."""
    found, owner = _ranking(ranking), _owner(request)
    shown = {"ranking": found, "people": found.first(_today(request)), "rankings": RANKINGS.values()}
    method = plan.method(request.business, owner.average_sale) if found.is_loss else None
    return answer.page(request, "worth/people.html", owner=owner, method=method, **shown)


def export_people(request: Request, ranking: str, form: str) -> HttpResponse:
    found = _ranking(ranking)
    rows = rankings.rows(found, request.business.currency, _today(request))
    return _file(request, found.name, form, rankings.heads(), rows)


def back(request: Request) -> HttpResponse:
    """Who came back, by the time of the first visit."""
    return answer.page(request, "worth/back.html", owner=_owner(request))


def export_back(request: Request, form: str) -> HttpResponse:
    heads, rows = _owner(request).cohort_rows()
    return _file(request, "cohorts", form, heads, rows)


def counting(request: Request) -> HttpResponse:
    """Two ways to count the same worth, and how sure the second one is."""
    owner = _owner(request)
    method = plan.method(request.business, owner.average_sale, list(ServiceLine.objects.all()))
    return answer.page(request, "worth/counting.html", owner=owner, method=method)


def settings(request: Request) -> HttpResponse:
    """The numbers of the method's arithmetic, and how far the model looks."""
    form = ArithmeticForm(request.business, request.POST or None)
    if form.is_valid() and form.does(
        lambda: business.change_business(request.business, by=request.member, at=request.at, **form.changes())
    ):
        sentence = gettext("From now on it is counted this way.")
        return answer.done(request, sentence, "worth_counting", request.business.slug)
    return answer.page(request, "worth/settings.html", form=form)


def service(request: Request) -> HttpResponse:
    """The kinds of service work, each with its part of all service."""
    forms = service_lines(ServiceLine.objects.all(), request.POST or None)
    if forms.is_valid() and forms.does(
        lambda: worth.set_service_lines(forms.lines(), by=request.member, at=request.at)
    ):
        sentence = gettext("The kinds of service are set.")
        return answer.done(request, sentence, "worth_counting", request.business.slug)
    return answer.page(request, "worth/service.html", forms=forms)


def planning(request: Request) -> HttpResponse:
    """Three questions to try numbers on. Nothing is kept, so they are asked by GET."""
    owner = _owner(request)
    asked, currency = request.GET.get("ask"), request.business.currency
    lost = EarnBackForm(currency, request.GET if asked == "earn" else None, **owner.earn_back_guess())
    money = BudgetForm(currency, request.GET if asked == "budget" else None, **owner.budget_guess())
    grow = GrowthForm(currency, request.GET if asked == "growth" else None, **owner.growth_guess())
    answers = {
        "earned": plan.earn_back(**lost.cleaned_data) if lost.is_valid() else None,
        "split": plan.budget(owner.pen, money.cleaned_data, owner.slipping) if money.is_valid() else None,
        "grown": plan.growth(owner.pen, **grow.cleaned_data) if grow.is_valid() else None,
    }
    return answer.page(request, "worth/plan.html", owner=owner, lost=lost, money=money, grow=grow, **answers)


def _owner(request: Request) -> Owner:
    return Owner(request.business, worth.latest(), get_language() or "en")


def _today(request: Request) -> Any:
    return timezone.localdate(request.at)


def _ranking(name: str) -> Ranking:
    if name not in RANKINGS:
        raise Http404
    return RANKINGS[name]


def _file(request: Request, name: str, form: str, heads: list[str], rows: Iterable[list[export.Cell]]) -> HttpResponse:
    """A whole file, written before the answer begins: its rows cannot be read after the view has ended."""
    if form not in export.TYPES:
        raise Http404
    made = export.WRITERS[form](heads, rows, get_language() or "en")
    file_name = f"{request.business.slug}-{name}-{_today(request)}.{form}"
    answered: Any = FileResponse(made, as_attachment=True, filename=file_name, content_type=export.TYPES[form])
    return answered  # type: ignore[no-any-return]
