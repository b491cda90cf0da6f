"""Divides a text with annotations (quotes, notes, search hits) into paragraphs of segments for display.

Nothing is rendered here, and no character is lost: a paragraph's segments joined are its text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

# Characters shown of an article whose full text may not be shown.
EXCERPT = 600

OPENING_MARKS = "\"'“”„‟‘‚«»‹›「『"
CLOSING_MARKS = "\"'”“’‘»«›‹」』"
# Blanks inside « French quotation marks ».
INSIDE_MARKS = " \u00a0\u202f"
BLANK_LINE = re.compile(r"\n\s*\n")
# Blanks between two sentences; abbreviated titles do not end one.
SENTENCE_END = re.compile(
    r"""(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bSt\.)(?<!\bProf\.)(?<!\bNo\.)
    (?:(?<=[.!?…])|(?<=[.!?…][”’»"')\]]))(?<![A-Z]\.)\s+(?=[^\W\d_a-z]|[“‘„«"'(\[—–\d])""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class QuoteAnnotation:
    """A quote over a text: the spans of the speaker's own words, its number, anchor and URL."""

    number: int
    anchor: str
    address: str
    spans: tuple[tuple[int, int], ...]
    standing: str = ""

    @property
    def start(self) -> int:
        return self.spans[0][0]


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that are a search hit or not; `number` is set where a hit begins."""

    text: str
    hit: bool = False
    number: int = 0
    last: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """Runs with the same annotation: a quote, an editorial note, the dateline, a relay, or plain text."""

    runs: tuple[Run, ...]
    quote: QuoteAnnotation | None = None
    first: bool = False
    aside: bool = False
    dateline: bool = False
    relay: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Paragraph:
    start: int
    end: int
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        return "".join(segment.text for segment in self.segments)


@dataclass(frozen=True, slots=True)
class InterviewBlock:
    """A continuous part of an interview: a turn without its label, or narration."""

    start: int
    end: int
    role: str
    label: str = ""
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Layers:
    """The annotations of a text as character spans; `hits` are sorted and do not overlap."""

    quotes: Sequence[QuoteAnnotation] = ()
    asides: Sequence[tuple[int, int]] = ()
    hits: Sequence[tuple[int, int]] = ()
    dateline_end: int = 0
    # The number of the first of these hits on the page, and the number of all hits.
    first_number: int = 1
    all_hits: int = 0
    relays: Sequence[tuple[int, int]] = ()

    def over(self, start: int, end: int) -> Layers:
        """The layers that overlap this span; keeps long texts linear."""
        first = bisect_right(self.hits, start, key=lambda span: span[1])
        behind = bisect_left(self.hits, end, key=lambda span: span[0])
        return Layers(
            [v for v in self.quotes if any(s < end and start < e for s, e in v.spans)],
            [span for span in self.asides if span[0] < end and start < span[1]],
            self.hits[first:behind],
            self.dateline_end,
            self.first_number + first,
            self.all_hits,
            self.relays,
        )

    def edges(self) -> Iterator[int]:
        yield self.dateline_end
        for spans in (*(quote.spans for quote in self.quotes), self.asides, self.hits, self.relays):
            for start, end in spans:
                yield start
                yield end


def with_marks(text: str, spans: Iterable[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    """Widen each span by the quotation marks printed around it.

    >>> with_marks("He said « enough » twice.", [(10, 16)])
    ((8, 18),)
    """
    return tuple(_with_marks(text, start, end) for start, end in spans)


def _with_marks(text: str, start: int, end: int) -> tuple[int, int]:
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if before[-1:] in OPENING_MARKS and before:
        start -= 1
    elif before[:1] in "«»" and before[1:] in INSIDE_MARKS and len(before) == 2:
        start -= 2
    if after[:1] in CLOSING_MARKS and after:
        end += 1
    elif after[1:] in "«»" and after[:1] in INSIDE_MARKS and len(after) == 2:
        end += 2
    return start, end


def annotate_paragraphs(
    text: str, layers: Layers, start: int = 0, end: int | None = None, seen: set[str] | None = None
) -> list[Paragraph]:
    """Divide part of a text into paragraphs; nested quotes belong to the innermost speaker.

    ``seen`` collects the anchors already used if a text is divided in several calls.
    """
    seen = set() if seen is None else seen
    return [
        Paragraph(begin, stop, _segments(text, begin, stop, layers.over(begin, stop), seen))
        for begin, stop in _paragraph_spans(text, start, len(text) if end is None else end)
    ]


def _paragraph_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for gap in BLANK_LINE.finditer(text, start, end):
        yield from _stripped(text, at, gap.start())
        at = gap.end()
    yield from _stripped(text, at, end)


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _segments(text: str, start: int, end: int, layers: Layers, seen: set[str]) -> tuple[Segment, ...]:
    points = sorted({start, end, *(edge for edge in layers.edges() if start < edge < end)})
    hits = list(_inside(layers.hits, points[:-1]))
    numbers = {span[0]: layers.first_number + at for at, span in enumerate(layers.hits)}
    cuts = list(zip(_quotes_of(layers, points[:-1]), pairwise(points), hits, strict=True))
    segments = []
    for (quote, *marks), group in groupby(cuts, key=lambda cut: cut[0]):
        runs = _runs(text, [(span, hit) for _, span, hit in group], numbers, layers.all_hits)
        first = quote is not None and quote.anchor not in seen
        if quote is not None:
            seen.add(quote.anchor)
        segments.append(Segment(runs, quote, first, *marks))
    return tuple(segments)


def _quotes_of(
    layers: Layers, places: Sequence[int]
) -> Iterator[tuple[QuoteAnnotation | None, bool, bool, bool]]:
    """For each place its quote, else flags for editorial note, dateline and relay."""
    asides, relays = _inside(layers.asides, places), _inside(layers.relays, places)
    for at, aside, relay in zip(places, asides, relays, strict=True):
        quote = _quote_at(layers.quotes, at)
        if quote is not None:
            yield quote, False, False, False
        else:
            yield None, aside, not aside and at < layers.dateline_end, not aside and relay


def _runs(
    text: str, cuts: Iterable[tuple[tuple[int, int], bool]], numbers: Mapping[int, int], all_hits: int
) -> tuple[Run, ...]:
    found = []
    for hit, group in groupby(cuts, key=lambda cut: cut[1]):
        spans = [span for span, _ in group]
        start = spans[0][0]
        number = numbers.get(start, 0) if hit else 0
        last = bool(number) and number == all_hits
        found.append(Run(text[start : spans[-1][1]], hit, number, last))
    return tuple(found)


def _inside(spans: Sequence[tuple[int, int]], places: Iterable[int]) -> Iterator[bool]:
    """Whether a span contains each place; places must ascend."""
    begun, reach, ordered = 0, -1, sorted(spans)
    for at in places:
        while begun < len(ordered) and ordered[begun][0] <= at:
            reach = max(reach, ordered[begun][1])
            begun += 1
        yield at < reach


def _quote_at(quotes: Sequence[QuoteAnnotation], at: int) -> QuoteAnnotation | None:
    """The quote whose span around this place is the shortest."""
    here = [(end - start, -quote.start, quote.anchor, quote)
            for quote in quotes for start, end in quote.spans if start <= at < end]  # fmt: skip
    return min(here)[3] if here else None


def split_interview(
    text: str, turns: Sequence[tuple[int, int, str, str]], end: int | None = None
) -> list[InterviewBlock]:
    """Divide an interview into turns, given as (start, end, role, printed label), and narration.

    A label on the line of its turn belongs to the turn; other text between turns is narration.
    """
    end = len(text) if end is None else end
    found: list[InterviewBlock] = []
    at = 0
    for number, (turn_start, turn_end, role, label) in enumerate(turns):
        if turn_start >= end:
            break
        begin, printed = _label_before(text, at, turn_start, label)
        found += _narration(text, at, begin)
        found.append(InterviewBlock(turn_start, min(turn_end, end), role, printed, number))
        at = max(at, turn_end)
    return found + _narration(text, at, end)


def _label_before(text: str, at: int, turn_start: int, label: str) -> tuple[int, str]:
    """The end of the narration before a turn, and the label as printed."""
    if not label or at >= turn_start:
        return turn_start, label
    found = text.rfind(label, at, turn_start)
    line = max(text.rfind("\n", at, found) + 1, at) if found >= 0 else turn_start
    # Only punctuation and blanks may be beside a label; a sentence with the name is narration.
    around = text[line:found] + text[found + len(label) : turn_start] if found >= 0 else ""
    if found < 0 or any(character.isalnum() for character in around):
        return turn_start, label
    return line, text[line:turn_start].strip()


def _narration(text: str, start: int, end: int) -> list[InterviewBlock]:
    return [InterviewBlock(begin, stop, "narration") for begin, stop in _stripped(text, start, end)]


def paragraph_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the whole paragraphs that contain this span."""
    gaps = [(0, 0), *((gap.start(), gap.end()) for gap in BLANK_LINE.finditer(text)), (len(text), len(text))]
    begin = max(after for _, after in gaps if after <= start)
    stop = min(before for before, _ in gaps if before >= end)
    return begin, stop


def sentence_before(text: str, at: int) -> str:
    """The last sentence before this place."""
    paragraph = text[paragraph_span(text, at, at)[0] : at].strip() or _last_paragraph(text[:at])
    return SENTENCE_END.split(paragraph)[-1].strip()


def _last_paragraph(text: str) -> str:
    return BLANK_LINE.split(text.strip())[-1]


def sentence_after(text: str, at: int) -> str:
    """The first sentence after this place."""
    return SENTENCE_END.split(BLANK_LINE.split(text[at:].strip(), maxsplit=1)[0], maxsplit=1)[0].strip()


def excerpt_end(text: str, most: int = EXCERPT) -> int:
    """The end of an excerpt of at most `most` characters: a paragraph, else a sentence, else a word.

    >>> text = "One two three. Four five six seven."
    >>> text[: excerpt_end(text, 20)]
    'One two three.'
    """
    if len(text) <= most:
        return len(text)
    for end in (text.rfind("\n\n", 0, most), text.rfind(". ", 0, most) + 1, text.rfind(" ", 0, most)):
        if end > most // 3:
            return end
    return most
