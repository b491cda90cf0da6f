"""A second opinion on the speaker of a quote: a logistic ranking of all the phrases that may name them.

The rules and the ranker look at a text in different ways, so where they agree a speaker is seldom wrong.
The weights are in `ranker_weights.py`; `extraction/training/ranker.py` fits them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from articles.extraction.attribution.attribution_draft import (
    CONTESTED,
    DOUBTFUL,
    LIKELY,
    SURE,
    Draft,
)
from articles.extraction.attribution.ranker_features import OptionFinder, folded_name
from articles.extraction.attribution.ranker_weights import TRAINED_ON
from articles.extraction.coreference.mentions import MentionRegister
from articles.extraction.coreference.source_resolution import Source
from articles.extraction.spans import Span
from articles.extraction.tokenizer import Document

# Share of the probability that the rule's speaker has at least, for each degree of agreement.
DEGREES = ((0.98, SURE), (0.7, LIKELY), (0.3, DOUBTFUL))


class Ranker:
    """Ranks the options for each quote of a document, in text order."""

    def __init__(self, document: Document, register: MentionRegister):
        self.finder = OptionFinder(document, register)
        # The weights were fitted on English; in other languages the ranker may only doubt.
        known = document.language.code == TRAINED_ON
        self.degrees = DEGREES if known else ((DEGREES[1][0], LIKELY), *DEGREES[2:])

    def judge(self, drafts: Sequence[Draft]) -> None:
        """Set for each draft how far the ranker agrees with its speaker."""
        last: tuple[str, ...] = ()
        for draft in drafts:
            if draft.source is None or not draft.marked:
                continue
            speaker = folded_name(draft.source.speaker)
            share = self._share(draft, draft.source, speaker, last)
            draft.agreement = next((degree for least, degree in self.degrees if share >= least), CONTESTED)
            last = speaker or last

    def _share(self, draft: Draft, chosen: Source, speaker: tuple[str, ...], last: tuple[str, ...]) -> float:
        """The probability of the draft's own source among all options."""
        spot = self.finder.spot(draft.marked[0].start)
        if spot is None:
            return 0.0
        source = Span(chosen.start, chosen.end)
        options = self.finder.near(spot, Span(draft.start, draft.end), source)
        scores = []
        for option in options:
            score = 0.0
            for weights, key in self.finder.groups(spot, option, last):
                score += weights[key]
            scores.append(score)
        top = max(scores, default=0.0)
        odds = [math.exp(score - top) for score in scores]
        right = sum(
            value
            for value, option in zip(odds, options, strict=True)
            if (option.words and option.words == speaker) or option.meets(source)
        )
        return right / sum(odds) if odds else 0.0
