"""Finds the texts with a stretch that has most of the rare words of a sentence, in the search index.

The words of a stretch count, not those of the whole text, so that a long text does not come before a short
one because it has more words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

import numpy as np

from articles.models import clock
from articles.search.engine.searcher import Searcher
from articles.search.index.evaluate import Index, WordSearch
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


@dataclass(frozen=True)
class Sentence:
    """The words of a sentence, and how rare each is: the logarithm of quotes to quotes with the word.

    `known` are the different words that public quotes have, rarest first, and `unknown` the others. `rarest`
    is the rarity of a word that a single quote has.
    """

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
    quotes = public(searcher, "quotes")
    chosen = _not_too_frequent(quotes, sentence.known)
    # A stretch may also have all words that are not looked up.
    others = set(sentence.rarity).difference(chosen)
    needed = least * sentence.weigh(sentence.rarity) - sentence.weigh(others)
    return _nearest(sentence, quotes, chosen, most, needed=needed, least_of_part=least if parts else None)


def nearest_articles(sentence: Sentence, searcher: Searcher, most: int, *, least: float) -> list[int]:
    """The ids of the articles with the heaviest stretches, best first.

    `least` is the share of the weight of the rarest words that a stretch must have.
    """
    articles = public(searcher, "articles")
    rarest = [*sentence.known[:RAREST], *sentence.unknown[: MOST_UNKNOWN if sentence.known else RAREST]]
    searcher.open(map(_node, rarest), segments=articles.segments)
    numbers = {word: _containing(articles, word) for word in rarest}
    chosen = _not_too_frequent(articles, sorted(filter(numbers.get, rarest), key=lambda word: numbers[word]))
    return _nearest(sentence, articles, chosen, most, needed=least * sentence.weigh(rarest))


def _node(word: str) -> Words:
    """The query for a word in any of its forms."""
    return Words((Term(word),))


def _containing(index: Index, word: str) -> int:
    found = zip(index.find(_node(word)), index.all, strict=True)
    return sum(documents.intersection_cardinality(counted) for documents, counted in found)


def _not_too_frequent(index: Index, by_rarity: Sequence[str]) -> list[str]:
    """The rarest words, as many as have not too many occurrences."""
    chosen: list[str] = []
    occurrences = 0
    for word in by_rarity:
        for search in index.words:
            occurrences += sum(map(len, search.occurrences(_node(word)).values()))
        if len(chosen) >= LEAST_WORDS and occurrences > MOST_OCCURRENCES:
            break
        chosen.append(word)
    return chosen


def _nearest(
    sentence: Sentence,
    index: Index,
    chosen: Sequence[str],
    most: int,
    *,
    needed: float,
    least_of_part: float | None = None,
) -> list[int]:
    usual = sentence.weight / max(1, len(sentence.words))
    scores, lengths, ids = [], [], []
    for search, counted in zip(index.words, index.all, strict=True):
        index.check()
        documents, score = _heaviest_stretches(sentence, search, chosen)
        length = search.segment.weighted_lengths[documents]
        enough = score >= needed
        if least_of_part is not None:
            own = usual * np.minimum(length, len(sentence.words))
            enough |= score >= least_of_part * own
            score = score / own
        keep = enough & np.isin(documents, counted.to_array())
        scores.append(score[keep])
        lengths.append(length[keep])
        ids.append(search.segment.ids[documents[keep]])
    if not ids:
        return []
    score, length, found = np.concatenate(scores).round(6), np.concatenate(lengths), np.concatenate(ids)
    if len(score) > most:
        keep = score >= np.partition(score, -most)[-most]
        score, length, found = score[keep], length[keep], found[keep]
    return found[np.lexsort((found, length, -score))][:most].tolist()


def _heaviest_stretches(
    sentence: Sentence, search: WordSearch, chosen: Sequence[str]
) -> tuple[np.ndarray, np.ndarray]:
    """Each document with one of the words, and the weight of its heaviest stretch; a word counts once."""
    span = span_of(len(sentence.words))
    places, firsts, weights = [], [], []
    for word, at in _occurrences(search, chosen):
        before = np.concatenate(([-span], at[:-1]))
        places.append(at)
        # A stretch that begins earlier has the word already, or does not reach this one.
        firsts.append(np.maximum(before + 1, at - span + 1))
        weights.append(np.full(len(at), sentence.rarity[word]))
    if not places:
        return np.zeros(0, np.int64), np.zeros(0)
    every = np.concatenate(places)
    order = np.argsort(every, kind="stable")
    every, first, weight = every[order], np.concatenate(firsts)[order], np.concatenate(weights)[order]
    heaviest = np.cumsum(np.bincount(np.searchsorted(every, first), weight, len(every)))
    heaviest[1:] -= np.cumsum(weight)[:-1]
    owners = np.searchsorted(search.segment.starts, every.astype(np.uint32), side="right") - 1
    new = np.flatnonzero(np.diff(owners, prepend=-1))
    return owners[new], np.maximum.reduceat(heaviest, new)


def _occurrences(search: WordSearch, chosen: Sequence[str]) -> Iterator[tuple[str, np.ndarray]]:
    for word in chosen:
        for places in search.occurrences(_node(word)).values():
            yield word, places.astype(np.int64)
