"""The letter that warns of a promise before it breaks, to whoever can act: its keeper, or who manages the place."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from regulars.desk.duty import when
from regulars.record.business import Business
from regulars.record.people import Member, Person, Role
from regulars.record.promises import Promise


@dataclass(frozen=True)
class Letter:
    to: str
    subject: str
    words: str


def letters(promise: Promise, business: Business, *, at: datetime) -> list[Letter]:
    """One for each reader, in her language. Nobody's promise, and one whose keeper has no sign-in, is the managers'."""
    keeper = promise.keeper
    if keeper is not None and keeper.person_id and keeper.left_at is None:
        readers = [keeper]
    else:
        readers = list(Member.objects.filter(left_at=None, role__gte=Role.MANAGER).exclude(person_id=None))
    people = Person.objects.in_bulk([reader.person_id for reader in readers])
    return [_letter(promise, business, person, at) for person in people.values()]


def _letter(promise: Promise, business: Business, person: Person, at: datetime) -> Letter:
    with translation.override(person.language or business.language):
        said = {
            "customer": promise.customer,
            "what": promise.what,
            "due": when(promise.due_there, at),
            "address": f"{settings.SITE_URL}/at/{business.slug}/today/",
        }
        subject = gettext("By %(due)s: %(what)s, for %(customer)s") % said
        words = gettext(
            "%(customer)s was promised “%(what)s” by %(due)s.\n\n"
            "If you cannot keep it, tell the customer before that, not after, and write down the new time.\n\n"
            "%(address)s\n"
        )
        return Letter(person.email, subject, words % said)
