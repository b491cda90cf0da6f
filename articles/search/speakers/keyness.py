"""Keyness: the words that a speaker uses more than the archive, by log-odds with a Dirichlet prior.

Monroe, Colaresi & Quinn, “Fightin' Words”, Political Analysis 16 (2008), pages 372–403: the difference of the
log-odds of a word, smoothed by its frequency in the whole archive, as a z-score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import log, sqrt

from django.db import connection

from articles.models import Quote
from articles.search.engine.results import Results
from articles.search.history.as_of import then
from articles.search.index.terms import LONGEST_TERM
from articles.search.query import words
from articles.search.speakers.function_words import function_words

# The size of the prior in words; it keeps rare words from passing by chance.
PRIOR = 500.0
# The least z-score: about one word in forty would pass by chance.
MIN_Z = 1.96
# A word in a single quote says more about the occasion than about the speaker.
MIN_QUOTES = 2
# Function words are left out of languages with at least one in this many of the quotes.
LANGUAGE_SHARE = 10
# Only the newest quotes of a speaker are counted, at most this many.
MOST_QUOTES = 1500


@dataclass(frozen=True)
class _Words:
    """The number of words of some quotes; the uses of each that may be a keyword, and the quotes with it."""

    total: int
    uses: dict[str, int]
    quotes: dict[str, int]


def keywords_of(quotes: Sequence[tuple[Results, Sequence[int]]]) -> list[dict[str, int]]:
    """The keywords of some of the quotes found, by falling keyness, each with the number of these with it.

    Function words of their languages are left out. Empty before the words of the archive were counted.
    """
    own = [_read(ids, found) for found, ids in quotes]
    everywhere = _everywhere(set().union(*(said.uses for said in own)))
    return [_keywords(said, everywhere) if everywhere else {} for said in own]


def _keywords(own: _Words, everywhere: Mapping[str, int]) -> dict[str, int]:
    found = []
    all_words = max(everywhere[""], own.total)
    for word, uses in own.uses.items():
        if word in everywhere:
            z = _z(uses, own.total, max(everywhere[word], uses), all_words)
            if z >= MIN_Z:
                found.append((-round(z, 2), word))
    return {word: own.quotes[word] for _, word in sorted(found)}


def _z(uses: int, own: int, everywhere: int, all_words: int) -> float:
    prior = PRIOR * everywhere / all_words
    others, rest = everywhere - uses, all_words - own
    mine, theirs = uses + prior, others + prior
    difference = log(mine / (own + PRIOR - mine)) - log(theirs / (rest + PRIOR - theirs))
    return difference / sqrt(1 / mine + 1 / theirs)


def _read(ids: Sequence[int], found: Results) -> _Words:
    with connection.cursor() as cursor:
        texts = "SELECT text FROM articles_quote WHERE id = ANY(%s)"
        cursor.execute(then(found.request.as_of, texts, Quote), [list(ids)])
        rows = cursor.fetchall()
    said = [[word[:LONGEST_TERM] for word in words(text)] for (text,) in rows]
    uses = Counter(chain.from_iterable(said))
    quotes = Counter(chain.from_iterable(map(set, said)))
    main = [tag for tag, number in found.languages_of(ids).items() if number * LANGUAGE_SHARE >= len(rows)]
    left_out = frozenset().union(*map(function_words, main))
    # Most words are in a single quote, and are not looked up in the words of the archive.
    several = {word: number for word, number in quotes.items() if number >= MIN_QUOTES}
    chosen = {
        word: number
        for word, number in several.items()
        if len(word) > 1 and word.isalpha() and word not in left_out
    }
    return _Words(uses.total(), {word: uses[word] for word in chosen}, chosen)


def _everywhere(words: set[str]) -> dict[str, int]:
    """The uses of these words in all quotes of the archive by its last count, and of all words as ``""``."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, uses FROM quote_word WHERE word = ANY(%s)", [["", *words]])
        found = dict(cursor.fetchall())
    return found if found.get("") else {}
