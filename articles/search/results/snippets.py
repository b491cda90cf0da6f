"""Finds the query words in texts and cuts excerpts around them; produces spans, not markup."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import accumulate, chain

from articles.models import GAP
from articles.search.engine.budget import MARKING_A_PAGE_OF_RESULTS, Budget, OverBudget
from articles.search.index.stemmers import stemmer_of
from articles.search.index.text import Stems
from articles.search.query import And, Field, Near, Node, Or, Words
from articles.search.query.nodes import KINDS, PART_FIELDS, QUOTE_FIELDS
from articles.search.request.query import SearchRequest
from articles.search.results.marks import Marks
from articles.text.folding import index_word_spans, index_words

FRAGMENT = 240
BEFORE = 70
MOST_FRAGMENTS = 3
# Lines per text in keyword-in-context view.
MOST_LINES = 100
PARAGRAPHS = "\n\n"
# Characters folded per budget step.
FOLDED_A_STEP = 4
# Characters per budget step for finding the offsets of words.
PLACED_A_STEP = 2
# The number of a clause and its span in the text.
Found = tuple[int, tuple[int, int]]


@dataclass(frozen=True)
class Excerpt:
    """A piece of one part of an article; `marks` are spans in `text`, `start` its offset in the part."""

    part: str
    text: str
    marks: tuple[tuple[int, int], ...] = ()
    start: int = 0
    cut_before: bool = False
    cut_after: bool = False
    # Finding the words would have taken too long; nothing is marked.
    unmarked: bool = False


@dataclass(frozen=True)
class HighlightClause:
    """Words to highlight in one part, or in all if `place` is empty."""

    node: Words | Near
    place: str


def clauses_to_highlight(node: Node | None, place: str = "") -> Iterator[HighlightClause]:
    """The clauses of the query that are not negated."""
    if isinstance(node, Words | Near):
        yield HighlightClause(node, place)
    elif isinstance(node, Field):
        yield from clauses_to_highlight(node.node, node.name)
    elif isinstance(node, And | Or):
        for child in node.children():
            yield from clauses_to_highlight(child, place)


class Highlighter:
    """Finds the query words in the texts of one page.

    A text that exceeds the budget is shown without marks.
    """

    def __init__(self, request: SearchRequest, budget: Budget | None = None) -> None:
        self.budget = budget or Budget(MARKING_A_PAGE_OF_RESULTS)
        self.clauses = list(clauses_to_highlight(request.parsed.root))
        self.is_kwic = request.view == "kwic"
        # Texts share most of their words: stemming each once takes a fifth of the time.
        self._stems = Stems()

    @property
    def asks_own_words(self) -> bool:
        """Whether a clause is limited to the words of quotes."""
        return any(item.place in QUOTE_FIELDS for item in self.clauses)

    def whole(self, part: str, text: str, language: str) -> Excerpt:
        """The whole text with its marks; a match does not cross the gap in a split quote.

        For a part of a quote within its article, `part` is the kind of the quote.
        """
        found: list[Found] = []
        at = 0
        try:
            for stretch in text.split(GAP) if part == "quote" else [text]:
                found += self._found(part, stretch, at, language)
                at += len(stretch) + len(GAP)
        except OverBudget:
            return Excerpt(part, text, unmarked=True)
        return Excerpt(part, text, merged(span for _, span in found))

    def _found(self, part: str, text: str, shift: int, language: str) -> list[Found]:
        """The matches as clause numbers with spans, shifted by `shift`, in order of spans."""
        looked_for = [(at, item) for at, item in enumerate(self.clauses) if _looks_in(item, part)]
        if not looked_for:
            return []
        self.budget.spend(len(text) // FOLDED_A_STEP + 1)
        marks = Marks(index_words(text), stemmer_of(language), self.budget, self._stems)
        found = [(at, place) for at, item in looked_for for place in marks.listed(item.node)]
        if not found:
            return []
        self.budget.spend(len(text) // PLACED_A_STEP)
        places = index_word_spans(text)
        spans = [(at, (places[a][0] + shift, places[b][1] + shift)) for at, (a, b) in found]
        return sorted(spans, key=lambda item: item[1])

    def excerpts(self, parts: Sequence[tuple[str, str]], language: str) -> tuple[Excerpt, ...]:
        """The short parts with a query word, and fragments of the body; at least one excerpt."""
        try:
            return tuple(self._excerpts(parts, language))
        except OverBudget:
            body = next(text for part, text in parts if part == "body")
            return (replace(_fragment(body, (0, 0), []), unmarked=True),)

    def _excerpts(self, parts: Sequence[tuple[str, str]], language: str) -> Iterator[Excerpt]:
        standfirst = False
        for part, text in parts:
            if part == "body":
                fragments = list(self._fragments(text, self._in_body(text, language)))
                if not fragments and not standfirst:
                    fragments = [_fragment(text, (0, 0), [])]
                yield from fragments
            elif text:
                spans = self._found(part, text, 0, language)
                standfirst |= bool(spans) and part == "standfirst"
                if spans:
                    yield Excerpt(part, text, merged(span for _, span in spans))

    def _in_body(self, text: str, language: str) -> list[Found]:
        """The matches in the body, up to the end of the paragraph in which every clause has been found."""
        looked_for = [(at, item) for at, item in enumerate(self.clauses) if _looks_in(item, "body")]
        if not looked_for:
            return []
        self.budget.spend(len(text) // FOLDED_A_STEP + 1)
        body = _Body(text)
        marks = Marks(body.words, stemmer_of(language), self.budget, self._stems)
        matches = sorted((place, at) for at, item in looked_for for place in marks.listed(item.node))
        unseen = {at for at, _ in looked_for}
        spans: list[Found] = []
        last = -1
        for (first, end), at in matches:
            paragraph = body.paragraph(first)
            if not unseen and paragraph > last and not (self.is_kwic and len(spans) < MOST_LINES):
                break
            unseen.discard(at)
            last = paragraph
            spans.append((at, (body.span(first, self.budget)[0], body.span(end, self.budget)[1])))
        return spans

    def _fragments(self, text: str, spans: Sequence[Found]) -> Iterator[Excerpt]:
        """The fragments with the most clauses; in keyword-in-context view one fragment for each match."""
        everywhere = [span for _, span in spans]
        if self.is_kwic:
            for span in everywhere[:MOST_LINES]:
                yield _fragment(text, span, [span], FRAGMENT // 2)
            return
        chosen: list[int] = []
        unseen = {at for at, _ in spans}
        while unseen and len(chosen) < MOST_FRAGMENTS:
            start, gained = _richest(spans, unseen)
            if not gained:
                break
            unseen -= gained
            chosen.append(start)
        for start in sorted(chosen):
            yield _fragment(text, (start, start), everywhere)


class _Body:
    """The words of a body, whose spans are found only in the paragraphs where they are asked for.

    Finding spans takes twenty times as long as folding.
    """

    def __init__(self, text: str) -> None:
        self._paragraphs = text.split(PARAGRAPHS)
        each = [index_words(paragraph) for paragraph in self._paragraphs]
        self.words = list(chain.from_iterable(each))
        self._firsts = list(accumulate(map(len, each), initial=0))
        lengths = (len(paragraph) + len(PARAGRAPHS) for paragraph in self._paragraphs)
        self._starts = list(accumulate(lengths, initial=0))
        self._spans: dict[int, list[tuple[int, int]]] = {}

    def paragraph(self, word: int) -> int:
        """The number of the paragraph of a word."""
        return bisect_right(self._firsts, word) - 1

    def span(self, word: int, budget: Budget) -> tuple[int, int]:
        """The span of a word in the text."""
        at = self.paragraph(word)
        if at not in self._spans:
            budget.spend(len(self._paragraphs[at]) // PLACED_A_STEP)
            self._spans[at] = index_word_spans(self._paragraphs[at])
        start, end = self._spans[at][word - self._firsts[at]]
        return start + self._starts[at], end + self._starts[at]


def _looks_in(item: HighlightClause, part: str) -> bool:
    if item.place in QUOTE_FIELDS:
        return part in ("quote", item.place) or (item.place == "quote" and part in KINDS)
    return item.place not in PART_FIELDS or item.place == part


def _richest(spans: Sequence[Found], unseen: Set[int]) -> tuple[int, Set[int]]:
    """The start of the first fragment with the most unseen clauses, and these clauses."""
    reach = FRAGMENT - BEFORE
    fitting = [(at, span) for at, span in spans if at in unseen and span[1] - span[0] <= reach]
    by_end = sorted(fitting, key=lambda item: item[1][1])
    inside: Counter[int] = Counter()
    entered = left = best = 0
    gained: Set[int] = frozenset()
    for _, (start, _) in spans:
        while entered < len(by_end) and by_end[entered][1][1] <= start + reach:
            inside[by_end[entered][0]] += 1
            entered += 1
        while left < len(fitting) and fitting[left][1][0] < start:
            inside[fitting[left][0]] -= 1
            left += 1
        if len(entered_clauses := {at for at, number in inside.items() if number}) > len(gained):
            best, gained = start, entered_clauses
    return best, gained


def _fragment(
    text: str, first: tuple[int, int], spans: Sequence[tuple[int, int]], before: int = BEFORE
) -> Excerpt:
    """About 240 characters around the first span, from `before` characters before it on."""
    start = word_start(text, max(0, first[0] - before), first[0])
    end = word_end(text, min(len(text), max(start + FRAGMENT, first[1])), max(start + 1, first[1]))
    marks = ((a - start, b - start) for a, b in spans if start <= a and b <= end)
    # Same length, so that offsets stay valid.
    shown = text[start:end].replace("\n", " ")
    return Excerpt("body", shown, merged(marks), start, start > 0, end < len(text))


def word_start(text: str, at: int, last: int) -> int:
    """The first place from `at` to `last` where a word may begin; `last` if there is none before.

    >>> word_start("the bridges", 6, 11), word_start("the bridges", 2, 11)
    (11, 4)
    """
    places = range(at, last)
    blank = next((place for place in places if place == 0 or text[place - 1].isspace()), None)
    return blank if blank is not None else next((p for p in places if not _is_inside(text, p)), last)


def word_end(text: str, at: int, first: int) -> int:
    """The last place from `first` to `at` where a word may end; `first` if there is none after.

    >>> word_end("the bridges", 6, 0), word_end("the bridges", 11, 0)
    (3, 11)
    """
    places = range(at, first, -1)
    blank = next((place for place in places if place == len(text) or text[place].isspace()), None)
    return blank if blank is not None else next((p for p in places if not _is_inside(text, p)), first)


def _is_inside(text: str, at: int) -> bool:
    """Whether a place between two characters is within a word; of some scripts each character is a word."""
    return index_word_spans(text[at - 1 : at + 1]) == [(0, 2)]


def merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The spans in order, with overlapping and adjacent ones joined."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)
