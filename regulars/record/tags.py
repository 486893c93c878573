"""Tags and own fields: what this business wants to know of a customer beyond what every business does."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction

from regulars.kernel.refusal import Refused, gettext_noop
from regulars.record import journal, search
from regulars.record.owned import Owned, OwnedForeignKey, keys


class Tag(Owned):
    name = models.CharField(max_length=60)

    class Meta(Owned.Meta):
        ordering = ["name"]
        constraints = [*keys("tag"), models.UniqueConstraint(fields=["business", "name"], name="tag_name")]

    def __str__(self) -> str:
        return self.name


class Tagging(Owned):
    """A tag on a customer."""

    customer = OwnedForeignKey("record.Customer", related_name="taggings")
    tag = OwnedForeignKey(Tag, related_name="taggings")

    class Meta(Owned.Meta):
        constraints = [
            *keys("tagging", customer="customer", tag="tag"),
            models.UniqueConstraint(fields=["business", "customer", "tag"], name="tagging_once"),
        ]
        indexes = [models.Index(fields=["business", "tag", "customer"], name="tagging_tag")]


class OwnField(Owned):
    """A field that this business added: the plate, the dog's name, the room she likes."""

    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        ordering = ["position", "id"]
        constraints = [
            *keys("ownfield"),
            models.UniqueConstraint(fields=["business", "name"], name="ownfield_name"),
        ]

    def __str__(self) -> str:
        return self.name


class OwnValue(Owned):
    """What stands in an own field for one customer."""

    customer = OwnedForeignKey("record.Customer", related_name="own_values")
    field = OwnedForeignKey(OwnField)
    text = models.CharField(max_length=300)

    class Meta(Owned.Meta):
        constraints = [
            *keys("ownvalue", customer="customer", field="ownfield"),
            models.UniqueConstraint(fields=["business", "customer", "field"], name="ownvalue_once"),
        ]


@transaction.atomic
def put(customer: Any, names: Iterable[str], *, by: Any, at: datetime) -> None:
    """These tags, no others. A tag that nobody had yet is made."""
    wanted = {name.strip() for name in names if name.strip()}
    has = {tagging.tag.name: tagging for tagging in customer.taggings.select_related("tag")}
    if wanted == has.keys():
        return
    for name in wanted - has.keys():
        tag, _made = Tag.objects.get_or_create(name=name)
        Tagging.objects.create(customer=customer, tag=tag)
    Tagging.objects.filter(pk__in=[tagging.pk for name, tagging in has.items() if name not in wanted]).delete()
    journal.write("tags changed", customer, by=by, at=at, customer=customer, tags=sorted(wanted))


@transaction.atomic
def rename(tag: Tag, name: str, *, by: Any, at: datetime) -> None:
    """Another name for a tag; the name of another tag makes one of the two."""
    other = Tag.objects.filter(name=name).exclude(pk=tag.pk).first()
    journal.write("tag renamed", tag, by=by, at=at, was=tag.name, now=name)
    if other is None:
        tag.name = name
        tag.save(update_fields=["name"])
        return
    both = list(other.taggings.values_list("customer_id", flat=True))
    tag.taggings.filter(customer_id__in=both).delete()
    tag.taggings.update(tag=other)
    tag.delete()


@transaction.atomic
def remove(tag: Tag, *, by: Any, at: datetime) -> None:
    """Nobody has this tag any more."""
    journal.write("tag removed", tag, by=by, at=at, name=tag.name)
    tag.taggings.all().delete()
    tag.delete()


@transaction.atomic
def add_field(name: str, *, by: Any, at: datetime) -> OwnField:
    """A new own field, last in the row. One that was retired under that name comes back with what stood in it."""
    field: OwnField | None = OwnField.objects.filter(name=name).first()
    if field is not None and field.retired_at is None:
        raise Refused(gettext_noop("There is a field of that name already."), field="name")
    if field is None:
        field = OwnField(name=name, position=OwnField.objects.count())
    field.retired_at = None
    field.save()
    journal.write("field added", field, by=by, at=at, name=name)
    return field


@transaction.atomic
def retire_field(field: OwnField, *, by: Any, at: datetime) -> None:
    """The field is no longer asked for; what stands in it is kept, and found."""
    field.retired_at = at
    field.save(update_fields=["retired_at"])
    journal.write("field retired", field, by=by, at=at, name=field.name)


@transaction.atomic
def fill_in(customer: Any, values: Mapping[Any, str], *, by: Any, at: datetime) -> None:
    """What stands in own fields, by the field's id; an empty text empties the field."""
    has = {value.field_id: value for value in customer.own_values.all()}
    changed = False
    for field_id, text in values.items():
        value = has.get(field_id)
        if text == (value.text if value else ""):
            continue
        changed = True
        if not text and value:
            value.delete()
        else:
            OwnValue.objects.update_or_create(customer=customer, field_id=field_id, defaults={"text": text})
    if changed:
        search.index([customer.pk])
        journal.write("fields changed", customer, by=by, at=at, customer=customer)
