"""Who may open which page: the only way a page gets a business, a member and a row.

A stranger, and whoever works for another business, gets 404: there is nothing to see, not even that it exists. A
colleague whose role is too low gets 403, with a sentence that says whom to ask.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation

from regulars.kernel import clock
from regulars.record.business import Business
from regulars.record.owned import Owned, acting_for
from regulars.record.people import Person, Role, Seat, member_of


class Request(HttpRequest):
    """A request inside a business: what `needs` found out, for the view."""

    business: Business
    member: Any
    at: Any
    has_several: bool  # whether she has a seat in another business too
    htmx: Any
    user: Person


View = Callable[..., HttpResponse]


def needs(role: Role) -> Callable[[View], View]:
    """The view is for members of the business in the address who have at least this role.

    Inside it every query belongs to that business, times are in its zone, and `request.at` is the one moment at
    which everything in this request happens.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, slug: str, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            business = get_object_or_404(Business, slug=slug)
            seats = set(Seat.objects.filter(person_id=request.user.pk).values_list("business_id", flat=True))
            if business.pk not in seats:
                raise Http404
            request.has_several = len(seats) > 1
            with acting_for(business.pk), timezone.override(business.zone):
                member = member_of(request.user.pk)
                if member is None:
                    raise Http404
                if not member.may(role):
                    raise PermissionDenied
                request.business, request.member, request.at = business, member, clock.now()
                return view(request, **kwargs)

        guarded.role = role  # type: ignore[attr-defined]
        return guarded

    return guard


def row(source: Any, pk: UUID) -> Any:
    """The row of this business with that id, or 404. `source` is an owned model or a query of one."""
    if isinstance(source, type) and not issubclass(source, Owned):
        raise TypeError(f"{source.__name__} belongs to no business")
    return get_object_or_404(source, pk=pk)


class PersonMiddleware:
    """A person who chose a language reads every page in it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = getattr(request.user, "language", "")
        if not language:
            return self.get_response(request)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            return self.get_response(request)


def context(request: HttpRequest) -> dict[str, Any]:
    """What every template may name."""
    return {
        "business": getattr(request, "business", None),
        "member": getattr(request, "member", None),
        "Role": Role,
    }
