"""Compares the quotes of two to four speakers for one search: counts by year, and keywords."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from django.urls import reverse

from articles import holdings
from articles.search.engine.results import Results
from articles.search.engine.searcher import Searcher, searching
from articles.search.index.stemmers import STEMMERS, stem
from articles.search.query.nodes import positive_words
from articles.search.request.periods import whole_year
from articles.search.request.query import ResolvedName, SearchRequest
from articles.search.results.histogram import PER, without_words
from articles.search.speakers.keyness import keywords_of
from articles.search.speakers.profiles import Figure, address_of, in_all_quotes, word_figures

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
    alone = [_alone(request, head) for head in heads]
    base = without_words(request)
    with searching(request) as searcher:
        found = searcher.results_of(alone)
        held = _held(base, searcher) if base is not None else {}
        newest = [each.first(LOOKED_AT) for each in found]
        words = _words(found, newest, searcher)
        without_speaker = _without_speaker(request, searcher)
    by_year = [each.years() for each in found]
    years = sorted({year for each in by_year for year in each})
    rows = tuple(
        Row(
            year,
            held.get(year, 0),
            tuple(
                _cell(one, each.get(year, 0), held, year) for one, each in zip(alone, by_year, strict=True)
            ),
        )
        for year in (range(years[0], years[-1] + 1) if years else ())
    )
    speakers = tuple(
        Compared(
            head,
            found[at].count,
            found[at].undated,
            address_of(alone[at]),
            words[at],
            tuple(newest[at][:QUOTES]),
            alone[at],
        )
        for at, head in enumerate(heads)
    )
    return Comparison(speakers, rows, without_speaker)


def _alone(request: SearchRequest, head: ResolvedName) -> SearchRequest:
    """The request for one of the speakers, newest first."""
    address = request.address
    values = {**address.values, "speaker": (head.slug or head.value,)}
    values = {name: given for name, given in values.items() if name not in _OF_PAGES}
    return replace(
        request,
        sort="newest",
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


def _held(base: SearchRequest, searcher: Searcher) -> dict[int, int]:
    return holdings.articles_by_year() if base.is_unrestricted else searcher.results(base).years()


def _words(
    found: Sequence[Results], newest: Sequence[Sequence[int]], searcher: Searcher
) -> list[tuple[Figure, ...]]:
    """The keywords of each speaker, without the words searched for: all quotes compared have them."""
    request = found[0].request
    keywords = keywords_of(list(zip(found, newest, strict=True)))
    considered = [dict(islice(words.items(), MOST_WORDS)) for words in keywords]
    left_out = _words_of_the_query(request, {word for words in considered for word in words})
    chosen = []
    for words in considered:
        left = ((word, number) for word, number in words.items() if word not in left_out)
        chosen.append(dict(islice(left, WORDS)))
    numbers = in_all_quotes(list(zip(found, chosen, map(len, newest), strict=True)), searcher)
    return [tuple(word_figures(each.request, words)) for each, words in zip(found, numbers, strict=True)]


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
