"""Finds the texts with a stretch that has most of the rare words of a sentence, in the search index.

The words of a stretch count, not those of the whole text, so that a long text does not come before a short
one because it has more words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from math import log

import numpy as np
from pyroaring import BitMap

from articles.models import clock
from articles.search.engine.searcher import Searcher
from articles.search.index.evaluate import Index, WordSearch
from articles.search.index.positions import GAP, as_array, bitmap
from articles.search.query import Term, Words, parse
from articles.search.request.query import Scope, SearchRequest
from articles.search.reuse.similarity import span_of

# Different words of a sentence that are looked up: the longest, if it has more.
MOST_WORDS = 200
# No further, more frequent word is looked up once the rarer ones have this many occurrences.
MOST_OCCURRENCES = 150_000
LEAST_WORDS = 3
# Words that are looked up in articles, whose postings are long: the rarest, and of unknown ones the longest.
RAREST, MOST_UNKNOWN = 8, 4
# Sums of the same weights in another order differ by less.
ROUNDING = 1e-6
# So many times as many documents as are asked for are read first.
FIRST = 8


@dataclass(frozen=True)
class Sentence:
    """The words of a sentence, and how rare each is: the logarithm of quotes to quotes with the word.

    `quotes` is the index of all public quotes. `known` are the different words that these have, rarest first,
    and `unknown` the others. `rarest` is the rarity of a word that a single quote has.
    """

    quotes: Index
    words: Sequence[str]
    rarest: float
    rarity: Mapping[str, float]
    known: Sequence[str]
    unknown: Sequence[str]

    @cached_property
    def weight(self) -> float:
        return self.weigh(self.words)

    def weigh(self, words: Iterable[str]) -> float:
        return sum(self.rarity[word] for word in words)


def public(searcher: Searcher, scope: Scope) -> Index:
    """The index of all public quotes or articles."""
    return searcher.hits(SearchRequest(scope, parse("", "quotes"), clock.now())).index


def read_sentence(words: Sequence[str], searcher: Searcher) -> Sentence:
    """Look up how many public quotes have each word in any form."""
    quotes = public(searcher, "quotes")
    different = list(dict.fromkeys(words))
    looked_up = sorted(different, key=len, reverse=True)[:MOST_WORDS]
    searcher.open(map(_node, looked_up), segments=quotes.segments)
    number = sum(map(len, quotes.all))
    containing = {word: _containing(quotes, word) for word in looked_up}
    rarity = {word: log(1 + number / quotes_with) for word, quotes_with in containing.items() if quotes_with}
    # A word that no quote has says as little of one quote as of another.
    usual = sum(rarity.values()) / len(rarity) if rarity else 1.0
    return Sentence(
        quotes,
        words,
        log(1 + number),
        {word: rarity.get(word, usual) for word in different},
        sorted(rarity, key=lambda word: -rarity[word]),
        [word for word in looked_up if word not in rarity],
    )


def nearest_quotes(
    sentence: Sentence, searcher: Searcher, most: int, *, least: float, parts: bool = False
) -> list[int]:
    """The ids of the quotes with the heaviest stretches: best first, shorter quotes first.

    `least` is the share of the weight of the different words that a stretch must have. With `parts`, a quote
    shorter than the sentence must have this share only of as many words as it has itself.
    """
    chosen = _not_too_frequent(searcher, sentence.quotes, sentence.known)
    # A stretch may also have all words that are not looked up.
    others = set(sentence.rarity).difference(chosen)
    needed = least * sentence.weigh(sentence.rarity) - sentence.weigh(others)
    needs = _Needs(needed, least if parts else None, sentence.weight / max(1, len(sentence.words)))
    return _nearest(sentence, sentence.quotes, chosen, most, needs)


def nearest_articles(sentence: Sentence, searcher: Searcher, most: int, *, least: float) -> list[int]:
    """The ids of the articles with the heaviest stretches, best first.

    `least` is the share of the weight of the rarest words that a stretch must have.
    """
    articles = public(searcher, "articles")
    rarest = [*sentence.known[:RAREST], *sentence.unknown[: MOST_UNKNOWN if sentence.known else RAREST]]
    searcher.open(map(_node, rarest), segments=articles.segments)
    numbers = {word: _containing(articles, word) for word in rarest}
    by_rarity = sorted(filter(numbers.get, rarest), key=lambda word: numbers[word])
    chosen = _not_too_frequent(searcher, articles, by_rarity)
    return _nearest(sentence, articles, chosen, most, _Needs(least * sentence.weigh(rarest)))


def _node(word: str) -> Words:
    """The query for a word in any of its forms."""
    return Words((Term(word),))


def _containing(index: Index, word: str) -> int:
    found = zip(index.find(_node(word)), index.all, strict=True)
    return sum(documents.intersection_cardinality(counted) for documents, counted in found)


def _not_too_frequent(searcher: Searcher, index: Index, by_rarity: Sequence[str]) -> list[str]:
    """The rarest words, as many as have not too many occurrences; reads their positions."""
    # A word occurs at least once in each of its documents: the positions of most frequent words are not read.
    documents = accumulate(sum(map(len, index.find(_node(word)))) for word in by_rarity)
    perhaps = [
        word
        for n, (word, number) in enumerate(zip(by_rarity, documents, strict=True))
        if n < LEAST_WORDS or number <= MOST_OCCURRENCES
    ]
    searcher.open(map(_node, perhaps), segments=index.segments, positions=True)
    chosen: list[str] = []
    occurrences = 0
    for word in perhaps:
        occurrences += sum(search.number_of_occurrences(_node(word)) for search in index.words)
        if len(chosen) >= LEAST_WORDS and occurrences > MOST_OCCURRENCES:
            break
        chosen.append(word)
    return chosen


@dataclass(frozen=True)
class _Needs:
    """The weight that the heaviest stretch of a document needs.

    Or the share `of_part` of the weight of as many words as the document has, each of which weighs `usual`.
    """

    weight: float
    of_part: float | None = None
    usual: float = 0.0

    def own(self, lengths: np.ndarray, most: int) -> np.ndarray:
        """The weight of as many words, at most those of the sentence."""
        return self.usual * np.minimum(lengths, most)

    @property
    def least(self) -> float:
        """Less than any document needs: with this, most are left out at once."""
        weight = self.weight if self.of_part is None else min(self.weight, self.of_part * self.usual)
        return max(0.0, weight - ROUNDING)

    def of(self, lengths: np.ndarray, most: int) -> np.ndarray:
        if self.of_part is None:
            return np.full(len(lengths), self.weight)
        return np.minimum(self.weight, self.of_part * self.own(lengths, most))


class _Weighed:
    """The documents of one segment that may be heavy enough, with the weight of all their words.

    A document weighs at least as much as its stretches, and one that is no longer than a stretch is one. So
    most are left out before positions are read.
    """

    def __init__(
        self,
        sentence: Sentence,
        search: WordSearch,
        words: Mapping[str, BitMap],
        counted: BitMap,
        needs: _Needs,
        check: Callable[[], None],
    ) -> None:
        self.sentence = sentence
        self.search = search
        self.words = words
        self.check = check
        segment, number = search.segment, len(sentence.words)
        having = [as_array(documents) for documents in words.values()]
        each = np.repeat([sentence.rarity[word] for word in words], list(map(len, having)))
        weights = np.bincount(np.concatenate(having), each, len(segment))
        found = np.flatnonzero(weights > needs.least)
        needed = needs.of(segment.weighted_lengths[found], number)
        found = found[weights[found] >= needed - ROUNDING].astype(np.uint32)
        self.documents = as_array(bitmap(found) & counted)
        self.lengths = segment.weighted_lengths[self.documents]
        self.weights = weights[self.documents]
        self.needed = needs.of(self.lengths, number)
        # By what a weight is divided to be a score.
        self.whole = (
            needs.own(self.lengths, number) if needs.of_part is not None else np.ones(len(self.lengths))
        )
        self.ids = segment.ids[self.documents]

    @property
    def at_most(self) -> np.ndarray:
        """The score of each document if all its words were in one stretch."""
        return (self.weights / self.whole).round(6)

    def scores(self, chosen: np.ndarray) -> np.ndarray:
        """The scores of the heaviest stretches of these documents; 0 of those that are not heavy enough."""
        documents, weights = self.documents[chosen], self.weights[chosen]
        if not len(documents):
            return weights
        self.check()
        starts = self.search.segment.starts
        long = starts[documents + 1] - starts[documents] - GAP > span_of(len(self.sentence.words))
        if long.any():
            weights[long] = _heaviest_stretches(
                self.sentence, self.search, self.words, bitmap(documents[long])
            )
        return np.where(weights >= self.needed[chosen], weights / self.whole[chosen], 0).round(6)


def _nearest(sentence: Sentence, index: Index, chosen: Sequence[str], most: int, needs: _Needs) -> list[int]:
    if not chosen:
        return []
    every = {word: index.find(_node(word)) for word in chosen}
    weighed = []
    for at, (search, counted) in enumerate(zip(index.words, index.all, strict=True)):
        index.check()
        words = {word: documents[at] for word, documents in every.items()}
        weighed.append(_Weighed(sentence, search, words, counted, needs, index.check))
    return _best(weighed, most)


def _best(weighed: Sequence[_Weighed], most: int) -> list[int]:
    """The ids of the documents with the highest scores, of equal ones the shortest and then the oldest.

    Positions are read of what may be best first, until no other can be better than the last.
    """
    if not weighed:
        return []
    at_most, length, id_ = (
        np.concatenate([getattr(each, name) for each in weighed]) for name in ("at_most", "lengths", "ids")
    )
    ends = np.cumsum([len(each.documents) for each in weighed])[:-1]
    order = _order(at_most, length)
    left, score, number = np.arange(len(id_)), np.zeros(len(id_)), most * FIRST
    best = left[:0]
    while len(left):
        wanted = np.zeros(len(score), bool)
        # Sorting all takes ten times as long.
        wanted[left[np.argpartition(order[left], number)[:number]] if number < len(left) else left] = True
        parts = zip(weighed, np.split(wanted, ends), strict=True)
        score[wanted] = np.concatenate([each.scores(part) for each, part in parts])
        best = np.concatenate([best, np.flatnonzero(wanted & (score > 0))])
        best = best[np.lexsort((id_[best], length[best], -score[best]))][:most]
        left, number = left[~wanted[left]], number * 4
        if len(best) == most:
            left = left[order[left] <= _order(score[best[-1:]], length[best[-1:]])]
    return id_[best].tolist()


def _order(score: np.ndarray, length: np.ndarray) -> np.ndarray:
    """Integers in the order of these: the highest score first, which has six decimals, then the shortest."""
    return length - ((score * 1_000_000).round().astype(np.int64) << 24)


def _heaviest_stretches(
    sentence: Sentence, search: WordSearch, words: Iterable[str], documents: BitMap
) -> np.ndarray:
    """The weight of the heaviest stretch of each of these documents with a word; a word counts once."""
    span = span_of(len(sentence.words))
    starts = search.segment.starts[as_array(documents)].astype(np.int64)
    places, firsts, weights = [], [], []
    for word, at in _occurrences(search, words, documents):
        before = np.concatenate(([-span], at[:-1]))
        places.append(at)
        # A stretch that begins earlier has the word already, or does not reach this one.
        firsts.append(np.maximum(before + 1, at - span + 1))
        weights.append(np.full(len(at), sentence.rarity[word]))
    every = np.concatenate(places)
    order = np.argsort(every, kind="stable")
    every, first, weight = every[order], np.concatenate(firsts)[order], np.concatenate(weights)[order]
    begins = np.searchsorted(every, starts)
    # Nor does it begin in the document before.
    first = np.maximum(first, np.repeat(starts, np.diff(begins, append=len(every))))
    heaviest = np.cumsum(np.bincount(np.searchsorted(every, first), weight, len(every)))
    heaviest[1:] -= np.cumsum(weight)[:-1]
    return np.maximum.reduceat(heaviest, begins)


def _occurrences(
    search: WordSearch, words: Iterable[str], documents: BitMap
) -> Iterator[tuple[str, np.ndarray]]:
    for word in words:
        for places in search.occurrences(_node(word)).values():
            yield word, search.segment.within(places, documents).astype(np.int64)
