"""Keyness: the words that a speaker uses more than the archive, by log-odds with a Dirichlet prior.

Monroe, Colaresi & Quinn, “Fightin' Words”, Political Analysis 16 (2008), pages 372–403: the difference of the
log-odds of a word, smoothed by its frequency in the whole archive, as a z-score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log, sqrt

from django.db import connection

from articles.models import Quote
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
class WordCounts:
    """The quotes of a speaker with a word, its uses in them, and its uses in all quotes of the archive."""

    word: str
    quotes: int
    uses: int
    everywhere: int


@dataclass(frozen=True)
class Keyword:
    """A word and its keyness as a z-score."""

    word: str
    z: float


def keywords(uses: Iterable[WordCounts], own: int, everywhere: int) -> list[Keyword]:
    """The keywords by falling keyness; `own` and `everywhere` are the total numbers of words.

    >>> uses = [WordCounts("levy", 6, 9, 12), WordCounts("the", 20, 40, 4000), WordCounts("once", 1, 1, 2)]
    >>> [found.word for found in keywords(uses, 900, 90_000)]
    ['levy']
    """
    found = []
    for use in uses:
        if use.quotes < MIN_QUOTES or not use.word.isalpha() or len(use.word) < 2:
            continue
        z = _z(use.uses, own, max(use.everywhere, use.uses), max(everywhere, own))
        if z >= MIN_Z:
            found.append(Keyword(use.word, round(z, 2)))
    return sorted(found, key=lambda word: (-word.z, word.word))


def _z(uses: int, own: int, everywhere: int, all_words: int) -> float:
    prior = PRIOR * everywhere / all_words
    others, rest = everywhere - uses, all_words - own
    mine, theirs = uses + prior, others + prior
    difference = log(mine / (own + PRIOR - mine)) - log(theirs / (rest + PRIOR - theirs))
    return difference / sqrt(1 / mine + 1 / theirs)


def keywords_of(quotes: Mapping[int, Iterable[int]]) -> dict[int, list[Keyword]]:
    """The keywords of each set of quote ids, without function words of the languages of the quotes.

    Empty before the words of the archive were counted.
    """
    own = {key: _read(ids) for key, ids in quotes.items()}
    everywhere = _everywhere({word for counted in own.values() for word in counted.quotes})
    if not everywhere:
        return {}
    found = {}
    for key, counted in own.items():
        left_out = frozenset().union(*map(function_words, counted.languages))
        uses = [
            WordCounts(word, number, counted.uses[word], everywhere[word])
            for word, number in counted.quotes.items()
            if word in everywhere and word not in left_out
        ]
        found[key] = keywords(uses, counted.uses.total(), everywhere[""])
    return found


@dataclass(frozen=True)
class _Words:
    """The uses of each word in some quotes, the number of the quotes with it, and their main languages."""

    uses: Counter[str]
    quotes: Counter[str]
    languages: list[str]


def _read(ids: Iterable[int]) -> _Words:
    found = _Words(Counter(), Counter(), [])
    languages: Counter[str] = Counter()
    rows = Quote.objects.filter(pk__in=list(ids)).order_by().values_list("article__language", "text")
    for language, text in rows:
        said = [word[:LONGEST_TERM] for word in words(text)]
        found.uses.update(said)
        found.quotes.update(set(said))
        languages[language] += 1
    found.languages.extend(
        language for language, number in languages.items() if number * LANGUAGE_SHARE >= languages.total()
    )
    return found


def _everywhere(words: set[str]) -> dict[str, int]:
    """The uses of these words in all quotes of the archive by its last count, and of all words as ``""``."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, uses FROM quote_word WHERE word = ANY(%s)", [["", *words]])
        found = dict(cursor.fetchall())
    return found if found.get("") else {}
