"""The result of one attribution before conversion to a piece: source, rule, quoted spans."""

from __future__ import annotations

from dataclasses import dataclass, field

from articles.extraction.coreference.source_resolution import Source
from articles.extraction.cues.lexicon import Cue
from articles.extraction.languages.table import Language
from articles.extraction.quotation_marks import QuotedSpan
from articles.extraction.tokenizer import PUNCT, QUOTE, Token

UNSAID = "unsaid"  # the words were not said: denied, imagined, asked about
SHARED = "namesakes"  # said by one of two people with the same surname
CONTESTED = "contested"  # the ranker finds another speaker more probable
NEVER_BY_RULE = frozenset({UNSAID, SHARED, CONTESTED})  # only a person may accept these

# How far the ranker agrees with the speaker that a rule chose.
SURE, LIKELY, DOUBTFUL = "sure", "likely", "doubtful"  # or CONTESTED


@dataclass(slots=True)
class Sentence:
    """A sentence with quotes: tokens `lo` to before `hi` of its paragraph."""

    paragraph: int
    number: int
    tokens: list[Token]
    lo: int
    hi: int
    quotes: list[int] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)


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
    agreement: str = DOUBTFUL  # of the ranker
    joined: bool = False  # spans several paragraphs without a closing mark between them

    @property
    def kind(self) -> str:
        """«direct» if the quoted spans cover the whole, else «mixed»."""
        if not self.marked or (len(self.marked) > 1 and not self.joined):
            return "mixed"
        whole = (self.marked[0].start, self.marked[-1].end) == (self.start, self.end)
        return "direct" if whole else "mixed"


def channel_of(language: Language, tokens: list[Token], cue: Cue, hi: int) -> str:
    """«written» by the cue, by a phrase such as «in a statement», or because the source is a document."""
    nouns = language.written_nouns
    if cue.written or cue.sort == "noun":
        return "written" if cue.written else "unknown"
    if cue.source and any(t.low in nouns for t in tokens[cue.source[0] : cue.source[1]]):
        return "written"
    for i in range(cue.high + 1, min(cue.high + 7, hi)):
        if tokens[i].kind in (QUOTE, PUNCT):
            break
        if tokens[i].low in nouns:
            return "written"
    return "spoken" if cue.sort in ("say", "tell") else "unknown"
