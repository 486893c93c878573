"""The walls round a business can be put up and taken down by a migration, and know themselves again."""

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations.state import ProjectState

from regulars.record.branches import OpenInterval
from regulars.record.customers import Customer
from regulars.record.owned import CompositeKey, OwnedForeignKey
from regulars.record.rowsecurity import POLICY, RowSecurity

KEY = CompositeKey(name="openinterval_branch_key", column="branch_id", to="record_branch")


def policies() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT polrelid::regclass::text FROM pg_policy WHERE polname = %s", [POLICY])
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)  # SQLite changes no schema inside a transaction
def test_row_security_goes_up_and_down() -> None:
    step, state = RowSecurity("Customer"), ProjectState.from_apps(apps)
    assert step.deconstruct() == ("RowSecurity", ["Customer"], {})
    assert step.describe() == "Row-level security for Customer"
    with connection.schema_editor() as editor:
        step.database_backwards("record", editor, state, state)
        if connection.vendor == "postgresql":
            assert "record_customer" not in policies()
        else:
            step.database_forwards("record", editor, state, state)  # nothing to do there, and nothing breaks
    if connection.vendor == "postgresql":
        with connection.schema_editor() as editor:
            step.database_forwards("record", editor, state, state)
        assert "record_customer" in policies()


@pytest.mark.django_db
def test_a_composite_key_can_be_taken_away_and_added_again() -> None:
    if connection.vendor != "postgresql":
        return  # SQLite writes the whole table anew
    with connection.schema_editor() as editor:
        editor.remove_constraint(OpenInterval, KEY)
        editor.add_constraint(OpenInterval, KEY)


def test_a_composite_key_knows_itself_again() -> None:
    path, args, kwargs = KEY.deconstruct()
    again = CompositeKey(*args, **kwargs)
    assert path.endswith("CompositeKey")
    assert (again, hash(again)) == (KEY, hash(KEY))
    assert CompositeKey(name="other", column="branch_id", to="record_branch") != KEY
    editor = connection.SchemaEditorClass(connection)
    assert "FOREIGN KEY" in KEY.create_sql(OpenInterval, editor)
    assert KEY.remove_sql(OpenInterval, editor).endswith('DROP CONSTRAINT "openinterval_branch_key"')
    KEY.validate(OpenInterval, None)


def test_a_link_within_a_business_is_written_down_without_what_it_always_is() -> None:
    link = Customer._meta.get_field("branch")
    assert isinstance(link, OwnedForeignKey)
    _name, _path, _args, kwargs = link.deconstruct()
    assert not {"db_constraint", "on_delete"} & kwargs.keys()
    assert link.remote_field.on_delete is models.DO_NOTHING
