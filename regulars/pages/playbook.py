"""The playbook: how we do it here, found by a word."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from regulars.intake.causes import ArticleForm
from regulars.pages import answer, paging
from regulars.pages.access import Request, row
from regulars.record import playbook
from regulars.record.playbook import Article


def listing(request: Request) -> HttpResponse:
    words = answer.searched(request)
    found: Any = playbook.living()
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(text__icontains=word))
    page = paging.page(found, by="title", cursor=request.GET.get("after", ""))
    return answer.page(request, "playbook/list.html", page=page, q=words)


def article(request: Request, pk: UUID) -> HttpResponse:
    """How it is done, and which causes taught it."""
    found = row(Article.objects.select_related("written_by"), pk)
    taught = found.changes.filter(dropped_at=None).select_related("cause", "teaches")
    return answer.page(request, "playbook/article.html", article=found, changes=taught)


def write(request: Request) -> HttpResponse:
    form = ArticleForm(request.POST or None)
    made: list[Article] = []
    if form.is_valid() and form.does(lambda: made.append(playbook.write(**form.cleaned_data, **_by(request)))):
        return answer.done(request, gettext("It stands in the playbook."), "article", request.business.slug, made[0].pk)
    return answer.page(request, "playbook/form.html", form=form, status=422 if form.errors else 200)


def rewrite(request: Request, pk: UUID) -> HttpResponse:
    found = row(Article, pk)
    form = ArticleForm(request.POST or None, found)
    if form.is_valid() and form.does(lambda: playbook.rewrite(found, **form.cleaned_data, **_by(request))):
        return answer.done(request, gettext("From now on it is done so."), "article", request.business.slug, pk)
    return answer.page(request, "playbook/form.html", form=form, article=found, status=422 if form.errors else 200)


@require_POST
def retire(request: Request, pk: UUID) -> HttpResponse:
    found, back = row(Article, pk), reverse("playbook", args=[request.business.slug])
    sentence = gettext("Put away. Write it again under the same title to bring it back.")
    return answer.tapped(request, lambda: playbook.retire(found, **_by(request)), sentence, back)


def _by(request: Request) -> dict[str, Any]:
    return {"by": request.member, "at": request.at}
