"""The figures of a score as lines of text."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from articles.extraction.evaluation.calibration import ten_fold
from articles.extraction.evaluation.scoring import Count, Score

BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
SURE = 0.9


def figures(score: Score, name: str = "all") -> str:
    """Spans and speakers together, and speakers alone."""
    lines = [f"{name}: documents {score.documents}"]
    for kind in ("direct", "mixed", "all", "parts", "turn"):
        if score.spans[kind].wanted or score.spans[kind].found:
            lines.append(_line(f"{kind} spans", score.spans[kind]))
            lines.append(_line(f"{kind} joint", score.joint[kind]))
    for kind, count in sorted(score.speakers.items()):
        lines.append(f"speaker accuracy, {kind:8} {count.recall:.4f}  of {count.wanted}")
    return "\n".join(lines)


def _line(name: str, count: Count) -> str:
    return (
        f"{name:14} F1 {count.f1:.4f}  precision {count.precision:.4f}  recall {count.recall:.4f}  "
        f"({count.right} right, {count.found} found, {count.wanted} annotated)"
    )


def reliability(score: Score) -> str:
    """How many of the pieces at each confidence are right: as they are given, and ten-fold by document."""
    direct = [case for case in score.judged if case.kind == "direct"]
    given = [(case.confidence(), case.right) for case in direct]
    lines = ["confidence of direct pieces: how many, how many right", *_bins(given)]
    lines += ["the same ten-fold, by rates counted on the other nine tenths of the documents"]
    lines += _bins((value, case.right) for value, case in ten_fold(score.judged) if case.kind == "direct")
    return "\n".join(lines)


def _bins(cases: Iterable[tuple[float, bool]]) -> list[str]:
    cases = list(cases)
    lines = []
    for low, high in pairwise(BINS):
        rights = [right for value, right in cases if low <= value < high]
        if rights:
            lines.append(f"  {low:.2f}–{min(high, 1.0):.2f}  {_share(rights)}")
    sure = [right for value, right in cases if value >= SURE]
    if sure:
        lines.append(f"  {SURE:.2f} and more {_share(sure)}  {len(sure) / len(cases):.4f} of all")
    return lines


def _share(rights: list[bool]) -> str:
    return f"{len(rights):6}  {sum(rights) / len(rights):.4f}"


def groups(score: Score) -> str:
    """Pieces per attribution by publisher, the annotators' beside ours."""
    lines = ["pieces per group: annotated, found"]
    for publisher, (a, b, c, d) in sorted(score.groups.items()):
        lines.append(f"  {publisher:24} {a / b if b else 0:.2f}  {c / d if d else 0:.2f}")
    return "\n".join(lines)
