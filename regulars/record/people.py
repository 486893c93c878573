"""People and what they may do: who signs in, where they have a seat, and their role there."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from regulars.kernel import whose
from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import approvals, asks, calls, changes, complaints, customers, handoffs, journal, promises, work
from regulars.record.owned import Owned, OwnedForeignKey, keys

INVITATION_LASTS = timedelta(days=7)


class Role(models.IntegerChoices):
    """Each role may do all that the ones below it may."""

    VIEWER = 10, _("Viewer")
    FRONT_LINE = 20, _("Front line")
    MANAGER = 30, _("Manager")
    OWNER = 40, _("Owner")


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        person = self.model(email=email.lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").lower())


class Person(AbstractBaseUser):
    """Somebody who signs in; she may have a seat in several businesses. Global: no business owns a person."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=10, blank=True)
    theme = models.CharField(max_length=5, blank=True)  # "", "light" or "dark": "" follows the device
    joined_at = models.DateTimeField(auto_now_add=True)
    is_active = models.BooleanField(default=True)

    objects = PersonManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name or self.email


class Seat(models.Model):
    """In which businesses a person has a seat. Global, so that it can be read before any business is known."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="seats")
    business_id = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "business_id"], name="seat_once")]


class Member(Owned):
    """Somebody who works in the business. Without a person she has no sign-in: she is named on sales, no more."""

    person_id = models.UUIDField(null=True)  # no database key: people are global, members are not
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    role = models.PositiveSmallIntegerField(choices=Role, default=Role.FRONT_LINE)
    branch = OwnedForeignKey("record.Branch", null=True, blank=True)
    makes_calls = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        constraints = [
            *keys("member", branch="branch"),
            models.UniqueConstraint(fields=["business", "person_id"], name="member_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def may(self, role: int) -> bool:
        """Whether she may do what needs at least that role."""
        return self.left_at is None and self.role >= role

    @property
    def manages(self) -> bool:
        return self.may(Role.MANAGER)


class Invitation(Owned):
    """A letter that lets its reader take a seat. Only the hash of its secret is kept."""

    email = models.EmailField()
    name = models.CharField(max_length=200)
    role = models.PositiveSmallIntegerField(choices=Role)
    secret_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_by = OwnedForeignKey(Member, null=True)
    taken_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        constraints = keys("invitation", sent_by="member")
        indexes = [models.Index(fields=["business", "email"], name="invitation_email")]

    @classmethod
    def waiting(cls, at: datetime) -> Any:
        """The letters that still open a seat."""
        return cls.objects.filter(taken_at=None, withdrawn_at=None, expires_at__gt=at)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def register(*, email: str, name: str, password: str, language: str = "") -> Person:
    """A new person who may sign in at once: whoever calls this knows that the address is hers."""
    email = email.lower()
    if Person.objects.filter(email=email).exists():
        raise Refused(gettext_noop("%(email)s is known here already. Sign in instead."), field="email", email=email)
    person = Person.objects.create_user(email, password, name=name, language=language)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def change_person(person: Person, *, name: str, language: str, theme: str) -> None:
    """What she told about herself. Her name follows into no business: there it is how colleagues know her."""
    person.name, person.language, person.theme = name, language, theme
    person.save(update_fields=["name", "language", "theme"])


@transaction.atomic
def seat(person: Person, *, role: Role, at: datetime, by: Any = None) -> Member:
    """Give a person a seat in the business that is set."""
    member: Member
    member, made = Member.objects.get_or_create(
        person_id=person.pk,
        defaults={"name": person.name, "email": person.email, "role": role, "joined_at": at},
    )
    if not made:
        Member.objects.filter(pk=member.pk).update(left_at=None, role=role)
        member.refresh_from_db()
    Seat.objects.get_or_create(person=person, business_id=whose.business())
    journal.write("seat taken", member, by=by or member, at=at, role=Role(role).name)
    return member


@transaction.atomic
def invite(*, email: str, name: str, role: Role, by: Member, at: datetime) -> tuple[Invitation, str]:
    """A new invitation and its secret, which is told once and not kept. An older one to the same address ends."""
    if not by.may(role):
        raise Refused(gettext_noop("You can invite people up to your own role."), field="role")
    email = email.lower()
    if Member.objects.filter(email=email, left_at=None).exclude(person_id=None).exists():
        raise Refused(gettext_noop("%(email)s works here already."), field="email", email=email)
    Invitation.objects.filter(email=email, taken_at=None, withdrawn_at=None).update(withdrawn_at=at)
    secret = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        email=email,
        name=name,
        role=role,
        secret_hash=_hash(secret),
        sent_at=at,
        expires_at=at + INVITATION_LASTS,
        sent_by=by,
    )
    journal.write("invited", invitation, by=by, at=at, email=email, role=Role(role).name)
    return invitation, secret


def open_invitation(secret: str, *, at: datetime) -> Invitation:
    """The invitation that this secret opens, if it still does."""
    found: Invitation | None = Invitation.objects.filter(secret_hash=_hash(secret)).first()
    if found is None or found.withdrawn_at is not None or found.taken_at is not None or found.expires_at <= at:
        raise Refused(gettext_noop("This invitation has ended. Ask for a new one."))
    return found


@transaction.atomic
def take_invitation(invitation: Invitation, person: Person, *, at: datetime) -> Member:
    """The reader takes the seat. The letter proves the address; the seat goes to whoever holds the letter."""
    won = Invitation.objects.filter(pk=invitation.pk, taken_at=None, withdrawn_at=None).update(taken_at=at)
    if not won:
        raise Refused(gettext_noop("This invitation has ended. Ask for a new one."))
    return seat(person, role=Role(invitation.role), at=at)


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Member, at: datetime) -> None:
    """The letter no longer opens anything."""
    Invitation.objects.filter(pk=invitation.pk, taken_at=None, withdrawn_at=None).update(withdrawn_at=at)
    journal.write("invitation withdrawn", invitation, by=by, at=at, email=invitation.email)


@transaction.atomic
def change_role(member: Member, *, role: Role, by: Member, at: datetime) -> None:
    """A new role. Nobody gives more than her own, and the last owner stays one."""
    if not by.may(max(role, member.role)):
        raise Refused(gettext_noop("You can change people up to your own role."), field="role")
    if member.role == Role.OWNER and role != Role.OWNER:
        _keep_an_owner(member)
    journal.write("role changed", member, by=by, at=at, was=Role(member.role).name, now=Role(role).name)
    member.role = role
    member.save(update_fields=["role"])


@transaction.atomic
def change_duties(member: Member, *, makes_calls: bool, branch: Any, by: Member, at: datetime) -> None:
    """Where she works (a Branch, or None for all of them), and whether the week's calls are shared with her."""
    if not by.may(member.role):
        raise Refused(gettext_noop("You can change people up to your own role."))
    member.makes_calls, member.branch = makes_calls, branch
    member.save(update_fields=["makes_calls", "branch"])
    if not makes_calls:
        calls.release_all(member, at=at)
    where = str(branch) if branch else ""
    journal.write("duties changed", member, by=by, at=at, makes_calls=makes_calls, branch=where)


@transaction.atomic
def change_member(member: Member, *, role: Role, makes_calls: bool, branch: Any, by: Member, at: datetime) -> None:
    """Role and duties at once; the journal has a line for each that changed."""
    if role != member.role:
        change_role(member, role=role, by=by, at=at)
    if (makes_calls, branch) != (member.makes_calls, member.branch):
        change_duties(member, makes_calls=makes_calls, branch=branch, by=by, at=at)


@transaction.atomic
def leave(member: Member, *, by: Member, at: datetime) -> None:
    """She works here no longer: the seat is gone at once, her name stays on what she did.

    Her customers and her open calls are everybody's from then on.
    """
    if not by.may(member.role):
        raise Refused(gettext_noop("You can change people up to your own role."))
    if member.role == Role.OWNER:
        _keep_an_owner(member)
    member.left_at = at
    member.save(update_fields=["left_at"])
    if member.person_id is not None:
        Seat.objects.filter(person_id=member.person_id, business_id=whose.business()).delete()
    customers.Customer.objects.filter(keeper=member).update(keeper=None)
    released = calls.release_all(member, at=at)
    promises.release_all(member)
    work.release_all(member)
    handoffs.release_all(member, at=at)
    asks.release_all(member)
    complaints.release_all(member)
    approvals.release_all(member)
    changes.release_all(member)
    journal.write("left", member, by=by, at=at, name=member.name, calls=released)


@transaction.atomic
def name_worker(name: str, *, at: datetime) -> Member:
    """Somebody who is named on sales and has no sign-in."""
    worker: Member = Member.objects.create(name=name, role=Role.FRONT_LINE, makes_calls=False, joined_at=at)
    return worker


def member_of(person_id: UUID) -> Member | None:
    """Her membership of the business that is set, if she works there now."""
    found: Member | None = Member.objects.filter(person_id=person_id, left_at=None).first()
    return found


def _keep_an_owner(member: Member) -> None:
    others = Member.objects.select_for_update().filter(role=Role.OWNER, left_at=None).exclude(person_id=None)
    if not others.exclude(pk=member.pk).exists():
        raise Refused(gettext_noop("A business needs an owner. Name another one first."), field="role")
