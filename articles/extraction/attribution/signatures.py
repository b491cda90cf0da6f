"""Finds who signs a quote in the line below it or behind it: «“It is done.” – Mayor Okafor»."""

from __future__ import annotations

import re
from collections.abc import Callable

from articles.extraction.attribution.attribution_draft import Draft
from articles.extraction.coreference.source_resolution import Source
from articles.extraction.cues.detector import CueFinder
from articles.extraction.spans import Span
from articles.extraction.syntax.phrases import Phrases, Place
from articles.extraction.tokenizer import NAME, QUOTE, Document, Paragraph, Token, tokenise

DASHES = ("—", "–", "―", "-")
LONGEST_SIGNATURE = 160  # characters
SIGNED = re.compile(r"([—–-]{1,2}\s*)?([^\W\d_][^“”\"„«»:!?\n]*?)[.\s]*([”\"»]?)\s*$", re.M)


class Signatures:
    """The signatures of a document; `source` resolves the source that tokens of a paragraph name."""

    def __init__(
        self,
        document: Document,
        finder: CueFinder,
        phrases: Phrases,
        source: Callable[[int, list[Token], Place], Source],
        next_group: Callable[[], int],
    ):
        self.document = document
        self.text = document.text
        self.finder = finder
        self.phrases = phrases
        self.source = source
        self.next_group = next_group

    def below(self, number: int) -> Draft | None:
        """The source that signs the last quote of this paragraph on the line below.

        The signature follows a dash or is inside the marks: «“It is done.⏎Ada Okafor, mayor of Ashford.”»
        """
        if number + 1 >= len(self.document.paragraphs):
            return None
        paragraph, below = self.document.paragraphs[number], self.document.paragraphs[number + 1].span
        last = paragraph.quoted_spans[-1]
        if len(below) > LONGEST_SIGNATURE or last.end != paragraph.span.end:
            return None
        lead = SIGNED.match(self.text, below.start, below.end)
        if lead is None or (last.closed and not lead.group(1)) or (not last.closed and not lead.group(3)):
            return None
        return self._signed_by(number + 1, Span(*lead.span(2)))

    def _signed_by(self, number: int, span: Span) -> Draft | None:
        """Parse a signature, a name and perhaps a description: «Ada Okafor, mayor of Ashford»."""
        tokens = tokenise(self.text, span, [])
        place = self.phrases.forward(tokens, 0, len(tokens))
        if place is None or place[1] - place[0] < 2 or not self.phrases.is_personal(tokens, place):
            return None
        if place[1] < len(tokens) and tokens[place[1]].text not in (",", "("):
            return None
        source = self.source(number, tokens, place)
        return Draft(span.end, span.end, [], self.next_group(), "signature", None, "", source, number)

    def in_line(self, number: int, paragraph: Paragraph) -> dict[int, Draft]:
        """The signer of each quote in a line of only signed quotes: «“It is done.” – Mayor Okafor»."""
        tokens, signed = paragraph.tokens, {}
        if not paragraph.begins_quoted:
            return {}
        quotes = [i for i, token in enumerate(tokens) if token.kind == QUOTE]
        for quote, following in zip(quotes, [*quotes[1:], len(tokens)], strict=True):
            name = quote + 1
            while name < following and tokens[name].text in DASHES:
                name += 1
            if name == quote + 1 or name == following or tokens[name].kind != NAME:
                return {}
            last = tokens[following - 1]
            signer = Span(tokens[name].start, last.start if last.text == "." else last.end)
            verbs = self.finder.find(tokens, name, following)
            draft = None if verbs or len(signer) > LONGEST_SIGNATURE else self._signed_by(number, signer)
            if draft is None:
                return {}
            signed[quote] = draft
        return signed
