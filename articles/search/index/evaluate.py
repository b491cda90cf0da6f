"""The one evaluator of the query language: which documents match, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from pyroaring import BitMap

from articles.search.index import positions
from articles.search.index.positions import Occurrences, as_array, bitmap, in_order, where
from articles.search.index.segment import NO_POSTING, Posting, Segment, summed
from articles.search.index.terms import has_stems, meant, placed
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
        if isinstance(node, Or):
            return _union(self.documents(child, part) for child in node.nodes)
        if isinstance(node, Words) and not part:
            terms, _ = placed(node)
            if len(terms) == 1:
                return self._counts_of(terms[0][1], node.exact).documents
        found = in_order(list(self.occurrences(node).values()))
        return self.segment.documents_at(self.segment.inside(found, part) if part else found)

    def occurrences(self, node: Node) -> Occurrences:
        if node not in self._found:
            self._found[node] = self._occurrences(node)
        return self._found[node]

    def number_of_occurrences(self, node: Words) -> int:
        """How often a word or phrase occurs; of a word, without listing its positions."""
        terms, _ = placed(node)
        if len(terms) > 1:
            return sum(map(len, self.occurrences(node).values()))
        segment = self.segment
        return sum(
            segment.number_between(segment.positions(word), first, last)
            for words, first, last in self._meant(terms[0][1], node.exact)
            for word in words
        )

    def marks(self, node: Node) -> Occurrences:
        """The occurrences to highlight: of NEAR both sides, where they are near each other."""
        if not isinstance(node, Near):
            return self.occurrences(node)
        right = self.occurrences(node)
        return positions.either((right, positions.near(right, self.occurrences(node.left), node.distance)))

    def _occurrences(self, node: Node) -> Occurrences:
        if isinstance(node, Words):
            terms, length = placed(node)
            if len(terms) == 1:
                found = self._positions_of(terms[0][1], node.exact)
                return {length: found} if len(found) else {}
            return positions.phrase([(at, self._bitmap_of(term, node.exact)) for at, term in terms], length)
        if isinstance(node, Or):
            return positions.either(self.occurrences(child) for child in node.nodes)
        if not isinstance(node, Near):
            raise TypeError(f"{type(node).__name__} has no positions")
        return positions.near(self.occurrences(node.left), self.occurrences(node.right), node.distance)

    def frequencies(self, node: Node, among: BitMap) -> tuple[BitMap, np.ndarray]:
        """Those of these documents in which the words occur, and how often in each, weighted by part."""
        if isinstance(node, Words):
            terms, _ = placed(node)
            if len(terms) == 1:
                counts = self._counts_of(terms[0][1], node.exact)
                documents = counts.documents & among
                return documents, counts.frequencies_in(documents)
        found = in_order(list(self.occurrences(node).values()))
        return self.segment.counted(self.segment.within(found, among))

    def _positions_of(self, term: Term, exact: bool) -> np.ndarray:
        segment = self.segment
        return in_order(
            [
                segment.between(as_array(segment.positions(word)), first, last)
                for words, first, last in self._meant(term, exact)
                for word in words
            ]
        )

    def _bitmap_of(self, term: Term, exact: bool) -> BitMap:
        """The same as a set; of one word, its posting."""
        meant = self._meant(term, exact)
        if len(meant) == 1 and len(meant[0][0]) == 1:
            return self.segment.positions(meant[0][0][0])
        return bitmap(self._positions_of(term, exact))

    def _counts_of(self, term: Term, exact: bool) -> Posting:
        """The documents with a word that the term means, and the sum of the frequencies of these words."""
        if exact and not term.prefix:
            return self.segment.posting(term.text)
        return self.segment.merged(term, lambda: self._merged(self._meant(term, exact)))

    def _merged(self, meant: Sequence[tuple[Sequence[str], int, int]]) -> Posting:
        segment = self.segment
        found = [
            (documents, posting)
            for words, first, last in meant
            for posting in map(segment.posting, words)
            if (documents := segment.among(posting.documents, first, last))
        ]
        if len(found) < 2:
            documents, posting = found[0] if found else (NO_POSTING.documents, NO_POSTING)
            return Posting(documents, posting.frequencies_in(documents))
        every = np.concatenate([as_array(documents) for documents, _ in found])
        numbers = np.concatenate([posting.frequencies_in(documents) for documents, posting in found])
        documents, sums = summed(every, numbers, len(segment))
        return Posting(documents, sums.astype(np.uint8))

    def _meant(self, term: Term, exact: bool) -> list[tuple[Sequence[str], int, int]]:
        """The words that a term means, each with the range of documents in which it means them."""
        everywhere = (0, len(self.segment))
        if term.prefix:
            words = self.segment.beginning_with(term.text)
            return [(meant(term.text, words), *everywhere)]
        if exact or not has_stems(term):
            return [((term.text,), *everywhere)]
        forms = {
            span: tuple(dict.fromkeys((term.text, *self.segment.forms_of(stemmer, term.text))))
            for stemmer, span in self.segment.ranges.items()
        }
        if len(set(map(frozenset, forms.values()))) == 1:
            return [(next(iter(forms.values())), *everywhere)]
        return [(words, *span) for span, words in forms.items()]


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
        self._found: dict[tuple[Node, str], Documents] = {}

    def find(self, node: Node, part: str = "") -> Documents:
        """The documents with these words; evaluated once for the query, its clauses and their weights."""
        if (node, part) not in self._found:
            self._found[node, part] = [words.documents(node, part) for words in self._each()]
        return self._found[node, part]

    def frequencies(self, node: Node, among: Documents) -> list[tuple[BitMap, np.ndarray]]:
        """Those of these documents that have the words, and their frequencies weighted by part."""
        return [words.frequencies(node, each) for words, each in zip(self._each(), among, strict=True)]

    def _each(self) -> Iterator[WordSearch]:
        for words in self.words:
            self.check()
            yield words

    def ids(self, documents: Documents) -> np.ndarray:
        """The ids of these documents, sorted."""
        found = [segment.ids[as_array(each)] for segment, each in zip(self.segments, documents, strict=True)]
        return np.sort(np.concatenate(found)) if found else np.zeros(0, np.int64)

    def with_ids(self, ids: np.ndarray) -> Documents:
        """The documents with these ids, which are in order; an id may be there more than once."""
        found = []
        for segment in self.segments:
            # Few ids of a large archive are in one segment: searching for all took 40 times as long.
            first, last = np.searchsorted(ids, [segment.first_id, segment.last_id + 1])
            here = ids[first:last]
            found.append(where(np.isin(segment.ids, here)) if len(here) else BitMap())
        return found


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
        self,
        nodes: Sequence[Node],
        wanted: Sequence[Documents] = (),
        unwanted: Sequence[Documents] = (),
        part: str = "",
    ) -> Documents:
        """The articles that match all of these nodes, in parts of this name.

        They also have a quote with all `wanted` and no `unwanted` properties.
        """
        found = self.articles.all
        for node in nodes:
            if not is_about_quotes(node):
                found = both(found, self._articles(node, part))
        about = [node for node in nodes if is_about_quotes(node)]
        if wanted or any(not isinstance(node, Not) for node in about):
            return both(found, self.articles_of(self.find_quotes(about, wanted, unwanted)))
        for each in (*unwanted, *(self.on_quotes(node.node) for node in about if isinstance(node, Not))):
            found = without(found, self.articles_of(each))
        return found

    def find_quotes(
        self, nodes: Sequence[Node], wanted: Sequence[Documents] = (), unwanted: Sequence[Documents] = ()
    ) -> Documents:
        """The quotes that match all of these nodes, with all `wanted` and no `unwanted` properties."""
        found = self.quotes.all
        for each in (*wanted, *map(self.on_quotes, nodes)):
            found = both(found, each)
        for each in unwanted:
            found = without(found, each)
        return found

    def articles_of(self, quotes: Documents) -> Documents:
        """The articles of these quotes that count."""
        ids = [
            article[as_array(each)]
            for article, each in zip(self.article_of, both(quotes, self.quotes.all), strict=True)
        ]
        return self.articles.with_ids(in_order(ids))

    def _articles(self, node: Node, part: str = "") -> Documents:
        if is_about_quotes(node):
            return self.find_all([node])
        if isinstance(node, And):
            return self.find_all(node.nodes, part=part)
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
            return self.find_quotes(node.nodes)
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
        return [where(np.isin(of, ids)) for of in self.article_of]


def both(one: Documents, other: Documents) -> Documents:
    return [a & b for a, b in zip(one, other, strict=True)]


def either(several: Sequence[Documents]) -> Documents:
    return [BitMap.union(*each) for each in zip(*several, strict=True)]


def without(one: Documents, other: Documents) -> Documents:
    return [a - b for a, b in zip(one, other, strict=True)]
