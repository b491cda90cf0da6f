"""Scores by newspaper and by the origin of the speakers' names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from articles.extraction.coreference.name_runs import folded
from articles.extraction.evaluation.scoring import Classified, Count, Score, score_document, speakers_of
from articles.extraction.languages import LANGUAGES

LISTED, OTHER, ONE_WORD = "in the list", "in no list", "one word"


class Breakdown:
    """The figures of many documents, by newspaper and by the origin of names."""

    def __init__(self) -> None:
        self.newspapers: defaultdict[str, Score] = defaultdict(Score)
        self.origins: defaultdict[str, Count] = defaultdict(Count)

    def add(self, document: Mapping[str, Any], found: Sequence[Classified]) -> None:
        """Add one document; its `origin` is used if it has one."""
        score_document(self.newspapers[str(document.get("publisher") or "all")], document, found)
        for name, right in speakers_of(document, found):
            count = self.origins[str(document.get("origin") or origin_of(name))]
            count.wanted += 1
            count.right += right

    def as_text(self) -> str:
        """Two tables: joint F1 of each newspaper, and the share of right speakers for each origin."""
        lines = ["joint F1 by newspaper: direct, parts, all; right speakers of direct quotes"]
        for name, score in sorted(self.newspapers.items()):
            figures = "  ".join(f"{score.joint[kind].f1:.4f}" for kind in ("direct", "parts", "all"))
            direct = score.speakers["direct"]
            lines.append(f"  {name:24} {figures}  {direct.recall:.4f} of {direct.wanted}")
        lines.append("right speakers of direct quotes, by where their given name is")
        for name, count in sorted(self.origins.items()):
            lines.append(f"  {name:24} {count.recall:.4f} of {count.wanted}")
        return "\n".join(lines)


def origin_of(name: str) -> str:
    """Whether a list of given names has this one.

    >>> origin_of("Tom Reyes"), origin_of("Ngozi Eze"), origin_of("Reyes")
    ('in the list', 'in no list', 'one word')
    """
    words = name.split()
    if len(words) < 2:
        return ONE_WORD
    given = folded(words[0])
    return LISTED if any(given in table.given for table in LANGUAGES.values()) else OTHER
