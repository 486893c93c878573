"""Complaints: what a customer says is not right, who owns it, and by when she hears from us.

Anybody may complain by any door, without proof, login or fee, and without a name. One colleague owns it until the
customer says that it is right. What puts it right is in `recoveries`, what ends it in `closing`, why it happened in
`causes`.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from regulars.kernel import whose
from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import branches, journal, secrecy
from regulars.record.owned import Owned, OwnedForeignKey, keys

SALT = "regulars.complaint"
LONGEST = 5000  # letters of what she says; a longer one stands whole in its message


class Complaint(Owned):
    """One thing that is not right. Open until it is closed; set aside when it is none."""

    class Source(models.TextChoices):
        COUNTER = "counter", _("at the counter")
        PHONE = "phone", _("on the phone")
        LETTER = "letter", _("in a letter")
        MAIL = "mail", _("by e-mail")
        FORM = "form", _("on our page for complaints")
        PAGE = "page", _("on the customer’s page")
        SURVEY = "survey", _("in an answer to our questions")

    class Aside(models.TextChoices):
        AUTOMATIC = "automatic", _("written by a machine")
        JUNK = "junk", _("junk")
        ASK = "ask", _("an ask, and no complaint")
        SAME = "same", _("the same as another")
        MISTAKE = "mistake", _("written down by mistake")

    number = models.PositiveIntegerField()  # by which people name it, counted within the business
    customer = OwnedForeignKey("record.Customer", null=True, related_name="complaints")
    tied_at = models.DateTimeField(null=True)  # since we know that it is hers; None: her address says so
    sender_name = models.CharField(max_length=200, blank=True)
    sender = models.CharField(max_length=254, blank=True)  # an address or a number, as she wrote it
    language = models.CharField(max_length=10)
    branch = OwnedForeignKey("record.Branch")
    job = OwnedForeignKey("record.Job", null=True, related_name="complaints")
    about = OwnedForeignKey("record.Member", null=True)  # whose work it was: who erred mends it
    text = models.CharField(max_length=LONGEST)
    source = models.CharField(max_length=10, choices=Source)
    happened_at = models.DateTimeField()  # when the work was done that is not right
    heard_at = models.DateTimeField()
    heard_by = OwnedForeignKey("record.Member", null=True)  # None: she wrote it herself
    owner = OwnedForeignKey("record.Member", null=True)  # one, and never two

    hears_by = models.DateTimeField()  # by when she was told that she hears from us
    acknowledged_at = models.DateTimeField(null=True)  # she knows that we have it, and by when she hears
    answered_at = models.DateTimeField(null=True)  # the first word or deed of one of us

    ask_on = models.DateField(null=True)  # when to call and ask whether it is right; silence is not yes
    tries = models.PositiveSmallIntegerField(default=0)  # calls that nobody answered
    right_at = models.DateTimeField(null=True)  # she says so
    right_by = OwnedForeignKey("record.Member", null=True)  # who heard her say so; None: by her link
    cause = OwnedForeignKey("record.Cause", null=True, related_name="complaints")
    no_change = models.CharField(max_length=500, blank=True)  # why nothing changes
    no_change_by = OwnedForeignKey("record.Member", null=True)
    no_change_seen_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = OwnedForeignKey("record.Member", null=True)

    aside_at = models.DateTimeField(null=True)
    aside_as = models.CharField(max_length=10, choices=Aside, blank=True)
    same_as = OwnedForeignKey("self", null=True, related_name="doubles")
    doubted_at = models.DateTimeField(null=True)  # it looks like abuse; of this one case, and of no other
    doubted_why = models.CharField(max_length=500, blank=True)
    praised_at = models.DateTimeField(null=True)  # she wrote about it in public, afterwards
    praise = models.CharField(max_length=500, blank=True)  # where, and what

    class Meta(Owned.Meta):
        constraints = [
            *keys(
                "complaint",
                customer="customer",
                branch="branch",
                job="job",
                about="member",
                heard_by="member",
                owner="member",
                right_by="member",
                cause="cause",
                no_change_by="member",
                closed_by="member",
                same_as="complaint",
            ),
            models.UniqueConstraint(fields=["business", "number"], name="complaint_number"),
            models.CheckConstraint(
                condition=Q(aside_at=None, aside_as="") | (Q(aside_at__isnull=False) & ~Q(aside_as="")),
                name="complaint_aside_as_what",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(cause__isnull=False) | ~Q(no_change=""), name="complaint_closed_why"
            ),
        ]
        indexes = [
            models.Index(fields=["business", "heard_at", "id"], name="complaint_heard"),
            models.Index(fields=["business", "customer", "heard_at"], name="complaint_customer"),
            models.Index(fields=["business", "job"], name="complaint_job"),
            models.Index(fields=["business", "cause", "happened_at"], name="complaint_cause"),
            models.Index(
                fields=["business", "hears_by"], name="complaint_open", condition=Q(closed_at=None, aside_at=None)
            ),
            models.Index(
                fields=["business", "closed_at"],
                name="complaint_no_change",
                condition=~Q(no_change="") & Q(no_change_seen_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def who(self) -> str:
        """Her name as far as we know it; "" when she gave none."""
        return str(self.customer) if self.customer else self.sender_name or self.sender

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and self.aside_at is None

    @property
    def secret(self) -> str:
        """Of the page on which she sees how it stands."""
        return secrecy.seal(SALT, self.pk, 1)


_ANSWERED_AT_ONCE = {
    *(Complaint.Source.COUNTER, Complaint.Source.PHONE),
    *(Complaint.Source.FORM, Complaint.Source.PAGE, Complaint.Source.SURVEY),
}


class PassedOn(Owned):
    """It went from one colleague to another; each time she meets one of us more."""

    complaint = OwnedForeignKey(Complaint, related_name="passed_on")
    giver = OwnedForeignKey("record.Member")
    taker = OwnedForeignKey("record.Member")
    say = models.CharField(max_length=500, blank=True)  # what the taker should know, so that she need not repeat it
    at = models.DateTimeField()

    class Meta(Owned.Meta):
        ordering = ["at"]
        constraints = keys("passedon", complaint="complaint", giver="member", taker="member")
        indexes = [models.Index(fields=["business", "complaint"], name="passedon_complaint")]


def counted() -> Any:
    """Every complaint that is one."""
    return Complaint.objects.filter(aside_at=None)


def open_ones() -> Any:
    """Those that are not over."""
    return Complaint.objects.filter(closed_at=None, aside_at=None)


@transaction.atomic
def hear(
    *,
    text: str,
    source: str,
    branch: Any,
    by: Any,
    at: datetime,
    customer: Any = None,
    is_hers: bool = True,
    sender_name: str = "",
    sender: str = "",
    language: str = "",
    job: Any = None,
    about: Any = None,
    owner: Any = None,
) -> Complaint:
    """She says that something is not right. Whoever heard it owns it; `by` is None when she wrote it herself.

    `is_hers`: we know that it is this customer who says so, not only her address. Said to somebody, or on a page that
    answers at once, it is acknowledged at once.
    """
    if not text.strip():
        raise Refused(gettext_noop("Write what is not right."), field="text")
    complaint: Complaint = Complaint.objects.create(
        number=_next_number(),
        customer=customer,
        tied_at=at if customer is not None and is_hers else None,
        sender_name=sender_name.strip()[:200],
        sender=sender.strip()[:254],
        language=language or (customer.language if customer is not None else "") or branch.language,
        branch=branch,
        job=job,
        about=about or (job.performer if job is not None else None),
        text=text.strip()[:LONGEST],
        source=source,
        happened_at=(job.finished_at if job is not None else None) or at,
        heard_at=at,
        heard_by=by,
        owner=owner or by,
        hears_by=hears_by(branch, at),
        acknowledged_at=at if source in _ANSWERED_AT_ONCE else None,
    )
    write("complaint heard", complaint, by=by, at=at)
    return complaint


def hears_by(branch: Any, at: datetime) -> datetime:
    """When she hears from us at the latest: so many open hours after `at`, which the business has chosen."""
    from regulars.record.business import Business

    within = Business.objects.values_list("hear_within", flat=True).get(pk=whose.business())
    return branches.hours(branch).after(at, timedelta(minutes=within)) or at + timedelta(days=1)


@transaction.atomic
def take(complaint: Complaint, *, by: Any, at: datetime) -> None:
    """Nobody owns it yet, or who did has left: from now on I do."""
    if not open_ones().filter(pk=complaint.pk, owner=None).update(owner=by):
        raise Refused(gettext_noop("A colleague owns this complaint already."))
    write("complaint taken", complaint, by=by, at=at)


@transaction.atomic
def pass_on(complaint: Complaint, *, to: Any, by: Any, at: datetime, say: str = "") -> PassedOn:
    """Another owns it from now on. It counts: the customer should meet one of us and no more."""
    if to.pk == complaint.owner_id:
        raise Refused(gettext_noop("Choose somebody else. This colleague owns it already."), field="to")
    if not open_ones().filter(pk=complaint.pk).update(owner=to):
        raise Refused(gettext_noop("This complaint is over already."))
    passed: PassedOn = PassedOn.objects.create(complaint=complaint, giver=by, taker=to, say=say.strip(), at=at)
    write("complaint passed on", complaint, by=by, at=at, to=str(to))
    return passed


@transaction.atomic
def acknowledge(complaint: Complaint, *, by: Any, at: datetime) -> None:
    """She knows that we have it, and by when she hears from us; `by` is None when the program wrote to her."""
    if Complaint.objects.filter(pk=complaint.pk, acknowledged_at=None).update(acknowledged_at=at):
        write("complaint acknowledged", complaint, by=by, at=at)


def answered(complaint: Complaint, *, at: datetime) -> None:
    """One of us has said or done something about it; the first time counts."""
    Complaint.objects.filter(pk=complaint.pk, answered_at=None).update(answered_at=at)
    Complaint.objects.filter(pk=complaint.pk, acknowledged_at=None).update(acknowledged_at=at)


@transaction.atomic
def tie(complaint: Complaint, customer: Any, *, by: Any, at: datetime) -> None:
    """It is this customer who says so; None: we know nobody who did."""
    Complaint.objects.filter(pk=complaint.pk).update(customer=customer, tied_at=at if customer is not None else None)
    write("complaint tied", complaint, by=by, at=at)


@transaction.atomic
def describe(complaint: Complaint, *, branch: Any, job: Any, about: Any, by: Any, at: datetime) -> None:
    """Where it happened, in which job, and whose work it was."""
    happened_at = (job.finished_at if job is not None else None) or complaint.heard_at
    Complaint.objects.filter(pk=complaint.pk).update(branch=branch, job=job, about=about, happened_at=happened_at)
    write("complaint described", complaint, by=by, at=at)


def opened_by(secret: str) -> Complaint:
    """The complaint of which that secret shows how it stands."""
    found: Complaint | None = (
        Complaint.objects.select_related("branch", "customer").filter(pk=secrecy.named_by(secret)).first()
    )
    if found is None or not secrecy.is_seal(secret, SALT, found.pk, 1):
        raise Refused(gettext_noop("This link opens nothing. Write to us again, or call."))
    return found


def release_all(member: Any) -> int:
    """She leaves: what she owned is everybody's. Returns how many."""
    return int(open_ones().filter(owner=member).update(owner=None))


def _next_number() -> int:
    from regulars.record.business import Business

    Business.objects.select_for_update().get(pk=whose.business())  # two that come at once take turns
    return int(Complaint.objects.aggregate(last=Max("number", default=0))["last"]) + 1


def write(verb: str, complaint: Complaint, *, by: Any, at: datetime, **what: Any) -> None:
    """The journal line of a verb of complaints, with what it is now."""
    complaint.refresh_from_db()
    what |= {"text": complaint.text[:500], "number": complaint.number}
    journal.write(verb, complaint, by=by, at=at, customer=complaint.customer, **what)
