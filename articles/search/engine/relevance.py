"""Relevance: the BM25 score of every result.

A document has one weighted frequency of each term and one weighted length. A phrase, NEAR or prefix is one
term with a document frequency of its own. Only documents that are visible to the reader count.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from articles.search.engine.hits import Hits
from articles.search.index.evaluate import Documents
from articles.search.index.positions import as_array, bitmap
from articles.search.query.nodes import Node, positive_words

K1, B = 1.2, 0.75
# Scores are equal if they agree to so many decimals: then the newest comes first.
DECIMALS = 3


def relevance(hits: Hits, chosen: Sequence[np.ndarray]) -> np.ndarray:
    """The scores of these documents of each segment, one after the other."""
    index = hits.index
    lengths = [segment.weighted_lengths for segment in index.segments]
    total, words = 0, 0.0
    for length, live in zip(lengths, index.all, strict=True):
        whole = len(live) == len(length)
        total += len(live)
        words += float((length if whole else length[as_array(live)]).sum())
    mean = words / total if total else 1.0
    scores = [np.zeros(len(length)) for length in lengths]
    among = [bitmap(numbers.astype(np.uint32)) for numbers in chosen]
    for node in dict.fromkeys(positive_words(hits.request.parsed.root)):
        _add(hits, node, among, lengths, mean, total, scores)
    found = [score[numbers] for score, numbers in zip(scores, chosen, strict=True)]
    return np.round(np.concatenate(found) if found else np.zeros(0), DECIMALS)


def _add(
    hits: Hits,
    node: Node,
    among: Documents,
    lengths: Sequence[np.ndarray],
    mean: float,
    total: int,
    scores: Sequence[np.ndarray],
) -> None:
    """Add what one term contributes to the scores of these documents."""
    index = hits.index
    matching = sum(
        live.intersection_cardinality(each) for live, each in zip(index.all, index.find(node), strict=True)
    )
    weight = math.log(1 + (total - matching + 0.5) / (matching + 0.5))
    found = index.frequencies(node, among)
    for score, length, (bits, frequency) in zip(scores, lengths, found, strict=True):
        at = as_array(bits)
        norm = K1 * (1 - B + B * length[at] / mean)
        score[at] += weight * frequency * (K1 + 1) / (frequency + norm)
