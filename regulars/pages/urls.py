"""Every address on one screen, with the role that it needs. A new act is a new address, not a new parameter."""

from django.urls import URLPattern, include, path
from django.views.i18n import set_language

from regulars.pages import (
    account,
    branches,
    business,
    first,
    home,
    invitation,
    journal,
    settings,
    team,
    worth,
)
from regulars.pages.access import View, needs
from regulars.record.people import Role

VIEWER, FRONT_LINE, MANAGER, OWNER = Role.VIEWER, Role.FRONT_LINE, Role.MANAGER, Role.OWNER


def at(route: str, view: View, role: Role, name: str) -> URLPattern:
    """An address inside a business, for members with at least that role."""
    return path(route, needs(role)(view), name=name)


# --- inside a business: /at/<slug>/... ---------------------------------------------------------------------------

inside: list[URLPattern] = [
    # the business, its branches and its people
    at("settings/", settings.settings, MANAGER, "settings"),
    at("settings/business/", settings.change_business, OWNER, "business_settings"),
    at("settings/journal/", journal.journal, OWNER, "journal"),
    at("settings/branches/", branches.branches, MANAGER, "branches"),
    at("settings/branches/new/", branches.add, MANAGER, "add_branch"),
    at("settings/branches/<uuid:pk>/", branches.branch, MANAGER, "branch"),
    at("settings/branches/<uuid:pk>/close/", branches.close, MANAGER, "close_branch"),
    at("settings/branches/<uuid:pk>/reopen/", branches.reopen, MANAGER, "reopen_branch"),
    at("settings/branches/<uuid:pk>/days/", branches.set_day, MANAGER, "set_special_day"),
    at(
        "settings/branches/<uuid:pk>/days/<uuid:day>/forget/",
        branches.forget_day,
        MANAGER,
        "forget_special_day",
    ),
    at("settings/people/", team.team, MANAGER, "team"),
    at("settings/people/invite/", team.invite, MANAGER, "invite"),
    at("settings/people/invitations/<uuid:pk>/withdraw/", team.withdraw, MANAGER, "withdraw_invitation"),
    at("settings/people/<uuid:pk>/", team.member, MANAGER, "member"),
    at("settings/people/<uuid:pk>/end/", team.end, MANAGER, "end_seat"),
    at("leave/", team.leave, VIEWER, "leave"),
    # worth
    at("worth/", worth.overview, MANAGER, "worth"),
    at("worth/anew/", worth.ask, MANAGER, "worth_ask"),
    at("worth/customers/<slug:ranking>/", worth.people, MANAGER, "worth_people"),
    at("worth/customers/<slug:ranking>/<slug:form>/", worth.export_people, MANAGER, "worth_export"),
    at("worth/back/", worth.back, MANAGER, "worth_back"),
    at("worth/back/<slug:form>/", worth.export_back, MANAGER, "worth_export_back"),
    at("worth/counting/", worth.counting, MANAGER, "worth_counting"),
    at("worth/counting/numbers/", worth.settings, OWNER, "worth_settings"),
    at("worth/counting/service/", worth.service, OWNER, "worth_service"),
    at("worth/plan/", worth.planning, MANAGER, "worth_plan"),
]

# --- outside of any business -------------------------------------------------------------------------------------

urlpatterns = [
    path("", home.home, name="home"),
    path("language/", set_language, name="set_language"),
    path("first/", first.first, name="first"),
    path("demo/", home.sign_in_to_demo, name="demo"),
    path("businesses/", home.choose, name="businesses"),
    path("businesses/new/", business.open_another, name="open_another"),
    path("invitation/<uuid:business>/<str:secret>/", invitation.invitation, name="invitation"),
    path("account/", account.account, name="account"),
    path("account/", include("allauth.urls")),
    path("at/<slug:slug>/", include(inside)),
]
