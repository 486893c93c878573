"""A session ends by itself: three hours after its last page, twelve after it began; a remembered one after two weeks.

And what a signed-in person saw is kept by no browser and no proxy: "back" on a shared computer shows the sign-in.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext

from regulars.kernel import clock

IDLE = timedelta(hours=3)
LONGEST = timedelta(hours=12)
REMEMBERED = timedelta(days=14)
STEP = timedelta(minutes=5)  # how exactly the last page is known
BEGAN, SEEN = "began", "seen"
BY_ITSELF = {"duties"}  # parts that a page asks for by itself, whether anybody is there or not


class SessionLimits:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        now = clock.now()
        if is_over(request.session, now):
            logout(request)
            messages.info(
                request, gettext("You were signed out, so that nobody else works in your name. Sign in again.")
            )
            return self.get_response(request)
        if request.headers.get("HX-Trigger") not in BY_ITSELF:
            _note(request.session, now)
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


def is_over(session: SessionBase, now: datetime) -> bool:
    """Whether she has to sign in again. A session that carries no times begins now."""
    began, seen = (datetime.fromisoformat(session.get(key, now.isoformat())) for key in (BEGAN, SEEN))
    if session.get_expire_at_browser_close():
        return now - seen > IDLE or now - began > LONGEST
    return now - began > REMEMBERED


@receiver(user_logged_in)
def _begin(request: HttpRequest, **_: Any) -> None:
    request.session[BEGAN] = request.session[SEEN] = clock.now().isoformat()


def _note(session: SessionBase, now: datetime) -> None:
    """That she is here; not at every page, because a page that only shows something should not write, nor wait for
    somebody who does: the next page notes it.
    """
    if SEEN not in session:
        session[BEGAN] = session[SEEN] = now.isoformat()
    elif now - datetime.fromisoformat(session[SEEN]) > STEP and not _would_wait():
        session[SEEN] = now.isoformat()


def _would_wait() -> bool:
    return connection.vendor == "sqlite" and connection.would_wait()  # type: ignore[attr-defined]
