"""Finding the spans of the words that an editor typed for a quote."""

from __future__ import annotations

import re

from articles.models import GAP, Quote

_OPENING, _CLOSING = "“„‘‚«»\"'‹›", "”“’‘»«\"'›‹"


def find_stretches(quote: Quote, words: str) -> list[tuple[int, int]] | None:
    """The spans of these words in the quote's part, nearest to its old position; whitespace may differ.

    «[…]» separates spans. None if the words are not in the text.
    """
    text, expected, spans, at = quote.part_text, quote.start or 0, [], 0
    for stretch in [part.strip() for part in words.split(GAP.strip())]:
        if not stretch:
            return None
        pattern = re.compile(r"\s+".join(re.escape(word) for word in stretch.split()))
        places = [match.span() for match in pattern.finditer(text, at)]
        if not places:
            return None
        start, end = min(places, key=lambda place: abs(place[0] - expected))
        spans.append((start, end))
        expected = at = end
    return spans


def fit_whole(quote: Quote, spans: list[tuple[int, int]]) -> None:
    """Set `start` and `end` to the new spans with their marks, unless a mixed quote contains them."""
    text, (first, last) = quote.part_text, (spans[0][0], spans[-1][1])
    within = quote.place is not None and quote.place[0] <= first and last <= quote.place[1]
    if quote.kind in (Quote.Kind.MIXED, Quote.Kind.QUESTION, Quote.Kind.ANSWER) and within:
        return
    marked = first > 0 and last < len(text) and text[first - 1] in _OPENING and text[last] in _CLOSING
    quote.start, quote.end = (first - 1, last + 1) if marked else (first, last)


def kind_at(quote: Quote) -> str:
    """DIRECT if quotation marks enclose the whole quote, else MIXED."""
    text, (start, end) = quote.part_text, quote.place or (0, 0)
    marked = text[start : start + 1] in _OPENING and text[end - 1 : end] in _CLOSING
    return Quote.Kind.DIRECT if marked else Quote.Kind.MIXED
