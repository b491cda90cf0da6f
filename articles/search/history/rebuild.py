"""What documents once were, compared with the history they were made from, and made anew from it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, models, transaction

from articles.models import PastQuoteDocument, PastSearchDocument, QuoteDocument, SearchDocument

LOT = 200

# Each kind: the former documents, those of today, whose they are, and how they are made anew.
KINDS: tuple[tuple[type[models.Model], type[models.Model], str, str], ...] = (
    (PastSearchDocument, SearchDocument, "article", "archive_former_documents"),
    (PastQuoteDocument, QuoteDocument, "quote", "archive_former_quote_documents"),
)


def former_documents_astray() -> Iterator[str]:
    """Each fault of a former document as one line."""
    for past, present, thing, made in KINDS:
        for ids in _lots(past):
            yield from _unlike_a_rebuild(past, thing, made, ids)
        yield from _at_one_time(past, present, thing)


def renew_former_documents(*, stale_only: bool = True, after: int = 0) -> Iterator[int]:
    """Make them anew, some hundred at a time, each lot a short transaction; yields how many were.

    With `stale_only`, those that another version of the fold has made, so that a run cut off goes on.
    """
    for past, _, _, made in KINDS:
        table = past._meta.db_table
        for ids in _lots(past, stale_only=stale_only, after=after):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    f"UPDATE {table} p SET vector = m.vector, lossy = m.lossy, fold_version = m.fold_version"
                    f" FROM {made}(%s) m WHERE p.id = m.id",
                    [ids],
                )
                done = cursor.rowcount
            yield done


def _lots(past: type[models.Model], *, stale_only: bool = False, after: int = 0) -> Iterator[list[int]]:
    """Ids of former documents, in their order; of articles of higher id where one is given."""
    stale = "AND fold_version <> archive_fold_version()" if stale_only else ""
    query = f"""SELECT id FROM {past._meta.db_table} WHERE id > %s AND article_id > %s {stale}
        ORDER BY id LIMIT %s"""
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(query, [last, after, LOT])
            ids = [pk for (pk,) in cursor.fetchall()]
        if not ids:
            return
        yield ids
        last = ids[-1]


def _unlike_a_rebuild(past: type[models.Model], thing: str, made: str, ids: list[int]) -> Iterator[str]:
    yield from _lines(
        f"""
        SELECT format('{thing} %%s: its former document until %%s ', {thing}_id, p.until) || CASE
            WHEN m.id IS NULL THEN 'has no text in the history any more'
            WHEN m.fold_version <> p.fold_version THEN
                format('was made by fold %%s, not %%s; reindex', p.fold_version, m.fold_version)
            ELSE 'differs from a rebuild; reindex --all' END
        FROM {past._meta.db_table} p LEFT JOIN {made}(%(ids)s) m USING (id)
        WHERE p.id = ANY(%(ids)s) AND (m.id IS NULL
            OR (m.vector, m.lossy, m.fold_version) IS DISTINCT FROM (p.vector, p.lossy, p.fold_version))
        ORDER BY p.id
        """,
        ids,
    )


def _at_one_time(past: type[models.Model], present: type[models.Model], thing: str) -> Iterator[str]:
    """At each moment there is one document of a thing, or none; two would be counted twice."""
    key = f"{thing}_id"
    yield from _lines(
        f"""
        SELECT format('{thing} %%s: two documents stand at once, from %%s on', {key}, since) FROM (
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
