"""Find articles that a person has edited since their import; updates and rollbacks leave them alone."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from articles.models.audit import SYSTEM_CHANNELS

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
""".format(by_hand="COALESCE(pgh_context ->> 'through', '') <> ALL(%(channels)s)")  # noqa: S608


def edited_by_hand(article_ids: Iterable[int]) -> set[int]:
    """Return the ids of those articles that a person has changed, decided on, or added a notice to."""
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED, {"ids": list(article_ids), "channels": list(SYSTEM_CHANNELS)})
        return {pk for (pk,) in cursor.fetchall()}
