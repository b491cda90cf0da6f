"""Query relaxation: the request with one condition dropped or widened, and its result counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice

from articles.search.engine.searcher import Searcher
from articles.search.query.parser import MAX_CHARACTERS
from articles.search.request.canonical_url import REPEATABLE
from articles.search.request.query import SearchRequest

# Relaxations are counted for answers with fewer results than this.
FEW = 20
# At most this many are counted: a query of 40 words has at least 40 relaxations.
MOST = 12


@dataclass(frozen=True)
class Relaxation:
    """A relaxed request: `kind` is how, and `what` the clause, the filter with its value, or the new word."""

    kind: str
    what: str
    url: str
    request: SearchRequest
    count: int | None = None

    @property
    def text(self) -> str:
        """Its query."""
        return self.request.parsed.text


def url_of(request: SearchRequest, text: str) -> str:
    """The URL of the request with another query; empty where the query is empty or too long."""
    return request.address.url(q=text) if text and len(text) <= MAX_CHARACTERS else ""


def every_relaxation(request: SearchRequest) -> Iterator[Relaxation]:
    """Every relaxation by one step: dropped conditions first, then widened ones.

    The moment (`as_of`) is never dropped: another moment is another archive.
    """
    clauses = request.parsed.clauses
    for clause in clauses:
        if len(clauses) > 1:
            yield from of_words(request, "without", clause.text, clause.dropped)
    # Before widened clauses: only the first relaxations are counted, and a filter may be the only obstacle.
    yield from _without_a_filter(request)
    for clause in clauses:
        if clause.relaxed:
            yield from of_words(request, clause.relaxation, clause.text, clause.relaxed)
    if request.parsed.relaxed_to_or:
        yield from of_words(request, "any", "", request.parsed.relaxed_to_or)


def counted_relaxations(
    request: SearchRequest, spelt: Iterable[Relaxation], searcher: Searcher
) -> list[Relaxation]:
    """Other spellings and relaxations with their result counts."""
    relaxations = list(islice(chain(spelt, every_relaxation(request)), MOST))
    counts = searcher.counts([relaxation.request for relaxation in relaxations])
    return [replace(relaxation, count=count) for relaxation, count in zip(relaxations, counts, strict=True)]


def of_words(request: SearchRequest, kind: str, what: str, text: str) -> Iterator[Relaxation]:
    """The request with another query; nothing where that is empty or too long."""
    if url := url_of(request, text):
        yield Relaxation(kind, what, url, request.with_query(text))


def _without_a_filter(request: SearchRequest) -> Iterator[Relaxation]:
    """The request without each of its filters; the moment (`as_of`) is not a filter."""
    for name in REPEATABLE:
        for sign in ("", "-"):
            for value in request.address.values.get(sign + name, ()):
                url = request.address.removing(sign + name, value)
                yield Relaxation("filter", f"{sign}{name}={value}", url, _without(request, sign, name, value))
    for name, asked in {
        "checked": replace(request, checked="any"),
        "from": replace(request, since=None),
        "to": replace(request, until=None),
        "added": replace(request, added=None),
        "copies": replace(request, copies="all"),
    }.items():
        if request.address.values.get(name):
            yield Relaxation("filter", name, request.address.url({name: None}), asked)


def _without(request: SearchRequest, sign: str, name: str, value: str) -> SearchRequest:
    given = request.none_of if sign else request.any_of
    rest = {
        known: tuple(each for each in values if (known, each) != (name, value))
        for known, values in given.items()
    }
    fewer = {known: values for known, values in rest.items() if values}
    return replace(request, none_of=fewer) if sign else replace(request, any_of=fewer)
