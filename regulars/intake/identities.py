"""Who is meant: the customer that each line of a file names, found in the book or new.

The rules, strongest first; a rule that finds nobody leaves it to the next:

1. The number. A line with a number means the customer who has it, whatever else it says.
2. A phone or an e-mail. Not hers when both have numbers and they differ, or both have names that share no word
   (two people, one phone). Of several, the one of the same name.
3. The whole name. Not hers when both have numbers and they differ, or both have phones, or e-mails, and share none.
4. Nobody: a new customer, whom the lines after this one may mean too.

Two who could be meant equally well are not guessed between: the line comes back. Lines with numbers are settled
first, then lines with phones or e-mails, then bare names, so that the order of the lines changes nothing. What the
file knows beyond the card is added to it; nothing that stands on the card is overwritten.
"""

import json
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from uuid_utils.compat import uuid7

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import customers, particulars
from regulars.record.customers import Contact, Customer
from regulars.record.draft import Draft

AT_A_TIME = 500
FIELDS = ("number", "name", "address_as", "language", "source", "no_calls_at", "no_mail_at")


class Who(NamedTuple):
    id: int
    number: str
    name: str
    contacts: list[tuple[str, str, str]]  # kind, value, as written
    fields: dict[str, Any]


class Person(NamedTuple):
    id: int
    customer: str
    card: str
    is_new: int
    number: str
    name: str


PERSON = "person.id, person.customer, person.card, person.is_new, person.number, person.name"


def resolve(draft: Draft, *, is_at: Callable[[float], None], read: Callable[[], Any]) -> None:
    """Give every `who` of the draft a person, or a reason why not. `is_at` hears the share that is done, 0 to 1.

    `read` makes the context in which the book may be read for a moment: nothing is held over the whole.
    """
    total, says_more = draft.count("who"), bool(draft.count("who WHERE fields != '{}'"))
    for number, some in enumerate(_in_chunks(_everybody(draft))):
        with read():
            known = _known(some, says_more)
        with draft.writing():
            _write_known(draft, *known)
        is_at(number * AT_A_TIME / total / 2)
    for number, some in enumerate(_in_chunks(_everybody(draft))):
        with draft.writing():
            for who in some:
                person, refusal = _settle(draft, who)
                draft.db.execute("UPDATE who SET person = ?, refusal = ? WHERE id = ?", (person, refusal, who.id))
        is_at(0.5 + number * AT_A_TIME / total / 2)


def _in_chunks(everybody: Iterator[Who]) -> Iterator[list[Who]]:
    return iter(lambda: list(islice(everybody, AT_A_TIME)), [])


def _everybody(draft: Draft) -> Iterator[Who]:
    """Numbers first, then phones and e-mails, then bare names. They are sorted aside: `who` may be written to."""
    for row in draft.rows(
        "SELECT id, number, name, contacts, fields FROM who ORDER BY number = '', contacts = '[]', id"
    ):
        yield Who(row[0], row[1], row[2], json.loads(row[3]), json.loads(row[4]))


# --- what the book knows of them ------------------------------------------------------------------------------


def _known(some: list[Who], says_more: bool) -> tuple[list[tuple[Customer, UUID, str]], list[Contact]]:
    """The cards that any of them could mean, each with whose it is now and what stands on it; their phones, e-mails.

    `says_more`: the file knows more of customers than how to tell them.
    """
    values = {value for who in some for _kind, value, _written in who.contacts}
    reached = Contact.objects.filter(value__in=values).order_by().values_list("customer_id", flat=True)
    by_number = customers.numbered(*{who.number for who in some if who.number})
    by_name = Customer.objects.filter(name__in={who.name for who in some if who.name})
    by_contact = Customer.objects.filter(pk__in=set(reached))
    cards = {card.pk: card for found in (by_number, by_name, by_contact) for card in found.order_by()}
    more = particulars.standing(cards) if says_more else {}
    whose_now = [(card, _whose(card), json.dumps(_standing(card) | more.get(pk, {}))) for pk, card in cards.items()]
    return whose_now, list(Contact.objects.filter(customer__in=cards).order_by())


def _write_known(draft: Draft, cards: list[tuple[Customer, UUID, str]], contacts: list[Contact]) -> None:
    draft.db.executemany(
        "INSERT OR IGNORE INTO person (customer, card, is_new, number, name, fields, was)"
        " VALUES (?, ?, 0, ?, ?, '{}', ?)",
        [(now.hex, card.pk.hex, card.number, card.name, standing) for card, now, standing in cards],
    )
    draft.db.executemany(
        "INSERT OR IGNORE INTO contact SELECT ?, id, ?, ?, ?, ?, 0 FROM person WHERE card = ?",
        [(one.pk.hex, one.kind, one.value, one.written, one.position, one.customer_id.hex) for one in contacts],
    )


def _whose(card: Customer) -> UUID:
    """The card that speaks for her now: after a merge, the one that was kept."""
    while card.merged_into_id is not None:
        card = card.merged_into
    kept: UUID = card.pk
    return kept


def _standing(card: Customer) -> dict[str, Any]:
    return {name: str(value) for name in FIELDS if (value := getattr(card, name))}


# --- the rules ------------------------------------------------------------------------------------------------


def _settle(draft: Draft, who: Who) -> tuple[int | None, str | None]:
    """The person that is meant, or the refusal; what the line knows beyond her card is added."""
    try:
        person = _by_number(draft, who) or _by_contact(draft, who) or _by_name(draft, who)
    except Refused as refusal:
        return None, json.dumps([refusal.sentence, refusal.details])
    if person is None:
        return _add(draft, who), None
    _complete(draft, person, who)
    return person.id, None


def _by_number(draft: Draft, who: Who) -> Person | None:
    if not who.number:
        return None
    return _one(_persons(draft, "person WHERE number = ?", who.number), who)


def _by_contact(draft: Draft, who: Who) -> Person | None:
    found: dict[str, Person] = {}
    for _kind, value, _written in who.contacts:
        for person in _persons(
            draft, "contact JOIN person ON person.id = contact.person WHERE contact.value = ?", value
        ):
            if not _numbers_differ(person, who) and not _are_two_people(person.name, who.name):
                found.setdefault(person.customer, person)
    return _one(found.values(), who)


def _by_name(draft: Draft, who: Who) -> Person | None:
    if not who.name:
        return None
    return _one(
        [
            person
            for person in _persons(draft, "person WHERE name = ?", who.name)
            if not _numbers_differ(person, who) and not _contacts_differ(draft, person, who)
        ],
        who,
    )


def _persons(draft: Draft, source: str, value: str) -> list[Person]:
    return [Person(*row) for row in draft.rows(f"SELECT {PERSON} FROM {source}", value)]


def _one(found: Any, who: Who) -> Person | None:
    """The only one; of several the only one of that name."""
    by_customer = {person.customer: person for person in found}
    if len(by_customer) > 1:
        by_customer = {key: one for key, one in by_customer.items() if one.name == who.name} or by_customer
    if len(by_customer) > 1:
        raise Refused(
            gettext_noop("%(count)s customers could be meant by %(who)s. Add a number, phone or e-mail."),
            count=len(by_customer),
            who=who.name or who.contacts[0][2],
        )
    return next(iter(by_customer.values()), None)


def _numbers_differ(person: Person, who: Who) -> bool:
    return bool(person.number and who.number and person.number != who.number)


def _are_two_people(one: str, other: str) -> bool:
    """Both are named, and their names share no word."""
    ones, others = set(one.casefold().split()), set(other.casefold().split())
    return bool(ones and others and not ones & others)


def _contacts_differ(draft: Draft, person: Person, who: Who) -> bool:
    """Both have phones, or both have e-mails. None is shared, or the rule before would have found her."""
    hers = {kind for (kind,) in draft.rows("SELECT kind FROM contact WHERE person = ?", person.id)}
    return any(kind in hers for kind, _value, _written in who.contacts)


# --- what the file adds ---------------------------------------------------------------------------------------


def _add(draft: Draft, who: Who) -> int:
    """A new customer, called by her name; without one by what we know of her."""
    name = who.name or who.number or who.contacts[0][2]
    customer = uuid7().hex
    person = draft.db.execute(
        "INSERT INTO person (customer, card, is_new, number, name, fields, was) VALUES (?, ?, 1, ?, ?, ?, '{}')",
        (customer, customer, who.number, name, json.dumps(who.fields)),
    ).lastrowid
    assert person is not None  # noqa: S101 (a row that was just written has an id)
    _add_contacts(draft, person, who)
    return person


def _complete(draft: Draft, person: Person, who: Who) -> None:
    """What she lacks and the line knows. A card that was called by its number gets its name."""
    if person.card != person.customer:
        return  # nothing is added to a card that was merged into another
    _add_contacts(draft, person.id, who)
    fields, was = (
        json.loads(text) for text in next(draft.rows("SELECT fields, was FROM person WHERE id = ?", person.id))
    )
    known = dict(who.fields)
    if who.number and not person.number:
        known["number"] = who.number
    if who.name and person.name == (person.number or who.number):
        known["name"] = who.name
        was.pop("name", None)
    lacking = _lacking(known, fields, was)
    if lacking:
        draft.db.execute(
            "UPDATE person SET number = ?, name = ?, fields = ? WHERE id = ?",
            (
                lacking.get("number", person.number),
                lacking.get("name", person.name),
                json.dumps(fields | lacking),
                person.id,
            ),
        )


def _lacking(known: dict[str, Any], fields: dict[str, Any], was: dict[str, Any]) -> dict[str, Any]:
    """What the line knows, and neither the card nor an earlier line. Of notes and tags there may be several."""
    lacking = {name: value for name, value in known.items() if name not in fields and name not in was}
    for name in set(particulars.SEVERAL) & known.keys():
        before = [*fields.get(name, "").split("\n"), *was.get(name, "").split("\n")]
        if new := [one for one in known[name].split("\n") if one not in before]:
            lacking[name] = "\n".join(filter(None, [fields.get(name, ""), *new]))
    return lacking


def _add_contacts(draft: Draft, person: int, who: Who) -> None:
    for kind, value, written in who.contacts:
        draft.db.execute(
            "INSERT OR IGNORE INTO contact SELECT ?, ?, ?, ?, ?, count(*), 1 FROM contact WHERE person = ?",
            (uuid7().hex, person, kind, value, written, person),
        )
