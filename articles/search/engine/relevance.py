"""Relevance: the BM25 score of every result.

A document has one weighted frequency of each term and one weighted length. A phrase, NEAR or prefix is one
term with a document frequency of its own. Only documents that are visible to the reader count.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from pyroaring import BitMap

from articles.search.engine.hits import Hits
from articles.search.index.evaluate import Documents
from articles.search.index.positions import as_array
from articles.search.index.segment import Segment
from articles.search.query.nodes import Node, positive_words

K1, B = 1.2, 0.75
# Scores are equal if they agree to so many decimals: then the newest comes first.
DECIMALS = 3


def relevance(hits: Hits, documents: Documents, numbers: Sequence[np.ndarray]) -> np.ndarray:
    """The scores of these documents of each segment, one after the other; `numbers` are the same."""
    index = hits.index
    total = sum(map(len, index.all))
    mean = sum(map(Segment.words_of, index.segments, index.all)) / total if total else 1.0
    lengths = [segment.weighted_lengths for segment in index.segments]
    norms = [
        K1 * (1 - B) + K1 * B / mean * length.take(at) for length, at in zip(lengths, numbers, strict=True)
    ]
    scores = [np.zeros(len(at)) for at in numbers]
    for node in dict.fromkeys(positive_words(hits.request.parsed.root)):
        weight = _weight(hits, node, total)
        found = index.frequencies(node, documents)
        for score, norm, at, (having, frequency) in zip(scores, norms, numbers, found, strict=True):
            if len(having) == len(at):
                score += weight * frequency / (frequency + norm)
            else:
                places = np.searchsorted(at, as_array(having))
                score[places] += weight * frequency / (frequency + norm.take(places))
    return np.round(np.concatenate(scores) if scores else np.zeros(0), DECIMALS)


def _weight(hits: Hits, node: Node, total: int) -> float:
    """What an occurrence of a term counts: the more, the fewer documents have it."""
    index = hits.index
    matching = sum(map(BitMap.intersection_cardinality, index.all, index.find(node)))
    return (K1 + 1) * math.log(1 + (total - matching + 0.5) / (matching + 0.5))
