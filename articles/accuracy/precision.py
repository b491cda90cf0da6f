"""The precision of the extraction rules, estimated from the judgements of the random sample."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import sqrt
from typing import TypeVar

from articles.ingest.proposals.acceptance_stats import BANDS
from articles.models import Judgement

# With fewer judgements, no figure is published.
LEAST = 100
# The quantile of the normal distribution for an interval of 95 %.
Z_95 = 1.959964

Verdict = Judgement.Verdict
ERRORS = (Verdict.SPEAKER, Verdict.WORDS, Verdict.NO_QUOTE)
Key = TypeVar("Key")


@dataclass(frozen=True)
class Precision:
    """The judgements of a group; those that could not tell are not among ``judged``."""

    label: str
    judged: int
    right: int
    unclear: int

    @property
    def share(self) -> float | None:
        """Per cent; None if nothing was judged."""
        return 100 * self.right / self.judged if self.judged else None

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % Wilson score interval, in per cent."""
        low, high = wilson(self.right, self.judged)
        return 100 * low, 100 * high


def wilson(right: int, judged: int) -> tuple[float, float]:
    """The Wilson score interval of 95 % (E. B. Wilson, JASA 22, 1927, pages 209-212).

    >>> [round(end, 3) for end in wilson(90, 100)]
    [0.826, 0.945]
    """
    if not judged:
        return 0.0, 1.0
    share, spread = right / judged, Z_95**2 / judged
    middle = share + spread / 2
    reach = Z_95 * sqrt(share * (1 - share) / judged + spread / (4 * judged))
    return max(0.0, (middle - reach) / (1 + spread)), min(1.0, (middle + reach) / (1 + spread))


@dataclass(frozen=True)
class Estimate:
    """The precision on the whole sample, and by rule, band of confidence and publication id."""

    all: Precision
    by_rule: list[Precision]
    by_confidence: list[Precision]
    by_publication: dict[int | None, Precision]
    errors: list[tuple[Judgement.Verdict, int]]

    @property
    def missing(self) -> int:
        """How many more judgements are needed before a figure is published."""
        return max(0, LEAST - self.all.judged)


@dataclass(frozen=True)
class _Judged:
    verdict: str
    rule: str
    confidence: float | None
    publication: int | None


def estimate() -> Estimate:
    """Read all current judgements, in one statement."""
    rows = [
        _Judged(*row)
        for row in Judgement.objects.current().values_list("verdict", "rule", "confidence", "publication")
    ]
    by_rule = _grouped(rows, lambda row: row.rule)
    by_band = _grouped(rows, lambda row: _band(row.confidence))
    return Estimate(
        _precision("", rows),
        sorted(
            (_precision(rule, group) for rule, group in by_rule.items()),
            key=lambda one: (-one.judged, one.label),
        ),
        [_precision(str(label), by_band[band]) for band, (_, label) in enumerate(BANDS) if band in by_band],
        {key: _precision("", group) for key, group in _grouped(rows, lambda row: row.publication).items()},
        [(verdict, sum(row.verdict == verdict for row in rows)) for verdict in ERRORS],
    )


def _band(confidence: float | None) -> int:
    return max((number for number, (least, _) in enumerate(BANDS) if (confidence or 0) >= least), default=0)


def _grouped(rows: Iterable[_Judged], key: Callable[[_Judged], Key]) -> dict[Key, list[_Judged]]:
    groups: dict[Key, list[_Judged]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def _precision(label: str, rows: list[_Judged]) -> Precision:
    unclear = sum(row.verdict == Verdict.UNCLEAR for row in rows)
    right = sum(row.verdict == Verdict.RIGHT for row in rows)
    return Precision(label, len(rows) - unclear, right, unclear)
