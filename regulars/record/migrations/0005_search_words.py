"""PostgreSQL: tables of words behind record/search.py, where full-text search was; see docs/decisions/0006."""

from typing import Any

from django.db import migrations

from regulars.record.finding import deletions
from regulars.record.rowsecurity import wall

TABLES = [
    'CREATE TABLE record_finder_word (business_id uuid NOT NULL, word text COLLATE "C" NOT NULL,'
    " customer_id uuid NOT NULL, PRIMARY KEY (business_id, word, customer_id))",
    "CREATE INDEX record_finder_word_hers ON record_finder_word (business_id, customer_id)",
    'CREATE TABLE record_finder_variant (business_id uuid NOT NULL, variant text COLLATE "C" NOT NULL,'
    ' word text COLLATE "C" NOT NULL, PRIMARY KEY (business_id, variant, word))',
    "CREATE INDEX record_finder_variant_word ON record_finder_variant (business_id, word)",
    *wall("record_finder_word"),
    *wall("record_finder_variant"),
]
OLD = [
    "CREATE INDEX finder_words ON record_finder USING gin (to_tsvector('simple', words))",
    "CREATE INDEX finder_variants ON record_finder USING gin (to_tsvector('simple', variants))",
]
FILL = """
INSERT INTO record_finder_word (business_id, word, customer_id)
SELECT DISTINCT business_id, unnest(string_to_array(words, ' ')), customer_id FROM record_finder WHERE business_id = %s
"""


def build(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    for statement in ("DROP INDEX finder_words", "DROP INDEX finder_variants", *TABLES):
        schema_editor.execute(statement)
    with schema_editor.connection.cursor() as cursor:
        for (business,) in list(apps.get_model("record", "Business").objects.values_list("pk")):
            cursor.execute(f"SET LOCAL app.business = '{business}'")  # the walls stand before the owner too
            cursor.execute(FILL, [business])
            cursor.execute("SELECT DISTINCT word FROM record_finder_word WHERE business_id = %s", [business])
            variants = [(business, variant, word) for (word,) in cursor for variant in deletions(word) - {word}]
            cursor.executemany(
                "INSERT INTO record_finder_variant (business_id, variant, word) VALUES (%s, %s, %s)", variants
            )
        cursor.execute("SET LOCAL app.business = ''")


def drop(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in ("DROP TABLE record_finder_word, record_finder_variant", *OLD):
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("record", "0004_whose_customers")]
    operations = [migrations.RunPython(build, drop)]
