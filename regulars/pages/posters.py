"""The way to complain, to be shown to customers: the address of each branch, its QR code, and what to print."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language

from regulars.desk import acknowledging
from regulars.desk import posters as desk
from regulars.pages import answer
from regulars.pages.access import Request, row
from regulars.record.branches import Branch


def listing(request: Request) -> HttpResponse:
    """Each open branch; with a warning where the address is that of one machine only."""
    shown = [
        (branch, desk.address(request.business, branch), desk.code(desk.address(request.business, branch)))
        for branch in living().order_by("name")
    ]
    words = {"branches": shown, "languages": settings.LANGUAGES, "is_local": not settings.IS_HTTPS}
    return answer.page(request, "settings/tell.html", **words)


def poster(request: Request, pk: UUID) -> HttpResponse:
    return _print(request, row(living(), pk), "poster", cards=False)


def cards(request: Request, pk: UUID) -> HttpResponse:
    return _print(request, row(living(), pk), "cards", cards=True)


def living() -> Any:
    return Branch.objects.filter(closed_at=None)


def _print(request: Request, branch: Branch, name: str, *, cards: bool) -> HttpResponse:
    """In the language that was chosen."""
    wanted = (request.GET.get("language", ""), branch.language, get_language() or "")
    language = acknowledging.language(*wanted)
    file = desk.poster(request.business, branch, language, cards=cards)
    response = HttpResponse(file, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{request.business.slug}-{name}-{language}.pdf"'
    return response
