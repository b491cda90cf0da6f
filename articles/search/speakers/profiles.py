"""The profile of a speaker: figures, each with the URL of the search that gives the same number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models import Quote, Speaker, clock
from articles.search.engine.facets import Counts, with_names
from articles.search.engine.searcher import Searcher, searching
from articles.search.index.columns import CHANNELS
from articles.search.index.positions import where
from articles.search.query import And, Filter, fold, parse
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

    `words` are the keywords of the newest quotes; `looked_at` is the number of these quotes.
    """

    ids: tuple[int, ...]
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
    """The profile of a speaker known by these names."""
    requests = _ProfileRequests(speaker)
    with searching(requests.request("speaker")) as searcher:
        return _Profile(requests, searcher).read(names)


class _Profile:
    """Counts the figures of a profile in one snapshot of the search index."""

    def __init__(self, requests: _ProfileRequests, searcher: Searcher) -> None:
        self.requests = requests
        self.searcher = searcher
        self.slug = requests.speaker.slug
        self.quotes = searcher.results(requests.request("speaker"))

    def read(self, names: Sequence[str]) -> Profile:
        speaker, kinds = self.requests.speaker, self.quotes.facet("kind")
        own = f"{speaker.get_absolute_url()}?"
        newest = self.quotes.ordered()[:MOST_QUOTES]
        said_of, named_in, written, *words = self._with_queries(names, newest)
        publications, topics, beside, interviewers = self._named()
        search = reverse("articles:search")
        return Profile(
            ids=tuple(self.requests.ids),
            channels=_labelled(self._channels(), f"{own}channel=", Quote.Channel.values),
            kinds=_labelled({str(kind): n for kind, n in kinds.items()}, f"{own}kind=", Quote.Kind.values),
            publications=_listed(publications, f"{own}publication="),
            topics=_listed(topics, f"{own}topic="),
            beside=tuple(
                Figure(label, count, search + Address({"q": (self._beside(slug),)}).url(), slug)
                for slug, label, count in beside
            ),
            interviewers=tuple(
                Figure(label, count, f"{search}?speaker={self.slug}&author={slug}&kind=answer", slug)
                for slug, label, count in interviewers
            ),
            words=tuple(words),
            looked_at=len(newest),
            said_of=said_of,
            said_by_nobody=self.searcher.results(self.requests.about(names)[0]).without_speaker(),
            named_in=named_in,
            written=written,
            unknown=self._of_unknown_speakers(),
        )

    def _with_queries(self, names: Sequence[str], newest: Sequence[int]) -> list[Figure]:
        """The figures about the names of the speaker, and of the keywords of the newest quotes."""
        found = keywords_of({self.requests.speaker.pk: newest}).get(self.requests.speaker.pk, [])[:WORDS]
        of_words = {keyword.word: self.requests.word(keyword.word) for keyword in found}
        about = self.requests.about(names)
        self.searcher.open(request.parsed.root for request in of_words.values() if request.parsed.root)
        figures = [
            Figure("", count, address_of(request))
            for request, count in zip(about, self.searcher.counts(about), strict=True)
        ]
        return figures + [
            Figure(word, self.quotes.containing(request.parsed.root), address_of(request), word)
            for word, request in of_words.items()
            if request.parsed.root
        ]

    def _named(self) -> list[Counts]:
        """The most frequent publications, topics, speakers quoted with them, and authors of their answers."""
        quoting, answers = self.searcher.results_of(
            [
                self.requests.request("articles", str(Filter("quoting", self.slug))),
                self.requests.request("articles", speaker=self.slug, kind="answer"),
            ]
        )
        beside = {pk: n for pk, n in quoting.facet("speaker").items() if pk not in self.requests.ids}
        counted, _ = with_names(
            [
                ("publication", _most(self.quotes.facet("publication"))),
                ("topic", _most(self.quotes.facet("topic"))),
                ("speaker", _most(beside)),
                ("author", _most(answers.facet("author"))),
            ]
        )
        return counted

    def _beside(self, slug: str) -> str:
        return str(And((Filter("quoting", self.slug), Filter("quoting", slug))))

    def _channels(self) -> dict[str, int]:
        numbers = np.bincount(self.quotes.rows.column("channel"), minlength=len(CHANNELS))
        return {name: int(number) for name, number in zip(CHANNELS, numbers, strict=True) if number}

    def _of_unknown_speakers(self) -> int:
        """The quotes without a speaker in the publications and the period in which they are quoted."""
        days, publications = self.quotes.rows.column("published_on"), self.quotes.rows.column("publication")
        if not days.any():
            return 0
        first, last, publications = days[days > 0].min(), days.max(), np.unique(publications)
        hits, number = self.quotes.hits, 0
        for columns, public in zip(hits.columns, hits.index.all, strict=True):
            unnamed = np.diff(columns.speaker.offsets) == 0
            inside = (columns.published_on >= first) & (columns.published_on <= last)
            chosen = unnamed & inside & np.isin(columns.publication, publications)
            number += public.intersection_cardinality(where(chosen))
        return number


class _ProfileRequests:
    """Builds search requests about one speaker; resolves the speaker once."""

    def __init__(self, speaker: Speaker) -> None:
        self.speaker = speaker
        asked = {("speaker", speaker.slug), ("author", speaker.slug)}
        self.names = resolve(asked, set())
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

    def about(self, names: Sequence[str]) -> list[SearchRequest]:
        """Requests for quotes that name them, articles that name them, and articles they wrote."""
        q = any_of_names(names)
        return [
            self.request("quotes", q, not_speaker=self.speaker.slug),
            self.request("articles", q),
            self.request("articles", author=self.speaker.slug),
        ]

    def word(self, word: str) -> SearchRequest:
        return self.request("speaker", f'"{word}"')


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


def _listed(rows: Counts, start: str) -> tuple[Figure, ...]:
    """The figures, the largest first and then by name."""
    ordered = sorted(rows, key=lambda row: (-row[2], row[1], row[0]))
    return tuple(Figure(label, count, start + slug, slug) for slug, label, count in ordered)
