"""Which quotes and articles hold some of the words of a sentence: its rarest are looked up in the index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db import connection

from articles.models import clock

# So many of the rarest words are looked up, and so many of them must stand in a quote.
RAREST = 6
TOGETHER = 2
# Of words that nobody else used by the last count, so many are tried: they may have come since.
UNKNOWN = 2
# More postings than these are not read for one more word.
MOST_POSTINGS = 30_000
MOST_QUOTES = 400
MOST_ARTICLES = 40


@dataclass(frozen=True)
class Sought:
    """The words by which to look, the rarest first: two of `few` must stand there.

    Of a sentence in frequent words thousands have two: then all but one of `known`, those that were counted.
    """

    few: list[str]
    known: list[str]


def rarest(asked: Sequence[str]) -> Sought:
    """The words of the fewest quotes, by the last count of all."""
    different = list(dict.fromkeys(word[:255] for word in asked))
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, quotes FROM quote_word WHERE word = ANY(%s)", [different])
        counted = dict(cursor.fetchall())
    unknown = sorted((word for word in different if word not in counted), key=len, reverse=True)
    chosen: list[str] = []
    postings = 0
    by_rarity = sorted(counted, key=lambda word: counted[word])
    for word in by_rarity:
        postings += counted[word]
        if len(chosen) >= TOGETHER and (len(chosen) == RAREST or postings > MOST_POSTINGS):
            break
        chosen.append(word)
    # In an archive that has not been counted nothing is rare, and everything is small.
    return Sought(chosen + unknown[: UNKNOWN if chosen else RAREST], by_rarity[:RAREST])


def _query(chosen: Sequence[str], together: int) -> str:
    """As a tsquery: so many of the words, in just these forms."""
    lexemes = ["'=" + word.replace("\\", "\\\\").replace("'", "''") + "'" for word in chosen]
    several = combinations(lexemes, min(together, len(lexemes)))
    return " | ".join(f"({' & '.join(each)})" for each in several)


def quotes_with(sought: Sought) -> list[int]:
    """Of quotes with some of the words; with more of them where too many have two."""
    ids = _quotes(sought.few, TOGETHER)
    if len(ids) <= MOST_QUOTES:
        return ids
    closer: list[int] = []
    if len(sought.few) > TOGETHER:
        closer = _quotes(sought.few, TOGETHER + 1)
    if not closer and len(sought.known) > TOGETHER:
        closer = _quotes(sought.known, max(TOGETHER, len(sought.known) - 1))
    return list(dict.fromkeys([*closer, *ids]))[:MOST_QUOTES]


def _quotes(chosen: Sequence[str], together: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_id FROM quote_document WHERE vector @@ %s::tsquery AND visible_from <= %s LIMIT %s",
            [_query(chosen, together), clock.now(), MOST_QUOTES + 1],
        )
        return [pk for (pk,) in cursor.fetchall()]


def articles_with(sought: Sought) -> list[int]:
    """Of articles that readers see and that hold one word more than a quote must."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT article_id FROM search_document WHERE vector @@ %s::tsquery AND visible_from <= %s "
            "LIMIT %s",
            [_query(sought.few, TOGETHER + 1), clock.now(), MOST_ARTICLES],
        )
        return [pk for (pk,) in cursor.fetchall()]
