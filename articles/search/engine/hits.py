"""From a request to its results: the query, the filters and the sets in which facets count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import reduce

import numpy as np
from django.utils import timezone
from pyroaring import BitMap

from articles.search.index.columns import CHANNELS, KIND_BITS, STANDINGS, Columns, moment_number
from articles.search.index.evaluate import ArticleSearch, Documents, Index, both, either, without
from articles.search.index.positions import as_array, bitmap, different, where
from articles.search.index.segment_cache import Part
from articles.search.index.snapshot import Snapshot
from articles.search.query.nodes import And, Node, is_about_quotes, positive_filters, positive_words
from articles.search.request.periods import read_period
from articles.search.request.query import Period, SearchRequest

QUOTE_PARAMETERS = ("speaker", "kind", "standing", "channel")
Test = Callable[[Columns], np.ndarray]


class Hits:
    """The results of one request in a snapshot."""

    def __init__(self, request: SearchRequest, snapshot: Snapshot, check: Callable[[], None]) -> None:
        self.request = request
        self.snapshot = snapshot
        self.check = check
        self._met: dict[str, Documents | None] = {}
        self._having: dict[tuple[bool, str, str], Documents] = {}
        self.article_columns = [part.columns for part in snapshot.articles]
        self.quote_columns = [part.columns for part in snapshot.quotes]
        self._of_articles = self._index(snapshot.articles, quotes=False)
        self._of_quotes = self._index(snapshot.quotes, quotes=True)
        of = [columns.article for columns in self.quote_columns]
        self.search = ArticleSearch(self._of_articles, self._of_quotes, of)

    def _index(self, parts: Sequence[Part], *, quotes: bool) -> Index:
        moment = moment_number(self.request.moment)
        return Index(
            [part.segment for part in parts],
            lambda name, value: self._filter(name, value, quotes=quotes),
            [part.public(moment) for part in parts],
            self.check,
        )

    @property
    def index(self) -> Index:
        """The index of what the results are: articles or quotes."""
        return self._of_quotes if self.request.of_quotes else self._of_articles

    @property
    def columns(self) -> Sequence[Columns]:
        return self.quote_columns if self.request.of_quotes else self.article_columns

    def find(
        self, nodes: Sequence[Node] | None = None, *, beside: str = "", quotes: bool = True
    ) -> Documents:
        """The results of the query, or of these nodes, with all parameters.

        `beside` names a parameter whose chosen values are ignored; `quotes=False` ignores all conditions on
        quotes.
        """
        asked = [part for node in self._roots(nodes) for part in flat(node)]
        if not quotes:
            asked = [node for node in asked if not is_about_quotes(node)]
        parameters = self._quote_parameters(beside) if quotes else ([], [])
        find = self.search.find_quotes if self.request.of_quotes else self.search.find_all
        found = find(asked, *parameters)
        conditions = self._conditions(beside if self.request.any_of.get(beside) else "")
        return both(found, conditions) if conditions is not None else found

    def quotes(self, *, beside: str = "") -> Documents:
        """The quotes that meet the conditions of the request on one quote of an article."""
        about = [node for node in flat(self.request.parsed.root) if is_about_quotes(node)]
        return self.search.find_quotes(about, *self._quote_parameters(beside))

    def quotes_to_show(self, articles: Sequence[int]) -> list[int]:
        """The ids of the quotes of these articles that meet the conditions on quotes.

        Without such conditions, those with a query word or by a speaker named with `quoting:`.
        """
        if quotes_matter(self.request):
            found = self.quotes()
        else:
            root = self.request.parsed.root
            words = [self._of_quotes.find(node) for node in dict.fromkeys(positive_words(root))]
            quoting = positive_filters(root, "quoting")
            named = [self._has(self.quote_columns, "speaker", node.value) for node in quoting]
            if not words and not named:
                return []
            found = both(self._of_quotes.all, either([*words, *named]))
        ids = np.array(sorted(articles), np.int64)
        chosen = []
        for of, each in zip(self.quote_columns, found, strict=True):
            chosen += of.ids[as_array(each & bitmap(of.of_articles(ids)))].tolist()
        return chosen

    def _roots(self, nodes: Sequence[Node] | None) -> Sequence[Node]:
        if nodes is not None:
            return nodes
        return () if self.request.parsed.root is None else (self.request.parsed.root,)

    def _conditions(self, beside: str) -> Documents | None:
        """What meets the periods and parameters, once for the results, the clauses and the facets."""
        if beside not in self._met:
            every = [*self._frame(), *self._parameters(beside)]
            self._met[beside] = reduce(both, every) if every else None
        return self._met[beside]

    def _frame(self) -> list[Documents]:
        """The conditions of periods, and of the speaker whose page it is; undated articles have no period."""
        request, tests = self.request, []
        if request.since:
            tests.append(_ends_after(request.since.first))
        if request.until:
            tests.append(_begins_before(request.until.last))
        if request.added:
            tests.append(_added(request.added))
        found = [_chosen(self.columns, _all_of(tests))] if tests else []
        if request.speaker is not None:
            found.append(self._has(self.columns, "speaker", request.speaker.slug))
        return found

    def _parameters(self, beside: str) -> list[Documents]:
        """The conditions of the parameters on the document itself."""
        found = [
            either([self._has(self.columns, name, value) for value in values])
            for name, values in self.request.any_of.items()
            if values and name != beside and name not in QUOTE_PARAMETERS
        ]
        for name, values in self.request.none_of.items():
            if values and name not in QUOTE_PARAMETERS:
                chosen = either([self._has(self.columns, name, value) for value in values])
                found.append(without(self._everything(), chosen))
        return found

    def _everything(self) -> Documents:
        return self._of_quotes.all if self.request.of_quotes else self._of_articles.all

    def _quote_parameters(self, beside: str) -> tuple[list[Documents], list[Documents]]:
        columns = self.quote_columns
        wanted = [
            either([self._has(columns, name, value) for value in values])
            for name, values in self.request.any_of.items()
            if values and name in QUOTE_PARAMETERS and name != beside
        ]
        unwanted = [
            either([self._has(columns, name, value) for value in values])
            for name, values in self.request.none_of.items()
            if values and name in QUOTE_PARAMETERS
        ]
        if self.request.checked != "any":
            by_person = self.request.checked == "person"
            wanted.append(_chosen(columns, lambda each: each.read == by_person))
        return wanted, unwanted

    def _filter(self, name: str, value: str, *, quotes: bool) -> Documents:
        """The documents with a value of a field of the query."""
        columns = self.quote_columns if quotes else self.article_columns
        if name not in ("before", "after"):
            return self._has(columns, name, value)
        try:
            period = read_period(value, self.request.today)
        except ValueError:
            return [BitMap() for _ in columns]
        if name == "after":
            return _chosen(columns, _ends_after(period.first))
        if period.first == dt.date.min:
            return [BitMap() for _ in columns]
        return _chosen(columns, _begins_before(period.first - dt.timedelta(days=1)))

    def _has(self, columns: Sequence[Columns], name: str, value: str) -> Documents:
        """The documents with a value of a parameter, once for the results, the clauses and the facets."""
        key = (columns is self.quote_columns, name, value)
        if key not in self._having:
            self._having[key] = self._read_having(columns, name, value)
        return self._having[key]

    def _read_having(self, columns: Sequence[Columns], name: str, value: str) -> Documents:
        ids = self.request.named(name, value).ids
        if name in ("topic", "author", "speaker", "quoting"):
            return [_with_any(each, "speaker" if name == "quoting" else name, ids) for each in columns]
        if name in ("publication", "section"):
            return _chosen(columns, lambda each: _among(getattr(each, name), ids))
        if name == "language":
            return _chosen(columns, lambda each: each.language_is(value))
        if name == "kind":
            return _chosen(columns, lambda each: each.kinds & KIND_BITS.get(value, 0) != 0)
        known = CHANNELS if name == "channel" else STANDINGS
        number = known.index(value) if value in known else -1
        return _chosen(columns, lambda each: getattr(each, name) == number)


def flat(node: Node | None) -> list[Node]:
    """The clauses of the top-level AND."""
    if node is None:
        return []
    return list(node.nodes) if isinstance(node, And) else [node]


def quotes_matter(request: SearchRequest) -> bool:
    """Whether the request has conditions on quotes, so that other quotes of an article do not count."""
    if request.checked != "any":
        return True
    parameters = {*request.any_of, *request.none_of}
    return bool(parameters & set(QUOTE_PARAMETERS)) or any(map(is_about_quotes, flat(request.parsed.root)))


def _chosen(columns: Sequence[Columns], test: Test) -> Documents:
    return [where(test(each)) for each in columns]


def _all_of(tests: Sequence[Test]) -> Test:
    return lambda columns: reduce(np.logical_and, (test(columns) for test in tests))


def _with_any(columns: Columns, name: str, ids: Sequence[int]) -> BitMap:
    lists = getattr(columns, name)
    owners = lists.owners[_among(lists.values, ids)]
    return bitmap(different(owners).astype(np.uint32))


def _among(values: np.ndarray, ids: Sequence[int]) -> np.ndarray:
    """Whether each value is one of these ids."""
    # Mostly there is one: comparing takes a tenth of the time.
    return values == ids[0] if len(ids) == 1 else np.isin(values, ids)


def _ends_after(day: dt.date) -> Test:
    return lambda columns: columns.published_until >= day.toordinal()


def _begins_before(day: dt.date) -> Test:
    return lambda columns: (columns.published_on <= day.toordinal()) & (columns.published_on > 0)


def _added(period: Period) -> Test:
    zone = timezone.get_current_timezone()
    first = moment_number(dt.datetime.combine(period.first, dt.time(), zone))
    if period.text.startswith("-"):
        return lambda columns: columns.first_public_at >= first
    end = min(period.last, dt.date.max - dt.timedelta(days=1)) + dt.timedelta(days=1)
    after = moment_number(dt.datetime.combine(end, dt.time(), zone))
    return lambda columns: (columns.first_public_at >= first) & (columns.first_public_at < after)
