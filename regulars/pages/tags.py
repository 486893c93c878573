"""Tags and own fields, for whoever keeps the cards in order."""

from uuid import UUID

from django.db.models import Count
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from regulars.intake.tags import NameForm
from regulars.pages import answer
from regulars.pages.access import Request, row
from regulars.record import tags
from regulars.record.tags import OwnField, Tag


def listing(request: Request) -> HttpResponse:
    return _page(request, NameForm())


@require_POST
def add_field(request: Request) -> HttpResponse:
    form = NameForm(request.POST)
    if form.is_valid() and form.does(
        lambda: tags.add_field(form.cleaned_data["name"], by=request.member, at=request.at)
    ):
        return answer.done(request, gettext("The field stands on every card now."), "tags", request.business.slug)
    return _page(request, form)


@require_POST
def retire_field(request: Request, pk: UUID) -> HttpResponse:
    tags.retire_field(row(OwnField, pk), by=request.member, at=request.at)
    sentence = gettext("The field is no longer asked for. What stands in it is kept; add it again to bring it back.")
    return answer.done(request, sentence, "tags", request.business.slug)


@require_POST
def rename(request: Request, pk: UUID) -> HttpResponse:
    tag, form = row(Tag, pk), NameForm(request.POST)
    if form.is_valid() and form.does(
        lambda: tags.rename(tag, form.cleaned_data["name"], by=request.member, at=request.at)
    ):
        return answer.done(request, gettext("The tag has its new name."), "tags", request.business.slug)
    return _page(request, form)


@require_POST
def remove(request: Request, pk: UUID) -> HttpResponse:
    tags.remove(row(Tag, pk), by=request.member, at=request.at)
    return answer.done(request, gettext("Nobody has this tag any more."), "tags", request.business.slug)


def _page(request: Request, form: NameForm) -> HttpResponse:
    known = Tag.objects.annotate(count=Count("taggings")).order_by("name")
    fields = OwnField.objects.filter(retired_at=None)
    status = 422 if form.errors else 200
    return answer.page(request, "customers/tags.html", tags=known, fields=fields, form=form, status=status)
