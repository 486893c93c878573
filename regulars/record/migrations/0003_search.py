"""The indexes behind record/search.py: FTS5 on SQLite, GIN on PostgreSQL."""

from typing import Any

from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE record_finder_index USING fts5"
    " (words, variants, content='', tokenize='unicode61 remove_diacritics 0', prefix='2 3', detail=column)"
]
POSTGRESQL = [
    "CREATE INDEX finder_words ON record_finder USING gin (to_tsvector('simple', words))",
    "CREATE INDEX finder_variants ON record_finder USING gin (to_tsvector('simple', variants))",
]


def build(apps: Any, schema_editor: Any) -> None:
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE record_finder_index")
    else:
        schema_editor.execute("DROP INDEX finder_words")
        schema_editor.execute("DROP INDEX finder_variants")


class Migration(migrations.Migration):
    dependencies = [("record", "0002_row_security")]
    operations = [migrations.RunPython(build, drop)]
