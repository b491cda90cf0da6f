"""What the database itself does: keep the record true, the index in step, the history and the log.

It comes after the groups: rights given by a migration are in no log.
"""

from pathlib import Path

from django.contrib.postgres.operations import AddConstraintNotValid, TrigramExtension
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Cast, ExtractDay, ExtractMonth
from django.db.models.lookups import Exact

import articles.models.zones
from articles.search.query import fold_sql

FOLDER = Path(__file__).parent / "sql"

# Each needs those before it.
FILES = [
    "record",
    "documents",
    "notes",
    "past",
    "words",
    "names",
    "holdings",
    "failed_searches",
    "audit_log",
    "credits",
    "guards",
]

# Statement triggers of a table, which are called with the rows added and gone: name, table, function.
ON_EVERY_CHANGE = [
    ("documents", "articles_image", "archive_images_changed()"),
    ("documents", "articles_articletopic", "archive_filters_changed()"),
    ("documents", "articles_authorship", "archive_filters_changed()"),
    ("documents", "articles_quote", "archive_quotes_changed()"),
    ("noted", "articles_article", "archive_note_articles()"),
    ("noted", "articles_image", "archive_note_parts('t')"),
    ("noted", "articles_articletopic", "archive_note_parts('f')"),
    ("noted", "articles_authorship", "archive_note_parts('f')"),
    ("held", "search_document", "archive_articles_held()"),
    ("held", "quote_document", "archive_quotes_held()"),
    ("words_keyed", "articles_quote", "archive_quotes_keyed()"),
]

# Triggers, and indexes of folded words, go with the functions they are made of.
UNDO = """
drop index search_document_language, article_event_time, quote_event_time, image_event_time, turn_event_time;
alter table articles_signature drop constraint signature_of_an_article;
drop table search_word, quote_word;
do $$ declare thing record; begin
  for thing in select oid::regprocedure::text as name from pg_proc
    where pronamespace = 'public'::regnamespace and proname like 'archive\\_%' loop
    execute 'drop function if exists ' || thing.name || ' cascade';
  end loop;
end $$
"""
PRECISION = "Enter both a date and its precision. For a month or a year, enter its first day."


def sql(name: str) -> str:
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def triggers(name: str, table: str, function: str) -> str:
    return f"""
create trigger {name}_added after insert on {table}
  referencing new table as added for each statement execute function {function};
create trigger {name}_changed after update on {table}
  referencing new table as added old table as gone for each statement execute function {function};
create trigger {name}_gone after delete on {table}
  referencing old table as gone for each statement execute function {function};
"""


def period(field, precision):
    first = Exact(ExtractDay(Cast(F(field), models.DateField())), 1)
    january = Exact(ExtractMonth(Cast(F(field), models.DateField())), 1)
    dated = (f"{field}__isnull", False)
    return Q(
        Q((f"{field}__isnull", True), (precision, "")),
        Q(dated, (precision, "day")),
        Q(dated, (precision, "month"), first),
        Q(dated, (precision, "year"), first, january),
        _connector="OR",
    )


class Migration(migrations.Migration):
    replaces = [
        ("articles", name)
        for name in (
            "0003_database",
            "0004_checks",
            "0005_guards",
            "0006_uploads",
            "0007_same_text_and_headline",
            "0008_slugs_in_any_script",
            "0009_database_clock",
            "0010_one_schema",
            "0011_name_keys",
            "0012_random_sample",
            "0013_quote_shares",
            "0014_plain_words",
            "0015_search_segments",
            "0016_search_notes",
            "0017_narrow_documents",
            "0018_postings_without_key",
        )
    ]

    dependencies = [("articles", "0002_groups")]

    operations = [
        TrigramExtension(),
        # As a list: Django would split a plain string at each semicolon.
        migrations.RunSQL([fold_sql(), *map(sql, FILES)], [UNDO]),
        migrations.RunSQL([triggers(*one) for one in ON_EVERY_CHANGE], migrations.RunSQL.noop),
        # They hold for what is written from now on: on a server that knows fewer time zones, a proven constraint
        # would stop a restore.
        AddConstraintNotValid(
            "publication",
            models.CheckConstraint(
                condition=Q(("time_zone", ""), articles.models.zones.IsTimeZone("time_zone"), _connector="OR"),
                name="publication_time_zone",
                violation_error_code="time_zone",
                violation_error_message="Enter a time zone such as Europe/Dublin.",
            ),
        ),
        AddConstraintNotValid(
            "article",
            models.CheckConstraint(
                condition=period("published_on", "published_precision"),
                name="article_published_precision",
                violation_error_code="published_precision",
                violation_error_message=PRECISION,
            ),
        ),
        AddConstraintNotValid(
            "quote",
            models.CheckConstraint(
                condition=period("said_on", "said_precision"),
                name="quote_said_precision",
                violation_error_code="said_precision",
                violation_error_message=PRECISION,
            ),
        ),
        AddConstraintNotValid(
            "quote",
            models.CheckConstraint(
                condition=Q(
                    Q(
                        ("end__isnull", False), ("lost_at__isnull", True), ("start__isnull", False),
                        ("start__lt", F("end")), Q(("spans", []), _negated=True),
                    ),
                    Q(("end__isnull", True), ("lost_at__isnull", False), ("spans", []), ("start__isnull", True)),
                    _connector="OR",
                ),
                name="quote_has_its_place_or_is_lost",
            ),
        ),
    ]
