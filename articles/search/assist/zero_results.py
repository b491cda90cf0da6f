"""Zero-result queries, counted for editors, and the search promotions that editors set for a query."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import DatabaseError, connection
from django.utils import timezone

from articles.models import SearchKind
from articles.search.request.query import SearchRequest

LONGEST = 200


@dataclass(frozen=True)
class Promotion:
    """A search that editors promote for this query: its URL and a note."""

    url: str
    note: str


def record_zero_results(request: SearchRequest) -> bool:
    """Count a query without results; returns whether it was counted.

    Counts only requests without filters whose query was fully understood. Stores nothing about the reader.
    """
    key = query_key(request)
    if key is None or request.parsed.ignored or request.is_narrowed or request.page > 1:
        return False
    try:
        with connection.cursor() as cursor:
            day = timezone.localdate(request.now)
            cursor.execute("SELECT public.archive_note_failed_search(%s, %s, %s)", [*key, day])
            return bool(cursor.fetchone()[0])
    except DatabaseError:
        # The reader already has an answer; a failure to count must not replace it.
        return False


def query_key(request: SearchRequest) -> tuple[str, str] | None:
    """The kind of search and the normal form of its query; None where it is empty or too long."""
    words = str(request.parsed)
    if not words or len(words) > LONGEST or request.scope == "speaker":
        return None
    return (SearchKind.QUOTES if request.of_quotes else SearchKind.ARTICLES).value, words
