"""The journal of the business: who did what, and when, newest first."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext_lazy as _

from regulars.desk.words import open_time
from regulars.intake.business import BusinessForm
from regulars.intake.extras import PromiseNumbersForm
from regulars.intake.remedies import ComplaintNumbersForm
from regulars.intake.worth import ArithmeticForm
from regulars.kernel import money
from regulars.pages import answer
from regulars.pages.access import Request
from regulars.record.business import Business
from regulars.record.journal import Entry
from regulars.record.people import Role

A_PAGE = 50

VERBS = {
    "a little more": gettext_noop("gave a little more after a complaint"),
    "acknowledgement written": gettext_noop("told a customer that we have the complaint"),
    "answer put away": gettext_noop("put away a standard answer"),
    "answer set": gettext_noop("set a standard answer"),
    "answer taken back": gettext_noop("took back the answer to an ask"),
    "approval asked": gettext_noop("asked whether a remedy may cost so much"),
    "approval decided": gettext_noop("decided what a remedy may cost"),
    "article put away": gettext_noop("put away an article of the playbook"),
    "article rewritten": gettext_noop("rewrote an article of the playbook"),
    "article written": gettext_noop("wrote an article of the playbook"),
    "ask done": gettext_noop("did what a customer asked for"),
    "ask handed on": gettext_noop("handed on a customer’s ask"),
    "ask heard": gettext_noop("wrote down what a customer asks for"),
    "ask taken": gettext_noop("took on a customer’s ask"),
    "ask unheard": gettext_noop("took back what was written down as an ask"),
    "authority granted": gettext_noop("set what a role may spend"),
    "bill taken back": gettext_noop("took back a bill"),
    "branch changed": gettext_noop("changed a branch"),
    "branch closed": gettext_noop("closed a branch"),
    "branch opened": gettext_noop("opened a branch"),
    "branch reopened": gettext_noop("opened a branch again"),
    "business changed": gettext_noop("changed the business"),
    "call agreed": gettext_noop("agreed on a call"),
    "call dropped": gettext_noop("took a call off the list"),
    "call ended": gettext_noop("ended a call"),
    "call handed on": gettext_noop("handed on a call"),
    "call planned": gettext_noop("planned a call"),
    "call reopened": gettext_noop("opened a call again"),
    "call taken": gettext_noop("took a call"),
    "calls allowed": gettext_noop("noted that calls are welcome again"),
    "calls planned": gettext_noop("planned calls"),
    "calls stopped": gettext_noop("noted: do not call"),
    "cause came back": gettext_noop("found that a change did not hold"),
    "cause described": gettext_noop("asked why, to the end"),
    "cause found": gettext_noop("found a cause"),
    "change done": gettext_noop("changed how we work"),
    "change dropped": gettext_noop("gave up a change"),
    "change handed on": gettext_noop("handed on a change"),
    "change judged": gettext_noop("counted whether a change held"),
    "change made": gettext_noop("planned a change"),
    "change undone": gettext_noop("took back that a change was done"),
    "complaint acknowledged": gettext_noop("told a customer that we have the complaint"),
    "complaint asked in vain": gettext_noop("asked in vain whether it is right"),
    "complaint brought back": gettext_noop("brought back a complaint"),
    "complaint closed": gettext_noop("closed a complaint"),
    "complaint described": gettext_noop("wrote where a complaint happened"),
    "complaint doubted": gettext_noop("noted whether a complaint looks like abuse"),
    "complaint has a cause": gettext_noop("tied a complaint to its cause"),
    "complaint heard": gettext_noop("wrote down a complaint"),
    "complaint not right yet": gettext_noop("heard that it is not right yet"),
    "complaint noted": gettext_noop("wrote a note on a complaint"),
    "complaint passed on": gettext_noop("passed on a complaint"),
    "complaint praised": gettext_noop("noted praise in public"),
    "complaint put right": gettext_noop("heard that it is right"),
    "complaint reopened": gettext_noop("opened a complaint again"),
    "complaint set aside": gettext_noop("set aside what is no complaint"),
    "complaint taken": gettext_noop("took on a complaint"),
    "complaint tied": gettext_noop("wrote whose complaint it is"),
    "complaint untied from its cause": gettext_noop("untied a complaint from its cause"),
    "consent given": gettext_noop("noted a consent"),
    "consent withdrawn": gettext_noop("noted that a consent was withdrawn"),
    "customer added": gettext_noop("added a customer"),
    "customer changed": gettext_noop("changed a customer"),
    "duties changed": gettext_noop("changed a colleague's duties"),
    "estimate given": gettext_noop("gave an estimate"),
    "extra given": gettext_noop("gave a little more than promised"),
    "extra listed": gettext_noop("put an extra into the catalogue"),
    "extra put away": gettext_noop("put away an extra of the catalogue"),
    "extra taken back": gettext_noop("took back an extra"),
    "fact forgotten": gettext_noop("forgot a fact"),
    "fact learnt": gettext_noop("learnt something"),
    "fact remembered": gettext_noop("remembered a fact again"),
    "fault admitted": gettext_noop("said that it was our fault"),
    "field added": gettext_noop("added a field of your own"),
    "field retired": gettext_noop("put away a field of your own"),
    "fields changed": gettext_noop("changed the fields of a customer"),
    "file brought": gettext_noop("brought a file"),
    "going on": gettext_noop("let the clock of a promise run again"),
    "hand-off checked": gettext_noop("checked a hand-off"),
    "hand-off heard": gettext_noop("called a customer who was handed on"),
    "hand-off taken": gettext_noop("took a customer who was handed on"),
    "hand-off withdrawn": gettext_noop("took back a hand-off"),
    "handed on": gettext_noop("handed on a customer"),
    "import asked": gettext_noop("asked for an import"),
    "import checked": gettext_noop("checked an import"),
    "import cleared": gettext_noop("cleared away an import"),
    "import failed": gettext_noop("could not finish an import"),
    "import planned": gettext_noop("planned an import"),
    "import stopped": gettext_noop("stopped an import"),
    "import undo asked": gettext_noop("asked to undo an import"),
    "import undo given up": gettext_noop("gave up undoing an import"),
    "import undone": gettext_noop("undid an import"),
    "imported": gettext_noop("imported a file"),
    "invitation withdrawn": gettext_noop("withdrew an invitation"),
    "invited": gettext_noop("invited a colleague"),
    "job billed": gettext_noop("billed a job"),
    "job came back": gettext_noop("took back a job that was not right"),
    "job dropped": gettext_noop("took a job off the list"),
    "job finished": gettext_noop("finished a job"),
    "job handed on": gettext_noop("handed on a job"),
    "job opened": gettext_noop("took in a job"),
    "job reopened": gettext_noop("opened a job again"),
    "kind added": gettext_noop("added a kind of job"),
    "kind put away": gettext_noop("put away a kind of job"),
    "kind renamed": gettext_noop("renamed a kind of job"),
    "left": gettext_noop("ended a seat"),
    "link withdrawn": gettext_noop("ended a customer’s link"),
    "looked after": gettext_noop("noted whether a customer was looked after"),
    "mail allowed": gettext_noop("noted that mail is welcome again"),
    "mail stopped": gettext_noop("noted: do not write"),
    "mailbox added": gettext_noop("added a mailbox"),
    "mailbox changed": gettext_noop("changed a mailbox"),
    "mailbox goes on": gettext_noop("had a mailbox fetched again"),
    "mailbox paused": gettext_noop("paused a mailbox"),
    "mailbox removed": gettext_noop("took away a mailbox"),
    "merge undone": gettext_noop("took two cards apart again"),
    "merged": gettext_noop("made one card of two"),
    "message read": gettext_noop("read a message that needs no answer"),
    "message received": gettext_noop("received a message"),
    "message sent": gettext_noop("wrote to a customer"),
    "more agreed": gettext_noop("noted that a customer agreed to more than the estimate"),
    "no change refused": gettext_noop("wanted something to change"),
    "no change seen": gettext_noop("read why nothing changes"),
    "no change": gettext_noop("wrote why nothing changes"),
    "no looked at": gettext_noop("looked at a no"),
    "no": gettext_noop("said no to an ask"),
    "number is right": gettext_noop("noted that a number is right"),
    "number is wrong": gettext_noop("noted that a number is wrong"),
    "partner added": gettext_noop("added a partner"),
    "partner brought back": gettext_noop("brought back a partner"),
    "partner changed": gettext_noop("changed a partner"),
    "partner put away": gettext_noop("put away a partner"),
    "promise dropped": gettext_noop("took a promise off the list"),
    "promise handed on": gettext_noop("handed on a promise"),
    "promise kept": gettext_noop("kept a promise"),
    "promise made": gettext_noop("made a promise"),
    "promise missed": gettext_noop("missed a promise"),
    "promise moved": gettext_noop("moved a promise"),
    "promise reopened": gettext_noop("opened a promise again"),
    "question reworded": gettext_noop("reworded a question"),
    "rating brought back": gettext_noop("counted an answer again"),
    "rating changed": gettext_noop("got another answer from a customer"),
    "rating given": gettext_noop("got an answer from a customer"),
    "rating recognised": gettext_noop("learnt from a receipt whose answer it was"),
    "rating set aside": gettext_noop("set an answer aside"),
    "remedy agreed": gettext_noop("agreed with a customer what puts it right"),
    "remedy done": gettext_noop("put right what was agreed"),
    "remedy kept": gettext_noop("put a remedy into the catalogue"),
    "remedy put away": gettext_noop("put away a remedy of the catalogue"),
    "remedy reconsidered": gettext_noop("agreed on another remedy"),
    "role changed": gettext_noop("changed a colleague's role"),
    "rule bent": gettext_noop("bent a rule for a customer"),
    "rule looked at": gettext_noop("decided about a rule"),
    "sale recorded": gettext_noop("recorded a sale"),
    "sale taken back": gettext_noop("took back a sale"),
    "seat taken": gettext_noop("took a seat"),
    "service lines set": gettext_noop("set the service lines"),
    "silence looked into": gettext_noop("looked into a silence"),
    "silence sounded": gettext_noop("sounded an alarm of silence"),
    "special day forgotten": gettext_noop("forgot a special day"),
    "special day set": gettext_noop("set a special day"),
    "spoken with": gettext_noop("spoke with a customer"),
    "survey asked": gettext_noop("asked a customer how it was"),
    "surveys allowed": gettext_noop("may ask a customer again"),
    "surveys stopped": gettext_noop("asks a customer no more"),
    "tag removed": gettext_noop("removed a tag"),
    "tag renamed": gettext_noop("renamed a tag"),
    "tags changed": gettext_noop("changed the tags of a customer"),
    "task done": gettext_noop("did what was agreed after a complaint"),
    "till address renewed": gettext_noop("gave a tablet a new address"),
    "till put away": gettext_noop("put a tablet away"),
    "till set up": gettext_noop("set up a tablet"),
    "told of the move": gettext_noop("told a customer of a new time"),
    "told ready": gettext_noop("told a customer that it is ready"),
    "verdict seen": gettext_noop("read whether a change held"),
    "waiting": gettext_noop("stopped the clock of a promise"),
    "wish can be granted": gettext_noop("put a wish that we can grant on the list of calls"),
    "wish dropped": gettext_noop("dropped a wish"),
    "wish granted": gettext_noop("granted a wish"),
    "wish heard": gettext_noop("heard a wish"),
    "wish reopened": gettext_noop("opened a wish again"),
    "working out asked": gettext_noop("asked to work out the worth"),
    "worth worked out": gettext_noop("worked out what everybody is worth"),
    "yes": gettext_noop("said yes to an ask"),
}
LABELS = {
    name: field
    for form in (BusinessForm, ArithmeticForm, PromiseNumbersForm, ComplaintNumbersForm)
    for name, field in form.base_fields.items()
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
        entries=[
            (entry, VERBS.get(entry.verb, entry.verb), _changes(entry, request.business)) for entry in found[:A_PAGE]
        ],
        more=found[A_PAGE - 1].pk if len(found) > A_PAGE else None,
    )


def _changes(entry: Any, business: Business) -> list[tuple[Any, Any, Any]]:
    """What was changed, from what, to what: (label, before, after), for the verbs that keep both."""
    what = entry.what
    if entry.verb == "business changed":
        return [
            (LABELS[name].label, _as_set(name, was, business), _as_set(name, now, business))
            for name, (was, now) in what.items()
        ]
    if entry.verb == "role changed":
        return [(_("Role"), Role[what["was"]].label, Role[what["now"]].label)]
    if entry.verb in ("seat taken", "invited"):
        return [(_("Role"), "", Role[what["role"]].label)]
    return []


def _as_set(name: str, value: str, business: Business) -> str:
    """As it stands in the form: the price as money, shares in percent."""
    if value == "None":
        return ""
    if name == "price":
        return money.written(int(value), business.currency, get_language() or "en")
    if name == "hear_within":
        return open_time(int(value))
    shares = ("service_rate", "yearly_discount", *PromiseNumbersForm.SHARES)
    return f"{(Decimal(value) * 100).normalize():f} %" if name in shares else value


def _entry(pk: str) -> Any:
    try:
        return Entry.objects.get(pk=pk)
    except (Entry.DoesNotExist, ValidationError) as error:
        raise Http404 from error
