"""Updates the postings after bulk writes; the database itself updates them for single saves."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db import connection, transaction

# Documents per transaction.
BATCH = 5000
# The frequent terms are chosen again when the archive has grown by this factor.
GROWN = 2


def update_postings(on_progress: Callable[[int], None] = lambda posted: None) -> None:
    """Update the postings of changed public documents; choose terms again if the archive has grown."""
    if _has_grown():
        choose_terms()
    for posted in _post_batches():
        on_progress(posted)


def choose_terms() -> None:
    """Choose the posted terms again; until `update_postings` has run, searches use no postings."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT archive_choose_terms()")


def _has_grown() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), (SELECT chosen_of FROM posting_state) FROM search_document")
        documents, chosen_of = cursor.fetchone()
    return documents > GROWN * chosen_of


def _post_batches() -> Iterator[int]:
    done = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT archive_post(%s)", [BATCH])
            (posted,) = cursor.fetchone()
        if not posted:
            return
        done += posted
        yield done
