"""Row-level security on PostgreSQL: the wall behind the managers. SQLite has none, and needs none of its own."""

from typing import Any

from django.db.migrations.operations.base import Operation

POLICY = "only_its_business"
_RULE = "business_id = (select nullif(current_setting('app.business', true), '')::uuid)"


def wall(table: str) -> list[str]:
    """The statements that put it up."""
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY {POLICY} ON {table} USING ({_RULE}) WITH CHECK ({_RULE})",
    ]


class RowSecurity(Operation):
    """A migration step: rows of these models are seen and written only by the business that is set.

    FORCE makes it hold for the owner of the tables too; only a superuser or a role with BYPASSRLS sees past it,
    and `regulars check` says so when the program is run as one.
    """

    reversible = True

    def __init__(self, *models: str) -> None:
        self.models = models

    def deconstruct(self) -> Any:
        return type(self).__qualname__, list(self.models), {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The state of the models is the same."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        for table in self._tables(app_label, schema_editor, to_state):
            for statement in wall(table):
                schema_editor.execute(statement)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        for table in self._tables(app_label, schema_editor, from_state):
            schema_editor.execute(f"DROP POLICY {POLICY} ON {table}")
            schema_editor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")

    def _tables(self, app_label: str, schema_editor: Any, state: Any) -> list[str]:
        return [
            schema_editor.quote_name(state.apps.get_model(app_label, model)._meta.db_table) for model in self.models
        ]

    def describe(self) -> str:
        return "Row-level security for " + ", ".join(self.models)
