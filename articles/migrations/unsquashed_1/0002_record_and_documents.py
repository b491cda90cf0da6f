"""The functions and triggers by which the database keeps the record true and the index in step."""

from pathlib import Path

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

from articles.search.query import FOLD_VERSION, fold_sql

FOLDER = Path(__file__).parent / "sql"

UNDO = """
do $$ declare thing record; begin
  for thing in select oid::regprocedure::text as name from pg_proc
    where pronamespace = 'public'::regnamespace and proname like 'archive\\_%' loop
    execute 'drop function if exists ' || thing.name || ' cascade';
  end loop;
  for thing in select oid::regdictionary::text as name from pg_ts_dict
    where dictnamespace = 'public'::regnamespace and dictname like 'archive\\_%' loop
    execute 'drop text search dictionary ' || thing.name;
  end loop;
end $$
"""

FOLD_VERSION_SQL = (
    "create or replace function public.archive_fold_version() returns smallint "
    f"language sql immutable parallel safe as 'select {FOLD_VERSION}::smallint'"
)


def statements(name: str) -> list[str]:
    """The file as one statement: Django would split a plain string, and not know a function's body."""
    return [(FOLDER / name).read_text(encoding="utf-8")]


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations = [
        TrigramExtension(),
        migrations.RunSQL([fold_sql(), FOLD_VERSION_SQL], [UNDO]),
        migrations.RunSQL(statements("vector.sql"), migrations.RunSQL.noop),
        migrations.RunSQL(statements("record.sql"), migrations.RunSQL.noop),
        migrations.RunSQL(statements("documents.sql"), migrations.RunSQL.noop),
    ]
