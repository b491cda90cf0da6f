"""Keyness: the words that a speaker uses more than the archive, by log-odds with a Dirichlet prior.

Monroe, Colaresi & Quinn, “Fightin' Words”, Political Analysis 16 (2008), pages 372–403: the difference of the
log-odds of a word, smoothed by its frequency in the whole archive, as a z-score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log, sqrt
from typing import Any

from django.db import connection

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
    chosen = {key: list(ids) for key, ids in quotes.items()}
    chosen = {key: ids for key, ids in chosen.items() if ids}
    if not chosen:
        return {}
    # ts_stat() takes a statement as text; only integer ids are inserted.
    stats = " UNION ALL ".join(
        f"SELECT {int(key)} AS key, * FROM ts_stat('SELECT vector FROM quote_document "
        f"WHERE quote_id IN ({','.join(str(int(id_)) for id_ in ids)})') WHERE word LIKE '=%%'"
        for key, ids in chosen.items()
    )
    with connection.cursor() as cursor:
        pairs = [(key, id_) for key, ids in chosen.items() for id_ in ids]
        asked: dict[str, Any] = {
            "keys": [key for key, _ in pairs],
            "ids": [id_ for _, id_ in pairs],
            "least": MIN_QUOTES,
            "share": LANGUAGE_SHARE,
        }
        cursor.execute(_USES.format(stats=stats), asked)
        rows = cursor.fetchall()
    found: dict[int, list[Keyword]] = {}
    for key in chosen:
        mine = [row for row in rows if row[0] == key]
        if mine and mine[0][6]:
            left_out = frozenset().union(*map(function_words, mine[0][7]))
            uses = [WordCounts(*row[1:5]) for row in mine if row[1] not in left_out]
            found[key] = keywords(uses, int(mine[0][5]), mine[0][6])
    return found


_USES = """
WITH stats AS MATERIALIZED ({stats}),
sums AS (SELECT key, sum(nentry) AS own FROM stats GROUP BY key),
languages AS (
  SELECT key, language, count(*) AS n, sum(count(*)) OVER (PARTITION BY key) AS every
  FROM unnest(%(keys)s::bigint[], %(ids)s::bigint[]) AS asked (key, id)
  JOIN quote_document ON quote_id = id GROUP BY 1, 2
)
SELECT s.key, w.word, s.ndoc, s.nentry, w.uses, sums.own, (SELECT uses FROM quote_word WHERE word = ''),
  ARRAY(SELECT language FROM languages l WHERE l.key = s.key AND l.n * %(share)s >= l.every)
FROM stats s JOIN sums USING (key) JOIN quote_word w ON w.word = substr(s.word, 2)
WHERE s.ndoc >= %(least)s
"""
