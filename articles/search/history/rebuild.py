"""Checks former versions of search documents against the history, and rebuilds them from it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, models, transaction

from articles.models import PastQuoteDocument, PastSearchDocument, QuoteDocument, SearchDocument

BATCH = 200

# For each kind: former documents, current documents, their subject, and the SQL function that rebuilds them.
KINDS: tuple[tuple[type[models.Model], type[models.Model], str, str], ...] = (
    (PastSearchDocument, SearchDocument, "article", "archive_former_documents"),
    (PastQuoteDocument, QuoteDocument, "quote", "archive_former_quote_documents"),
)


def check_former_documents() -> Iterator[str]:
    """Yield each fault of an earlier document as one line of text."""
    for past, present, kind, rebuild_function in KINDS:
        for ids in _batches(past):
            yield from _differing_from_rebuild(past, kind, rebuild_function, ids)
        yield from _overlapping(past, present, kind)


def rebuild_former_documents(*, stale_only: bool = True, after: int = 0) -> Iterator[int]:
    """Rebuild former documents in batches, one transaction each; yields the size of each batch.

    With `stale_only`, only those of another fold version, so that an interrupted run can be resumed.
    """
    for past, _, _, rebuild_function in KINDS:
        table = past._meta.db_table
        for ids in _batches(past, stale_only=stale_only, after=after):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    f"UPDATE {table} p SET vector = m.vector, lossy = m.lossy, fold_version = m.fold_version"
                    f" FROM {rebuild_function}(%s) m WHERE p.id = m.id",
                    [ids],
                )
                done = cursor.rowcount
            yield done


def _batches(past: type[models.Model], *, stale_only: bool = False, after: int = 0) -> Iterator[list[int]]:
    """Batches of ids of former documents, for articles with an id greater than `after`."""
    stale = "AND fold_version <> archive_fold_version()" if stale_only else ""
    query = f"""SELECT id FROM {past._meta.db_table} WHERE id > %s AND article_id > %s {stale}
        ORDER BY id LIMIT %s"""
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(query, [last, after, BATCH])
            ids = [pk for (pk,) in cursor.fetchall()]
        if not ids:
            return
        yield ids
        last = ids[-1]


def _differing_from_rebuild(
    past: type[models.Model], kind: str, rebuild_function: str, ids: list[int]
) -> Iterator[str]:
    yield from _lines(
        f"""
        SELECT format('{kind} %%s: its earlier document until %%s ', {kind}_id, p.until) || CASE
            WHEN m.id IS NULL THEN 'has no text in the history any more'
            WHEN m.fold_version <> p.fold_version THEN
                format('was made by fold %%s, not %%s; reindex', p.fold_version, m.fold_version)
            ELSE 'differs from a rebuild; reindex --all' END
        FROM {past._meta.db_table} p LEFT JOIN {rebuild_function}(%(ids)s) m USING (id)
        WHERE p.id = ANY(%(ids)s) AND (m.id IS NULL
            OR (m.vector, m.lossy, m.fold_version) IS DISTINCT FROM (p.vector, p.lossy, p.fold_version))
        ORDER BY p.id
        """,
        ids,
    )


def _overlapping(past: type[models.Model], present: type[models.Model], kind: str) -> Iterator[str]:
    """Report documents whose periods overlap; a search of the past would count both."""
    key = f"{kind}_id"
    yield from _lines(
        f"""
        SELECT format('{kind} %%s: two documents stand at once, from %%s on', {key}, since) FROM (
            SELECT {key}, since, lag(until) OVER (PARTITION BY {key} ORDER BY since, until) AS before FROM (
                SELECT {key}, since, until FROM {past._meta.db_table}
                UNION ALL SELECT {key}, since, 'infinity' FROM {present._meta.db_table}) AS all_of_them
        ) AS in_order WHERE before > since ORDER BY {key}, since
        """,
        [],
    )


def _lines(query: str, ids: list[int]) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(query, {"ids": ids})
        for (line,) in cursor.fetchall():
            yield line
