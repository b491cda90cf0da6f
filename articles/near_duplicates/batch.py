"""Report near-duplicates among the rows of an import; they are imported all the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from articles.models import ImportBatch
from articles.near_duplicates.pairs import (
    NearDuplicate,
    comparable_articles,
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
        shares = f"{self.duplicate.percent_of_this} % of it in, {self.duplicate.percent_of_other} % of"
        return f"{self.number}, {_cut(self.headline)}: {shares} article {other.pk}, {_cut(other.headline)}"


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
            yield f"none of {self.looked_at:,} is nearly the same as an article here"
            return
        yield f"{self.number:,} of {self.looked_at:,} nearly the same as an article here"
        yield from (f"  {self.label} {row}" for row in self.first)
        if self.number > len(self.first):
            yield f"  … and {self.number - len(self.first):,} more"


def _cut(text: str, most: int = 60) -> str:
    return f"“{text if len(text) <= most else text[: most - 1] + '…'}”"
