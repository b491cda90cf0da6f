"""One article copied a hundred thousand times with one statement: the limit of rows in a file."""

from django.db import connection

from articles.models import Article, SearchDocument

ROWS = 100_000


def copy_article(article, rows=ROWS):
    """So many articles in all, differing in number, headline and date."""
    with connection.cursor() as cursor:
        # The triggers would write each document anew: what they write is not what is measured.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for model in (Article, SearchDocument):
            cursor.execute(f"ALTER TABLE {model._meta.db_table} DISABLE TRIGGER USER")
        for model, key, changes in (
            (Article, "id", {"headline": "'Report ' || n", "body_hash": "md5(n::text)"}),
            (SearchDocument, "article_id", {"published_on": "date '2000-01-01' + n %% 9000"}),
        ):
            values = {field.column: f'm."{field.column}"' for field in model._meta.concrete_fields}
            values |= {key: "n", **changes}
            columns = ", ".join(f'"{name}"' for name in values)
            table = model._meta.db_table
            cursor.execute(
                f"INSERT INTO {table} ({columns}) SELECT {', '.join(values.values())} "  # noqa: S608
                f"FROM {table} m, generate_series(%s, %s) n WHERE m.{key} = %s",
                [article.pk + 1, article.pk + rows - 1, article.pk],
            )
        for model in (Article, SearchDocument):
            cursor.execute(f"ALTER TABLE {model._meta.db_table} ENABLE TRIGGER USER")
        cursor.execute("ANALYZE")
