"""The result of one attribution before conversion to a piece: source, rule, quoted spans."""

from __future__ import annotations

from dataclasses import dataclass

from articles.extraction.coreference.source_resolution import Source
from articles.extraction.cues.lexicon import Cue
from articles.extraction.quotation_marks import QuotedSpan

UNSAID = "unsaid"  # the words were not said: denied, imagined, asked about
SHARED = "namesakes"  # said by one of two people with the same surname
NEVER_BY_RULE = frozenset({UNSAID, SHARED})  # only a person may accept these


@dataclass(slots=True)
class Draft:
    """A piece without its confidence."""

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
    joined: bool = False  # spans several paragraphs without a closing mark between them

    @property
    def kind(self) -> str:
        """«direct» if the quoted spans cover the whole, else «mixed»."""
        if not self.marked or (len(self.marked) > 1 and not self.joined):
            return "mixed"
        whole = (self.marked[0].start, self.marked[-1].end) == (self.start, self.end)
        return "direct" if whole else "mixed"
