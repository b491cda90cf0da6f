"""MinHash signatures over shingles of three folded words, and LSH bands by which similar texts are found.

Written by hand, as the bands must be the same on every machine and release: they are stored in an index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from struct import unpack

import numpy as np
from django.db.models import Exists, OuterRef, QuerySet

from articles.models import Article, Signature
from articles.search.query import FOLD_VERSION, fold

# To be raised whenever a constant below or the algorithm changes: older signatures are computed again.
ALGORITHM_VERSION = 1
SCHEME = ALGORITHM_VERSION * 100 + FOLD_VERSION
# Two texts that share half of their shingles have a band in common in 19 cases of 20.
BANDS, ROWS = 32, 3
# A text of few words is similar to too many others.
MIN_SHINGLES = 8
CHUNK_SIZE = 200


def shingles(text: str) -> set[bytes]:
    """Return an 8-byte hash of each sequence of three folded words; the same on every machine."""
    words = fold(text).encode().split()
    triples = map(b" ".join, zip(words, words[1:], words[2:]))  # noqa: B905 - of three lengths
    return {blake2b(triple, digest_size=8).digest() for triple in triples}


def lsh_bands(found: set[bytes]) -> list[int]:
    """Return the LSH bands of a set of shingles; empty if there are fewer than `MIN_SHINGLES`.

    One-permutation MinHash: each shingle falls into one bin, and each bin keeps its minimum; an empty bin
    takes the value of the next one.
    """
    if len(found) < MIN_SHINGLES:
        return []
    values, places = np.divmod(np.frombuffer(b"".join(found), ">u8"), np.uint64(BANDS * ROWS))
    order = np.lexsort((values, places))
    filled, first = np.unique(places[order], return_index=True)
    following = np.searchsorted(filled, np.arange(BANDS * ROWS)) % len(filled)
    bins = values[order][first][following].reshape(BANDS, ROWS).tolist()
    return [_band(number * ROWS, rows) for number, rows in enumerate(bins)]


def _band(at: int, rows: list[int]) -> int:
    return unpack(">i", blake2b(f"{at} {rows}".encode(), digest_size=4).digest())[0]


def signature(article_id: int, body: str, body_hash: str) -> Signature:
    return Signature(
        article_id=article_id, body_hash=body_hash, made_by=SCHEME, bands=lsh_bands(shingles(body))
    )


def store_signatures(signatures: Iterable[Signature]) -> None:
    """Insert or replace the signatures."""
    Signature.objects.bulk_create(
        signatures,
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["body_hash", "made_by", "bands"],
    )


def without_current_signature() -> QuerySet[Article]:
    """Articles whose signature is missing, of a former text, or of another scheme."""
    in_step = Signature.objects.filter(
        article=OuterRef("pk"), body_hash=OuterRef("body_hash"), made_by=SCHEME
    )
    return Article.objects.exclude(body="").filter(~Exists(in_step))


def update_signatures(articles: QuerySet[Article]) -> Iterator[list[int]]:
    """Compute the signatures of the articles; yield the ids of each chunk."""
    ids = list(articles.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK_SIZE):
        chunk = ids[start : start + CHUNK_SIZE]
        rows = Article.objects.filter(pk__in=chunk).values_list("pk", "body", "body_hash")
        store_signatures(signature(*row) for row in rows)
        yield chunk
