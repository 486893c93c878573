"""How an import goes into the book, and how it is taken back: each in one transaction, all or nothing.

On SQLite nobody else can write meanwhile, so all that can be worked out before is: these functions only write. Plain
SQL: the ORM would take minutes for a million lines.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, islice
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, models, transaction
from uuid_utils.compat import uuid7

from regulars.kernel import whose
from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import importing, particulars, people, reckonings, search
from regulars.record.calls import Call
from regulars.record.customers import Contact, Customer
from regulars.record.draft import Draft
from regulars.record.imports import Brought, Import
from regulars.record.knowing import Fact
from regulars.record.owned import OwnedForeignKey, owned_models
from regulars.record.sales import Sale
from regulars.record.search import Finder
from regulars.record.tags import OwnValue, Tagging
from regulars.record.worth import Estimate

AT_A_TIME = 10_000
IDS_AT_A_TIME = 500

# --- into the book --------------------------------------------------------------------------------------------


def land(brought: Import, draft: Draft, outcome: dict[str, Any], *, at: datetime) -> None:
    """Everything in the draft goes into the book, the import is finished, and the worth is asked for anew.

    Raises IntegrityError when the book has changed since the draft was compared with it (a number was given out
    meanwhile), and `Overtaken` when the work is no longer ours; then nothing was written.
    """
    sales = _in_batches(_sales(brought, draft))
    first = list(islice(sales, 1))  # sorts the whole draft, before anybody has to wait for us
    with transaction.atomic():
        servers = _name_servers(draft, at=at)
        _insert(Customer, NEW_CUSTOMER, _new_customers(draft, at=at))
        _insert(Contact, NEW_CONTACT, _new_contacts(draft), conflict=("customer_id", "kind", "value"))
        _complete(draft)
        particulars.land(draft, at=at)
        _insert(Brought, BROUGHT, _brought(brought, draft, at=at))
        added = 0
        for batch in chain(first, sales):
            rows = [(*row[:-1], servers.get(row[-1])) for row in batch]
            added += _insert(Sale, SALE, rows, conflict=("fingerprint",))
        outcome["known"] += outcome["added"] - added  # somebody brought them a moment before us
        outcome["added"] = added
        importing.finish(brought, outcome, at=at)
        if added:
            reckonings.ask(at=at)


SALE = (
    *("id", "customer_id", "at", "day", "amount", "currency", "branch_id", "what", "receipt", "fingerprint"),
    *("brought_by_id", "served_by_id"),
)
NEW_CUSTOMER = ("id", "number", "name", "met_at", "address_as", "language", "source")
NEW_CONTACT = ("id", "customer_id", "kind", "value", "written", "position")
BROUGHT = ("id", "brought_by_id", "customer_id", "is_new", "added")


def _sales(brought: Import, draft: Draft) -> Iterator[tuple[Any, ...]]:
    """The sales that the book does not know, oldest first: so the newest has the largest id. Last, who served."""
    found = draft.rows(
        "SELECT customer, at, day, amount, currency, branch, what, receipt, fingerprint, server FROM sale"
        " JOIN who ON who.id = sale.who JOIN person ON person.id = who.person WHERE NOT is_known ORDER BY at, line"
    )
    for row in found:
        yield (uuid7().hex, *row[:-1], brought.pk.hex, row[-1])


def _name_servers(draft: Draft, *, at: datetime) -> dict[int, str]:
    """Who served, by the draft's number of the name. Whoever works here under that name; else somebody new."""
    members = sorted(people.Member.objects.all(), key=lambda member: member.left_at is None)
    here = {member.name.casefold(): member.pk.hex for member in members}  # of two, she who has not left
    found = {}
    for number, name in draft.rows(
        "SELECT id, name FROM server WHERE id IN (SELECT server FROM sale WHERE NOT is_known)"
    ):
        if name.casefold() not in here:
            here[name.casefold()] = people.name_worker(name, at=at).pk.hex
        found[number] = here[name.casefold()]
    return found


def _new_customers(draft: Draft, *, at: datetime) -> Iterator[tuple[Any, ...]]:
    """Met on the day of her first sale; without one, on the day of the import."""
    met = at.isoformat(" ")
    for customer, number, name, fields, first in draft.rows(
        "SELECT customer, number, name, fields, first_at FROM person WHERE is_new"
    ):
        known = json.loads(fields)
        yield (
            customer,
            number,
            name,
            known.get("met_at") or first or met,
            known.get("address_as", ""),
            known.get("language", ""),
            known.get("source", ""),
        )


def _new_contacts(draft: Draft) -> Iterator[tuple[Any, ...]]:
    return draft.rows(
        "SELECT contact.id, customer, kind, value, written, position FROM contact"
        " JOIN person ON person.id = contact.person WHERE contact.is_new"
    )


def _complete(draft: Draft) -> None:
    """What known customers lacked. Somebody may have filled it in meanwhile: then hers stands."""
    wanted: dict[str, list[tuple[Any, ...]]] = {}
    for customer, fields, was in draft.rows(
        "SELECT customer, fields, was FROM person WHERE NOT is_new AND fields != '{}'"
    ):
        for name, value in json.loads(fields).items():
            before = json.loads(was).get(name, "")
            wanted.setdefault(name, []).append((value, whose.business().hex, customer, before))
    with connection.cursor() as cursor:
        for name, rows in wanted.items():
            if name in COMPLETED:
                cursor.executemany(
                    f"UPDATE record_customer SET {name} = %s WHERE business_id = %s AND id = %s AND {name} = %s",
                    rows,
                )


COMPLETED = ("number", "name", "address_as", "language", "source")


def _brought(brought: Import, draft: Draft, *, at: datetime) -> Iterator[tuple[Any, ...]]:
    """What is to be taken back from each customer, if it comes to that."""
    for customer, is_new, fields, was, contacts, others in draft.rows(
        "SELECT customer, is_new, fields, was,"
        " (SELECT json_group_array(id) FROM contact WHERE person = person.id AND contact.is_new) AS contacts,"
        " (SELECT json_group_array(id) FROM particular WHERE particular.customer = person.customer)"
        " FROM person WHERE is_new OR fields != '{}' OR contacts != '[]'"
    ):
        changed = {} if is_new else json.loads(fields)
        before = json.loads(was)
        added = {
            "contacts": json.loads(contacts),
            "fields": {name: [before.get(name, ""), value] for name, value in changed.items() if name in COMPLETED},
            "particulars": json.loads(others),
            "stopped": {name: at.isoformat() for name in changed if name in particulars.OPT_OUTS},
        }
        yield uuid7().hex, brought.pk.hex, customer, bool(is_new), json.dumps(added)


def _insert(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], conflict: Sequence[str] = ()
) -> int:
    """Insert rows of `columns` of an owned table, its other columns as in a new row; returns how many there are now.

    `conflict`: the unique columns, beside the business, on which a row that exists already is left as it is.
    """
    blank = model()
    rest = {
        field.column: field.get_db_prep_save(getattr(blank, field.attname), connection)
        for field in model._meta.concrete_fields
        if field.column not in columns and getattr(blank, field.attname) is not None
    }
    rest["business_id"] = whose.business().hex
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(column)) for column in (*rest, *columns))
    values = ", ".join(["%s"] * (len(rest) + len(columns)))
    query = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({values})"
    if conflict:
        query += f" ON CONFLICT ({', '.join(map(quote, ('business_id', *conflict)))}) DO NOTHING"
    constants, inserted = tuple(rest.values()), 0
    with connection.cursor() as cursor:
        for batch in _in_batches(rows):
            cursor.executemany(query, [(*constants, *row) for row in batch])
            inserted += cursor.rowcount
    return inserted


def _in_batches(rows: Iterable[Any], size: int = AT_A_TIME) -> Iterator[list[Any]]:
    rows = iter(rows)
    return iter(lambda: list(islice(rows, size)), [])


# --- out of the book again ------------------------------------------------------------------------------------


def take_back(brought: Import, *, at: datetime) -> list[UUID]:
    """Exactly what this import brought leaves the book: its sales, what it added to known customers, and the
    customers it made about whom nothing else is written. Whoever has been called, or written about, stays.

    Returns the customers who stay and whose sales were touched. Raises Refused when somebody is just writing about one
    of those who should go.
    """
    made = dict(Brought.objects.filter(brought_by=brought, is_new=True).order_by().values_list("customer_id", "added"))
    bought = set(Sale.objects.filter(brought_by=brought).order_by().values_list("customer_id", flat=True).distinct())
    stay: set[UUID] = set()
    for batch in _in_batches(made, IDS_AT_A_TIME):
        stay |= _with_a_life_of_their_own(brought, {pk: made[pk] for pk in batch})
    try:
        with transaction.atomic():
            undone = {"customers": len(made) - len(stay), "stay": len(stay)}
            undone["sales"] = _run(
                "DELETE FROM record_sale WHERE business_id = %s AND brought_by_id = %s", brought.pk.hex
            )
            for batch in _in_batches(made.keys() - stay, IDS_AT_A_TIME):
                _forget(batch)
            _uncomplete(brought)
            importing.finish_undo(brought, undone, at=at)
            reckonings.ask(at=at)
    except IntegrityError as error:
        raise Refused(
            gettext_noop("Somebody is writing about these customers right now. Try again in a moment.")
        ) from error
    return list(bought - (made.keys() - stay))


def _with_a_life_of_their_own(brought: Import, made: dict[UUID, Any]) -> set[UUID]:
    """Those about whom something is written that this import did not bring."""
    found: set[UUID] = set()
    for model in owned_models():
        for link in model._meta.local_fields:
            if isinstance(link, OwnedForeignKey) and link.related_model is Customer:
                rows = _not_ours(model.objects.filter(**{f"{link.name}__in": list(made)}), brought).order_by()
                for pk, customer in rows.values_list("pk", link.attname):
                    if pk.hex not in (*made[customer]["contacts"], *made[customer]["particulars"]):
                        found.add(customer)
    return found


def _not_ours(rows: Any, brought: Import) -> Any:
    """Without what this import wrote, and what the machine works out by itself."""
    if rows.model in (Sale, Brought):
        return rows.exclude(brought_by=brought)
    if rows.model in (Finder, Estimate):
        return rows.none()
    if rows.model is Call:
        return rows.filter(models.Q(ended_at__isnull=False) | models.Q(play=Call.Play.AGREED))
    return rows


def _forget(customers: list[UUID]) -> None:
    marks, ids = ", ".join(["%s"] * len(customers)), [customer.hex for customer in customers]
    for model in (Contact, Fact, Tagging, OwnValue, Estimate, Call, Brought):
        table = model._meta.db_table
        _run(f"DELETE FROM {table} WHERE business_id = %s AND customer_id IN ({marks})", *ids)
    _run(f"DELETE FROM record_customer WHERE business_id = %s AND id IN ({marks})", *ids)
    search.index(customers)  # finds nobody, and forgets their words


def _uncomplete(brought: Import) -> None:
    """Known customers lose what this import added, unless somebody has written over it since."""
    for one in Brought.objects.filter(brought_by=brought, is_new=False).order_by().iterator():
        Contact.objects.filter(customer=one.customer_id, pk__in=one.added["contacts"]).delete()
        particulars.take_back(one.customer_id, one.added)
        for name, (before, value) in one.added["fields"].items():
            Customer.objects.filter(pk=one.customer_id, **{name: value}).update(**{name: before})


def _run(query: str, *values: Any) -> int:
    """A statement on this business's rows; how many it touched."""
    with connection.cursor() as cursor:
        cursor.execute(query, [whose.business().hex, *values])
        return int(cursor.rowcount)
