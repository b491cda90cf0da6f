"""Joins quotes over several paragraphs: each has an opening mark, only the last a closing mark."""

from __future__ import annotations

from collections.abc import Sequence

from articles.extraction.attribution.attribution_draft import Draft
from articles.extraction.tokenizer import Paragraph

# Rules that take the speaker from another paragraph; a cue beside the quote is more reliable.
DISTANT = frozenset({"before", "next", "alone", "intro", "prior"})


def join_paragraphs(drafts: Sequence[Draft], paragraphs: Sequence[Paragraph]) -> list[Draft]:
    """Join the drafts of each multi-paragraph quote; input and output are in text order."""
    joined: list[Draft] = []
    for draft in drafts:
        if joined and _goes_on(joined[-1], draft, paragraphs):
            _join(joined[-1], draft)
        else:
            joined.append(draft)
    return joined


def _goes_on(first: Draft, second: Draft, paragraphs: Sequence[Paragraph]) -> bool:
    if second.paragraph != first.paragraph + 1 or first.kind != "direct" or second.kind != "direct":
        return False
    # If both have their own cue, they are two attributions.
    if first.rule not in DISTANT and second.rule not in DISTANT:
        return False
    last, ends = first.marked[-1], paragraphs[first.paragraph].span.end
    begins = paragraphs[second.paragraph].span.start
    return not last.closed and last.end == ends == first.end and second.start == begins


def _join(first: Draft, second: Draft) -> None:
    first.end, first.paragraph, first.joined = second.end, second.paragraph, True
    first.marked = [*first.marked, *second.marked]
    first.words += second.words
    if first.rule in DISTANT and second.rule not in DISTANT:
        first.group, first.rule, first.cue = second.group, second.rule, second.cue
        first.cue_text, first.source, first.channel = second.cue_text, second.source, second.channel
