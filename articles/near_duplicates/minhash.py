"""How like two texts are: shingles of three folded words, and a signature by which like texts are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import pairwise
from struct import unpack

from django.db.models import Exists, OuterRef, QuerySet

from articles.models import Article, Signature
from articles.search.query import FOLD_VERSION, fold

# Raised whenever any number below or the reckoning changes: signatures of another form are made anew.
FORM = 1
MADE_BY = FORM * 100 + FOLD_VERSION
# Two texts with half of their shingles in common share a band in nineteen cases of twenty.
BANDS, ROWS = 32, 3
# A text of a few words is like too many others.
FEWEST = 8
LOT = 200


def shingles(text: str) -> set[bytes]:
    """Each three words that follow one another, folded, as eight bytes that are the same on every machine."""
    words = fold(text).split()
    triples = (" ".join(words[at : at + 3]) for at in range(len(words) - 2))
    return {blake2b(triple.encode(), digest_size=8).digest() for triple in triples}


def bands(found: set[bytes]) -> list[int]:
    """The signature: numbers of which like texts share some, made by MinHash with one permutation.

    Each shingle falls into one bin, which keeps its least; an empty bin takes over its neighbour's.
    """
    if len(found) < FEWEST:
        return []
    bins: list[int | None] = [None] * (BANDS * ROWS)
    for shingle in found:
        value, place = divmod(int.from_bytes(shingle), len(bins))
        least = bins[place]
        if least is None or value < least:
            bins[place] = value
    filled = [place for place, value in enumerate(bins) if value is not None]
    for before, place in pairwise([*filled, filled[0] + len(bins)]):
        for empty in range(before + 1, place):
            bins[empty % len(bins)] = bins[place % len(bins)]
    return [_band(at, bins[at : at + ROWS]) for at in range(0, len(bins), ROWS)]


def _band(at: int, rows: list[int | None]) -> int:
    return unpack(">i", blake2b(f"{at} {rows}".encode(), digest_size=4).digest())[0]


def signature(article_id: int, body: str, body_hash: str) -> Signature:
    return Signature(article_id=article_id, body_hash=body_hash, made_by=MADE_BY, bands=bands(shingles(body)))


def keep(signatures: Iterable[Signature]) -> None:
    """Store these in place of those that their articles have."""
    Signature.objects.bulk_create(
        signatures,
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["body_hash", "made_by", "bands"],
    )


def unsigned() -> QuerySet[Article]:
    """The articles whose signature is missing, of another text, or of another form of reckoning."""
    in_step = Signature.objects.filter(
        article=OuterRef("pk"), body_hash=OuterRef("body_hash"), made_by=MADE_BY
    )
    return Article.objects.exclude(body="").filter(~Exists(in_step))


def sign(articles: QuerySet[Article]) -> Iterator[list[int]]:
    """Bring the signatures of these in step with their texts; yields the ids of each lot."""
    ids = list(articles.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), LOT):
        lot = ids[start : start + LOT]
        rows = Article.objects.filter(pk__in=lot).values_list("pk", "body", "body_hash")
        keep(signature(*row) for row in rows)
        yield lot
