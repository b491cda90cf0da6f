"""Text-quote anchoring: find a span of an old text in a new one, by its words and their context.

An ambiguous span is never guessed: it gets no position, and an editor decides.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

CONTEXT = 32
# Characters of context that must agree; a unique span of MIN_UNIQUE_LENGTH needs no context.
MIN_CONTEXT = 16
MIN_UNIQUE_LENGTH = 40
_MAX_OCCURRENCES = 1_000
_MAX_TOKENS = 5_000

Span = tuple[int, int]


class Reanchoring:
    """The unchanged blocks between two texts, which map positions of the old to positions of the new."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        # Unchanged blocks: where they begin in the old text, where in the new, and their length.
        self.blocks: list[tuple[int, int, int]] = []
        for block in _unchanged(old, new):
            self._add(*block)
        self._starts = [start for start, _, _ in self.blocks]

    def _add(self, old: int, new: int, length: int) -> None:
        if self.blocks:
            last_old, last_new, last_length = self.blocks[-1]
            if last_old + last_length == old and last_new + last_length == new:
                self.blocks[-1] = (last_old, last_new, last_length + length)
                return
        if length:
            self.blocks.append((old, new, length))

    def character(self, at: int) -> int | None:
        """Return the new position of a character of the old text."""
        number = bisect_right(self._starts, at) - 1
        if number < 0:
            return None
        old, new, length = self.blocks[number]
        return new + at - old if at < old + length else None

    def border(self, at: int, *, opening: bool) -> int | None:
        """Return the new position of the start or end of a span; the character inside it has priority."""
        behind = self.character(at) if at < len(self.old) else None
        before = self.character(at - 1) if at else None
        after_before = None if before is None else before + 1
        first, second = (behind, after_before) if opening else (after_before, behind)
        return first if first is not None else second

    def stretch(self, start: int, end: int) -> int | None:
        """Return the new start of a span that is unchanged."""
        first, last = self.character(start), self.character(end - 1)
        return first if first is not None and last == first + end - 1 - start else None

    def span(self, start: int, end: int) -> Span | None:
        """Return the new span if both its borders are found, whatever changed within it."""
        first, last = self.border(start, opening=True), self.border(end, opening=False)
        return (first, last) if first is not None and last is not None and first < last else None

    def find(self, start: int, end: int) -> Span | None:
        """Find the same words in the same context; None if they are gone or ambiguous."""
        words = self.old[start:end]
        places = list(_places(words, self.new))
        scores = {place: self._agreement(start, end, place) for place in places}
        kept = self.stretch(start, end)
        if kept in scores and (scores[kept] >= MIN_CONTEXT or len(words) >= MIN_UNIQUE_LENGTH):
            return kept, kept + len(words)
        best = sorted(places, key=lambda place: -scores[place])[:2]
        if not best or (len(best) == 2 and scores[best[0]] == scores[best[1]]):
            return None
        alone = len(places) == 1 and self.old.count(words) == 1 and len(words) >= MIN_UNIQUE_LENGTH
        return (best[0], best[0] + len(words)) if alone or scores[best[0]] >= MIN_CONTEXT else None

    def _agreement(self, start: int, end: int, place: int) -> int:
        """Count unchanged characters right before and after the span, up to CONTEXT on each side."""
        stop = place + end - start
        before = _same_at_the_end(
            self.old[max(0, start - CONTEXT) : start], self.new[max(0, place - CONTEXT) : place]
        )
        behind = _same_at_the_start(self.old[end : end + CONTEXT], self.new[stop : stop + CONTEXT])
        # An unchanged edge of the text counts as full context.
        before = CONTEXT if before == min(start, CONTEXT) == min(place, CONTEXT) else before
        left, now_left = len(self.old) - end, len(self.new) - stop
        return before + (CONTEXT if behind == min(left, CONTEXT) == min(now_left, CONTEXT) else behind)


def find_lost(
    text: str, stretches: Sequence[str], prefix: str, suffix: str
) -> tuple[Span, list[Span]] | None:
    """Find a lost quote that an edit has restored; return its span and the spans of its pieces."""
    found = []
    for place in _places(stretches[0], text):
        spans, at = [], place
        for stretch in stretches:
            start = text.find(stretch, at)
            if start < 0 or start - at > 2_000:
                break
            at = start + len(stretch)
            spans.append((start, at))
        if len(spans) != len(stretches):
            continue
        start = text.rfind(prefix, 0, place) + len(prefix) if prefix else 0
        end = text.find(suffix, at) if suffix else len(text)
        if (
            len(prefix) <= start <= place < place - start + 500
            and 0 <= end - at < 500
            and place - start < 500
        ):
            found.append(((start, end), spans))
    return found[0] if len(found) == 1 else None


def _places(words: str, text: str) -> Iterator[int]:
    at, number = text.find(words), 0
    while at >= 0 and number < _MAX_OCCURRENCES:
        yield at
        at, number = text.find(words, at + 1), number + 1


def _same_at_the_start(one: str, other: str) -> int:
    """Return the length of the common prefix, by bisection: slices compare far faster than characters."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _same_at_the_end(one: str, other: str) -> int:
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low


def _unchanged(old: str, new: str) -> Iterator[tuple[int, int, int]]:
    """Yield unchanged blocks: common prefix, then by paragraph, changed paragraphs by word, common suffix."""
    head = _same_at_the_start(old, new)
    tail = _same_at_the_end(old[head:], new[head:])
    yield 0, 0, head
    yield from _by_pieces(old, new, (head, len(old) - tail), (head, len(new) - tail), r"[^\n]*\n*")
    yield len(old) - tail, len(new) - tail, tail


def _by_pieces(
    old: str, new: str, in_old: Span, in_new: Span, pattern: str
) -> Iterator[tuple[int, int, int]]:
    olds = [m.span() for m in re.compile(pattern).finditer(old, *in_old) if m[0]]
    news = [m.span() for m in re.compile(pattern).finditer(new, *in_new) if m[0]]
    if not olds or not news or max(len(olds), len(news)) > _MAX_TOKENS:
        return
    words = pattern != r"[^\n]*\n*"
    matcher = SequenceMatcher(None, [old[a:b] for a, b in olds], [new[a:b] for a, b in news], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield olds[i1][0], news[j1][0], olds[i2 - 1][1] - olds[i1][0]
        elif tag == "replace" and not words:
            changed, become = (olds[i1][0], olds[i2 - 1][1]), (news[j1][0], news[j2 - 1][1])
            yield from _by_pieces(old, new, changed, become, r"\w+|\s+|[^\w\s]")
