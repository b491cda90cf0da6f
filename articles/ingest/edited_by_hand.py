"""Which articles somebody has worked on since they came in: no rule and no undoing may take that away."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from articles.ingest.audit_context import OWN_DOORS

_TOUCHED = """
    SELECT pgh_obj_id FROM articles_articleevent WHERE pgh_obj_id = ANY(%(ids)s) AND {by_hand}
    UNION SELECT article_id FROM articles_quoteevent WHERE article_id = ANY(%(ids)s) AND {by_hand}
    UNION SELECT article_id FROM articles_turnevent WHERE article_id = ANY(%(ids)s) AND {by_hand}
    UNION SELECT article_id FROM articles_noteevent WHERE article_id = ANY(%(ids)s) AND {by_hand}
    UNION SELECT article_id FROM articles_imageevent WHERE article_id = ANY(%(ids)s) AND {by_hand}
    UNION SELECT article_id FROM articles_articletopicevent WHERE article_id = ANY(%(ids)s) AND {by_hand}
    UNION SELECT article_id FROM articles_authorshipevent WHERE article_id = ANY(%(ids)s) AND {by_hand}
    UNION SELECT id FROM articles_article WHERE id = ANY(%(ids)s) AND quotes_state IN ('part', 'read')
    UNION SELECT article_id FROM articles_quote WHERE article_id = ANY(%(ids)s)
        AND (decided_by_id IS NOT NULL OR decided_through = 'desk' OR standing <> 'unreviewed')
    UNION SELECT article_id FROM articles_notice WHERE article_id = ANY(%(ids)s)
    UNION SELECT q.article_id FROM articles_notice n JOIN articles_quote q ON q.id = n.quote_id
        WHERE q.article_id = ANY(%(ids)s)
""".format(by_hand="COALESCE(pgh_context ->> 'through', '') <> ALL(%(doors)s)")  # noqa: S608


def touched(article_ids: Iterable[int]) -> set[int]:
    """Of these articles, those that a person has changed, decided on, or added a notice to."""
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED, {"ids": list(article_ids), "doors": list(OWN_DOORS)})
        return {pk for (pk,) in cursor.fetchall()}
