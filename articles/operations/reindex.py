"""Rebuild documents, signatures and counts in chunks of one short transaction each, then the search index."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction

from articles import holdings
from articles.near_duplicates.minhash import update_signatures, without_current_signature
from articles.operations.integrity import Ids, check_holdings, id_chunks
from articles.search.index.building import is_readable, rebuild, tidy

CHUNK_SIZE = 200


def reindex(*, stale_only: bool = True, after: int = 0) -> Iterator[tuple[int, int]]:
    """Rebuild documents; yield the last article's id and the number of articles of each chunk.

    With `stale_only`, only articles whose documents are missing or superfluous: an interrupted run continues
    where it stopped.
    """
    for ids in _stale(after) if stale_only else id_chunks(after):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT archive_rebuild(%(ids)s), archive_rebuild_quotes('{}', %(ids)s),"
                " archive_key_quotes(coalesce((SELECT array_agg(id)"
                " FROM articles_quote WHERE article_id = ANY(%(ids)s)), '{}'))",
                {"ids": ids},
            )
            cursor.execute(
                "INSERT INTO search_note (article_id, text) SELECT unnest(%s::bigint[]), true", [ids]
            )
        yield ids[-1], len(ids)
    # Signatures that match their text are never computed again, even without `stale_only`.
    for ids in update_signatures(without_current_signature().filter(pk__gt=after)):
        yield ids[-1], len(ids)
    holdings.compact()
    if next(check_holdings(), None):
        holdings.rebuild()


def reindex_words(*, stale_only: bool = True) -> Iterator[int]:
    """Write the search index anew if another release wrote it, otherwise only what changed; yield articles.

    Needs to be outside a transaction.
    """
    if stale_only and is_readable():
        yield from tidy()
    else:
        yield from rebuild()


def _stale(after: int) -> Iterator[Ids]:
    query = """
        SELECT id FROM (
            SELECT id FROM articles_article a WHERE status = 'usable'
                AND NOT EXISTS (SELECT FROM search_document d WHERE d.article_id = a.id)
            UNION SELECT article_id FROM search_document d WHERE NOT EXISTS (
                SELECT FROM articles_article a WHERE a.id = d.article_id AND a.status = 'usable')
            UNION SELECT d.article_id FROM quote_document d WHERE NOT EXISTS (
                SELECT FROM articles_quote q JOIN articles_article a ON a.id = q.article_id
                WHERE q.id = d.quote_id AND a.status = 'usable' AND q.status = 'accepted'
                AND q.standing <> 'withdrawn')
            UNION SELECT article_id FROM articles_quote q JOIN articles_article a ON a.id = q.article_id
                WHERE a.status = 'usable' AND q.status = 'accepted' AND q.standing <> 'withdrawn'
                AND NOT EXISTS (SELECT FROM quote_document d WHERE d.quote_id = q.id)
        ) AS stale WHERE id > %s ORDER BY id
    """
    with connection.cursor() as cursor:
        cursor.execute(query, [after])
        stale = [pk for (pk,) in cursor.fetchall()]
    for start in range(0, len(stale), CHUNK_SIZE):
        yield stale[start : start + CHUNK_SIZE]
