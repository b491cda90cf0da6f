"""Report near-duplicates among the rows of an import; they are imported all the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext

from articles.ingest.pipeline.duplicates import comparable_articles
from articles.models import ImportBatch
from articles.near_duplicates.pairs import (
    NearDuplicate,
    near_duplicates_by_article,
    near_duplicates_by_text,
)

_MAX_LISTED = 30
CHUNK_SIZE = 200


@dataclass(frozen=True)
class NearDuplicateRow:
    """A row or an imported article, with the stored article that is most similar to it."""

    number: int
    headline: str
    duplicate: NearDuplicate

    def __str__(self) -> str:
        other = self.duplicate.article
        return gettext(
            "%(number)s, %(headline)s: %(this)s%% of it is in article %(id)s, %(other_headline)s;"
            " %(other)s%% of that article is in it"
        ) % {
            "number": self.number,
            "headline": _quoted(self.headline),
            "this": self.duplicate.percent_of_this,
            "id": other.pk,
            "other_headline": _quoted(other.headline),
            "other": self.duplicate.percent_of_other,
        }


class NearDuplicateReport:
    """Collects near-duplicates batch by batch; keeps a count and the first 30."""

    def __init__(self, label: str = "row") -> None:
        self.label = label
        self.looked_at = self.number = 0
        self.first: list[NearDuplicateRow] = []

    def add(self, texts: Mapping[int, tuple[str, str]]) -> None:
        """Compare new articles, given as (headline, body) by row number, with the stored ones."""
        self.looked_at += len(texts)
        found = near_duplicates_by_text({number: body for number, (_, body) in texts.items()})
        self._keep(NearDuplicateRow(number, texts[number][0], others[0]) for number, others in found.items())

    def add_batch(self, batch: ImportBatch) -> None:
        """Compare all articles of a batch with the other stored articles, by their stored signatures."""
        ids = list(batch.articles.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), CHUNK_SIZE):
            chunk = comparable_articles().in_bulk(ids[start : start + CHUNK_SIZE])
            self.looked_at += len(ids[start : start + CHUNK_SIZE])
            found = near_duplicates_by_article(chunk.values())
            self._keep(NearDuplicateRow(pk, chunk[pk].headline, others[0]) for pk, others in found.items())

    def _keep(self, found: Iterable[NearDuplicateRow]) -> None:
        for row in found:
            self.number += 1
            if len(self.first) < _MAX_LISTED:
                self.first.append(row)

    def lines(self) -> Iterator[str]:
        if not self.number:
            yield gettext("Near-duplicates: none of %(n)s articles") % {"n": f"{self.looked_at:,}"}
            return
        yield gettext("Near-duplicates: %(found)s of %(n)s articles") % {
            "found": f"{self.number:,}",
            "n": f"{self.looked_at:,}",
        }
        yield from (f"  {self.label} {row}" for row in self.first)
        if self.number > len(self.first):
            yield "  " + gettext("… and %(n)s more") % {"n": f"{self.number - len(self.first):,}"}


def _quoted(headline: str) -> str:
    return f"“{Truncator(headline).chars(60)}”"
