"""The results of a request: counts, facets and years, folded copies, and their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from articles.search.engine.hits import QUOTE_PARAMETERS, Hits, flat, quotes_matter
from articles.search.engine.relevance import relevance
from articles.search.engine.rows import Rows
from articles.search.index.columns import KIND_BITS
from articles.search.index.evaluate import Documents, both
from articles.search.query.nodes import Node, Not, is_about_quotes
from articles.search.request.names import TABLES
from articles.search.request.query import SearchRequest


class Results:
    """The results of one request. `every_copy` has all copies of an article, `rows` those that are shown."""

    def __init__(self, hits: Hits) -> None:
        self.hits = hits
        self.request = hits.request
        self._sets: dict[str, Rows] = {}
        self._found = hits.find()
        self.every_copy = self._rows(self._found)
        self.rows = self._shown(self.every_copy)

    def _rows(self, documents: Documents) -> Rows:
        self.hits.check()
        return Rows(self.hits.columns, documents)

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def undated(self) -> int:
        return int((self.rows.column("year") == 0).sum())

    def years(self, *, read: bool = False) -> dict[int, int]:
        """The number of dated results by year, or of those that a person has reviewed."""
        years = self.rows.column("year")
        return _numbers(years[self.rows.column("read")] if read else years[years > 0])

    def languages_of(self, ids: Sequence[int]) -> dict[str, int]:
        """The number of results of each language among those with these ids."""
        every, languages = self.rows.languages()
        found = _numbers(languages[np.isin(self.rows.column("ids"), ids)])
        return {every[number]: n for number, n in found.items()}

    def clauses(self) -> list[int]:
        """The number of results of each clause of the query alone."""
        return [len(self._shown(self._rows(self.hits.find([node])))) for node in alone(self.request)]

    def containing(self, node: Node) -> int:
        """The number of resulting quotes that also match a node, whose postings were opened."""
        return len(self._shown(self._rows(both(self._found, self.hits.search.on_quotes(node)))))

    def without_speaker(self) -> int:
        """The number of results without a named speaker."""
        owners, _ = self._pairs("speaker", self.rows)
        return self.count - len(_counted(owners)[0])

    def different(self, name: str) -> np.ndarray:
        """The different values of a column of the results, in order."""
        return _counted(self.rows.column(name))[0]

    def facet(self, name: str, most: int | None = None) -> dict[int | str, int]:
        """The number of results by value, if that value alone were chosen.

        Values are ids, languages, kinds or years. `most` limits ids to the most frequent and those that are
        chosen or excluded.
        """
        values, numbers = _counted(self._values(name))
        if name in _COLUMNS and len(values) and values[0] == 0:
            values, numbers = values[1:], numbers[1:]
        if most is not None and name in TABLES and most < len(values):
            first = np.lexsort((values, -numbers))[:most]
            request = self.request
            chosen = request.ids(name, request.any_of.get(name, ()) + request.none_of.get(name, ()))
            at = np.union1d(first, np.flatnonzero(np.isin(values, chosen)))
            values, numbers = values[at], numbers[at]
        # Any: numbers, of which those of languages and kinds stand for words.
        found: dict[Any, int] = dict(zip(values.tolist(), numbers.tolist(), strict=True))
        if name == "language":
            every, _ = self._set(name).languages()
            return {every[number]: n for number, n in found.items() if every[number]}
        if name == "kind":
            return {_KINDS[number]: n for number, n in found.items()}
        return found

    def _values(self, name: str) -> np.ndarray:
        """Each value as often as it counts; 0 is none in a column of ids or years."""
        rows = self._set(name)
        if self.request.copies == "one" and name != "year":
            return self._one_copy_of_each(rows, *self._pairs(name, rows))[1]
        if name in ("topic", "author", "speaker") and not self._joins_quotes(name):
            values = rows.values(name)
            if name == "topic" or not self._has_merged(values):
                return values
        if name in _COLUMNS:
            return rows.column(name)
        return self._pairs(name, rows)[1]

    def _pairs(self, name: str, rows: Rows) -> tuple[np.ndarray, np.ndarray]:
        """Return (position among the rows, value), each pair once; a language or kind is a number."""
        if name in ("speaker", "kind") and self._joins_quotes(name):
            return self._pairs_of_quotes(name, rows)
        if name == "topic":
            return rows.lists(name)
        if name in ("author", "speaker"):
            return self._people(*rows.lists(name))
        if name == "kind":
            return _kinds(np.arange(len(rows)), rows.column("kinds"))
        if name == "language":
            return np.arange(len(rows)), rows.languages()[1]
        values = rows.column(name)
        kept = np.flatnonzero(values)
        return kept, values[kept]

    def _has_merged(self, speakers: np.ndarray) -> bool:
        return bool(np.isin(speakers, self._members).any())

    @cached_property
    def _members(self) -> np.ndarray:
        """The speakers that are merged into another."""
        families = self.hits.snapshot.families
        return np.fromiter(families, np.int64, len(families))

    def _people(self, owners: np.ndarray, speakers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The pairs with canonical speakers, each once."""
        families = self.hits.snapshot.families
        at = np.flatnonzero(np.isin(speakers, self._members))
        if not len(at):
            return owners, speakers
        speakers = speakers.copy()
        speakers[at] = [families[int(speaker)] for speaker in speakers[at].tolist()]
        # Only owners of a merged speaker can have one twice: telling all pairs apart takes ten times as long.
        again = np.zeros(int(owners.max()) + 1, bool)
        again[owners[at]] = True
        again = again[owners]
        one, other = _distinct(owners[again], speakers[again])
        return np.concatenate([owners[~again], one]), np.concatenate([speakers[~again], other])

    def _pairs_of_quotes(self, name: str, rows: Rows) -> tuple[np.ndarray, np.ndarray]:
        """The speakers or kinds of the quotes of these articles that meet the conditions on quotes."""
        quotes = Rows(self.hits.quote_columns, self.hits.quotes(beside=name))
        ids = rows.column("ids")
        order = np.argsort(ids)
        articles = quotes.column("article")
        at = np.searchsorted(ids[order], articles)
        at = np.minimum(at, max(len(ids) - 1, 0))
        inside = ids[order][at] == articles if len(ids) else np.zeros(len(articles), bool)
        quotes = quotes.chosen(inside)
        articles_at = order[at[inside]] if len(ids) else np.zeros(0, np.int64)
        if name == "kind":
            return _distinct(*_kinds(articles_at, quotes.column("kinds")))
        owners, values = quotes.lists("speaker")
        return self._people(*_distinct(articles_at[owners], values))

    # The set in which a facet counts ---------------------------------------------------------------

    def _set(self, name: str) -> Rows:
        """The results if nothing were chosen in the facet."""
        request = self.request
        if self._joins_quotes(name) and not self._one_quote_is_meant(name):
            return self._made("beside quotes", lambda: self.hits.find(quotes=False))
        if request.any_of.get(name) and not self._joins_quotes(name):
            return self._made(f"beside {name}", lambda: self.hits.find(beside=name))
        return self.rows if name == "year" else self.every_copy

    def _made(self, key: str, make: Callable[[], Documents]) -> Rows:
        if key not in self._sets:
            self._sets[key] = self._rows(make())
        return self._sets[key]

    def _joins_quotes(self, name: str) -> bool:
        """Whether the facet is counted from quotes instead of from the columns of articles."""
        request = self.request
        if request.of_quotes or name not in ("speaker", "kind") or not quotes_matter(request):
            return False
        # If a speaker is the only condition on quotes, all quotes of the other speakers count.
        nothing_else = not request.as_of and request.checked == "any" and not _on_quotes(request.none_of)
        asked = any(is_about_quotes(node) for node in flat(request.parsed.root))
        return not (nothing_else and not asked and _on_quotes(request.any_of) == {"speaker"} == {name})

    def _one_quote_is_meant(self, name: str) -> bool:
        """Whether values are chosen only in another facet of quotes; then the facet counts in the results."""
        return not self.request.any_of.get(name) and bool(_on_quotes(self.request.any_of))

    # Copies ----------------------------------------------------------------------------------------

    def _shown(self, rows: Rows) -> Rows:
        """The rows; where copies are folded, of one article of each family: the original or the lowest id."""
        return rows.chosen(first_of_each_family(rows)) if self.request.copies == "one" else rows

    def _one_copy_of_each(
        self, rows: Rows, owners: np.ndarray, values: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Of each value and family only the pairs of one article."""
        family, rank = _copies(rows)
        _, numbers = np.unique(values, return_inverse=True)
        keep = _best_of_each([numbers, family[owners]], rank[owners])
        return owners[keep], values[keep]

    # Order -----------------------------------------------------------------------------------------

    def ordered(self) -> list[int]:
        """The ids of all results in the order of the request."""
        ids, keys = self._order()
        return ids[np.lexsort(keys)].tolist()

    def page(self) -> list[int]:
        """The ids of the page of the request, in order."""
        before = (self.request.page - 1) * self.request.size
        return self.first(before + self.request.size)[before:]

    def first(self, last: int) -> list[int]:
        """The first ids in the order of the request, as many as `last`."""
        ids, keys = self._order()
        if last * 4 > len(ids):
            return ids[np.lexsort(keys)][:last].tolist()
        # Only what may be among the first is sorted: all with a key up to that of the last one. That of a
        # sample is no less, and leaves few.
        main = keys[-1]
        at = np.flatnonzero(main <= _nth(main[:: min(16, len(main) // last)], last))
        at = at[main[at] <= _nth(main[at], last)]
        chosen = np.lexsort([key[at] for key in keys])[:last]
        return ids[at[chosen]].tolist()

    def _order(self) -> tuple[np.ndarray, list[np.ndarray]]:
        """The ids of the results, and the keys by which they are sorted, the most important last."""
        rows, sort = self.rows, self.request.sort
        ids = rows.column("ids")
        if sort == "random":
            return ids, [ids, shuffled(self.request.seed, ids)]
        if sort == "added":
            return ids, [-ids, -rows.column("first_public_at")]
        days = rows.column("published_on")
        if sort == "oldest":
            return ids, [ids, np.where(days == 0, np.int64(1) << 40, days)]
        newest = [-ids, -days]
        if sort != "relevance":
            return ids, newest
        return ids, [*newest, -relevance(self.hits, rows.documents, rows.numbers)]


_COLUMNS = ("publication", "section", "year")
_KINDS = {bit: name for name, bit in KIND_BITS.items()}


def _kinds(owners: np.ndarray, bits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The pairs of the kinds in these bits."""
    found = [(owners[bits & bit != 0], bit) for bit in _KINDS]
    return (
        np.concatenate([at for at, _ in found]),
        np.repeat(np.array(list(_KINDS), np.int64), [len(at) for at, _ in found]),
    )


def _nth(values: np.ndarray, n: int) -> Any:  # a number
    """The value at place n in ascending order, counted from 1."""
    return np.partition(values, n - 1)[n - 1]


def _numbers(values: np.ndarray) -> dict[int, int]:
    """How often each value occurs."""
    found, numbers = _counted(values)
    return dict(zip(found.tolist(), numbers.tolist(), strict=True))


def _counted(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The different values in order, and how often each occurs."""
    if len(values) and values.min() >= 0 and values.max() < 4 * len(values) + 100_000:
        numbers = np.bincount(values)
        found = np.flatnonzero(numbers)
        return found, numbers[found]
    return np.unique(values, return_counts=True)


def alone(request: SearchRequest) -> list[Node]:
    """The clauses to count alone; none for a single clause, whose count is the total."""
    clauses = request.parsed.clauses
    if len(clauses) < 2 and not any(isinstance(clause.node, Not) for clause in clauses):
        return []
    return [clause.node.node if isinstance(clause.node, Not) else clause.node for clause in clauses]


def _copies(rows: Rows) -> tuple[np.ndarray, np.ndarray]:
    """The family of copies of each row, and the rank of its article in it."""
    article, copy_of = rows.column("article"), rows.column("copy_of")
    is_copy = copy_of > 0
    return np.where(is_copy, copy_of, article), article + np.where(is_copy, np.int64(1) << 62, 0)


def first_of_each_family(rows: Rows) -> np.ndarray:
    """Whether each row is of the article that stands for its family of copies."""
    family, rank = _copies(rows)
    return _best_of_each([family], rank)


def _best_of_each(keys: Sequence[np.ndarray], rank: np.ndarray) -> np.ndarray:
    """Whether each row has the lowest rank of the rows with the same keys."""
    if not len(rank):
        return np.zeros(0, bool)
    order = np.lexsort((rank, *keys))
    changed = np.zeros(len(rank), bool)
    changed[0] = True
    for key in keys:
        changed[1:] |= key[order][1:] != key[order][:-1]
    best = rank[order][np.maximum.accumulate(np.where(changed, np.arange(len(rank)), 0))]
    keep = np.zeros(len(rank), bool)
    keep[order] = rank[order] == best
    return keep


def _distinct(owners: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each pair once."""
    if not len(owners):
        return owners, values
    most = int(values.max()) + 1
    pairs = np.unique(owners * most + values)
    return pairs // most, pairs % most


def _on_quotes(asked: Mapping[str, object]) -> set[str]:
    return {name for name, values in asked.items() if values and name in QUOTE_PARAMETERS}


def shuffled(seed: int, ids: np.ndarray) -> np.ndarray:
    """The splitmix64 hash of seed and id, by which results are in random order."""
    with np.errstate(over="ignore"):
        x = ids.astype(np.uint64) + np.uint64(seed) * np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return x ^ (x >> np.uint64(31))
