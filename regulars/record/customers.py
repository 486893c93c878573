"""Customers: who she is, how to reach her, whose customer she is, and what she does not want."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import journal, search
from regulars.record.owned import Owned, OwnedForeignKey, keys

Way = tuple[str, str]  # a contact: what machines compare (+3725551234), what people read (555 1234)


class Customer(Owned):
    """Somebody we serve, or only talked to: whoever bought nothing is a customer too."""

    number = models.CharField(max_length=100, blank=True)  # hers in the old program
    name = models.CharField(max_length=200)
    address_as = models.CharField(max_length=100, blank=True)  # "Mrs Tamm", "Pekka"
    language = models.CharField(max_length=10, blank=True)
    zone = models.CharField(max_length=60, blank=True)  # empty: that of her phone number, else the branch's
    source = models.CharField(max_length=100, blank=True)
    branch = OwnedForeignKey("record.Branch", null=True, blank=True)
    keeper = OwnedForeignKey("record.Member", null=True, blank=True)
    referred_by = OwnedForeignKey("self", null=True, blank=True)
    met_at = models.DateTimeField()
    no_calls_at = models.DateTimeField(null=True)
    no_mail_at = models.DateTimeField(null=True)
    no_surveys_at = models.DateTimeField(null=True)
    consent_at = models.DateTimeField(null=True)
    consent_how = models.CharField(max_length=200, blank=True)
    merged_into = OwnedForeignKey("self", null=True, blank=True)
    merged_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        constraints = [
            *keys("customer", branch="branch", keeper="member", referred_by="customer", merged_into="customer"),
            models.UniqueConstraint(
                fields=["business", "number"], condition=~models.Q(number=""), name="customer_number"
            ),
        ]
        indexes = [
            models.Index(fields=["business", "name", "id"], name="customer_name"),
            models.Index(fields=["business", "met_at", "id"], name="customer_met"),
            models.Index(fields=["business", "referred_by"], name="customer_referred_by"),
            models.Index(fields=["business", "merged_into"], name="customer_merged_into"),
            models.Index(
                fields=["business", "keeper"], name="customer_keeper", condition=models.Q(keeper__isnull=False)
            ),
            models.Index(
                fields=["business", "branch"], name="customer_branch", condition=models.Q(branch__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Contact(Owned):
    """A way to reach her. `value` is what machines compare (+3725551234), `written` what people read."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("Phone")
        EMAIL = "email", _("E-mail")

    customer = OwnedForeignKey(Customer, related_name="contacts")
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=254)
    written = models.CharField(max_length=254)
    position = models.PositiveSmallIntegerField(default=0)
    wrong_since = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        ordering = ["-kind", "position", "id"]  # phones first
        constraints = [
            *keys("contact", customer="customer"),
            models.UniqueConstraint(fields=["business", "customer", "kind", "value"], name="contact_once"),
        ]
        indexes = [models.Index(fields=["business", "value"], name="contact_value")]


PARTICULARS = ("number", "name", "address_as", "language", "zone", "source", "branch", "referred_by")


def numbered(*numbers: str) -> Any:
    """Cards with these numbers. The index leaves out empty ones; it is used where the query says that it does too."""
    return Customer.objects.exclude(number="").filter(number__in=numbers)


@transaction.atomic
def add(
    *,
    name: str,
    by: Any,
    at: datetime,
    phones: Iterable[Way] = (),
    emails: Iterable[Way] = (),
    keeper: Any = None,
    **particulars: Any,
) -> Customer:
    """A new card. `particulars`: any of PARTICULARS. Raises Refused when the number is somebody else's."""
    _refuse_taken_number(particulars.get("number", ""))
    customer: Customer = Customer.objects.create(name=name, met_at=at, keeper=keeper, **particulars)
    _write_contacts(customer, Contact.Kind.PHONE, phones)
    _write_contacts(customer, Contact.Kind.EMAIL, emails)
    search.index([customer.pk])
    journal.write("customer added", customer, by=by, at=at, customer=customer)
    return customer


@transaction.atomic
def change(
    customer: Customer, *, by: Any, at: datetime, phones: Iterable[Way], emails: Iterable[Way], **particulars: Any
) -> None:
    """New particulars; those that are not named stay. A contact that stays keeps what we know of it."""
    if particulars.get("number", customer.number) != customer.number:
        _refuse_taken_number(particulars["number"])
    referrer = particulars.get("referred_by")
    if referrer is not None and referrer.pk == customer.pk:
        raise Refused(gettext_noop("Nobody refers themselves. Choose another customer."), field="referred_by")
    changed = {name: str(value or "") for name, value in particulars.items() if getattr(customer, name) != value}
    for name, value in particulars.items():
        setattr(customer, name, value)
    customer.save()
    _write_contacts(customer, Contact.Kind.PHONE, phones)
    _write_contacts(customer, Contact.Kind.EMAIL, emails)
    search.index([customer.pk])
    journal.write("customer changed", customer, by=by, at=at, customer=customer, **changed)


@transaction.atomic
def hand_on(customer: Customer, *, to: Any, by: Any, at: datetime) -> None:
    """She is now the customer of `to`; of nobody in particular when it is None. What is mine stays mine until then."""
    customer.keeper = to
    customer.save(update_fields=["keeper"])
    journal.write("handed on", customer, by=by, at=at, customer=customer, to=str(to or ""))


def stop_calls(customer: Customer, *, by: Any, at: datetime) -> None:
    """She does not want to be called: what was planned is off the list at once."""
    _drop_calls(customer, at=at)
    _set(customer, "no_calls_at", at, "calls stopped", by=by, at=at)


def allow_calls(customer: Customer, *, by: Any, at: datetime) -> None:
    """She may be called again."""
    _set(customer, "no_calls_at", None, "calls allowed", by=by, at=at)


def stop_mail(customer: Customer, *, by: Any, at: datetime) -> None:
    """She does not want our letters."""
    _set(customer, "no_mail_at", at, "mail stopped", by=by, at=at)


def allow_mail(customer: Customer, *, by: Any, at: datetime) -> None:
    """She may be written to again."""
    _set(customer, "no_mail_at", None, "mail allowed", by=by, at=at)


def stop_surveys(customer: Customer, *, by: Any, at: datetime) -> None:
    """She does not want to be asked how it was."""
    _set(customer, "no_surveys_at", at, "surveys stopped", by=by, at=at)


def allow_surveys(customer: Customer, *, by: Any, at: datetime) -> None:
    """She may be asked again."""
    _set(customer, "no_surveys_at", None, "surveys allowed", by=by, at=at)


@transaction.atomic
def consent(customer: Customer, *, how: str, by: Any, at: datetime) -> None:
    """She agreed that we keep what we know of her; `how` says in what words and where."""
    if not how.strip():
        raise Refused(gettext_noop("Write how the customer agreed: on paper, at the counter, by mail."), field="how")
    customer.consent_at, customer.consent_how = at, how
    customer.save(update_fields=["consent_at", "consent_how"])
    journal.write("consent given", customer, by=by, at=at, customer=customer, how=how)


@transaction.atomic
def withdraw_consent(customer: Customer, *, by: Any, at: datetime) -> None:
    """She no longer agrees: nobody calls or writes to her either."""
    customer.consent_at, customer.consent_how = None, ""
    customer.no_calls_at = customer.no_calls_at or at
    customer.no_mail_at = customer.no_mail_at or at
    customer.save(update_fields=["consent_at", "consent_how", "no_calls_at", "no_mail_at"])
    _drop_calls(customer, at=at)
    journal.write("consent withdrawn", customer, by=by, at=at, customer=customer)


@transaction.atomic
def mark_wrong(contact: "Contact", *, by: Any, at: datetime) -> None:
    """Nobody of that name answers there."""
    contact.wrong_since = at
    contact.save(update_fields=["wrong_since"])
    journal.write("number is wrong", contact, by=by, at=at, customer=contact.customer, written=contact.written)


@transaction.atomic
def mark_right(contact: "Contact", *, by: Any, at: datetime) -> None:
    """It was hers after all."""
    contact.wrong_since = None
    contact.save(update_fields=["wrong_since"])
    journal.write("number is right", contact, by=by, at=at, customer=contact.customer, written=contact.written)


def perhaps_the_same(
    *, name: str, phones: Iterable[Way] = (), emails: Iterable[Way] = (), number: str = "", but: UUID | None = None
) -> list[Customer]:
    """Cards that may be of the same person: the same phone, e-mail or number, or the same name but for its writing.

    At most five, the surest first.
    """
    values = [value for value, _written in (*phones, *emails)]
    sure = Contact.objects.filter(value__in=values).values_list("customer_id", flat=True)[:5] if values else []
    ids: dict[UUID, None] = dict.fromkeys(sure)
    if number:
        ids.update(dict.fromkeys(numbered(number).values_list("pk", flat=True)))
    folded = sorted(search.fold(name).split())
    alike = Customer.objects.in_bulk(search.find(name, 10)) if folded else {}
    ids.update(dict.fromkeys(pk for pk, her in alike.items() if sorted(search.fold(her.name).split()) == folded))
    ids.pop(but, None)  # type: ignore[arg-type]
    found = Customer.objects.filter(merged_at=None).in_bulk(list(ids))
    return [found[pk] for pk in ids if pk in found][:5]


def _drop_calls(customer: Customer, *, at: datetime) -> None:
    from regulars.record.calls import open_calls  # calls stand above customers, and know them

    open_calls().filter(customer=customer).update(dropped_at=at)


@transaction.atomic
def _set(customer: Customer, name: str, value: datetime | None, verb: str, *, by: Any, at: datetime) -> None:
    if (getattr(customer, name) is None) == (value is None):
        return
    setattr(customer, name, value)
    customer.save(update_fields=[name])
    journal.write(verb, customer, by=by, at=at, customer=customer)


def _write_contacts(customer: Customer, kind: str, ways: Iterable[Way]) -> None:
    known = {contact.value: contact for contact in Contact.objects.filter(customer=customer, kind=kind)}
    wanted = dict(ways)
    Contact.objects.filter(customer=customer, kind=kind).exclude(value__in=wanted).delete()
    for position, (value, written) in enumerate(wanted.items()):
        contact = known.get(value) or Contact(customer=customer, kind=kind, value=value)
        contact.written, contact.position = written, position
        contact.save()


def _refuse_taken_number(number: str) -> None:
    if not number:
        return
    other = numbered(number).first()
    if other is not None:
        raise Refused(
            gettext_noop("Number %(number)s is %(name)s's already."), field="number", number=number, name=other.name
        )
