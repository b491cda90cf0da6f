"""Measure relevance with known items: the article whose words were asked for should come first.

For each article, four of the rarer words of the middle of its text are searched for, joined by OR, so that
other articles compete.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from django.http import QueryDict

from articles import search
from articles.search import ArticleFilter
from articles.search.engine.searcher import searching
from articles.search.query import words
from benchmarks.peers import Peer, rows

# Ranks beyond the first page count as not found.
FIRST = 20
ASKED = 4
# Words from the middle of a text among which the rarer ones are chosen.
MIDDLE = 40


@dataclass(frozen=True)
class Relevance:
    """The mean reciprocal rank of the articles asked for."""

    name: str
    asked: int
    mean_reciprocal_rank: float


def measure(peers: Sequence[Peer]) -> list[Relevance]:
    """Measure the engine of the archive and its peers on the same queries."""
    asked = _questions()
    engines: list[tuple[str, Callable[[search.SearchRequest], list[int]]]] = [("archive", _ids)]
    engines += [(peer.name, partial(_ids_of, peer)) for peer in peers]
    return [
        Relevance(name, len(asked), round(sum(_reciprocal(ids(r), pk) for pk, r in asked) / len(asked), 4))
        for name, ids in engines
    ]


def _questions() -> list[tuple[int, search.SearchRequest]]:
    texts = {row.id: row.words for row in rows()}
    documents = Counter(word for text in texts.values() for word in set(text))
    found = []
    for pk, text in texts.items():
        start = max(0, (len(text) - MIDDLE) // 2)
        middle = dict.fromkeys(word for word in text[start : start + MIDDLE] if word.isalpha())
        # Words of one article alone would make it too easy.
        rarer = sorted((word for word in middle if documents[word] > 1), key=lambda word: documents[word])
        if len(rarer) >= ASKED:
            asked = words(" ".join(rarer[:ASKED]))
            query = QueryDict(mutable=True)
            query["q"] = " OR ".join(asked)
            query["sort"] = "relevance"
            found.append((pk, ArticleFilter(query).cleaned))
    return found


def _ids(request: search.SearchRequest) -> list[int]:
    with searching(request) as searcher:
        return searcher.results(request).page()


def _ids_of(peer: Peer, request: search.SearchRequest) -> list[int]:
    return peer.answer(request)[0]


def _reciprocal(ids: Sequence[int], wanted: int) -> float:
    first = list(ids[:FIRST])
    return 1 / (first.index(wanted) + 1) if wanted in first else 0.0
