"""Rows of an import whose text is nearly one that is here: found by the lot, told and never left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from articles.models import ImportBatch
from articles.near_duplicates.pairs import Near, near_articles, near_texts, worth_asking

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
        found = near_texts({number: body for number, (_, body) in texts.items()})
        self._keep(NearRow(number, texts[number][0], others[0]) for number, others in found.items())

    def hear_batch(self, batch: ImportBatch) -> None:
        """All that an import brought, by the signatures that it has stored."""
        ids = list(batch.articles.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), LOT):
            lot = worth_asking().in_bulk(ids[start : start + LOT])
            self.looked_at += len(ids[start : start + LOT])
            found = near_articles(lot.values())
            self._keep(NearRow(pk, lot[pk].headline, others[0]) for pk, others in found.items())

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


def _cut(text: str, most: int = 60) -> str:
    return f"“{text if len(text) <= most else text[: most - 1] + '…'}”"
