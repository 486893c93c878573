"""Two cards of one customer: seen side by side, made one, taken apart again."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from regulars.desk import customer as desk
from regulars.kernel.refusal import Refused
from regulars.pages import answer
from regulars.pages.access import Request, row
from regulars.record import customers, merging, search
from regulars.record.customers import Customer
from regulars.record.merging import Merge


def candidates(request: Request, pk: UUID) -> HttpResponse:
    """Which card is hers too? Those that may be, or those that match the words."""
    her = row(Customer.objects.filter(merged_at=None), pk)
    words = answer.searched(request)
    if words:
        found = Customer.objects.filter(merged_at=None).in_bulk(search.find(words, 10))
        alike = [one for one in found.values() if one.pk != her.pk]
    else:
        phones = [(contact.value, contact.written) for contact in her.contacts.all()]
        alike = customers.perhaps_the_same(name=her.name, phones=phones, number=her.number, but=her.pk)
    return answer.page(request, "customers/merge.html", customer=her, alike=alike, q=words)


def compare(request: Request, pk: UUID, other: UUID) -> HttpResponse:
    """Both cards side by side; POST keeps the first."""
    kept = row(Customer.objects.filter(merged_at=None), pk)
    gone = row(Customer.objects.filter(merged_at=None), other)
    if request.method == "POST":
        try:
            done = merging.merge(kept, gone, by=request.member, at=request.at)
        except Refused as refusal:
            return answer.refused(request, refusal, "merge", request.business.slug, pk)
        undo = reverse("undo_merge", args=[request.business.slug, done.pk])
        return answer.done(request, gettext("They are one card now."), "customer", request.business.slug, pk, undo=undo)
    both = [(one, desk.card(one, request.business), list(one.contacts.all())) for one in (kept, gone)]
    return answer.page(request, "customers/compare.html", kept=kept, gone=gone, both=both)


@require_POST
def undo(request: Request, pk: UUID) -> HttpResponse:
    done = row(Merge.objects.select_related("kept", "gone"), pk)
    try:
        merging.undo(done, by=request.member, at=request.at)
    except Refused as refusal:
        return answer.refused(request, refusal, "customer", request.business.slug, done.kept_id)
    return answer.done(request, gettext("They are two cards again."), "customer", request.business.slug, done.kept_id)
