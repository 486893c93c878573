"""How a view answers: a whole page, the part of it that htmx asked for, or a redirect after a write."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from regulars.intake.form import said
from regulars.kernel.refusal import Refused


def page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """The page; or, when htmx asks for the element `id`, the partial of that name and nothing around it."""
    part = request.htmx.target if request.htmx and not request.htmx.boosted else None  # type: ignore[attr-defined]
    name = f"{template}#{part}" if part and part in context.get("parts", ()) else template
    response = render(request, name, context, status=context.get("status", 200))
    response["Vary"] = "HX-Request, HX-Target, Cookie"
    return response


def done(request: HttpRequest, sentence: str, to: Any, *args: Any, undo: str = "", **kwargs: Any) -> HttpResponse:
    """The deed is done: say so on the next page, with a way back where there is one (an address that takes POST)."""
    messages.success(request, sentence, extra_tags=f"undo:{undo}" if undo else "")
    return HttpResponseRedirect(resolve_url(to, *args, **kwargs))


def refused(request: HttpRequest, refusal: Refused, to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """The rule said no to a button: say why on the page that it stands on."""
    messages.error(request, said(refusal))
    return HttpResponseRedirect(resolve_url(to, *args, **kwargs))


def tapped(request: HttpRequest, verb: Callable[[], object], sentence: str, to: str, *, undo: str = "") -> HttpResponse:
    """A deed of one tap: what was done, or why not, stands on the page that one goes back to."""
    try:
        verb()
    except Refused as refusal:
        return refused(request, refusal, to)
    return done(request, sentence, to, undo=undo)


def asked(
    request: HttpRequest, form: Any, verb: Callable[[], object], sentence: str, to: str, **shown: Any
) -> HttpResponse:
    """A deed that needs a few words: its form on a page of its own, until the verb takes it.

    `shown`: the heading, the `deed` on the button, the `matter` and whose it is; `undo`, where there is a way back.
    """
    if form.is_valid() and form.does(verb):
        return done(request, sentence, to, undo=shown.get("undo", ""))
    return page(request, "deed.html", form=form, back=to, status=422 if form.errors else 200, **shown)


def back(request: HttpRequest, otherwise: str) -> str:
    """The address of our own that the person came from (`next` in the form), or `otherwise`."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) and urlsplit(wanted).path.startswith("/"):
        return wanted
    return otherwise


def searched(request: HttpRequest) -> str:
    """The words that are looked for; without the one sign that PostgreSQL takes in no text."""
    return request.GET.get("q", "").replace("\0", "").strip()
