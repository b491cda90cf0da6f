"""Checks former documents: at any moment an article or quote has one."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from articles.models import PastQuoteDocument, PastSearchDocument, QuoteDocument, SearchDocument


def check_former_documents() -> Iterator[str]:
    """Yield each fault of an earlier document as one line of text."""
    for past, present, kind in (
        (PastSearchDocument, SearchDocument, "article"),
        (PastQuoteDocument, QuoteDocument, "quote"),
    ):
        key = f"{kind}_id"
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                SELECT format('{kind} %s: two documents stand at once, from %s on', {key}, since) FROM (
                    SELECT {key}, since,
                        lag(until) OVER (PARTITION BY {key} ORDER BY since, until) AS before
                    FROM (
                        SELECT {key}, since, until FROM {past._meta.db_table}
                        UNION ALL SELECT {key}, since, 'infinity' FROM {present._meta.db_table}) AS every
                ) AS in_order WHERE before > since ORDER BY {key}, since
                """
            )
            lines = cursor.fetchall()
            cursor.execute(
                f"""
                SELECT format('{kind} %s: its earlier document until %s has no text in the history any more',
                    {key}, until)
                FROM {past._meta.db_table} p
                WHERE NOT EXISTS (SELECT FROM articles_{kind} a WHERE a.id = p.{key}) AND NOT EXISTS (
                    SELECT FROM articles_{kind}event e
                    WHERE e.pgh_obj_id = p.{key} AND e.pgh_created_at >= p.until)
                ORDER BY p.id
                """
            )
            lines += cursor.fetchall()
        yield from (line for (line,) in lines)
