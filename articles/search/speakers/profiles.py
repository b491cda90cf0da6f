"""The profile of a speaker: figures, each with the URL of the search that gives the same number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models import Quote, Speaker, clock
from articles.search.engine.facets import Counts, with_names
from articles.search.engine.results import Results
from articles.search.engine.searcher import Searcher, searching
from articles.search.index.columns import CHANNELS
from articles.search.index.positions import bitmap
from articles.search.query import And, Filter, Term, Words, fold, parse
from articles.search.request.canonical_url import Address
from articles.search.request.names import resolve
from articles.search.request.query import ResolvedName, Scope, SearchRequest
from articles.search.speakers.keyness import MOST_QUOTES, keywords_of

SHOWN = 10
WORDS = 24
# Below the limits of a query, 40 words and 500 characters.
MOST_WORDS, MOST_CHARACTERS = 36, 460
_WORDS = {
    "spoken": _("Spoken"),
    "written": _("Written"),
    "unknown": _("Not known"),
    "direct": _("Full quotes"),
    "mixed": _("Partial quotes"),
    "question": _("Questions asked in interviews"),
    "answer": _("Answers in interviews"),
}


@dataclass(frozen=True)
class Figure:
    """A count, its label, and the URL of the search with exactly as many results."""

    label: str
    count: int
    url: str
    value: str = ""


@dataclass(frozen=True)
class Profile:
    """The figures of a speaker. `ids` includes the speakers merged into them.

    `first` and `last` are the days of their dated quotes. `words` are the keywords of the newest
    quotes; `looked_at` is the number of these quotes.
    """

    ids: tuple[int, ...]
    quotes: int
    articles: int
    first: dt.date | None
    last: dt.date | None
    channels: tuple[Figure, ...]
    kinds: tuple[Figure, ...]
    publications: tuple[Figure, ...]
    topics: tuple[Figure, ...]
    beside: tuple[Figure, ...]
    interviewers: tuple[Figure, ...]
    words: tuple[Figure, ...]
    looked_at: int
    said_of: Figure
    # The quotes among `said_of` without a named speaker.
    said_by_nobody: int
    named_in: Figure
    written: Figure
    # Quotes without a known speaker, in the publications and the period in which this speaker is quoted.
    unknown: int

    @property
    def figures(self) -> list[Figure]:
        """All figures of the page that have a search."""
        groups = (self.channels, self.kinds, self.publications, self.topics)
        more = (self.beside, self.interviewers, self.words, (self.said_of, self.named_in, self.written))
        return [figure for group in (*groups, *more) for figure in group]


def profile(speaker: Speaker, names: Sequence[str]) -> Profile:
    """The profile of a speaker known by these names, counted in one snapshot of the search index."""
    ask, slug = _Requests(speaker), speaker.slug
    ids = tuple(ask.ids)
    q = any_of_names(names)
    about = [
        ask.request("quotes", q, not_speaker=slug),
        ask.request("articles", q),
        ask.request("articles", author=slug),
    ]
    own = ask.request("speaker")
    others = [
        ask.request("articles", str(Filter("quoting", slug))),
        ask.request("articles", speaker=slug, kind="answer"),
    ]
    with searching(own) as searcher:
        quotes, quoting, answers, *mentions = searcher.results_of([own, *others, *about])
        newest = quotes.first(MOST_QUOTES)
        beside = {pk: n for pk, n in quoting.facet("speaker").items() if pk not in ids}
        publications, topics, voices, authors = _named(
            publication=quotes.facet("publication"),
            topic=quotes.facet("topic"),
            speaker=beside,
            author=answers.facet("author"),
        )
        keywords = dict(islice(keywords_of([(quotes, newest)])[0].items(), WORDS))
        (numbers,) = in_all_quotes([(quotes, keywords, len(newest))], searcher)
        words = tuple(word_figures(quotes.request, numbers))
    days = quotes.rows.column("published_on")
    days = days[days > 0]
    page, search = f"{speaker.get_absolute_url()}?", reverse("articles:search")
    said_of, named_in, written = (
        Figure("", found.count, address_of(request)) for request, found in zip(about, mentions, strict=True)
    )
    kinds = {str(kind): number for kind, number in quotes.facet("kind").items()}
    return Profile(
        ids=ids,
        quotes=quotes.count,
        articles=len(quotes.different("article")),
        first=dt.date.fromordinal(int(days.min())) if len(days) else None,
        last=dt.date.fromordinal(int(days.max())) if len(days) else None,
        channels=_labelled(_channels(quotes), f"{page}channel=", Quote.Channel.values),
        kinds=_labelled(kinds, f"{page}kind=", Quote.Kind.values),
        publications=_listed(publications, lambda value: f"{page}publication={value}"),
        topics=_listed(topics, lambda value: f"{page}topic={value}"),
        beside=_listed(voices, lambda value: search + _quoting_both(slug, value)),
        interviewers=_listed(authors, lambda value: f"{search}?speaker={slug}&author={value}&kind=answer"),
        words=words,
        looked_at=len(newest),
        said_of=said_of,
        said_by_nobody=mentions[0].without_speaker(),
        named_in=named_in,
        written=written,
        unknown=_of_unknown_speakers(quotes),
    )


def _named(**counted: Mapping[int | str, int]) -> list[Counts]:
    """The most frequent values of these facets with their names."""
    return with_names([(name, _most(numbers)) for name, numbers in counted.items()])[0]


class _Requests:
    """Builds search requests about one speaker; resolves the speaker once."""

    def __init__(self, speaker: Speaker) -> None:
        self.speaker = speaker
        self.names = resolve({("speaker", speaker.slug), ("author", speaker.slug)}, set())
        self.now = clock.now()

    @property
    def ids(self) -> list[int]:
        found = self.names.get(("speaker", self.speaker.slug), ResolvedName(self.speaker.slug))
        return sorted({self.speaker.pk, *found.ids})

    def request(self, scope: Scope, q: str = "", **values: str) -> SearchRequest:
        given = {name.replace("not_", "-"): (value,) for name, value in values.items()}
        return SearchRequest(
            scope=scope,
            parsed=parse(q, "articles" if scope == "articles" else "quotes"),
            now=self.now,
            any_of={name: value for name, value in given.items() if not name.startswith("-")},
            none_of={name[1:]: value for name, value in given.items() if name.startswith("-")},
            names=self.names,
            speaker=self.speaker if scope == "speaker" else None,
            address=Address({**({"q": (q,)} if q else {}), **given}),
        )


def node_of(word: str) -> Words:
    """The query for exactly this word."""
    return Words((Term(word),), exact=True)


def in_all_quotes(
    found: Sequence[tuple[Results, Mapping[str, int], int]], searcher: Searcher
) -> list[dict[str, int]]:
    """The number of all quotes found with each keyword, which are counted in so many of the newest of them.

    Where these are all, nothing more is read.
    """
    unread = [() if read == len(of.every_copy) else tuple(words) for of, words, read in found]
    if any(unread):
        hits = found[0][0].hits
        nodes = (node_of(word) for words in unread for word in words)
        searcher.open(nodes, hits.request.as_of, hits.index.segments)
    return [
        {word: of.containing(node_of(word)) if word in left else number for word, number in words.items()}
        for (of, words, _), left in zip(found, unread, strict=True)
    ]


def word_figures(request: SearchRequest, numbers: Mapping[str, int]) -> Iterator[Figure]:
    """The number of the quotes of a request that have each word."""
    text = request.parsed.text.strip()
    for word, number in numbers.items():
        q = f'({text}) "{word}"' if text else f'"{word}"'
        values = {**request.address.values, "q": (q,)}
        asked = replace(request.with_query(q), address=replace(request.address, values=values))
        if not asked.parsed.refused:
            yield Figure(word, number, address_of(asked), word)


def _quoting_both(slug: str, other: str) -> str:
    return Address({"q": (str(And((Filter("quoting", slug), Filter("quoting", other)))),)}).url()


def _channels(quotes: Results) -> dict[str, int]:
    numbers = np.bincount(quotes.rows.column("channel"), minlength=len(CHANNELS))
    return {name: int(number) for name, number in zip(CHANNELS, numbers, strict=True) if number}


def _of_unknown_speakers(quotes: Results) -> int:
    """The quotes without a speaker in the publications and the period in which these are."""
    days, publications = quotes.rows.column("published_on"), quotes.different("publication")
    if not days.any():
        return 0
    first, last = days[days > 0].min(), days.max()
    hits, number = quotes.hits, 0
    for columns, public in zip(hits.columns, hits.index.all, strict=True):
        unnamed = columns.speaker.without
        published = columns.published_on[unnamed]
        unnamed = unnamed[(published >= first) & (published <= last)]
        chosen = unnamed[np.isin(columns.publication[unnamed], publications)]
        number += public.intersection_cardinality(bitmap(chosen))
    return number


def any_of_names(names: Iterable[str]) -> str:
    """A query for any of these names, as many as fit in a query.

    >>> any_of_names(["Ada Okafor", "A. N. Okafor", "Ada OKAFOR"])
    '"Ada Okafor" OR "A. N. Okafor"'
    """
    phrases: dict[str, str] = {}
    for name in names:
        folded = fold(name)
        if folded.strip():
            phrases.setdefault(folded, '"' + " ".join(name.replace('"', " ").split()) + '"')
    taken: list[str] = []
    for phrase in phrases.values():
        more = " OR ".join([*taken, phrase])
        if len(more) > MOST_CHARACTERS or len(fold(more).split()) > MOST_WORDS:
            break
        taken.append(phrase)
    return " OR ".join(taken)


def address_of(request: SearchRequest) -> str:
    """The URL of the result page of a request."""
    paths = {"articles": "articles:search", "quotes": "articles:quotes"}
    path = request.speaker.get_absolute_url() if request.speaker else reverse(paths[request.scope])
    return path + request.address.url()


def _most(numbers: Mapping[int | str, int]) -> dict[int | str, int]:
    """The most frequent of these values."""
    return dict(sorted(numbers.items(), key=lambda item: (-item[1], item[0]))[:SHOWN])


def _labelled(counted: Mapping[str, int], start: str, order: Sequence[str]) -> tuple[Figure, ...]:
    return tuple(
        Figure(str(_WORDS[value]), counted[value], start + value, value)
        for value in order
        if value in counted
    )


def _listed(rows: Counts, url: Callable[[str], str]) -> tuple[Figure, ...]:
    """The figures, the largest first and then by name."""
    ordered = sorted(rows, key=lambda row: (-row[2], row[1], row[0]))
    return tuple(Figure(label, count, url(slug), slug) for slug, label, count in ordered)
