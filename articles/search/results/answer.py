"""`search()`: from a request to an `Answer` with ids, counts, facets, rows and excerpts.

The search index gives ids and counts; the rows of the page are then loaded by id. The page, its JSON, its
feed and its files all use it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import OperationalError, transaction
from psycopg.errors import QueryCanceled

from articles.models import Article, Quote
from articles.search.assist import relaxations as relaxations_
from articles.search.assist.hints import Hint, hints
from articles.search.assist.relaxations import Relaxation
from articles.search.assist.spelling import spellings
from articles.search.assist.spelling_variants import Variant
from articles.search.assist.zero_results import Promotion, query_key
from articles.search.engine import facets as facets_
from articles.search.engine.facets import Counts, Facet, FacetValue
from articles.search.engine.results import Results
from articles.search.engine.searcher import Searcher, searching
from articles.search.history.diff import LISTED, MOST_LISTED, SearchDiff, compare_with_now
from articles.search.query import Clause, Not, explain
from articles.search.query.relaxation import RELAXATIONS
from articles.search.request.labels import LABELS, value_label
from articles.search.request.messages import translated
from articles.search.request.query import SearchRequest
from articles.search.results.excerpts import Result, article_results, quote_results
from articles.search.results.visible_now import visible_now


class NoSuchPage(Exception):
    """The requested page is beyond the last."""


@dataclass(frozen=True)
class ReadClause:
    """One clause of the query, its explanation, and its result count alone under the same filters.

    `url` is the request without it; `relaxed_url` the request with it relaxed, as `relaxation` describes.
    """

    text: str
    explanation: str
    count: int
    join: str
    negative: bool
    url: str
    relaxed_url: str
    relaxation: str


@dataclass(frozen=True)
class Answer:
    """The results of a request on one page, and the counts of all of them."""

    request: SearchRequest
    count: int
    ids: tuple[int, ...]
    results: tuple[Result, ...]
    # What the counts are made of; None if nothing was understood.
    found: Results | None = None
    facets: tuple[Facet, ...] = ()
    clauses: tuple[ReadClause, ...] = ()
    undated: int = 0
    read: int = 0
    groups: tuple[FacetValue, ...] = ()
    # Other spellings; not counted yet.
    suggestions: tuple[Relaxation, ...] = ()
    # Other ways to write words of the query, as “e-mail” for “email”; not counted yet.
    variants: tuple[Variant, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    promotion: Promotion | None = None
    hints: tuple[Hint, ...] = ()
    # For a past moment: the differences from today's results.
    diff: SearchDiff | None = None
    # Results without a named speaker; None where they are not counted.
    without_speaker: int | None = None
    # The result count with all copies, where copies are folded.
    with_copies: int | None = None

    @property
    def rows(self) -> list[Article | Quote]:
        """The articles or quotes of this page in order, with `body` deferred."""
        return [result.row for result in self.results]

    @property
    def years(self) -> dict[int, int]:
        """The number of dated results by year."""
        return self.found.years() if self.found is not None else {}

    @property
    def page(self) -> int:
        return self.request.page

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // self.request.size))

    def facet(self, name: str) -> Facet | None:
        return next((facet for facet in self.facets if facet.name == name), None)


def search(request: SearchRequest) -> Answer:
    """Run a valid request. Raises NoSuchPage beyond the last page."""
    if nothing_understood(request):
        return Answer(request, 0, (), ())
    answered = None
    try:
        with searching(request) as searcher:
            answered = _search(request, searcher)
            if request.format in ("html", "json"):
                answered = replace(answered, hints=hints(request, searcher, answered.variants))
            if answered.count < relaxations_.FEW and request.format == "html":
                relaxed = relaxations_.counted_relaxations(request, answered.suggestions, searcher)
                return replace(answered, relaxations=tuple(relaxed))
    except OperationalError as failure:
        # The results are shown without the part that took too long.
        if answered is None or not isinstance(failure.__cause__, QueryCanceled):
            raise
    return answered


def count(request: SearchRequest) -> int:
    """The number of results of a valid request, and nothing else."""
    return counts([request])[0]


def counts(requests: Sequence[SearchRequest]) -> list[int]:
    """The numbers of results of several valid requests of the same moment."""
    asked = [request for request in requests if not nothing_understood(request)]
    if not asked:
        return [0] * len(requests)
    with searching(asked[0]) as searcher:
        counted = iter(searcher.counts(asked))
    return [0 if nothing_understood(request) else next(counted) for request in requests]


def nothing_understood(request: SearchRequest) -> bool:
    """Whether the query has text but none of it was understood; such a request has no results."""
    return bool(request.parsed.text.strip()) and request.parsed.root is None


def _search(request: SearchRequest, searcher: Searcher) -> Answer:
    found = searcher.results(request)
    total = found.count
    if request.page > max(1, -(-total // request.size)):
        raise NoSuchPage(request.page)
    ids = found.page()
    make = quote_results if request.of_quotes else article_results
    results = make(request, found.hits, ids)
    suggestions, variants = spellings(request, total, searcher)
    counted, promoted = _counted_facets(found)
    return Answer(
        request=request,
        count=total,
        ids=tuple(ids),
        found=found,
        results=tuple(visible_now(results) if request.as_of else results),
        diff=_compare_with_now(found, searcher),
        facets=tuple(_facet(request, name, counted[name]) for name in facets_.names(request)),
        clauses=_clauses(request, found.clauses(), total),
        undated=found.undated,
        read=int(found.rows.column("read").sum()),
        groups=facet_values(request, request.group, counted["group"]) if request.group else (),
        without_speaker=found.without_speaker() if _says_without_speaker(request) else None,
        with_copies=len(found.every_copy) if request.copies == "one" else None,
        suggestions=suggestions,
        variants=variants,
        promotion=Promotion(*promoted) if promoted else None,
    )


def _counted_facets(found: Results) -> tuple[dict[str, Counts], tuple[str, str] | None]:
    """The counts of every facet, with names; those of the groups are called “group”. And the promotion."""
    request = found.request
    names = list(facets_.names(request))
    numbers = [(name, found.facet(name, facets_.SHOWN + 1)) for name in names]
    if request.group:
        numbers.append((request.group, found.facet(request.group, facets_.MOST_GROUPS + 1)))
        names.append("group")
    counted, promoted = facets_.with_names(numbers, query_key(request), request.as_of)
    return dict(zip(names, counted, strict=True)), promoted


def _says_without_speaker(request: SearchRequest) -> bool:
    return request.group == "speaker" or request.scope == "quotes"


def _compare_with_now(found: Results, searcher: Searcher) -> SearchDiff | None:
    """The comparison with today; None for a search of today, and where it took too long."""
    if found.request.as_of is None:
        return None
    # JSON lists more of the differences than the page.
    listed = MOST_LISTED if found.request.format == "json" else LISTED
    try:
        with transaction.atomic():
            return compare_with_now(found, searcher, listed=listed)
    except OperationalError as failure:
        if not isinstance(failure.__cause__, QueryCanceled):
            raise
        return None


def _clauses(request: SearchRequest, counted: Sequence[int], count: int) -> tuple[ReadClause, ...]:
    return tuple(
        _read_clause(request, clause, counted[at] if counted else count)
        for at, clause in enumerate(request.parsed.clauses)
    )


def _read_clause(request: SearchRequest, clause: Clause, count: int) -> ReadClause:
    negative = isinstance(clause.node, Not)
    node = clause.node.node if isinstance(clause.node, Not) else clause.node
    url = relaxations_.url_of(request, clause.dropped) if len(request.parsed.clauses) > 1 else ""
    relaxed_url = relaxations_.url_of(request, clause.relaxed)
    return ReadClause(
        clause.text,
        translated(explain(node)),
        count,
        clause.join,
        negative,
        url,
        relaxed_url,
        translated(RELAXATIONS[clause.relaxation]) if clause.relaxation else "",
    )


def _facet(request: SearchRequest, name: str, counted: Counts) -> Facet:
    values = facet_values(request, name, counted)
    chosen = [value for value in values if value.selected or value.excluded]
    others = [value for value in values if not (value.selected or value.excluded)]
    listed = {*chosen, *others[: facets_.SHOWN]}
    return Facet(
        name,
        str(LABELS[name][0]),
        tuple(value for value in values if value in listed),
        len(others) > facets_.SHOWN,
    )


def facet_values(request: SearchRequest, name: str, counts: Counts) -> tuple[FacetValue, ...]:
    """The values of a facet, most frequent first, including chosen values without results."""
    counted = {slug: (label, n) for slug, label, n in counts}
    for value in (*request.any_of.get(name, ()), *request.none_of.get(name, ())):
        counted.setdefault(value, (request.named(name, value).label or value, 0))
    found = [
        FacetValue(request, name, value, _label(name, value, label), n)
        for value, (label, n) in counted.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.count, counted[each.value][0], each.value)))


def _label(name: str, value: str, label: str) -> str:
    return value_label(name, value) if name in ("language", "kind") else label
