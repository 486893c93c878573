"""What all pages for people without an account have in common: kept out of search engines and caches, and counted."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from regulars.desk import acknowledging

AN_HOUR = 60 * 60


def private(response: HttpResponse) -> HttpResponse:
    """No search engine, no cache, and no other site learns the address. Our own forms still may say where they are
    from: with "no-referrer" a browser sends none at all, and the check against forged forms would refuse them.
    """
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "same-origin"
    add_never_cache_headers(response)
    return response


def is_too_much(key: str, most: int, *, within: int = AN_HOUR) -> bool:
    """Whether this is one more than `most` in so many seconds: a robot cannot bury us, a person hardly meets it."""
    if cache.add(key, 1, within):
        return False
    try:
        return cache.incr(key) > most
    except ValueError:  # the time was over in this very moment
        return False


def language(request: HttpRequest, *otherwise: str) -> str:
    """What she chose on our pages, else what her browser asks for, else the first of `otherwise` that we speak."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    asked: Any = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    return acknowledging.language(chosen, *(code.split("-")[0] for code, _share in asked), *otherwise)


def robots(request: HttpRequest) -> HttpResponse:
    """Nothing here is for search engines but the front door."""
    parts = ("at", "yours", "said", "tell", "ask", "asked", "till", "invitation", "account")
    closed = "".join(f"Disallow: /{part}/\n" for part in parts)
    return HttpResponse(f"User-agent: *\n{closed}", content_type="text/plain; charset=utf-8")
