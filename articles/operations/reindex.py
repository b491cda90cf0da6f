"""Rebuild the search index from the articles, in chunks of one short transaction each."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction

from articles import holdings
from articles.near_duplicates.minhash import update_signatures, without_current_signature
from articles.operations.integrity import Ids, check_holdings, check_postings, id_chunks
from articles.search.indexing.postings import choose_terms, update_postings

CHUNK_SIZE = 200


def reindex(*, stale_only: bool = True, after: int = 0) -> Iterator[tuple[int, int]]:
    """Rebuild documents; yield the last article's id and the number of articles of each chunk.

    With `stale_only`, only articles whose documents are missing, superfluous, or of another fold version: an
    interrupted run continues where it stopped.
    """
    for ids in _stale(after) if stale_only else id_chunks(after):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT archive_rebuild(%(ids)s), archive_rebuild_quotes('{}', %(ids)s),"
                " archive_keep_kinds(%(ids)s), archive_key_quotes(coalesce((SELECT array_agg(id)"
                " FROM articles_quote WHERE article_id = ANY(%(ids)s)), '{}'))",
                {"ids": ids},
            )
        yield ids[-1], len(ids)
    # Signatures that match their text are never computed again, even without `stale_only`.
    for ids in update_signatures(without_current_signature().filter(pk__gt=after)):
        yield ids[-1], len(ids)
    if not stale_only or next(check_postings(), None):
        choose_terms()
    update_postings()
    holdings.compact()
    if next(check_holdings(), None):
        holdings.rebuild()


def _stale(after: int) -> Iterator[Ids]:
    query = """
        SELECT id FROM (
            SELECT article_id AS id FROM search_document WHERE fold_version <> archive_fold_version()
            UNION SELECT article_id FROM quote_document WHERE fold_version <> archive_fold_version()
            UNION SELECT id FROM articles_article a WHERE status = 'usable'
                AND NOT EXISTS (SELECT FROM search_document d WHERE d.article_id = a.id)
            UNION SELECT article_id FROM search_document d WHERE NOT EXISTS (
                SELECT FROM articles_article a WHERE a.id = d.article_id AND a.status = 'usable')
            UNION SELECT article_id FROM quote_document d WHERE NOT EXISTS (
                SELECT FROM archive_quote_frame(ARRAY[d.quote_id], '{}'))
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
