"""Compares the quotes of two to four speakers for one search: counts by year, and keywords."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.urls import reverse

from articles import holdings
from articles.search.engine.conditions import Sql
from articles.search.engine.hits import Known, compilers, hits_of, searching
from articles.search.engine.stems import stems_of
from articles.search.query import parse
from articles.search.query.nodes import positive_words
from articles.search.request.query import ResolvedName, SearchRequest
from articles.search.results.answer import counts
from articles.search.results.histogram import PER, without_words
from articles.search.speakers.keyness import keywords_of
from articles.search.speakers.profiles import Figure

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
    base, known = without_words(request), Known()
    with searching(request):
        by_year = _by_year(request, belongs, known)
        held = _held(base) if base is not None else {}
        newest = _newest(request, belongs, known)
        words = _words(alone, newest, known)
        without_speaker = _without_speaker(request, known)
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
            _url(alone[at]),
            tuple(words.get(at, ())),
            tuple(newest[at][:QUOTES]),
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


def _url(request: SearchRequest) -> str:
    return reverse("articles:quotes") + request.address.url()


def _cell(alone: SearchRequest, count: int, held: dict[int, int], year: int) -> Cell:
    rate = round(count * PER / held[year], 1) if held.get(year) else None
    return Cell(count, rate, _url_of_years(alone, year, year))


def _url_of_years(alone: SearchRequest, first: int, last: int) -> str:
    years = {"from": _later(alone, first), "to": _earlier(alone, last)}
    return reverse("articles:quotes") + alone.address.url(years)


def _later(alone: SearchRequest, year: int) -> str:
    since = alone.since
    return since.text if since and since.first.year >= year else str(year)


def _earlier(alone: SearchRequest, year: int) -> str:
    until = alone.until
    return until.text if until and until.last.year <= year else str(year)


def _hits(request: SearchRequest, belongs: dict[int, int], known: Known) -> Sql:
    """The quotes to compare; without other conditions the index of speakers answers it alone."""
    others = {name: values for name, values in request.any_of.items() if name != "speaker"}
    if replace(request, any_of=others).is_unrestricted:
        sql = (
            "SELECT quote_id AS id, speaker_id, year, published_on FROM quote_document "
            "WHERE speaker_id = ANY(%s) AND visible_from <= %s"
        )
        return Sql(sql, (list(belongs), request.moment))
    return hits_of(compilers(request, known))


def _without_speaker(request: SearchRequest, known: Known) -> int:
    anybody = replace(request, any_of={n: v for n, v in request.any_of.items() if n != "speaker"})
    if anybody.is_unrestricted:
        return holdings.quotes_without_speaker()
    hits = hits_of(compilers(anybody, known))
    sql = f"SELECT count(*) FROM ({hits.text}) AS hits WHERE speaker_id IS NULL"
    return next(iter(_rows(Sql(sql, hits.params))))[0]


def _by_year(
    request: SearchRequest, belongs: dict[int, int], known: Known
) -> dict[tuple[int, int | None], int]:
    hits = _hits(request, belongs, known)
    found: dict[tuple[int, int | None], int] = defaultdict(int)
    sql = f"SELECT speaker_id, year, count(*) FROM ({hits.text}) AS hits GROUP BY 1, 2"
    for speaker_id, year, count in _rows(Sql(sql, hits.params)):
        if speaker_id in belongs:
            found[belongs[speaker_id], year] += count
    return found


def _held(base: SearchRequest) -> dict[int, int]:
    if base.is_unrestricted:
        return holdings.articles_by_year()
    hits = hits_of(compilers(base))
    sql = f"SELECT year, count(*) FROM ({hits.text}) AS hits WHERE year IS NOT NULL GROUP BY 1"
    return dict(_rows(Sql(sql, hits.params)))


def _newest(request: SearchRequest, belongs: dict[int, int], known: Known) -> dict[int, list[int]]:
    hits = _hits(request, belongs, known)
    sql = f"""
    SELECT at, id FROM (
      SELECT b.at, h.id, h.published_on, row_number() OVER (
        PARTITION BY b.at ORDER BY h.published_on DESC NULLS LAST, h.id DESC) AS n
      FROM ({hits.text}) AS h JOIN unnest(%s::bigint[], %s::int[]) AS b (speaker_id, at) USING (speaker_id)
    ) AS ranked WHERE n <= {LOOKED_AT} ORDER BY at, n"""
    found: dict[int, list[int]] = defaultdict(list)
    for at, quote_id in _rows(Sql(sql, (*hits.params, list(belongs), list(belongs.values())))):
        found[at].append(quote_id)
    return found


def _words(
    alone: Sequence[SearchRequest], newest: dict[int, list[int]], known: Known
) -> dict[int, list[Figure]]:
    """The keywords of each speaker, with the number of their quotes that have the word.

    Without the words searched for: all quotes compared have them.
    """
    asked = []
    keywords = {at: found[:MOST_WORDS] for at, found in keywords_of(newest).items()}
    among = {each.word for found in keywords.values() for each in found}
    left_out = _words_of_the_query(alone[0], known, among)
    for at, found in keywords.items():
        for distinct in [each for each in found if each.word not in left_out][:WORDS]:
            asked.append((at, distinct.word, _with_word(alone[at], distinct.word)))
    readable = [(at, word, request) for at, word, request in asked if not request.parsed.refused]
    figures: dict[int, list[Figure]] = defaultdict(list)
    for (at, word, request), count in zip(readable, counts([q for _, _, q in readable]), strict=True):
        figures[at].append(Figure(word, count, _url(request), word))
    return figures


def _words_of_the_query(request: SearchRequest, known: Known, among: Iterable[str]) -> set[str]:
    """Those of the words that are a word of the query, in any form."""
    words = set(among)
    terms = [(each.exact, term) for each in positive_words(request.parsed.root) for term in each.terms]
    typed = {term.text for _, term in terms}
    beginnings = tuple(term.text for _, term in terms if term.prefix)
    plain = {term.text for exact, term in terms if not exact and not term.prefix}
    known.learn(plain)
    stems = {language: {of[word] for word in plain} for language, of in known.stems.items()} if plain else {}
    found = {word for word in words if word in typed or word.startswith(beginnings)}
    if stems:
        of_words = stems_of(dict.fromkeys(stems, words - found))
        found |= {word for (language, word), stem in of_words.items() if stem in stems[language]}
    return found


def _with_word(request: SearchRequest, word: str) -> SearchRequest:
    text = request.parsed.text.strip()
    q = f'({text}) "{word}"' if text else f'"{word}"'
    values = {**request.address.values, "q": (q,)}
    return replace(request, parsed=parse(q, "quotes"), address=replace(request.address, values=values))


def _rows(sql: Sql) -> Iterable[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql.text, sql.params)
        return cursor.fetchall()
