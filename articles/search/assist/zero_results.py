"""Searches that found nothing are counted for editors, who may show another search beside their results."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import DatabaseError, connection
from django.utils import timezone

from articles.models import SearchKind
from articles.search.engine.conditions import Sql
from articles.search.request.query import Question

LONGEST = 200


@dataclass(frozen=True)
class Suggested:
    """Another search that editors suggest for these words: its address, and why."""

    url: str
    note: str


def note_failed(question: Question) -> bool:
    """Count words that found nothing; false where they are not of the kind that is counted, or cannot be now.

    Only the words, for every filter narrows; only such as were wholly understood; nothing of who asked.
    """
    key = key_of(question)
    if key is None or question.parsed.ignored or _is_narrowed(question):
        return False
    try:
        with connection.cursor() as cursor:
            day = timezone.localdate(question.now)
            cursor.execute("SELECT public.archive_note_failed_search(%s, %s, %s)", [*key, day])
            return bool(cursor.fetchone()[0])
    except DatabaseError:
        # The reader has an answer, and it is no business of theirs what could not be written.
        return False


def key_of(question: Question) -> tuple[str, str] | None:
    """The kind of search and the normal form of its words; None where there are none, or too many."""
    words = str(question.parsed)
    if not words or len(words) > LONGEST or question.scope == "speaker":
        return None
    return (SearchKind.QUOTES if question.of_quotes else SearchKind.ARTICLES).value, words


def suggested(question: Question) -> Sql | None:
    """The row of what editors suggest for these words, in the form of the rows of an answer."""
    key = key_of(question)
    if key is None:
        return None
    return Sql(
        "SELECT 'suggested', NULL, leads_to::text, note::text, 0::bigint FROM articles_suggestedsearch "
        "WHERE kind = %s AND words = %s",
        key,
    )


def _is_narrowed(question: Question) -> bool:
    periods = (question.since, question.until, question.added, question.as_of)
    filters = (question.any_of, question.none_of, *periods)
    return any(filters) or question.checked != "any" or question.page > 1
