"""The playbook: how we do it here, one article for each thing, so that everybody learns what one complaint taught."""

from datetime import datetime
from typing import Any

from django.db import models, transaction

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import journal
from regulars.record.owned import Owned, OwnedForeignKey, keys


class Article(Owned):
    """How one thing is done."""

    title = models.CharField(max_length=200)
    text = models.TextField(max_length=20_000)
    written_at = models.DateTimeField()
    written_by = OwnedForeignKey("record.Member")
    retired_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        ordering = ["title"]
        constraints = [
            *keys("article", written_by="member"),
            models.UniqueConstraint(fields=["business", "title"], name="article_title"),
        ]

    def __str__(self) -> str:
        return self.title


def living() -> Any:
    return Article.objects.filter(retired_at=None)


@transaction.atomic
def write(*, title: str, text: str, by: Any, at: datetime) -> Article:
    """A new article; one of that title that was put away comes back, one that stands is not written over."""
    away: Article | None = Article.objects.filter(title=title.strip(), retired_at__isnull=False).first()
    if away is not None:
        rewrite(away, title=title, text=text, by=by, at=at)
        return away
    _refuse(title, text, None)
    article: Article = Article.objects.create(title=title.strip(), text=text.strip(), written_at=at, written_by=by)
    journal.write("article written", article, by=by, at=at, title=article.title)
    return article


@transaction.atomic
def rewrite(article: Article, *, title: str, text: str, by: Any, at: datetime) -> None:
    """As we do it from now on; how it was before stands in the journal."""
    _refuse(title, text, article)
    was = article.text
    article.title, article.text, article.written_at, article.written_by = title.strip(), text.strip(), at, by
    article.retired_at = None
    article.save()
    journal.write("article rewritten", article, by=by, at=at, title=article.title, was=was)


@transaction.atomic
def retire(article: Article, *, by: Any, at: datetime) -> None:
    """We do not do it this way any more."""
    Article.objects.filter(pk=article.pk).update(retired_at=at)
    journal.write("article put away", article, by=by, at=at, title=article.title)


def _refuse(title: str, text: str, article: Article | None) -> None:
    if not title.strip():
        raise Refused(gettext_noop("Write a title by which it is found."), field="title")
    if not text.strip():
        raise Refused(gettext_noop("Write how it is done."), field="text")
    if Article.objects.filter(title=title.strip()).exclude(pk=article.pk if article else None).exists():
        raise Refused(gettext_noop("There is an article of that title already."), field="title")
