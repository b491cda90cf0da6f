"""Postings kept close to their documents: what is saved singly the database posts, what came in lots this."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db import connection, transaction

# Documents that are posted in one transaction.
LOT = 5000
# Where an archive has grown so many times since its frequent words were chosen, others are frequent now.
GROWN = 2


def settle_postings(told: Callable[[int], None] = lambda posted: None) -> None:
    """Post all that is public and has changed; in an archive that has grown, of newly chosen words."""
    if _has_grown():
        choose_terms()
    for posted in _posted():
        told(posted)


def choose_terms() -> None:
    """Choose the words that are posted anew; until `settle_postings` has run searches do without postings."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT archive_choose_terms()")


def _has_grown() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), (SELECT chosen_of FROM posting_state) FROM search_document")
        documents, chosen_of = cursor.fetchone()
    return documents > GROWN * chosen_of


def _posted() -> Iterator[int]:
    done = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT archive_post(%s)", [LOT])
            (posted,) = cursor.fetchone()
        if not posted:
            return
        done += posted
        yield done
