"""Rows with an owner: no row is read or written without saying whose it is.

Three walls stand behind each other. The manager filters by the business that is set, and fails when none is. The
foreign key carries the business into every join and lazy load. The database has the composite key
(business_id, x_id) -> (business_id, id), so that not even raw SQL can tie one business's row to another's; on
PostgreSQL row-level security stands behind all three (`rowsecurity`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models.expressions import Col
from django.db.models.lookups import Exact
from uuid_utils.compat import uuid7

from regulars.kernel import whose

_TABLE = "record_"


@contextmanager
def acting_for(business_id: UUID) -> Iterator[None]:
    """All work inside belongs to this business.

    On PostgreSQL it is one transaction that tells row-level security whose it is, with a literal SET LOCAL (Citus
    does not pass set_config() on). On SQLite reads need no transaction and must not take the one write lock.
    """
    before = whose.business_or_none()
    with whose.working_for(business_id):
        if connection.vendor != "postgresql":
            yield
            return
        with transaction.atomic():
            _tell_row_security(business_id)
            yield
            _tell_row_security(before or "")  # we may stand inside somebody's larger transaction


def _tell_row_security(business_id: UUID | str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL app.business = '{business_id}'")


class OwnedQuerySet(models.QuerySet[Any]):
    """A query that already says whose rows it wants."""

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        objs = list(objs)
        for row in objs:
            row.take_ownership()
        return super().bulk_create(objs, *args, **kwargs)


class OwnedManager(models.Manager.from_queryset(OwnedQuerySet)):  # type: ignore[misc]
    """Filters by the business that is set; raises `NoBusinessSet` when none is."""

    use_in_migrations = False

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(business_id=whose.business())


class Owned(models.Model):
    """A row that belongs to one business, for ever."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    business = models.ForeignKey(
        "record.Business", on_delete=models.CASCADE, related_name="+", editable=False, db_index=False
    )

    objects = OwnedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def take_ownership(self) -> None:
        """A new row belongs to the business that is set; a row of another is never written."""
        if self.business_id is None:
            self.business_id = whose.business()
        elif self.business_id != whose.business():
            raise whose.OtherBusiness(f"{self!r} belongs to {self.business_id}")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.take_ownership()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """One scoped statement. What hangs on the row must be gone before: the composite keys refuse the rest."""
        self.take_ownership()
        return type(self).objects.filter(pk=self.pk).delete()

    def _do_update(self, base_qs: Any, *args: Any, **kwargs: Any) -> Any:  # Django's own hook; base_qs may be unscoped
        return super()._do_update(base_qs.filter(business_id=self.business_id), *args, **kwargs)


class OwnedForeignKey(models.ForeignKey):  # type: ignore[type-arg]
    """A link between two rows of one business: joins and lazy loads carry the business.

    Django's own database constraint is replaced by the composite one that `keys` declares. Nothing is deleted by
    cascade: Django would collect the rows and delete them by id alone.
    """

    def __init__(self, to: Any, **kwargs: Any) -> None:
        kwargs |= {"db_constraint": False, "on_delete": models.DO_NOTHING}
        kwargs.setdefault("related_name", "+")
        kwargs.setdefault("db_index", False)
        super().__init__(to, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["db_constraint"], kwargs["on_delete"]
        return name, path, args, kwargs

    def get_extra_restriction(self, alias: str | None, related_alias: str | None) -> Any:
        """Both sides of a join are of one business; where exclude() leaves one side only, of the one that is set."""
        ours: Any = self.model._meta.get_field("business")
        theirs: Any = self.remote_field.model._meta.get_field("business")
        if alias and related_alias:
            return Exact(Col(alias, ours), Col(related_alias, theirs))
        one = Col(alias, ours) if alias else Col(str(related_alias), theirs)
        return Exact(one, whose.business())

    def get_extra_descriptor_filter(self, instance: models.Model) -> dict[str, Any]:
        return {"business_id": instance.business_id}  # type: ignore[attr-defined]


class CompositeKey(models.BaseConstraint):
    """FOREIGN KEY (business_id, column) REFERENCES table (business_id, id), on SQLite and PostgreSQL alike.

    Takes names, not models: SQLite remakes a table under a private app registry.
    """

    def __init__(self, *, name: str, column: str, to: str) -> None:
        super().__init__(name=name)
        self.column, self.to = column, to

    def _body(self, schema_editor: Any) -> str:
        quote = schema_editor.quote_name
        return (
            f"CONSTRAINT {quote(self.name)} FOREIGN KEY ({quote('business_id')}, {quote(self.column)})"
            f" REFERENCES {quote(self.to)} ({quote('business_id')}, {quote('id')}) DEFERRABLE INITIALLY DEFERRED"
        )

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        return self._body(schema_editor)

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        return f"ALTER TABLE {schema_editor.quote_name(model._meta.db_table)} ADD {self._body(schema_editor)}"

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        quote = schema_editor.quote_name
        return f"ALTER TABLE {quote(model._meta.db_table)} DROP CONSTRAINT {quote(self.name)}"

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """The database validates it; a form cannot, before the row is written."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CompositeKey) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((self.name, self.column, self.to))

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "column": self.column, "to": self.to}


def keys(table: str, **links: str) -> list[models.BaseConstraint]:
    """The keys that every owned table carries: keys("sale", customer="customer", served_by="member")."""
    return [
        models.UniqueConstraint(fields=["business", "id"], name=f"{table}_key"),
        *(CompositeKey(name=f"{table}_{link}_key", column=f"{link}_id", to=_TABLE + to) for link, to in links.items()),
    ]


def owned_models() -> list[type[Owned]]:
    """Every table that belongs to a business, in the order in which they were declared."""
    from django.apps import apps

    return [model for model in apps.get_app_config("record").get_models() if issubclass(model, Owned)]


__all__ = ["CompositeKey", "Owned", "OwnedForeignKey", "OwnedManager", "acting_for", "keys", "owned_models"]
