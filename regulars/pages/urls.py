"""Every address on one screen, with the role that it needs. A new act is a new address, not a new parameter."""

from django.urls import URLPattern, include, path
from django.views.i18n import set_language

from regulars.pages import (
    account,
    answers,
    asks,
    authority,
    bends,
    branches,
    business,
    calls,
    customers,
    first,
    handoffs,
    home,
    imports,
    invitation,
    journal,
    ledger,
    merging,
    partners,
    sales,
    settings,
    tags,
    team,
    today,
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
    # today and its calls
    at("today/", today.today, VIEWER, "today"),
    at("calls/", calls.everybody, MANAGER, "calls"),
    at("calls/history/", calls.history, FRONT_LINE, "call_history"),
    at("calls/<uuid:pk>/", calls.call, FRONT_LINE, "call"),
    at("calls/<uuid:pk>/end/", calls.end, FRONT_LINE, "end_call"),
    at("calls/<uuid:pk>/undo/", calls.undo, FRONT_LINE, "undo_call"),
    at("calls/<uuid:pk>/take/", calls.take, FRONT_LINE, "take_call"),
    at("calls/<uuid:pk>/hand-on/", calls.hand_on, FRONT_LINE, "hand_on_call"),
    at("calls/<uuid:pk>/drop/", calls.drop, MANAGER, "drop_call"),
    at("customers/<uuid:pk>/call/", calls.agree, FRONT_LINE, "agree_call"),
    # customers, their sales, their tags
    at("customers/", customers.listing, VIEWER, "customers"),
    at("customers/new/", customers.add, FRONT_LINE, "add_customer"),
    at("customers/tags/", tags.listing, MANAGER, "tags"),
    at("customers/tags/<uuid:pk>/rename/", tags.rename, MANAGER, "rename_tag"),
    at("customers/tags/<uuid:pk>/remove/", tags.remove, MANAGER, "remove_tag"),
    at("customers/fields/add/", tags.add_field, MANAGER, "add_field"),
    at("customers/fields/<uuid:pk>/retire/", tags.retire_field, MANAGER, "retire_field"),
    at("customers/<uuid:pk>/", customers.card, VIEWER, "customer"),
    at("customers/<uuid:pk>/change/", customers.change, FRONT_LINE, "change_customer"),
    at("customers/<uuid:pk>/sale/", sales.record, FRONT_LINE, "record_sale"),
    at("customers/<uuid:pk>/learn/", customers.learn, FRONT_LINE, "learn_fact"),
    at("customers/<uuid:pk>/wish/", customers.hear, FRONT_LINE, "hear_wish"),
    at("customers/<uuid:pk>/consent/", customers.consent, FRONT_LINE, "give_consent"),
    at("customers/<uuid:pk>/hand-on/", customers.hand_on, FRONT_LINE, "hand_on_customer"),
    at("customers/<uuid:pk>/opt/<slug:deed>/", customers.opt, FRONT_LINE, "customer_opt"),
    at("customers/<uuid:pk>/merge/", merging.candidates, MANAGER, "merge"),
    at("customers/<uuid:pk>/merge/<uuid:other>/", merging.compare, MANAGER, "merge_with"),
    at("merges/<uuid:pk>/undo/", merging.undo, MANAGER, "undo_merge"),
    at("facts/<uuid:pk>/forget/", customers.forget, FRONT_LINE, "forget_fact"),
    at("facts/<uuid:pk>/remember/", customers.remember, FRONT_LINE, "remember_fact"),
    at("wishes/<uuid:pk>/<slug:deed>/", customers.settle_wish, FRONT_LINE, "settle_wish"),
    at("sales/<uuid:pk>/take-back/", sales.take_back, MANAGER, "take_back_sale"),
    # the business, its branches and its people
    at("settings/", settings.settings, MANAGER, "settings"),
    at("settings/business/", settings.change_business, OWNER, "business_settings"),
    at("settings/journal/", journal.journal, OWNER, "journal"),
    at("settings/branches/", branches.listing, MANAGER, "branches"),
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
    # import
    at("imports/", imports.brought, MANAGER, "imports"),
    at("imports/bring/", imports.bring, MANAGER, "import_bring"),
    at("imports/sample/<slug:subject>/", imports.sample, MANAGER, "import_sample"),
    at("imports/<uuid:pk>/", imports.one, MANAGER, "import"),
    at("imports/<uuid:pk>/plan/", imports.plan, MANAGER, "import_plan"),
    at("imports/<uuid:pk>/check/", imports.check, MANAGER, "import_check"),
    at("imports/<uuid:pk>/go/", imports.go, MANAGER, "import_go"),
    at("imports/<uuid:pk>/stop/", imports.stop, MANAGER, "import_stop"),
    at("imports/<uuid:pk>/refused/", imports.refused, MANAGER, "import_refused"),
    at("imports/<uuid:pk>/undo/", imports.undo, MANAGER, "import_undo"),
    at("imports/<uuid:pk>/clear/", imports.clear, MANAGER, "import_clear"),
    # promises in figures
    at("promises/figures/", ledger.figures, MANAGER, "promise_figures"),
    at("promises/forecast/", ledger.forecast, MANAGER, "promise_forecast"),
    # what customers ask for, and who looks after it
    at("asks/", asks.listing, VIEWER, "asks"),
    at("asks/figures/", asks.figures, MANAGER, "ask_figures"),
    at("asks/refusals/", asks.refusals, MANAGER, "refusals"),
    at("asks/<uuid:pk>/", asks.ask, VIEWER, "ask"),
    at("asks/<uuid:pk>/yes/", asks.say_yes, FRONT_LINE, "say_yes"),
    at("asks/<uuid:pk>/no/", asks.say_no, FRONT_LINE, "say_no"),
    at("asks/<uuid:pk>/hand-on/", handoffs.hand_on, FRONT_LINE, "hand_on_ask"),
    at("asks/<uuid:pk>/looked-at/", asks.look_at, OWNER, "look_at_no"),
    at("asks/<uuid:pk>/take/", asks.take, FRONT_LINE, "take_ask"),
    at("asks/<uuid:pk>/done/", asks.do, FRONT_LINE, "do_ask"),
    at("asks/<uuid:pk>/looked-after/", asks.look_after, FRONT_LINE, "look_after_ask"),
    at("asks/<uuid:pk>/take-back/", asks.take_back, FRONT_LINE, "take_back_answer"),
    at("customers/<uuid:pk>/ask/", asks.hear, FRONT_LINE, "hear_ask"),
    at("customers/<uuid:pk>/ask/<uuid:standard>/", asks.hear_standard, FRONT_LINE, "hear_standard"),
    at("customers/<uuid:pk>/ask/<uuid:standard>/yes/", asks.yes_standard, FRONT_LINE, "yes_standard"),
    at("customers/<uuid:pk>/book/<uuid:partner>/", partners.book, FRONT_LINE, "book_partner"),
    at("partners/", partners.directory, VIEWER, "partners"),
    at("partners/new/", partners.add, MANAGER, "add_partner"),
    at("partners/<uuid:pk>/", partners.change, MANAGER, "change_partner"),
    at("partners/<uuid:pk>/retire/", partners.retire, MANAGER, "retire_partner"),
    at("partners/<uuid:pk>/bring-back/", partners.bring_back, MANAGER, "bring_back_partner"),
    at("customers/<uuid:pk>/bend/", bends.bend, FRONT_LINE, "bend_rule_for"),
    at("rules/", bends.rules, VIEWER, "rules"),
    at("rules/bend/", bends.bend, FRONT_LINE, "bend_rule"),
    at("rules/<uuid:pk>/decide/", bends.decide, OWNER, "decide_rule"),
    at("settings/answers/", answers.listing, MANAGER, "standard_answers"),
    at("settings/answers/new/", answers.add, MANAGER, "add_standard_answer"),
    at("settings/answers/<uuid:pk>/", answers.change, MANAGER, "change_standard_answer"),
    at("settings/answers/<uuid:pk>/retire/", answers.retire, MANAGER, "retire_standard_answer"),
    at("settings/authority/", authority.authorities, OWNER, "authority"),
    at("handoffs/<uuid:pk>/take/", handoffs.take, FRONT_LINE, "take_handoff"),
    at("handoffs/<uuid:pk>/called/", handoffs.contact, FRONT_LINE, "contact_handoff"),
    at("handoffs/<uuid:pk>/checked/", handoffs.check, FRONT_LINE, "check_handoff"),
    at("handoffs/<uuid:pk>/take-back/", handoffs.withdraw, FRONT_LINE, "withdraw_handoff"),
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
