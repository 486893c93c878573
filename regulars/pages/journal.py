"""The journal of the business: who did what, and when, newest first."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from regulars.intake.business import BusinessForm
from regulars.pages import answer
from regulars.pages.access import Request
from regulars.record.journal import Entry
from regulars.record.people import Role

A_PAGE = 50

VERBS = {
    "branch changed": gettext_noop("changed a branch"),
    "branch closed": gettext_noop("closed a branch"),
    "branch opened": gettext_noop("opened a branch"),
    "branch reopened": gettext_noop("opened a branch again"),
    "business changed": gettext_noop("changed the business"),
    "duties changed": gettext_noop("changed a colleague's duties"),
    "invitation withdrawn": gettext_noop("withdrew an invitation"),
    "invited": gettext_noop("invited a colleague"),
    "left": gettext_noop("ended a seat"),
    "role changed": gettext_noop("changed a colleague's role"),
    "seat taken": gettext_noop("took a seat"),
    "special day forgotten": gettext_noop("forgot a special day"),
    "special day set": gettext_noop("set a special day"),
}


def journal(request: Request) -> HttpResponse:
    """One page of it; `before` is the last line of the page above."""
    entries = Entry.objects.select_related("by", "customer").order_by("-at", "-id")
    if "before" in request.GET:
        last = _entry(request.GET["before"])
        entries = entries.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
    found = list(entries[: A_PAGE + 1])
    return answer.page(
        request,
        "settings/journal.html",
        entries=[(entry, VERBS.get(entry.verb, entry.verb), _changes(entry)) for entry in found[:A_PAGE]],
        more=found[A_PAGE - 1].pk if len(found) > A_PAGE else None,
    )


def _changes(entry: Any) -> list[tuple[Any, Any, Any]]:
    """What was changed, from what, to what: (label, before, after), for the verbs that keep both."""
    what = entry.what
    if entry.verb == "business changed":
        return [(BusinessForm.base_fields[name].label, was, now) for name, (was, now) in what.items()]
    if entry.verb == "role changed":
        return [(_("Role"), Role[what["was"]].label, Role[what["now"]].label)]
    if entry.verb in ("seat taken", "invited"):
        return [(_("Role"), "", Role[what["role"]].label)]
    return []


def _entry(pk: str) -> Any:
    try:
        return Entry.objects.get(pk=pk)
    except (Entry.DoesNotExist, ValidationError) as error:
        raise Http404 from error
