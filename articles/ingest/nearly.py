"""Rows of an import whose text is nearly one that is here: found by the lot, told and never left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import connection

from articles.ingest.duplicates import text_hash
from articles.ingest.nearby import LEAST, Near, compare, likest, worth_asking
from articles.models import Article, ImportBatch, ToldApart
from articles.revisions.likeness import bands, shingles

_LISTED = 30
LOT = 200


@dataclass(frozen=True)
class NearRow:
    """A row, or an article that an import brought, and the one here that it is likest to."""

    number: int
    headline: str
    near: Near

    def __str__(self) -> str:
        other = self.near.article
        shares = f"{self.near.percent_of_this} % of it in, {self.near.percent_of_other} % of"
        return f"{self.number}, {_cut(self.headline)}: {shares} article {other.pk}, {_cut(other.headline)}"


class Nearly:
    """Hears of texts lot by lot, and holds the count and the first of those that are near another."""

    def __init__(self, one: str = "row") -> None:
        self.one = one
        self.looked_at = self.number = 0
        self.first: list[NearRow] = []

    def hear(self, texts: Mapping[int, tuple[str, str]]) -> None:
        """Headline and body of each row that is to be a new article."""
        self.looked_at += len(texts)
        self._keep(near_texts(texts))

    def hear_batch(self, batch: ImportBatch) -> None:
        """All that an import brought, by the signatures that it has stored."""
        ids = list(batch.articles.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), LOT):
            self.looked_at += len(ids[start : start + LOT])
            self._keep(near_articles(ids[start : start + LOT]))

    def _keep(self, found: Iterable[NearRow]) -> None:
        for row in found:
            self.number += 1
            if len(self.first) < _LISTED:
                self.first.append(row)

    def lines(self) -> Iterator[str]:
        if not self.number:
            yield f"none of {self.looked_at:,} is nearly the same as an article here"
            return
        yield f"{self.number:,} of {self.looked_at:,} nearly the same as an article here"
        yield from (f"  {self.one} {row}" for row in self.first)
        if self.number > len(self.first):
            yield f"  … and {self.number - len(self.first):,} more"


def near_texts(texts: Mapping[int, tuple[str, str]]) -> Iterator[NearRow]:
    """Of texts that are not stored those that are near an article; the same text is a copy, and no matter."""
    found = {number: shingles(body) for number, (_, body) in texts.items()}
    # Below nought, so that no row has the number of an article.
    found_ids = likest({-number: bands(some) for number, some in found.items()})
    others = worth_asking().filter(pk__in={pk for ids in found_ids.values() for pk in ids}).in_bulk()
    for number, (headline, body) in texts.items():
        same = text_hash(body)
        like = (others[pk] for pk in found_ids.get(-number, ()) if pk in others)
        open_to = [other for other in like if other.body_hash != same]
        yield from _nearest(number, headline, found[number], open_to)


def near_articles(ids: list[int]) -> Iterator[NearRow]:
    """Of these articles those that are near another, unless the two are tied or told apart already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT article_id, bands FROM articles_signature WHERE article_id = ANY(%s)", [ids])
        found_ids = likest(dict(cursor.fetchall()))
    wanted = {pk for pk, others in found_ids.items() for pk in (pk, *others)}
    articles = worth_asking().filter(pk__in=wanted).in_bulk()
    apart = set(ToldApart.objects.filter(earlier__in=wanted).values_list("earlier", "later"))
    for pk in sorted(found_ids.keys() & articles.keys()):
        article = articles[pk]
        like = (articles[other] for other in found_ids[pk] if other in articles)
        open_to = [
            other
            for other in like
            if (min(pk, other.pk), max(pk, other.pk)) not in apart and not _tied(article, other)
        ]
        if open_to:
            yield from _nearest(pk, article.headline, shingles(article.body), open_to)


def _tied(one: Article, other: Article) -> bool:
    return other.pk in (one.copy_of_id, one.version_of_id) or one.pk in (
        other.copy_of_id,
        other.version_of_id,
    )


def _nearest(number: int, headline: str, found: set[bytes], others: Iterable[Article]) -> Iterator[NearRow]:
    compared = [compare(found, other) for other in others]
    like = [one for one in compared if max(one.of_this, one.of_other) >= LEAST]
    if like:
        best = max(like, key=lambda one: (max(one.of_this, one.of_other), -one.article.pk))
        yield NearRow(number, headline, best)


def _cut(text: str, most: int = 60) -> str:
    return f"“{text if len(text) <= most else text[: most - 1] + '…'}”"
