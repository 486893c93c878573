"""Sales at the counter: written down on her card, taken back when it was a mistake."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from regulars.intake.sales import SaleForm
from regulars.pages import answer
from regulars.pages.access import Request, row
from regulars.record import sales
from regulars.record.branches import Branch
from regulars.record.customers import Customer
from regulars.record.people import Member
from regulars.record.sales import Sale


def record(request: Request, pk: UUID) -> HttpResponse:
    """A sale or a refund; afterwards her card asks what was learnt."""
    her = row(Customer.objects.filter(merged_at=None), pk)
    form = SaleForm(
        request.POST or None,
        branches=Branch.objects.filter(closed_at=None).order_by("name"),
        members=Member.objects.filter(left_at=None).order_by("name"),
        today=timezone.localdate(request.at),
        initial={"served_by": request.member},
    )
    if form.is_valid() and form.does(
        lambda: sales.record(her, by=request.member, now=request.at, **form.particulars(request.at))
    ):
        sentence = gettext("The sale is written down. Did you learn something?")
        return answer.done(request, sentence, reverse("customer", args=[request.business.slug, pk]) + "#learn")
    return answer.page(request, "customers/sale.html", customer=her, form=form, status=422 if form.errors else 200)


@require_POST
def take_back(request: Request, pk: UUID) -> HttpResponse:
    sale = row(Sale.objects.select_related("customer"), pk)
    sales.take_back(sale, by=request.member, at=request.at)
    sentence = gettext("The sale is taken back; the journal keeps what it was.")
    return answer.done(request, sentence, "customer", request.business.slug, sale.customer_id)
