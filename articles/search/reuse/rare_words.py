"""Finds quotes and articles that share rare words with a sentence, through the index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db import connection

from articles.models import clock

# The number of rare words looked up, and how many of them a quote must have.
MAX_WORDS = 6
MIN_SHARED = 2
# Words missing from the last count may be new: at most this many are looked up.
MAX_UNCOUNTED = 2
# No further word is looked up once its postings would exceed this number.
MOST_POSTINGS = 30_000
MOST_QUOTES = 400
MOST_ARTICLES = 40


@dataclass(frozen=True)
class RareWords:
    """The words to look up, rarest first: a quote must have two of `few`.

    Where too many quotes have two, a quote must have all but one of `known`, the words of known frequency.
    """

    few: list[str]
    known: list[str]


def rarest(asked: Sequence[str]) -> RareWords:
    """The rarest of the words, by the last count of words in quotes."""
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
        if len(chosen) >= MIN_SHARED and (len(chosen) == MAX_WORDS or postings > MOST_POSTINGS):
            break
        chosen.append(word)
    # Without a count all words are uncounted; such an archive is small.
    return RareWords(chosen + unknown[: MAX_UNCOUNTED if chosen else MAX_WORDS], by_rarity[:MAX_WORDS])


def _query(chosen: Sequence[str], together: int) -> str:
    """A tsquery for any `together` of the words, in exactly these forms."""
    lexemes = ["'=" + word.replace("\\", "\\\\").replace("'", "''") + "'" for word in chosen]
    several = combinations(lexemes, min(together, len(lexemes)))
    return " | ".join(f"({' & '.join(each)})" for each in several)


def quotes_with(rare: RareWords) -> list[int]:
    """Ids of quotes with two of the words; quotes with more of them first where too many have two."""
    ids = _quotes(rare.few, MIN_SHARED)
    if len(ids) <= MOST_QUOTES:
        return ids
    closer: list[int] = []
    if len(rare.few) > MIN_SHARED:
        closer = _quotes(rare.few, MIN_SHARED + 1)
    if not closer and len(rare.known) > MIN_SHARED:
        closer = _quotes(rare.known, max(MIN_SHARED, len(rare.known) - 1))
    return list(dict.fromkeys([*closer, *ids]))[:MOST_QUOTES]


def _quotes(chosen: Sequence[str], together: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_id FROM quote_document WHERE vector @@ %s::tsquery AND visible_from <= %s LIMIT %s",
            [_query(chosen, together), clock.now(), MOST_QUOTES + 1],
        )
        return [pk for (pk,) in cursor.fetchall()]


def articles_with(rare: RareWords) -> list[int]:
    """Ids of public articles with three of the words."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT article_id FROM search_document WHERE vector @@ %s::tsquery AND visible_from <= %s "
            "LIMIT %s",
            [_query(rare.few, MIN_SHARED + 1), clock.now(), MOST_ARTICLES],
        )
        return [pk for (pk,) in cursor.fetchall()]
