"""Every address on one screen, with the role that it needs. A new act is a new address, not a new parameter."""

from django.urls import URLPattern, include, path
from django.views.i18n import set_language

from regulars.pages import home
from regulars.pages.access import View, needs
from regulars.record.people import Role

VIEWER, FRONT_LINE, MANAGER, OWNER = Role.VIEWER, Role.FRONT_LINE, Role.MANAGER, Role.OWNER


def at(route: str, view: View, role: Role, name: str) -> URLPattern:
    """An address inside a business, for members with at least that role."""
    return path(route, needs(role)(view), name=name)


# --- inside a business: /at/<slug>/... ---------------------------------------------------------------------------

inside: list[URLPattern] = []

# --- outside of any business -------------------------------------------------------------------------------------

urlpatterns = [
    path("", home.home, name="home"),
    path("language/", set_language, name="set_language"),
    path("account/", include("allauth.urls")),
    path("at/<slug:slug>/", include(inside)),
]
