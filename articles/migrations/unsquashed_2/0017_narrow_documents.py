"""The search index replaces the vectors and postings: documents become narrow rows."""

from pathlib import Path

from django.db import migrations, models

from articles.search.query import FOLD_VERSION

FOLDER = Path(__file__).parent / "sql"
DOCUMENTS = ("searchdocument", "quotedocument", "pastsearchdocument", "pastquotedocument")
# What made vectors and postings before.
FORMER = ("vector", "documents", "kinds", "channels", "past", "former", "words", "postings")
FOLD_VERSION_SQL = (
    "create or replace function public.archive_fold_version() returns smallint "
    f"language sql immutable parallel safe as 'select {FOLD_VERSION}::smallint'"
)


def sql(name: str) -> str:
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def former_count() -> str:
    """The count of words of `0005_guards`, which came after that of `words`."""
    return sql("0005_guards").partition("under embargo are not suggested.")[2].partition("-- The history")[0]


class Migration(migrations.Migration):
    dependencies = [("articles", "0016_search_notes")]

    operations = [
        migrations.AddField(
            "searchsegment",
            "checksum",
            models.BinaryField(help_text="of the texts and postings, SHA-256", default=b""),
            preserve_default=False,
        ),
        migrations.AddField(
            "searchsegment", "in_use", models.BooleanField(help_text="searches read it", default=True)
        ),
        migrations.AddIndex("searchnote", models.Index(fields=["article_id"], name="search_note_article")),
        migrations.SeparateDatabaseAndState(
            # As a list: a plain string would be split at each semicolon.
            database_operations=[
                migrations.RunSQL(
                    [sql("0017_narrow_documents")],
                    [
                        sql("0017_narrow_documents_undo"),
                        FOLD_VERSION_SQL,
                        *map(sql, FORMER),
                        former_count(),
                    ],
                )
            ],
            state_operations=[
                *(
                    migrations.RemoveIndex(name, f"{table}_vector")
                    for name, table in (
                        ("searchdocument", "search_document"),
                        ("quotedocument", "quote_document"),
                        ("pastsearchdocument", "search_document_past"),
                        ("pastquotedocument", "quote_document_past"),
                    )
                ),
                *(
                    migrations.RemoveField(name, field)
                    for name in DOCUMENTS
                    for field in ("vector", "lossy", "fold_version")
                ),
            ],
        ),
    ]
