"""The indexes behind record/search.py: FTS5 on SQLite, a table of words and one of their variants on PostgreSQL."""

from typing import Any

from django.db import migrations

from regulars.record.rowsecurity import wall

SQLITE = [
    "CREATE VIRTUAL TABLE record_finder_index USING fts5"
    " (words, variants, content='', tokenize='unicode61 remove_diacritics 0', prefix='2 3', detail=column)"
]
POSTGRESQL = [
    'CREATE TABLE record_finder_word (business_id uuid NOT NULL, word text COLLATE "C" NOT NULL,'
    " customer_id uuid NOT NULL, PRIMARY KEY (business_id, word, customer_id))",
    "CREATE INDEX record_finder_word_hers ON record_finder_word (business_id, customer_id)",
    'CREATE TABLE record_finder_variant (business_id uuid NOT NULL, variant text COLLATE "C" NOT NULL,'
    ' word text COLLATE "C" NOT NULL, PRIMARY KEY (business_id, variant, word))',
    "CREATE INDEX record_finder_variant_word ON record_finder_variant (business_id, word)",
    *wall("record_finder_word"),
    *wall("record_finder_variant"),
]


def build(apps: Any, schema_editor: Any) -> None:
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE record_finder_index")
    else:
        schema_editor.execute("DROP TABLE record_finder_word, record_finder_variant")


class Migration(migrations.Migration):
    dependencies = [("record", "0002_row_security")]
    operations = [migrations.RunPython(build, drop)]
