"""Former documents: which a moment had, and which of them had another text than now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import connection

from articles.models import PastQuoteDocument, PastSearchDocument
from articles.search.history.as_of import PUBLIC_NOW, tables_as_of

_PAST: dict[str, type[PastSearchDocument] | type[PastQuoteDocument]] = {
    "article": PastSearchDocument,
    "quote": PastQuoteDocument,
}
# Rows of the moment beside those of today, which have a schema. Captions count as text of their article.
_OTHER_TEXT = {
    "article": """
SELECT a.id FROM articles_article a JOIN public.articles_article n USING (id)
WHERE a.id = ANY(%(ids)s) AND (
  (a.headline, a.standfirst, a.byline, a.kicker, a.body, a.language)
    IS DISTINCT FROM (n.headline, n.standfirst, n.byline, n.kicker, n.body, n.language)
  OR ARRAY(SELECT caption FROM articles_image WHERE article_id = a.id ORDER BY position, id)
    IS DISTINCT FROM ARRAY(
      SELECT caption FROM public.articles_image WHERE article_id = a.id ORDER BY position, id))
""",
    "quote": """
SELECT q.id FROM articles_quote q LEFT JOIN public.articles_quote n USING (id)
WHERE q.id = ANY(%(ids)s) AND q.text IS DISTINCT FROM n.text
""",
}


def former_rows(kind: str, moment: dt.datetime) -> dict[int, PastSearchDocument | PastQuoteDocument]:
    """The former documents of a moment by id, without those of articles that are not public now."""
    past = _PAST[kind]
    rows = past._default_manager.filter(since__lte=moment, until__gt=moment)
    public = rows.extra(where=[PUBLIC_NOW.replace("p.article_id", f"{past._meta.db_table}.article_id")])  # noqa: S610
    return {getattr(row, f"{kind}_id"): row for row in public}


def with_other_text(kind: str, moment: dt.datetime, ids: Collection[int]) -> set[int]:
    """Those of these articles or quotes whose words differ from today's."""
    if not ids:
        return set()
    with tables_as_of(moment), connection.cursor() as cursor:
        cursor.execute(_OTHER_TEXT[kind], {"ids": list(ids)})
        return {pk for (pk,) in cursor.fetchall()}
