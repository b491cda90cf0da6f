"""Counts of results: facets, years, groups; folded copies; the order of results."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from articles.search.index.columns import KIND_BITS, Columns
from articles.search.index.evaluate import Documents
from articles.search.index.hits import QUOTE_PARAMETERS, Hits, flat, quotes_matter
from articles.search.query.nodes import is_about_quotes

FACETS = ("publication", "section", "topic", "speaker", "author", "language", "kind", "year")
# A merged speaker and the speaker into whom they are merged, followed to the end.
Families = dict[int, int]


@dataclass(frozen=True)
class Rows:
    """Documents of all segments, side by side."""

    columns: Sequence[Columns]
    numbers: Sequence[np.ndarray]

    @classmethod
    def of(cls, columns: Sequence[Columns], documents: Documents) -> Rows:
        return cls(columns, [np.asarray(each.to_array(), np.int64) for each in documents])

    def __len__(self) -> int:
        return sum(map(len, self.numbers))

    def column(self, name: str) -> np.ndarray:
        return self._joined(lambda columns, numbers: getattr(columns, name)[numbers])

    def languages(self) -> np.ndarray:
        return self._joined(
            lambda columns, numbers: np.array(columns.languages or [""], object)[columns.language[numbers]]
        )

    def lists(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Return (position among these rows, value) for every value of a column of lists."""
        owners, values, before = [], [], 0
        for columns, numbers in zip(self.columns, self.numbers, strict=True):
            at, found = getattr(columns, name).pairs(numbers)
            owners.append(at + before)
            values.append(found)
            before += len(numbers)
        return _concatenated(owners), _concatenated(values)

    def chosen(self, keep: np.ndarray) -> Rows:
        """The rows at which `keep` is true."""
        cuts = np.cumsum([len(numbers) for numbers in self.numbers])[:-1]
        parts = np.split(keep, cuts)
        return Rows(self.columns, [numbers[part] for numbers, part in zip(self.numbers, parts, strict=True)])

    def _joined(self, read: Callable[[Columns, np.ndarray], np.ndarray]) -> np.ndarray:
        return _concatenated(
            [read(columns, numbers) for columns, numbers in zip(self.columns, self.numbers, strict=True)]
        )


def _concatenated(arrays: Sequence[np.ndarray]) -> np.ndarray:
    return np.concatenate(arrays) if arrays else np.zeros(0, np.int64)


class Counted:
    """The counts of one request."""

    def __init__(self, hits: Hits, families: Families) -> None:
        self.hits = hits
        self.request = hits.request
        self.families = families
        self._sets: dict[str, Rows] = {}
        self.every_copy = self._rows(hits.find())
        self.rows = self._one_copy(self.every_copy) if self.request.copies == "one" else self.every_copy

    def _rows(self, documents: Documents) -> Rows:
        return Rows.of(self.hits.columns, documents)

    def names(self) -> tuple[str, ...]:
        """The names of the facets; a speaker's page has no speaker facet."""
        return tuple(name for name in FACETS if not (name == "speaker" and self.request.scope == "speaker"))

    def clause(self, node: Any) -> int:
        rows = self._rows(self.hits.find([node]))
        return len(self._one_copy(rows)) if self.request.copies == "one" else len(rows)

    def without_speaker(self) -> int:
        """The number of results without a named speaker."""
        owners, _ = self._pairs("speaker", self.rows)
        return len(self.rows) - len(np.unique(owners))

    def facet(self, name: str) -> dict[Any, int]:
        """The number of results by value, if that value alone were chosen."""
        rows = self._set(name)
        owners, values = self._pairs(name, rows)
        if self.request.copies == "one" and name != "year":
            owners, values = self._one_copy_of_each(rows, owners, values)
        found, numbers = np.unique(values, return_counts=True)
        return {value: int(number) for value, number in zip(found.tolist(), numbers, strict=True)}

    def _pairs(self, name: str, rows: Rows) -> tuple[np.ndarray, np.ndarray]:
        """Return (position among the rows, value), each pair once."""
        if name in ("speaker", "kind") and self._joins_quotes(name):
            return self._pairs_of_quotes(name, rows)
        if name in ("topic", "author", "speaker"):
            owners, values = rows.lists(name)
            return _distinct(owners, self._canonical(values)) if name != "topic" else (owners, values)
        if name == "kind":
            return self._kinds(np.arange(len(rows)), rows.column("kinds"))
        values = rows.languages() if name == "language" else rows.column(name)
        kept = np.flatnonzero(values != ("" if name == "language" else 0))
        return kept, values[kept]

    def _kinds(self, owners: np.ndarray, bits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        found = [(owners[bits & bit != 0], name) for name, bit in KIND_BITS.items()]
        return (
            _concatenated([at for at, _ in found]),
            np.array([name for at, name in found for _ in range(len(at))], object),
        )

    def _pairs_of_quotes(self, name: str, rows: Rows) -> tuple[np.ndarray, np.ndarray]:
        """The speakers or kinds of the quotes of these articles that meet the conditions on quotes."""
        quotes = Rows.of(self.hits.snapshot.quote_columns, self.hits.quotes(beside=name))
        ids = rows.column("ids")
        order = np.argsort(ids)
        articles = quotes.column("article")
        at = np.searchsorted(ids[order], articles)
        at = np.minimum(at, max(len(ids) - 1, 0))
        inside = ids[order][at] == articles if len(ids) else np.zeros(len(articles), bool)
        quotes = quotes.chosen(inside)
        articles_at = order[at[inside]] if len(ids) else np.zeros(0, np.int64)
        if name == "kind":
            owners, values = self._kinds(articles_at, quotes.column("kinds"))
            return _distinct(owners, values)
        owners, values = quotes.lists("speaker")
        return _distinct(articles_at[owners], self._canonical(values))

    def _canonical(self, speakers: np.ndarray) -> np.ndarray:
        for member, final in self.families.items():
            speakers = np.where(speakers == member, final, speakers)
        return speakers

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

    def _one_copy(self, rows: Rows) -> Rows:
        """The rows of one article of each family of copies: the original, or else the lowest id."""
        family, rank = _copies(rows)
        return rows.chosen(_best_of_each([family], rank))

    def _one_copy_of_each(
        self, rows: Rows, owners: np.ndarray, values: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Of each value and family only the pairs of one article."""
        family, rank = _copies(rows)
        _, numbers = np.unique(values, return_inverse=True)
        keep = _best_of_each([numbers, family[owners]], rank[owners])
        return owners[keep], values[keep]

    # Order -----------------------------------------------------------------------------------------

    def ordered(self, scores: np.ndarray | None = None) -> np.ndarray:
        """The ids of all results in the order of the request."""
        rows, sort = self.rows, self.request.sort
        ids = rows.column("ids")
        if sort == "random":
            return ids[np.lexsort((ids, shuffled(self.request.seed, ids)))]
        if sort == "added":
            return ids[np.lexsort((-ids, -rows.column("first_public_at")))]
        days = rows.column("published_on")
        if sort == "oldest":
            return ids[np.lexsort((ids, days, days == 0))]
        newest = (-ids, -days)
        return ids[np.lexsort((*newest, -scores) if scores is not None else newest)]


def _copies(rows: Rows) -> tuple[np.ndarray, np.ndarray]:
    """The family of copies of each row, and the rank of its article in it."""
    article, copy_of = rows.column("article"), rows.column("copy_of")
    is_copy = copy_of > 0
    return np.where(is_copy, copy_of, article), article + np.where(is_copy, np.int64(1) << 62, 0)


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
    found, numbers = np.unique(values, return_inverse=True)
    pairs = np.unique(owners * len(found) + numbers)
    return pairs // len(found), found[pairs % len(found)]


def _on_quotes(asked: Any) -> set[str]:
    return {name for name, values in asked.items() if values and name in QUOTE_PARAMETERS}


def shuffled(seed: int, ids: np.ndarray) -> np.ndarray:
    """The splitmix64 hash of seed and id, by which results are in random order."""
    with np.errstate(over="ignore"):
        x = ids.astype(np.uint64) + np.uint64(seed) * np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return x ^ (x >> np.uint64(31))


def periods(rows: Rows) -> Iterator[tuple[int, int, bool, int]]:
    """Return (first day, last day, checked, number) of the dated rows."""
    first, last, read = rows.column("published_on"), rows.column("published_until"), rows.column("read")
    dated = first > 0
    table = np.stack([first[dated], last[dated], read[dated].astype(np.int64)], axis=1)
    found, numbers = np.unique(table, axis=0, return_counts=True)
    for (begin, end, checked), number in zip(found.tolist(), numbers.tolist(), strict=True):
        yield begin, end, bool(checked), number
