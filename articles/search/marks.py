"""Fragments of a text with the words asked for, found on the text itself; nothing is escaped or marked up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from articles.models import GAP
from articles.querylang import And, Field, Near, Node, Or, Words, words, words_in_place
from articles.querylang.tree import KINDS, PART_FIELDS, QUOTE_FIELDS, Term, positive_words
from articles.search.occurrences import Test, near_partners, occurrences, test_as_written
from articles.search.questions import Question
from articles.search.stems import stems_met, stems_of

FRAGMENT = 240
BEFORE = 70
MOST_FRAGMENTS = 3
# Of one text, where each place has a line of its own.
MOST_LINES = 100
PARAGRAPHS = "\n\n"
# A clause and where it stands in the text.
Found = tuple[int, tuple[int, int]]


@dataclass(frozen=True)
class Excerpt:
    """A stretch of one part, and where in it the words asked for stand. `start` is its place in the part."""

    part: str
    text: str
    marks: tuple[tuple[int, int], ...] = ()
    start: int = 0
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True)
class Asked:
    """Words to be marked, in one part or, where `place` is empty, in all."""

    node: Words | Near
    place: str


def asked(node: Node | None, place: str = "") -> Iterator[Asked]:
    """The clauses that a hit holds because they were asked for."""
    if isinstance(node, Words | Near):
        yield Asked(node, place)
    elif isinstance(node, Field):
        yield from asked(node.node, node.name)
    elif isinstance(node, And | Or):
        for child in node.children():
            yield from asked(child, place)


class Marker:
    """Finds the words asked for in the texts of one page.

    All texts are told first. A paragraph is read when it is looked at; the stems of words that were never met
    before are learnt for all texts at once.
    """

    def __init__(self, question: Question) -> None:
        self.asked = list(asked(question.parsed.root))
        self.lines = question.view == "kwic"
        self._texts: list[tuple[str, str]] = []
        self._stems: dict[str, dict[str, str]] = defaultdict(dict)
        self._forms: dict[str, set[str]] = {}
        self._of_stem: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._seen: dict[str, set[str]] = defaultdict(set)
        clauses = [clause for item in self.asked for clause in positive_words(item.node)]
        self._plain = {
            term.text[:255]
            for clause in clauses
            if not clause.exact
            for term in clause.terms
            if not term.prefix
        }
        self._exact = {term.text for clause in clauses if clause.exact for term in clause.terms}
        self._prefixes = tuple(term.text for clause in clauses for term in clause.terms if term.prefix)
        # No stemmer changes the first letter of a word, so that only these can have the same stem.
        self._initials = {text[0] for text in self._plain}

    def learn(self, texts: Iterable[tuple[str, str]]) -> None:
        """Be told of texts, each with its language, that will be marked."""
        self._texts += texts

    def _meet(self, found: Sequence[str], language: str) -> set[str]:
        """Know the stems of these words; return all forms that were met of the words asked for."""
        if language not in self._forms:
            self._forms[language] = set(self._exact)
            self._keep(language, stems_of({language: self._plain}))
        seen = self._seen[language]
        unseen = set(found) - seen
        seen |= unseen
        new = {word for word in unseen if word[0] in self._initials}
        if new and (unknown := new - self._keep(language, stems_met(language, new))):
            self._keep(language, stems_of({language: unknown | self._in_all_texts(language)}))
        return self._forms[language]

    def _keep(self, language: str, found: Mapping[tuple[str, str], str]) -> set[str]:
        stems = self._stems[language]
        for (_, word), stem in found.items():
            stems[word] = stem
            self._of_stem[language, stem].add(word)
        wanted = {stems[word] for word in self._plain}
        self._forms[language].update(word for (_, word), stem in found.items() if stem in wanted)
        return {word for _, word in found}

    def _in_all_texts(self, language: str) -> set[str]:
        texts = (text for of, text in self._texts if of == language)
        return {word for text in texts for word in words(text) if word[0] in self._initials}

    def _test(self, clause: Words, term: Term, language: str) -> Test:
        if clause.exact or term.prefix:
            return test_as_written(clause, term)
        return self._of_stem[language, self._stems[language][term.text[:255]]].__contains__

    def _worth_a_look(self, found: Sequence[str], language: str) -> bool:
        """Whether any word that was asked for stands among these."""
        forms = self._meet(found, language) if self._initials else self._exact
        if not forms.isdisjoint(found):
            return True
        return bool(self._prefixes) and any(word.startswith(self._prefixes) for word in found)

    @property
    def asks_own_words(self) -> bool:
        """Whether words are asked for that only stand where a quote does."""
        return any(item.place in QUOTE_FIELDS for item in self.asked)

    def whole(self, part: str, text: str, language: str) -> Excerpt:
        """The text in full with its marks; nothing is found across the gap in a split quote.

        A stretch of a quote in its article goes by the quote's kind.
        """
        found: list[Found] = []
        at = 0
        for stretch in text.split(GAP) if part == "quote" else [text]:
            found += self._found(part, stretch, at, language)
            at += len(stretch) + len(GAP)
        return Excerpt(part, text, merged(span for _, span in found))

    def _found(self, part: str, text: str, shift: int, language: str) -> list[Found]:
        """Each clause's number with where it stands in the text."""
        if not self.asked or not self._worth_a_look(found_words := words(text), language):
            return []
        clauses: list[tuple[int, tuple[int, int]]] = []

        def tests(clause: Words) -> Sequence[Test]:
            return [self._test(clause, term, language) for term in clause.terms]

        for at, item in enumerate(self.asked):
            if not _looks_in(item, part):
                continue
            if isinstance(item.node, Near):
                found = near_partners(item.node, found_words, tests)
            else:
                found = occurrences(item.node, found_words, tests)
            clauses += [(at, place) for place in found]
        if not clauses:
            return []
        places = words_in_place(text)
        spans = [(at, (places[a].start + shift, places[b].end + shift)) for at, (a, b) in clauses]
        return sorted(spans, key=lambda item: item[1])

    def excerpts(self, parts: Sequence[tuple[str, str]], language: str) -> Iterator[Excerpt]:
        """Every short part that holds a word asked for, and fragments of the body; at least one of these."""
        standfirst = False
        for part, text in parts:
            if part == "body":
                fragments = list(self._fragments(text, self._in_body(text, language)))
                if not fragments and not standfirst:
                    fragments = [_fragment(text, 0, [])]
                yield from fragments
            elif text:
                spans = self._found(part, text, 0, language)
                standfirst |= bool(spans) and part == "standfirst"
                if spans:
                    yield Excerpt(part, text, merged(span for _, span in spans))

    def _in_body(self, text: str, language: str) -> list[Found]:
        """Places in the body, paragraph by paragraph, until every clause has been seen."""
        wanted = {at for at, item in enumerate(self.asked) if _looks_in(item, "body")}
        spans: list[Found] = []
        at = 0
        for paragraph in text.split(PARAGRAPHS) if wanted else ():
            spans += self._found("body", paragraph, at, language)
            at += len(paragraph) + len(PARAGRAPHS)
            if {number for number, _ in spans} == wanted and not (self.lines and len(spans) < MOST_LINES):
                return spans
        # What has not been seen may stand across two paragraphs.
        beside = any(isinstance(item.node, Near) or len(item.node.terms) > 1 for item in self.asked)
        return self._found("body", text, 0, language) if wanted and beside and not spans else spans

    def _fragments(self, text: str, spans: Sequence[Found]) -> Iterator[Excerpt]:
        """The stretches that hold most of the clauses; with one line for each place, the first few."""
        everywhere = [span for _, span in spans]
        if self.lines:
            for span in everywhere[:MOST_LINES]:
                yield _fragment(text, max(0, span[0] - FRAGMENT // 2), [span])
            return
        chosen: list[int] = []
        unseen = {at for at, _ in spans}
        while unseen and len(chosen) < MOST_FRAGMENTS:
            gains = {span[0]: _within(spans, span[0]) & unseen for span in everywhere}
            best = max(gains, key=lambda at: (len(gains[at]), -at))
            if not gains[best]:
                break
            unseen -= gains[best]
            chosen.append(best)
        for start in sorted(chosen):
            yield _fragment(text, max(0, start - BEFORE), everywhere)


def _looks_in(item: Asked, part: str) -> bool:
    if item.place in QUOTE_FIELDS:
        return part in ("quote", item.place) or (item.place == "quote" and part in KINDS)
    return item.place not in PART_FIELDS or item.place == part


def _within(spans: Sequence[Found], start: int) -> set[int]:
    end = start + FRAGMENT - BEFORE
    return {at for at, span in spans if start <= span[0] and span[1] <= end}


def _fragment(text: str, start: int, spans: Sequence[tuple[int, int]]) -> Excerpt:
    """Some 240 characters from about there, cut between words."""
    if start:
        blank = text.find(" ", start, start + 30)
        start = blank + 1 if blank >= 0 else start
    end = min(len(text), start + FRAGMENT)
    if end < len(text):
        blank = text.rfind(" ", max(start + 1, end - 30), end)
        end = blank if blank > start else end
    marks = ((a - start, b - start) for a, b in spans if start <= a and b <= end)
    # As many characters as before, so that places hold.
    shown = text[start:end].replace("\n", " ")
    return Excerpt("body", shown, merged(marks), start, start > 0, end < len(text))


def merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """These stretches in order, those that meet as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)
