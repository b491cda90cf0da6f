"""Scores by newspaper and by the origin of the speakers' names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from articles.extraction.coreference.mentions import MentionRegister
from articles.extraction.coreference.name_runs import folded
from articles.extraction.evaluation.scoring import (
    Annotated,
    Classified,
    Count,
    Score,
    score_document,
    speakers_of,
)
from articles.extraction.languages import LANGUAGES, language_of
from articles.extraction.spans import Span
from articles.extraction.tokenizer import parse_document

LISTED, OTHER, ONE_WORD, NO_NAME = "in the list", "in no list", "one word", "no name"


class Breakdown:
    """The figures of many documents, by newspaper and by the origin of names."""

    def __init__(self) -> None:
        self.newspapers: defaultdict[str, Score] = defaultdict(Score)
        self.origins: defaultdict[str, Count] = defaultdict(Count)

    def add(self, document: Annotated, found: Sequence[Classified]) -> None:
        """Add one document; its `origin` is used if it has one."""
        score_document(self.newspapers[str(document.get("publisher") or "all")], document, found)
        names = _Names(document)
        for quote, right in speakers_of(document, found):
            count = self.origins[str(document.get("origin") or origin_of(names.of(quote)))]
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


class _Names:
    """The full names of the annotated speakers of one document, also where another speaker was found."""

    def __init__(self, document: Annotated) -> None:
        language = language_of(document["text"], document.get("lang") or "")
        self.document = parse_document(document["text"], language)
        self.register = MentionRegister(self.document)

    def of(self, quote: Annotated) -> str:
        """The full name of the last person named in the annotated speaker; else the speaker as annotated."""
        start, end = quote.get("speaker_start"), quote.get("speaker_end")
        if start is None or end is None:
            return str(quote["speaker"])
        name = ""
        for mention in self.register.mentions:
            tokens = self.document.paragraphs[mention.paragraph].tokens
            if Span(start, end).meets(Span(tokens[mention.first].start, tokens[mention.last - 1].end)):
                known = self.register.fullest(mention.words, mention.gender)
                name = known.printed if known else mention.printed
        return name


def origin_of(name: str) -> str:
    """Whether a list of given names has this one.

    >>> origin_of("Tom Reyes"), origin_of("Ngozi Eze"), origin_of("Reyes"), origin_of("")
    ('in the list', 'in no list', 'one word', 'no name')
    """
    words = name.split()
    if not words:
        return NO_NAME
    if len(words) < 2:
        return ONE_WORD
    given = folded(words[0])
    return LISTED if any(given in table.given for table in LANGUAGES.values()) else OTHER
