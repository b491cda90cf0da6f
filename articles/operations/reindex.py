"""The index made anew from the record, some hundred articles at a time, each lot a short transaction."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction

from articles import holdings
from articles.near_duplicates.minhash import sign, unsigned
from articles.operations.integrity import Ids, holdings_astray, lots, postings_astray
from articles.search.indexing.postings import choose_terms, update_postings

LOT = 200


def reindex(*, stale_only: bool = True, after: int = 0) -> Iterator[tuple[int, int]]:
    """Rebuild the documents; yields after each lot its last article's id and how many were rebuilt.

    With `stale_only`, the articles whose documents were made by another version of the fold, are missing or
    are too many: so that a run that was cut off goes on where it stopped.
    """
    for ids in _stale(after) if stale_only else lots(after):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT archive_rebuild(%(ids)s), archive_rebuild_quotes('{}', %(ids)s),"
                " archive_keep_kinds(%(ids)s), archive_key_quotes(coalesce((SELECT array_agg(id)"
                " FROM articles_quote WHERE article_id = ANY(%(ids)s)), '{}'))",
                {"ids": ids},
            )
        yield ids[-1], len(ids)
    # By which like texts are found: none is ever made anew that is in step with its text.
    for ids in sign(unsigned().filter(pk__gt=after)):
        yield ids[-1], len(ids)
    if not stale_only or next(postings_astray(), None):
        choose_terms()
    update_postings()
    holdings.settle()
    if next(holdings_astray(), None):
        holdings.recount()


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
    for start in range(0, len(stale), LOT):
        yield stale[start : start + LOT]
