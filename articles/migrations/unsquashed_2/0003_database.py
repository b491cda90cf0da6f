"""What the database itself does: keep the record true, the index in step, the history and the log.

It comes after the roles: rights given by a migration are nobody's deed.
"""

from pathlib import Path

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

from articles.search.query import FOLD_VERSION, fold_sql

FOLDER = Path(__file__).parent / "sql"

# Each needs those before it.
FILES = [
    "vector",
    "record",
    "documents",
    "kinds",
    "channels",
    "past",
    "former",
    "words",
    "names",
    "holdings",
    "postings",
    "failed_searches",
    "deeds",
    "credits",
]

# Triggers, and indexes of folded words, go with the functions they are made of.
UNDO = """
drop index search_document_language, search_document_long, quote_document_long, article_event_time, quote_event_time,
  image_event_time, turn_event_time;
alter table articles_signature drop constraint signature_of_an_article;
drop table search_word, quote_word, posting, posted_term, unposted, posting_state;
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
    return [(FOLDER / f"{name}.sql").read_text(encoding="utf-8")]


class Migration(migrations.Migration):
    # The names of its parts before the first release.
    replaces = [
        ("articles", name)
        for name in (
            "0002_record_and_documents",
            "0004_lost_turns_and_batch_of_speakers",
            "0005_search",
            "0006_kinds_of_quotes",
            "0007_filters_in_line",
            "0010_searches_of_the_past",
            "0012_failed_searches",
            "0013_desk_memory_and_names",
            "0014_texts_alike",
            "0015_words_of_speakers",
            "0016_holdings",
            "0017_reports",
            "0018_speakers_told_apart",
            "0019_postings",
            "0020_deeds",
            "0021_withheld_why",
            "0022_former_documents_anew",
            "0023_imports_of_speakers",
            "0024_same_words_credited",
            "0025_channels",
        )
    ]

    dependencies = [("articles", "0002_roles")]

    operations = [
        TrigramExtension(),
        migrations.RunSQL([fold_sql(), FOLD_VERSION_SQL], [UNDO]),
        *(migrations.RunSQL(statements(name), migrations.RunSQL.noop) for name in FILES),
    ]
