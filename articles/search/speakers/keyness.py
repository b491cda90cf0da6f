"""Which words somebody uses more than the archive does: log-odds with an informative Dirichlet prior.

After Monroe, Colaresi & Quinn, «Fightin' Words», Political Analysis 16 (2008), pages 372–403: the difference
of the log-odds of a word, each side smoothed by how often the whole archive uses it, in standard deviations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log, sqrt

from django.db import connection

# So many words of the whole archive are added to each side: rare words need more than luck to stand out.
PRIOR = 500.0
# In standard deviations: about one word in forty would pass by chance on one side.
STANDS_OUT = 1.96
# A word of a single quote says more of that day than of who spoke.
LEAST_QUOTES = 2
# Of somebody with more quotes than these the newest are looked through.
MOST_QUOTES = 1500


@dataclass(frozen=True)
class Use:
    """How often a word stands in somebody's own words and in those of the whole archive."""

    word: str
    quotes: int
    uses: int
    everywhere: int


@dataclass(frozen=True)
class Distinctive:
    word: str
    z: float


def distinctive(uses: Iterable[Use], own: int, everywhere: int) -> list[Distinctive]:
    """The words that stand out, most so first; `own` and `everywhere` count all words of either.

    >>> uses = [Use("levy", 6, 9, 12), Use("the", 20, 40, 4000), Use("once", 1, 1, 2)]
    >>> [found.word for found in distinctive(uses, 900, 90_000)]
    ['levy']
    """
    found = []
    for use in uses:
        if use.quotes < LEAST_QUOTES or not use.word.isalpha() or len(use.word) < 2:
            continue
        z = _z(use.uses, own, max(use.everywhere, use.uses), max(everywhere, own))
        if z >= STANDS_OUT:
            found.append(Distinctive(use.word, round(z, 2)))
    return sorted(found, key=lambda word: (-word.z, word.word))


def _z(uses: int, own: int, everywhere: int, all_words: int) -> float:
    prior = PRIOR * everywhere / all_words
    others, rest = everywhere - uses, all_words - own
    mine, theirs = uses + prior, others + prior
    difference = log(mine / (own + PRIOR - mine)) - log(theirs / (rest + PRIOR - theirs))
    return difference / sqrt(1 / mine + 1 / theirs)


def distinctive_of(quotes: Mapping[int, Iterable[int]]) -> dict[int, list[Distinctive]]:
    """For each key the words that stand out in these quotes; none before the archive's words were counted."""
    chosen = {key: list(ids) for key, ids in quotes.items()}
    chosen = {key: ids for key, ids in chosen.items() if ids}
    if not chosen:
        return {}
    # The function takes a statement as text: into it go ids alone.
    stats = " UNION ALL ".join(
        f"SELECT {int(key)} AS key, * FROM ts_stat('SELECT vector FROM quote_document "
        f"WHERE quote_id IN ({','.join(str(int(id_)) for id_ in ids)})') WHERE word LIKE '=%%'"
        for key, ids in chosen.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(_USES.format(stats=stats), [LEAST_QUOTES])
        rows = cursor.fetchall()
    found: dict[int, list[Distinctive]] = {}
    for key in chosen:
        mine = [row for row in rows if row[0] == key]
        if mine and mine[0][6]:
            uses = [Use(word, quotes, uses, everywhere) for _, word, quotes, uses, everywhere, _, _ in mine]
            found[key] = distinctive(uses, int(mine[0][5]), mine[0][6])
    return found


_USES = """
WITH stats AS MATERIALIZED ({stats}),
sums AS (SELECT key, sum(nentry) AS own FROM stats GROUP BY key)
SELECT s.key, w.word, s.ndoc, s.nentry, w.uses, sums.own, (SELECT uses FROM quote_word WHERE word = '')
FROM stats s JOIN sums USING (key) JOIN quote_word w ON w.word = substr(s.word, 2)
WHERE s.ndoc >= %s
"""
