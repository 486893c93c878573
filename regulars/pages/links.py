"""The link to a customer's own page, as we hand it out."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from regulars.pages import answer
from regulars.pages.access import Request, row
from regulars.record import links
from regulars.record.customers import Customer


@require_POST
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    """The address that is about ends, and a new one takes its place; the first one is made here too."""
    her = row(Customer.objects.filter(merged_at=None), pk)
    link = her.links.first()
    if link is None:
        links.keep_open(her, until=request.at, at=request.at)
    else:
        links.withdraw(link, by=request.member, at=request.at)
    return answer.done(request, gettext("There is a new link."), "customer", request.business.slug, pk)
