"""One customer's whole story, and the lists in which she stands."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum
from django.utils.translation import gettext, gettext_noop

from regulars.record import questions
from regulars.record.business import Business
from regulars.record.calls import Call, open_calls
from regulars.record.customers import Customer
from regulars.record.journal import Entry
from regulars.record.knowing import Fact, Wish
from regulars.record.sales import Sale
from regulars.record.worth import Estimate

LINES = 30

# What the journal says on her card. What is not here has a line of its own (a sale) or is nobody's business there.
SAID = {
    "customer added": gettext_noop("The card was made."),
    "customer changed": gettext_noop("The card was changed."),
    "handed on": gettext_noop("Handed on to %(to)s."),
    "calls stopped": gettext_noop("Asked not to be called."),
    "calls allowed": gettext_noop("May be called again."),
    "mail stopped": gettext_noop("Asked for no mail."),
    "mail allowed": gettext_noop("May be written to again."),
    "surveys stopped": gettext_noop("Asked not to be asked how it was."),
    "surveys allowed": gettext_noop("May be asked again how it was."),
    "survey asked": gettext_noop("Was asked how it was."),
    "rating given": gettext_noop("Answered our questions."),
    "rating changed": gettext_noop("Answered otherwise."),
    "wish can be granted": gettext_noop("Is to hear that we have it: %(what)s"),
    "consent given": gettext_noop("Agreed that we keep this: %(how)s."),
    "consent withdrawn": gettext_noop("No longer agrees that we keep this."),
    "fact learnt": gettext_noop("We learnt: %(text)s"),
    "fact forgotten": gettext_noop("No longer so: %(text)s"),
    "wish heard": gettext_noop("Would like: %(text)s"),
    "wish granted": gettext_noop("The wish was granted: %(text)s"),
    "wish dropped": gettext_noop("No longer wanted: %(text)s"),
    "call agreed": gettext_noop("A call was agreed for %(on)s."),
    "call ended": gettext_noop("A call: %(outcome)s."),
    "sale taken back": gettext_noop("A sale of %(day)s was taken back."),
    "promise made": gettext_noop("Promised: %(what)s"),
    "promise kept": gettext_noop("Kept: %(what)s"),
    "promise moved": gettext_noop("Moved: %(what)s. %(reason)s"),
    "promise missed": gettext_noop("Not kept: %(what)s. %(why)s"),
    "promise dropped": gettext_noop("No longer wanted: %(what)s. %(why)s"),
    "promise reopened": gettext_noop("Still to be kept: %(what)s"),
    "waiting": gettext_noop("We wait, and the clock stands: %(why)s"),
    "going on": gettext_noop("The clock runs again: %(what)s"),
    "told ready": gettext_noop("Was told that it is ready: %(what)s"),
    "told of the move": gettext_noop("Was told of the new time: %(what)s"),
    "job came back": gettext_noop("Came back, and is done again free of charge: %(what)s"),
    "extra given": gettext_noop("Got a little more: %(what)s"),
    "extra taken back": gettext_noop("Did not get it after all: %(what)s"),
    "ask heard": gettext_noop("Asked for: %(text)s"),
    "ask unheard": gettext_noop("Did not ask for it after all: %(text)s"),
    "yes": gettext_noop("Yes: %(text)s"),
    "no": gettext_noop("No: %(text)s. %(reason)s Offered: %(instead)s"),
    "ask done": gettext_noop("Done: %(text)s"),
    "answer taken back": gettext_noop("The answer was taken back: %(text)s"),
    "ask handed on": gettext_noop("Handed on to %(to)s: %(text)s"),
    "hand-off heard": gettext_noop("Heard from us: %(text)s"),
    "rule bent": gettext_noop("A rule was bent: %(rule)s"),
    "complaint heard": gettext_noop("Complained: “%(text)s”"),
    "fault admitted": gettext_noop("We said where we erred: “%(erred)s”"),
    "remedy done": gettext_noop("Put right: %(remedy)s"),
    "complaint put right": gettext_noop("Says that it is right: “%(text)s”"),
    "complaint not right yet": gettext_noop("Says that it is not right yet: “%(say)s”"),
    "link withdrawn": gettext_noop("The link to the customer’s page was ended."),
    "merged": gettext_noop("The card of %(gone)s became one with this."),
    "merge undone": gettext_noop("The card of %(gone)s was taken apart again."),
}
SHE_SPOKE = {
    *("wish heard", "call ended", "fact learnt", "ask heard", "rating given", "rating changed"),
    *("complaint heard", "complaint put right", "complaint not right yet"),
}


@dataclass(frozen=True)
class Line:
    """One line of her story: a sale, or words."""

    at: datetime
    key: str
    sale: Sale | None = None
    words: str = ""
    by: str = ""
    she_spoke: bool = False


@dataclass(frozen=True)
class Story:
    """`lines` newest first; `before` is the mark from which the older ones begin, "" at the end."""

    lines: list[Line]
    before: str


@dataclass(frozen=True)
class Card:
    """What one needs before one talks to her. Wishes and facts come first."""

    estimate: Estimate | None
    facts: list[Fact]
    wishes: list[Wish]
    call: Call | None
    referred: list[Customer]
    referred_brought: int


def card(customer: Customer, business: Business) -> Card:
    """A fixed number of queries, however long her history."""
    referred = list(Customer.objects.filter(referred_by=customer, merged_at=None).order_by("met_at")[:20])
    brought = Estimate.objects.filter(customer__referred_by=customer).aggregate(sum=Sum("spent", default=0))["sum"]
    return Card(
        estimate=Estimate.objects.filter(customer=customer).first(),
        facts=list(Fact.objects.filter(customer=customer, forgotten_at=None).select_related("learnt_by")[:50]),
        wishes=list(
            Wish.objects.filter(customer=customer, granted_at=None, dropped_at=None).select_related("heard_by")[:50]
        ),
        call=open_calls().filter(customer=customer).select_related("caller").first(),
        referred=referred,
        referred_brought=brought,
    )


def story(customer: Customer, *, before: datetime | None = None) -> Story:
    """Sales and what the journal says of her, newest first; `before` a moment, exclusive."""
    cards = [customer.pk, *Customer.objects.filter(merged_into=customer).values_list("pk", flat=True)]
    sales = Sale.objects.filter(customer=customer).select_related("branch", "served_by")
    entries = Entry.objects.filter(customer__in=cards, verb__in=SAID).select_related("by")
    if before:
        sales, entries = sales.filter(at__lt=before), entries.filter(at__lt=before)
    lines = [
        *(Line(sale.at, str(sale.pk), sale=sale) for sale in sales.order_by("-at")[: LINES + 1]),
        *(_said(entry) for entry in entries.order_by("-at")[: LINES + 1]),
    ]
    lines.sort(key=lambda line: (line.at, line.key), reverse=True)
    more = len(lines) > LINES
    shown = lines[:LINES]
    return Story(shown, shown[-1].at.isoformat() if more else "")


def _said(entry: Entry) -> Line:
    what = {name: str(value) for name, value in entry.what.items()}
    if entry.verb == "handed on" and not what.get("to"):
        words = gettext("Nobody’s customer in particular.")
    elif entry.verb == "call ended":
        outcome = Call.Outcome(what["outcome"]).label
        words = gettext("A call: %(outcome)s.") % {"outcome": str(outcome).lower()}
        words = f"{words} {what['answer']}".strip() if what.get("answer") else words
    elif entry.verb in ("rating given", "rating changed"):
        scores = [f"{what[key]}/5" for key in map(str, questions.THREE) if key in what]
        words = " ".join(filter(None, [gettext(SAID[entry.verb]), ", ".join(scores), what.get("comment")]))
    else:
        words = gettext(SAID[entry.verb]) % what
    return Line(entry.at, str(entry.pk), words=words, by=str(entry.by or ""), she_spoke=entry.verb in SHE_SPOKE)
