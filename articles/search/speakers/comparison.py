"""Compares the quotes of two to four speakers for one search: counts by year, and keywords."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.urls import reverse

from articles import holdings
from articles.search.engine.results import Results
from articles.search.engine.searcher import Searcher, searching
from articles.search.index.stemmers import STEMMERS, stem
from articles.search.query import Term, Words
from articles.search.query.nodes import positive_words
from articles.search.request.periods import whole_year
from articles.search.request.query import ResolvedName, SearchRequest
from articles.search.results.histogram import PER, without_words
from articles.search.speakers.keyness import keywords_of
from articles.search.speakers.profiles import Figure, address_of

LEAST, MOST = 2, 4
# Keywords of each speaker that are shown, and that are considered.
WORDS, MOST_WORDS = 8, 50
QUOTES = 3
# Keywords are computed from the newest quotes of each speaker, at most this many.
LOOKED_AT = 500
_OF_PAGES = ("page", "size", "format", "group")


@dataclass(frozen=True)
class Cell:
    """The quotes of one speaker in one year; `rate` is per 1,000 articles of that year in the archive."""

    count: int
    rate: float | None
    url: str


@dataclass(frozen=True)
class Row:
    year: int
    held: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Compared:
    """One speaker: the number of quotes including undated ones, keywords, and ids of the newest quotes."""

    speaker: ResolvedName
    count: int
    undated: int
    url: str
    words: tuple[Figure, ...]
    quotes: tuple[int, ...]
    request: SearchRequest

    def url_of_years(self, first: int, last: int) -> str:
        """The URL of the quotes of these years."""
        return _url_of_years(self.request, first, last)


@dataclass(frozen=True)
class Comparison:
    """The compared speakers and the years. `without_speaker` counts matching quotes without a speaker."""

    speakers: tuple[Compared, ...]
    rows: tuple[Row, ...]
    without_speaker: int


def compare(request: SearchRequest) -> Comparison:
    """Run a valid request for quotes of several speakers separately for each speaker."""
    heads = [request.named("speaker", slug) for slug in request.any_of["speaker"]]
    belongs = {id_: at for at, head in enumerate(heads) for id_ in head.ids}
    alone = [_alone(request, head) for head in heads]
    base = without_words(request)
    with searching(request) as searcher:
        found = searcher.results(request)
        by_year = _by_year(found, belongs)
        held = _held(base, searcher) if base is not None else {}
        newest = _newest(found, belongs)
        words = _words(alone, newest, searcher)
        without_speaker = _without_speaker(request, searcher)
    years = sorted({year for _, year in by_year if year is not None})
    span = range(years[0], years[-1] + 1) if years else ()
    rows = tuple(
        Row(
            year,
            held.get(year, 0),
            tuple(_cell(one, by_year[at, year], held, year) for at, one in enumerate(alone)),
        )
        for year in span
    )
    speakers = tuple(
        Compared(
            head,
            sum(count for (who, _), count in by_year.items() if who == at),
            by_year[at, None],
            address_of(alone[at]),
            tuple(words.get(at, ())),
            tuple(newest.get(at, ())[:QUOTES]),
            alone[at],
        )
        for at, head in enumerate(heads)
    )
    return Comparison(speakers, rows, without_speaker)


def _alone(request: SearchRequest, head: ResolvedName) -> SearchRequest:
    """The request for one of the speakers."""
    address = request.address
    values = {**address.values, "speaker": (head.slug or head.value,)}
    values = {name: given for name, given in values.items() if name not in _OF_PAGES}
    return replace(
        request,
        any_of={**request.any_of, "speaker": (head.slug or head.value,)},
        address=replace(address, values=values, extra=()),
    )


def _cell(alone: SearchRequest, count: int, held: dict[int, int], year: int) -> Cell:
    rate = round(count * PER / held[year], 1) if held.get(year) else None
    return Cell(count, rate, _url_of_years(alone, year, year))


def _url_of_years(alone: SearchRequest, first: int, last: int) -> str:
    return reverse("articles:quotes") + alone.narrowed(whole_year(first), whole_year(last))


def _without_speaker(request: SearchRequest, searcher: Searcher) -> int:
    anybody = replace(request, any_of={n: v for n, v in request.any_of.items() if n != "speaker"})
    if anybody.is_unrestricted:
        return holdings.quotes_without_speaker()
    return searcher.results(anybody).without_speaker()


def _by_year(found: Results, belongs: dict[int, int]) -> dict[tuple[int, int | None], int]:
    owners, speakers = found.rows.lists("speaker")
    years = found.rows.column("year")[owners]
    counted: dict[tuple[int, int | None], int] = defaultdict(int)
    pairs, numbers = np.unique(np.stack([speakers, years]), axis=1, return_counts=True)
    for speaker, year, number in zip(*pairs.tolist(), numbers.tolist(), strict=True):
        if speaker in belongs:
            counted[belongs[speaker], year or None] += number
    return counted


def _held(base: SearchRequest, searcher: Searcher) -> dict[int, int]:
    return holdings.articles_by_year() if base.is_unrestricted else searcher.results(base).years()


def _newest(found: Results, belongs: dict[int, int]) -> dict[int, list[int]]:
    """The ids of the newest quotes of each speaker."""
    owners, speakers = found.rows.lists("speaker")
    ids, days = found.rows.column("ids")[owners], found.rows.column("published_on")[owners]
    newest = {}
    for who in set(belongs.values()):
        own = np.flatnonzero(np.isin(speakers, [id_ for id_, at in belongs.items() if at == who]))
        newest[who] = ids[own[np.lexsort((-ids[own], -days[own]))[:LOOKED_AT]]].tolist()
    return newest


def _words(
    alone: Sequence[SearchRequest], newest: dict[int, list[int]], searcher: Searcher
) -> dict[int, list[Figure]]:
    """The keywords of each speaker, with the number of their quotes that have the word.

    Without the words searched for: all quotes compared have them.
    """
    asked = []
    keywords = {at: found[:MOST_WORDS] for at, found in keywords_of(newest, alone[0].as_of).items()}
    among = {word for found in keywords.values() for word in found}
    left_out = _words_of_the_query(alone[0], among)
    for at, found in keywords.items():
        for word in [each for each in found if each not in left_out][:WORDS]:
            asked.append((at, word, _with_word(alone[at], word)))
    results = searcher.results_of(alone)
    searcher.open((Words((Term(word),), exact=True) for _, word, _ in asked), alone[0].as_of)
    figures: dict[int, list[Figure]] = defaultdict(list)
    for at, word, request in asked:
        if not request.parsed.refused:
            count = results[at].containing(Words((Term(word),), exact=True))
            figures[at].append(Figure(word, count, address_of(request), word))
    return figures


def _words_of_the_query(request: SearchRequest, among: Iterable[str]) -> set[str]:
    """Those of the words that are a word of the query, in any form."""
    terms = [(each.exact, term) for each in positive_words(request.parsed.root) for term in each.terms]
    typed = {term.text for _, term in terms}
    beginnings = tuple(term.text for _, term in terms if term.prefix)
    plain = {term.text for exact, term in terms if not exact and not term.prefix}
    stems = {(stemmer, stem(stemmer, word)) for stemmer in range(1, len(STEMMERS)) for word in plain}
    return {
        word
        for word in among
        if word in typed
        or word.startswith(beginnings)
        or any((stemmer, stem(stemmer, word)) in stems for stemmer in range(1, len(STEMMERS)) if stems)
    }


def _with_word(request: SearchRequest, word: str) -> SearchRequest:
    text = request.parsed.text.strip()
    q = f'({text}) "{word}"' if text else f'"{word}"'
    values = {**request.address.values, "q": (q,)}
    return replace(request.with_query(q), address=replace(request.address, values=values))
