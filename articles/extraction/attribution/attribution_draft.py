"""What the attribution finds, before it is a piece: who says it, by which rule, in which stretches."""

from __future__ import annotations

from dataclasses import dataclass

from articles.extraction.coreference.source_resolution import Source
from articles.extraction.cues.lexicon import Cue
from articles.extraction.quotation_marks import QuotedSpan

UNSAID = "unsaid"  # nobody has said these words: denied, imagined, asked about
SHARED = "namesakes"  # said by one of two people with the same surname
NEVER_BY_RULE = frozenset({UNSAID, SHARED})  # what stands under these only a person may accept


@dataclass(slots=True)
class Draft:
    """A piece with all but its confidence."""

    start: int
    end: int
    marked: list[QuotedSpan]
    group: int
    rule: str
    cue: Cue | None
    cue_text: str
    source: Source | None
    paragraph: int
    words: int = 0
    channel: str = "unknown"
    joined: bool = False  # over paragraphs that no closing mark parts

    @property
    def kind(self) -> str:
        """Direct where what stands in marks is the whole."""
        if not self.marked or (len(self.marked) > 1 and not self.joined):
            return "mixed"
        whole = (self.marked[0].start, self.marked[-1].end) == (self.start, self.end)
        return "direct" if whole else "mixed"
