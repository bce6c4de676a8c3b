"""The index of searched text: FTS5 with triggers on SQLite, a generated tsvector (and trigrams) on PostgreSQL."""

from django.db import DatabaseError, migrations, transaction

TABLE = "incidents_searchentry"
SQLITE = (
    """CREATE VIRTUAL TABLE incidents_searchtext USING fts5(
        title, text, content='incidents_searchentry', content_rowid='id',
        tokenize="porter unicode61 remove_diacritics 2", prefix='2 3')""",
    """CREATE TRIGGER incidents_searchentry_added AFTER INSERT ON incidents_searchentry BEGIN
        INSERT INTO incidents_searchtext(rowid, title, text) VALUES (new.id, new.title, new.text); END""",
    """CREATE TRIGGER incidents_searchentry_gone AFTER DELETE ON incidents_searchentry BEGIN
        INSERT INTO incidents_searchtext(incidents_searchtext, rowid, title, text)
        VALUES ('delete', old.id, old.title, old.text); END""",
    """CREATE TRIGGER incidents_searchentry_changed AFTER UPDATE ON incidents_searchentry BEGIN
        INSERT INTO incidents_searchtext(incidents_searchtext, rowid, title, text)
        VALUES ('delete', old.id, old.title, old.text);
        INSERT INTO incidents_searchtext(rowid, title, text) VALUES (new.id, new.title, new.text); END""",
    "INSERT INTO incidents_searchtext(incidents_searchtext) VALUES ('rebuild')",
)
# Words are told apart as on SQLite: at everything that is neither letter nor digit, so "v2.14" is found by both.
POSTGRESQL = (
    """ALTER TABLE incidents_searchentry ADD COLUMN words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('english', regexp_replace(title, '[^[:alnum:]]+', ' ', 'g')), 'A') ||
        setweight(to_tsvector('english', regexp_replace(text, '[^[:alnum:]]+', ' ', 'g')), 'B')) STORED""",
    "CREATE INDEX incidents_searched_words ON incidents_searchentry USING gin (words)",
)
TRIGRAMS = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX incidents_searched_titles ON incidents_searchentry USING gin (title gin_trgm_ops)",
)


def index(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    with schema_editor.connection.cursor() as cursor:
        for statement in SQLITE if vendor == "sqlite" else POSTGRESQL:
            cursor.execute(statement)
        if vendor == "postgresql":
            try:
                with transaction.atomic(using=schema_editor.connection.alias):
                    for statement in TRIGRAMS:
                        cursor.execute(statement)
            except DatabaseError:
                # A role that may not create extensions searches by words alone.
                return


def unindex(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "sqlite":
            for name in ("added", "gone", "changed"):
                cursor.execute(f"DROP TRIGGER incidents_searchentry_{name}")
            cursor.execute("DROP TABLE incidents_searchtext")
        else:
            cursor.execute("DROP INDEX IF EXISTS incidents_searched_titles")
            cursor.execute("DROP INDEX incidents_searched_words")
            cursor.execute("ALTER TABLE incidents_searchentry DROP COLUMN words")


class Migration(migrations.Migration):
    dependencies = [("incidents", "0004_lists_and_search")]

    operations = [migrations.RunPython(index, unindex)]
