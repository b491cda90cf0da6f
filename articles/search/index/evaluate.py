"""The one evaluator of the query language: which documents match, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from pyroaring import BitMap

from articles.search.index import positions
from articles.search.index.positions import Occurrences
from articles.search.index.segment import MOST_FREQUENT, Segment, as_array
from articles.search.index.terms import has_stems, is_meant, placed
from articles.search.query.nodes import (
    QUOTE_FIELDS,
    And,
    Field,
    Filter,
    Near,
    Node,
    Not,
    Or,
    Term,
    Words,
    is_about_quotes,
)

# A set of documents in several segments: one bitmap of document numbers for each.
Documents = list[BitMap]
# What the columns know of a filter, or of a kind of quotes: the documents of each segment.
Columns = Callable[[str, str], Documents]


class WordSearch:
    """Where words, phrases and NEAR occur in one segment."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self._found: dict[Node, Occurrences] = {}

    def documents(self, node: Node, part: str = "") -> BitMap:
        """The documents in which the words occur, in any part or in parts of this name."""
        if not part and isinstance(node, Words):
            terms, _ = placed(node)
            if len(terms) == 1:
                return self._documents_of(terms[0][1], node.exact)
        if not part and isinstance(node, Or):
            return BitMap.union(*map(self.documents, node.nodes))
        found = BitMap.union(BitMap(), *self.occurrences(node).values())
        return self.segment.documents_at(found & self.segment.inside(part) if part else found)

    def occurrences(self, node: Node) -> Occurrences:
        if node not in self._found:
            self._found[node] = self._occurrences(node)
        return self._found[node]

    def marks(self, node: Node) -> Occurrences:
        """The occurrences to highlight: of NEAR both sides, where they are near each other."""
        if not isinstance(node, Near):
            return self.occurrences(node)
        left, right = self.occurrences(node.left), self.occurrences(node.right)
        return positions.either(
            (positions.near(left, right, node.distance), positions.near(right, left, node.distance))
        )

    def _occurrences(self, node: Node) -> Occurrences:
        if isinstance(node, Words):
            terms, length = placed(node)
            found = []
            for distance, term in terms:
                found.append((distance, self._positions_of(term, node.exact)))
                if not found[-1][1]:
                    return {}
            return positions.phrase(found, length)
        if isinstance(node, Or):
            return positions.either(self.occurrences(child) for child in node.nodes)
        if not isinstance(node, Near):
            raise TypeError(f"{type(node).__name__} has no positions")
        left = self.occurrences(node.left)
        return positions.near(left, self.occurrences(node.right), node.distance) if left else {}

    def frequencies(self, node: Node) -> tuple[BitMap, np.ndarray]:
        """The documents in which the words occur, and how often they do in each, weighted by part."""
        if isinstance(node, Words):
            terms, _ = placed(node)
            if len(terms) == 1 and not terms[0][1].prefix:
                return self._stored_frequencies(terms[0][1], node.exact)
        places = [as_array(firsts) for firsts in self.occurrences(node).values()]
        return self.segment.counted(np.concatenate(places) if places else as_array(BitMap()))

    def _stored_frequencies(self, term: Term, exact: bool) -> tuple[BitMap, np.ndarray]:
        """The sum of the stored frequencies of the forms of one word."""
        found = []
        for words, first, last in self._meant(term, exact):
            for posting in map(self.segment.posting, words):
                documents = self.segment.among(posting.documents, first, last)
                if not documents:
                    continue
                before = posting.documents.rank(first - 1) if first else 0
                found.append((documents, posting.frequencies[before : before + len(documents)]))
        if len(found) == 1:
            return found[0]
        summed = np.zeros(len(self.segment), np.uint16)
        for documents, frequencies in found:
            summed[as_array(documents)] += frequencies
        matching = np.flatnonzero(summed)
        return BitMap(matching.astype(np.uint32)), np.minimum(summed[matching], MOST_FREQUENT)

    def _positions_of(self, term: Term, exact: bool) -> BitMap:
        segment = self.segment
        found = [
            segment.between(_union(segment.posting(word).positions for word in words), first, last)
            for words, first, last in self._meant(term, exact)
        ]
        return _union(found)

    def _documents_of(self, term: Term, exact: bool) -> BitMap:
        segment = self.segment
        found = [
            segment.among(_union(segment.posting(word).documents for word in words), first, last)
            for words, first, last in self._meant(term, exact)
        ]
        return _union(found)

    def _meant(self, term: Term, exact: bool) -> list[tuple[Sequence[str], int, int]]:
        """The words that a term means, each with the range of documents in which it means them."""
        everywhere = (0, len(self.segment))
        if term.prefix:
            words = self.segment.beginning_with(term.text)
            return [([word for word in words if is_meant(term.text, word)], *everywhere)]
        if exact or not has_stems(term):
            return [((term.text,), *everywhere)]
        meant = {
            span: tuple(dict.fromkeys((term.text, *self.segment.forms_of(stemmer, term.text))))
            for stemmer, span in self.segment.ranges.items()
        }
        if len(set(map(frozenset, meant.values()))) == 1:
            return [(next(iter(meant.values())), *everywhere)]
        return [(words, *span) for span, words in meant.items()]


def _union(several: Iterable[BitMap]) -> BitMap:
    """The union of any number of sets; of one, itself."""
    found = list(several)
    return found[0] if len(found) == 1 else BitMap.union(BitMap(), *found)


@dataclass
class Index:
    """Segments of one kind, their columns, and the documents in them that count."""

    segments: Sequence[Segment]
    columns: Columns
    all: Documents
    # Called before each segment; raises if the search has taken too long.
    check: Callable[[], None] = lambda: None

    def __post_init__(self) -> None:
        self.words = [WordSearch(segment) for segment in self.segments]

    def find(self, node: Node, part: str = "") -> Documents:
        return [words.documents(node, part) for words in self._each()]

    def frequencies(self, node: Node) -> list[tuple[BitMap, np.ndarray]]:
        """For each segment the documents with these words, and their frequencies weighted by part."""
        return [words.frequencies(node) for words in self._each()]

    def _each(self) -> Iterator[WordSearch]:
        for words in self.words:
            self.check()
            yield words

    def ids(self, documents: Documents) -> np.ndarray:
        """The ids of these documents, sorted."""
        found = [segment.ids[as_array(each)] for segment, each in zip(self.segments, documents, strict=True)]
        return np.sort(np.concatenate(found)) if found else np.zeros(0, np.int64)

    def with_ids(self, ids: np.ndarray) -> Documents:
        return [
            BitMap(np.flatnonzero(np.isin(segment.ids, ids)).astype(np.uint32)) for segment in self.segments
        ]


class ArticleSearch:
    """Evaluates queries over articles and the quotes in them.

    `article_of` has for each segment of quotes the ids of their articles. The conditions of one AND group on
    quotes must hold for one and the same quote.
    """

    def __init__(self, articles: Index, quotes: Index, article_of: Sequence[np.ndarray]) -> None:
        self.articles = articles
        self.quotes = quotes
        self.article_of = article_of

    def find_all(
        self, nodes: Sequence[Node], wanted: Sequence[Documents] = (), unwanted: Sequence[Documents] = ()
    ) -> Documents:
        """The articles that match all of these nodes.

        They also have a quote with all `wanted` and no `unwanted` properties.
        """
        return self._group(nodes, wanted=wanted, unwanted=unwanted)

    def _group(
        self,
        nodes: Sequence[Node],
        part: str = "",
        wanted: Sequence[Documents] = (),
        unwanted: Sequence[Documents] = (),
    ) -> Documents:
        found = self.articles.all
        for node in nodes:
            if not is_about_quotes(node):
                found = both(found, self._articles(node, part))
        about = [node for node in nodes if is_about_quotes(node)]
        if wanted or any(not isinstance(node, Not) for node in about):
            quotes = self.quotes.all
            for each in (*wanted, *(self.on_quotes(node) for node in about)):
                quotes = both(quotes, each)
            for each in unwanted:
                quotes = without(quotes, each)
            return both(found, self.articles_of(quotes))
        for each in (*unwanted, *(self.on_quotes(node.node) for node in about if isinstance(node, Not))):
            found = without(found, self.articles_of(each))
        return found

    def articles_of(self, quotes: Documents) -> Documents:
        """The articles of these quotes that count."""
        ids = [
            article[as_array(each)]
            for article, each in zip(self.article_of, both(quotes, self.quotes.all), strict=True)
        ]
        return (
            self.articles.with_ids(np.unique(np.concatenate(ids))) if ids else self.articles.with_ids(_NONE)
        )

    def _articles(self, node: Node, part: str = "") -> Documents:
        if is_about_quotes(node):
            return self._group([node])
        if isinstance(node, And):
            return self._group(node.nodes, part)
        if isinstance(node, Or):
            return either([self._articles(child, part) for child in node.nodes])
        if isinstance(node, Not):
            return without(self.articles.all, self._articles(node.node, part))
        if isinstance(node, Field):
            return self._articles(node.node, node.name)
        if isinstance(node, Filter):
            return self.articles.columns(node.name, node.value)
        return self.articles.find(node, part)

    def on_quotes(self, node: Node) -> Documents:
        """The quotes that match a node of the query."""
        if isinstance(node, And):
            found = self.quotes.all
            for child in node.nodes:
                found = both(found, self.on_quotes(child))
            return found
        if isinstance(node, Or):
            return either([self.on_quotes(child) for child in node.nodes])
        if isinstance(node, Not):
            return without(self.quotes.all, self.on_quotes(node.node))
        if isinstance(node, Filter):
            if node.name == "quoting":
                return self._quotes_of(self._articles(node))
            return self.quotes.columns(node.name, node.value)
        if isinstance(node, Field):
            if node.name not in QUOTE_FIELDS:
                return self._quotes_of(self._articles(node.node, node.name))
            inside = self.on_quotes(node.node)
            return inside if node.name == "quote" else both(inside, self.quotes.columns("kind", node.name))
        return self.quotes.find(node)

    def _quotes_of(self, articles: Documents) -> Documents:
        ids = self.articles.ids(articles)
        return [BitMap(np.flatnonzero(np.isin(of, ids)).astype(np.uint32)) for of in self.article_of]


_NONE = np.zeros(0, np.int64)


def both(one: Documents, other: Documents) -> Documents:
    return [a & b for a, b in zip(one, other, strict=True)]


def either(several: Sequence[Documents]) -> Documents:
    return [BitMap.union(*each) for each in zip(*several, strict=True)]


def without(one: Documents, other: Documents) -> Documents:
    return [a - b for a, b in zip(one, other, strict=True)]
