"""While a large file is written, SQLite lets nobody else write. Who enters something is told so, and loses nothing."""

from collections.abc import Callable, Iterator

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from regulars.record.sqlite.base import Busy

PATIENCE = 10  # seconds
SECRET = ("password", "password1", "password2", "oldpassword", "csrfmiddlewaretoken")


class BusyBook:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if connection.vendor == "sqlite":
            connection.patience = PATIENCE  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page that keeps what was typed and can send it again."""
        if not isinstance(exception, Busy):
            return None
        response = render(request, "503.html", {"typed": list(_typed(request))}, status=503)
        response["Retry-After"] = "30"
        return response


def _typed(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """What can be sent again: neither a file nor a password, for which one goes back."""
    if not request.FILES and not request.POST.keys() & set(SECRET[:-1]):
        for name, values in request.POST.lists():
            if name not in SECRET:
                yield from ((name, str(value)) for value in values)
