"""Calibration: counts how often each class of pieces is right, and cross-validates the rates.

A rate is the counted one minus one standard error, so that small classes are not overrated.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from articles.extraction.evaluation.confidence import RATES, Classes, confidence_in

FOLDS = 10
LEAST_CASES = 12  # a class with fewer cases uses the rate of the wider class
PULL = 6  # pseudo-cases with the wider class's rate
BEGINNING = 0.75  # prior rate of all pieces


@dataclass(frozen=True, slots=True)
class Judged:
    """A found piece that the annotation covers; `right` means both span and speaker."""

    document: str
    classes: Classes
    named: bool
    right: bool

    @property
    def kind(self) -> str:
        return self.classes[0]

    def confidence(self, rates: Mapping[Classes, float] = RATES) -> float:
        return confidence_in(self.classes, named=self.named, rates=rates)


def share_of(document: str, divisor: int) -> int:
    """The part, out of `divisor`, that a document belongs to, by a hash of its id."""
    return int(hashlib.sha256(document.encode(errors="surrogatepass")).hexdigest(), 16) % divisor


def count_rates(judged: Iterable[Judged]) -> dict[Classes, float]:
    """The rate of each class with enough cases, shrunk towards the rate of its wider class."""
    seen: Counter[Classes] = Counter()
    right: Counter[Classes] = Counter()
    for case in judged:
        for width in range(1, len(case.classes) + 1):
            seen[case.classes[:width]] += 1
            right[case.classes[:width]] += case.right
    drawn: dict[Classes, float] = {}
    for classes in sorted(seen, key=lambda c: (len(c), c)):
        # Rules are counted even if rare, because the next wider class is all rules together.
        if len(classes) > 3 and seen[classes] < LEAST_CASES:
            continue
        wider = drawn.get(classes[:-1], BEGINNING)
        drawn[classes] = (right[classes] + PULL * wider) / (seen[classes] + PULL)
    return {c: round(_cautious(rate, seen[c] + PULL), 3) for c, rate in drawn.items()}


def _cautious(rate: float, cases: int) -> float:
    return max(0.0, rate - math.sqrt(rate * (1 - rate) / cases))


def ten_fold(judged: Sequence[Judged]) -> list[tuple[float, Judged]]:
    """Ten-fold cross-validation: each case with its confidence from the other nine tenths of documents."""
    found = []
    fold_of = {document: share_of(f"fold {document}", FOLDS) for document in {j.document for j in judged}}
    for fold in range(FOLDS):
        rates = count_rates(case for case in judged if fold_of[case.document] != fold)
        found += [(case.confidence(rates), case) for case in judged if fold_of[case.document] == fold]
    return found


def as_table(rates: Mapping[Classes, float]) -> str:
    """The rates as lines in the format of `confidence.RATES`."""
    return "\n".join(f"{' '.join(classes)} {rate:.3f}" for classes, rate in sorted(rates.items()))
