"""What a file of customers says beyond names and numbers: opt-outs, a birthday, notes, tags, fields of our own.

In a draft they are texts by these names; `note` and `tags` may hold several, one on a line. What stands on a card is
never overwritten, and an opt-out is never withdrawn.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext

from regulars.kernel import whose
from regulars.record.business import Business
from regulars.record.calls import open_calls
from regulars.record.customers import Customer
from regulars.record.draft import Draft
from regulars.record.knowing import Fact
from regulars.record.tags import OwnField, OwnValue, Tag, Tagging

OPT_OUTS = ("no_calls_at", "no_mail_at")
SEVERAL = ("note", "tags")
OWN = "own:"  # and the name of the field
AT_A_TIME = 500


def standing(customers: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
    """What the book has of them, as a draft would say it. Of these customers at most some hundreds."""
    ids, birthday = list(customers), birthday_word()
    found: dict[UUID, dict[str, list[str]]] = {}
    for pk, text in Fact.objects.filter(customer__in=ids).order_by().values_list("customer_id", "text"):
        found.setdefault(pk, {}).setdefault("birthday" if text == birthday else "note", []).append(text)
    for pk, name in Tagging.objects.filter(customer__in=ids).order_by().values_list("customer_id", "tag__name"):
        found.setdefault(pk, {}).setdefault("tags", []).append(name)
    for pk, name in OwnValue.objects.filter(customer__in=ids).order_by().values_list("customer_id", "field__name"):
        found.setdefault(pk, {})[OWN + name] = ["there"]
    return {pk: {name: "\n".join(texts) for name, texts in hers.items()} for pk, hers in found.items()}


def birthday_word() -> str:
    """What the fact of a birthday is called in the language of the business."""
    with translation.override(Business.objects.values_list("language", flat=True).get(pk=whose.business())):
        return gettext("Birthday")


def land(draft: Draft, *, at: datetime) -> None:
    """Into the book, in the transaction of the whole import; the draft remembers what was written."""
    word = birthday_word()
    tags: dict[str, UUID] = {}
    own = dict(OwnField.objects.values_list("name", "pk"))
    for people in _chunks(draft):
        facts, taggings, values = [], [], []
        for customer, fields in people:
            for name, text in fields.items():
                if name == "birthday":
                    facts.append(Fact(customer_id=customer, text=word, day=text, learnt_at=at))
                elif name == "note":
                    facts += [Fact(customer_id=customer, text=one, learnt_at=at) for one in text.split("\n")]
                elif name == "tags":
                    taggings += [Tagging(customer_id=customer, tag_id=_tag(one, tags)) for one in text.split("\n")]
                elif name.startswith(OWN):
                    field = _field(name.removeprefix(OWN), own)
                    values.append(OwnValue(customer_id=customer, field_id=field, text=text))
        Fact.objects.bulk_create(facts)
        Tagging.objects.bulk_create(taggings, ignore_conflicts=True)
        OwnValue.objects.bulk_create(values, ignore_conflicts=True)
        _remember(draft, (*facts, *taggings, *values))
        for name in OPT_OUTS:
            _opt_out([customer for customer, fields in people if name in fields], name, at=at)


def _chunks(draft: Draft) -> Iterator[list[tuple[UUID, dict[str, str]]]]:
    """Whoever the file says any of this about."""
    some: list[tuple[UUID, dict[str, str]]] = []
    for customer, fields in draft.rows("SELECT customer, fields FROM person WHERE fields != '{}'"):
        some.append((UUID(customer), json.loads(fields)))
        if len(some) == AT_A_TIME:
            yield some
            some = []
    if some:
        yield some


def _tag(name: str, known: dict[str, UUID]) -> UUID:
    if name not in known:
        known[name] = Tag.objects.get_or_create(name=name)[0].pk
    return known[name]


def _field(name: str, known: dict[str, UUID]) -> UUID:
    if name not in known:
        known[name] = OwnField.objects.create(name=name, position=len(known)).pk
    return known[name]


def _remember(draft: Draft, rows: Iterable[Any]) -> None:
    draft.db.executemany(
        "INSERT INTO particular (customer, id) VALUES (?, ?)", [(row.customer_id.hex, row.pk.hex) for row in rows]
    )


def _opt_out(customers: list[UUID], name: str, *, at: datetime) -> None:
    """She does not want to be called: what was planned is off the list at once."""
    Customer.objects.filter(pk__in=customers, **{name: None}).update(**{name: at})
    if name == "no_calls_at":
        open_calls().filter(customer__in=customers).update(dropped_at=at)


def take_back(customer: UUID, added: dict[str, Any]) -> None:
    """What an import added to somebody who stays."""
    for model in (Fact, Tagging, OwnValue):
        model.objects.filter(customer=customer, pk__in=added.get("particulars", ())).delete()
    for name in set(OPT_OUTS) & set(added.get("stopped", {})):
        Customer.objects.filter(pk=customer, **{name: added["stopped"][name]}).update(**{name: None})
