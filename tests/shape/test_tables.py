"""The rules that every table keeps from the first migration on, so that the rows can be spread over machines later."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey  # noqa: TID251 (to make sure that it is not used)
from django.db import connection, models
from uuid_utils.compat import uuid7

from regulars.record.business import Business
from regulars.record.owned import CompositeKey, Owned, OwnedForeignKey, OwnedManager, owned_models
from tests.sqllint import INDEXES

OURS = ("record", "jobs", "pages")

# Tables of ours that belong to no business, each with the reason.
GLOBAL = {
    "Business": "it is whose everything is",
    "Person": "one person works in several businesses and signs in before any is known",
    "Seat": "tells in which businesses a person works, before any is known",
    "JobRun": "when the program itself last did its nightly work",
}


def tables_of_ours() -> list[type[models.Model]]:
    return [model for label in OURS for model in apps.get_app_config(label).get_models()]


def links(model: type[models.Model]) -> Iterator[models.ForeignKey]:
    return (field for field in model._meta.local_fields if isinstance(field, models.ForeignKey))


owned = pytest.mark.parametrize("model", owned_models(), ids=lambda model: model.__name__)


def test_every_table_belongs_to_a_business_or_says_why_not() -> None:
    assert {model.__name__ for model in tables_of_ours() if not issubclass(model, Owned)} == set(GLOBAL)


@owned
def test_its_key_is_a_uuid_that_grows_with_time(model: type[Owned]) -> None:
    assert isinstance(model._meta.pk, models.UUIDField)
    assert model._meta.pk.default is uuid7


@owned
def test_it_is_known_by_its_business_and_its_id(model: type[Owned]) -> None:
    first = model._meta.constraints[0]
    assert isinstance(first, models.UniqueConstraint)
    assert first.fields == ("business", "id")
    assert first.condition is None


@owned
def test_whatever_else_is_unique_is_so_within_the_business(model: type[Owned]) -> None:
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            assert "business" in constraint.fields, constraint.name
    assert not [field.name for field in model._meta.local_fields if field.unique and not field.primary_key]
    assert not model._meta.unique_together


@owned
def test_every_link_within_the_business_has_its_composite_key(model: type[Owned]) -> None:
    keys = {key.column: key.to for key in model._meta.constraints if isinstance(key, CompositeKey)}
    wanted = {
        link.column: link.remote_field.model._meta.db_table
        for link in links(model)
        if issubclass(link.remote_field.model, Owned)
    }
    assert keys == wanted
    assert all(isinstance(link, OwnedForeignKey) for link in links(model) if link.column in wanted)


@owned
def test_its_only_key_to_a_table_of_all_is_the_one_to_its_business(model: type[Owned]) -> None:
    outside = [link for link in links(model) if not issubclass(link.remote_field.model, Owned)]
    assert [(link.name, link.remote_field.model) for link in outside] == [("business", Business)]


@owned
def test_its_rows_are_only_reached_through_the_manager_that_asks_whose(model: type[Owned]) -> None:
    assert model._meta.base_manager_name == "objects"
    assert [type(manager) for manager in model._meta.managers] == [OwnedManager]


@owned
def test_no_link_is_hidden(model: type[Owned]) -> None:
    """Neither through a table of its own nor to just any table: neither could carry the business."""
    assert not model._meta.local_many_to_many
    assert not [field for field in model._meta.private_fields if isinstance(field, GenericForeignKey)]


def test_no_table_of_all_points_into_a_business() -> None:
    for model in apps.get_models():
        if not issubclass(model, Owned):
            assert not [link for link in links(model) if issubclass(link.remote_field.model, Owned)], model


@pytest.mark.django_db
def test_the_composite_keys_stand_in_the_database() -> None:
    wanted = {key.name for model in owned_models() for key in model._meta.constraints if isinstance(key, CompositeKey)}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'f'")
            found = {row[0] for row in cursor.fetchall()}
        else:
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table'")
            text = "\n".join(row[0] for row in cursor.fetchall() if row[0])
            found = {name for name in wanted if f'CONSTRAINT "{name}" FOREIGN KEY ("business_id", ' in text}
    assert wanted <= found


@pytest.mark.django_db
def test_row_level_security_stands_on_every_owned_table_and_binds_its_owner_too() -> None:
    if connection.vendor != "postgresql":
        return  # SQLite has none, and needs none: there is no other role on a file
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid"
            " WHERE relrowsecurity AND relforcerowsecurity AND polqual IS NOT NULL AND polwithcheck IS NOT NULL"
        )
        found = {row[0] for row in cursor.fetchall()}
    assert found == {model._meta.db_table for model in owned_models()} | INDEXES
