"""From sentences to pieces: which stretches are quotes, whose, and where a mixed quote's clause ends."""

from __future__ import annotations

from dataclasses import dataclass, field

from articles.extraction.cues import Cue, CueFinder
from articles.extraction.marks import Stretch
from articles.extraction.people import Source, Speakers
from articles.extraction.phrases import Phrases
from articles.extraction.sentences import NAME, PUNCT, QUOTE, Paragraph, Prose, Token

LONG = 3  # words from which a whole sentence in marks is speech even where nobody is named


@dataclass(slots=True)
class Draft:
    """A piece before its speaker is settled."""

    start: int
    end: int
    marked: list[Stretch]
    group: int
    rule: str
    cue: Cue | None
    cue_text: str
    source: Source | None
    paragraph: int
    sentence: int
    words: int = 0


@dataclass(slots=True)
class Sentence:
    paragraph: int
    number: int
    tokens: list[Token]
    lo: int
    hi: int
    quotes: list[int] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)


class Attributor:
    """Goes through a text once, in order, remembering who spoke last."""

    def __init__(self, prose: Prose, speakers: Speakers):
        self.prose = prose
        self.text = prose.text
        self.language = prose.language
        self.speakers = speakers
        self.finder = CueFinder(prose.language, Phrases(prose.language, speakers.register.capitals))
        self.drafts: list[Draft] = []
        self.groups = 0

    def run(self) -> list[Draft]:
        for number, paragraph in enumerate(self.prose.paragraphs):
            if paragraph.stretches:
                self._paragraph(number, paragraph)
            else:
                self._listen(number, paragraph)
        self.drafts.sort(key=lambda d: d.start)
        return self.drafts

    def _listen(self, number: int, paragraph: Paragraph) -> None:
        """A paragraph without quotes still tells who is speaking."""
        return

    # ---- one paragraph

    def _paragraph(self, number: int, paragraph: Paragraph) -> None:
        waiting: list[tuple[Sentence, int]] = []
        last: Draft | None = None
        for order, rng in enumerate(paragraph.sentences):
            tokens = paragraph.tokens
            quotes = [i for i in rng if tokens[i].kind == QUOTE]
            if not quotes:
                continue
            sentence = Sentence(number, order, tokens, rng.start, rng.stop, quotes)
            sentence.cues = self.finder.find(tokens, rng.start, rng.stop)
            for draft_or_quote in self._sentence(sentence):
                if isinstance(draft_or_quote, Draft):
                    self.drafts.append(draft_or_quote)
                    last = draft_or_quote
                    for other, quote in waiting:
                        self.drafts.append(self._follow(other, quote, last, "next"))
                    waiting = []
                elif self._stands_alone(sentence, draft_or_quote):
                    if last is not None:
                        self.drafts.append(self._follow(sentence, draft_or_quote, last, "same"))
                    else:
                        waiting.append((sentence, draft_or_quote))
        if waiting:
            self._from_before(number, waiting)

    def _from_before(self, number: int, waiting: list[tuple[Sentence, int]]) -> None:
        previous = self.drafts[-1] if self.drafts else None
        near = previous is not None and number - previous.paragraph <= 2
        for sentence, quote in waiting:
            if near and previous is not None:
                self.drafts.append(self._follow(sentence, quote, previous, "before"))
            else:
                self.drafts.append(self._unknown(sentence, quote))

    def _stands_alone(self, sentence: Sentence, quote: int) -> bool:
        """Is this stretch a sentence by itself, and so speech?"""
        tokens = sentence.tokens
        if quote != sentence.lo and tokens[quote - 1].text not in ":,":
            return False
        stretch = tokens[quote].stretch
        assert stretch is not None
        count = self._word_count(stretch)
        last = stretch.inner.cut(self.text).rstrip()[-1:]
        return count >= LONG and (last in ".!?…,—" or not stretch.closed or quote == sentence.hi - 1)

    def _word_count(self, stretch: Stretch) -> int:
        return len(stretch.inner.cut(self.text).split())

    def _follow(self, sentence: Sentence, quote: int, other: Draft, rule: str) -> Draft:
        stretch = sentence.tokens[quote].stretch
        assert stretch is not None
        return Draft(
            stretch.start, stretch.end, [stretch], other.group, rule, other.cue, other.cue_text, other.source,
            sentence.paragraph, sentence.number, self._word_count(stretch),
        )  # fmt: skip

    def _unknown(self, sentence: Sentence, quote: int) -> Draft:
        stretch = sentence.tokens[quote].stretch
        assert stretch is not None
        return Draft(
            stretch.start, stretch.end, [stretch], self._group(), "alone", None, "", None,
            sentence.paragraph, sentence.number, self._word_count(stretch),
        )  # fmt: skip

    def _group(self) -> int:
        self.groups += 1
        return self.groups

    # ---- one sentence

    def _sentence(self, sentence: Sentence) -> list[Draft | int]:
        found: list[Draft | int] = []
        groups: dict[int, int] = {}
        taken_until = -1
        for place, quote in enumerate(sentence.quotes):
            if quote <= taken_until:
                continue
            draft = self._attribute(sentence, place, quote, groups)
            if draft is None:
                found.append(quote)
                continue
            found.append(draft)
            taken_until = max(i for i in sentence.quotes if sentence.tokens[i].start < draft.end)
        return found

    def _attribute(self, sentence: Sentence, place: int, quote: int, groups: dict[int, int]) -> Draft | None:
        tail = self._tail(sentence, quote)
        head = self._head(sentence, quote)
        if tail and not (head and head.order == "SV" and head.sort == "label"):
            return self._make(sentence, quote, tail, "tail", groups, quote, quote + 1)
        if head:
            lo, hi = self._clause_after(sentence, head, quote)
            rule = {"label": "label", "call": "call"}.get(head.sort, "head" if lo == quote else "clause")
            return self._make(sentence, quote, head, rule, groups, lo, hi)
        late = self._late(sentence, quote)
        if late:
            lo = self._clause_start(sentence, quote, late)
            return self._make(sentence, quote, late, "late", groups, lo, late.low)
        return None

    def _tail(self, sentence: Sentence, quote: int) -> Cue | None:
        for cue in sentence.cues:
            if cue.low <= quote or cue.order == "part":
                continue
            between = sentence.tokens[quote + 1 : cue.low]
            if all(t.text in (",", "—", "–", "-") or t.low in self.language.adverbs for t in between):
                if cue.order == "SV" and not self._closes(sentence, cue):
                    return None
                return cue
            return None
        return None

    def _closes(self, sentence: Sentence, cue: Cue) -> bool:
        """«“…,” she said.» against «“…” she said he would»: nothing but time and hearers follows."""
        for j in range(cue.last + 1, sentence.hi):
            token = sentence.tokens[j]
            if token.kind == QUOTE or (token.kind == PUNCT and token.text not in "'’-."):
                return True
            if j <= cue.last + 1 and (
                token.low in self.language.that
                or token.low in self.language.determiners
                or token.low in self.language.pronouns
                or token.kind == NAME
            ):
                return cue.sort == "tell" or token.low in self.language.times
        return True

    def _head(self, sentence: Sentence, quote: int) -> Cue | None:
        best = None
        for cue in sentence.cues:
            if cue.last >= quote:
                break
            if (
                cue.order == "VS"
                and any(q < cue.first for q in sentence.quotes)
                and not self._joined(sentence, cue, quote)
            ):
                continue
            if best is not None and self._is_nested(sentence, best, cue, quote):
                continue
            best = cue
        return best

    def _is_nested(self, sentence: Sentence, outer: Cue, cue: Cue, quote: int) -> bool:
        """«Okafor said she hoped for “…”»: the clause is Okafor's."""
        if outer.sort == "label":
            return True
        if outer.sort not in ("say", "tell") or outer.order == "VS":
            return False
        between = sentence.tokens[outer.last + 1 : cue.low]
        if any(t.kind == QUOTE or t.text in ",;—–" for t in between):
            return False
        return cue.sort == "think"

    def _joined(self, sentence: Sentence, cue: Cue, quote: int) -> bool:
        return sentence.tokens[quote - 1].text in ",:—–" or quote == cue.high + 1

    def _clause_after(self, sentence: Sentence, cue: Cue, quote: int) -> tuple[int, int]:
        """The reported clause that holds the quote, as token numbers."""
        tokens = sentence.tokens
        lo = cue.last + 1
        if cue.order in ("P", "VS"):
            lo = cue.high + 1
        lo = self._past_hearers(sentence, lo, quote)
        if lo == quote or (tokens[quote - 1].text in (",", ":") and cue.sort != "according"):
            following = tokens[quote + 1] if quote + 1 < sentence.hi else None
            inner = tokens[quote].stretch.inner.cut(self.text).rstrip()[-1:]  # type: ignore[union-attr]
            if (
                tokens[quote - 1].text in (",", ":")
                or following is None
                or following.kind == PUNCT
                or inner in ".,!?"
            ):
                return quote, quote + 1
            return quote, self._clause_end(sentence, quote)
        return lo, self._clause_end(sentence, quote)

    def _past_hearers(self, sentence: Sentence, lo: int, quote: int) -> int:
        tokens, language = sentence.tokens, self.language
        at = lo
        while at < quote:
            token = tokens[at]
            if (token.kind == PUNCT and token.text in ",:") or token.low in language.that:
                return at + 1
            if token.low in language.hearers or token.low in language.times or token.low in language.adverbs:
                at += 1
                lo = at
                continue
            break
        return lo

    def _clause_end(self, sentence: Sentence, quote: int) -> int:
        tokens = sentence.tokens
        for cue in sentence.cues:
            if cue.low > quote and tokens[cue.low - 1].text in (",", "—", "–"):
                return cue.low - 1
            if cue.low > quote and tokens[cue.low - 1].kind == QUOTE:
                return cue.low
        end = sentence.hi
        while end > quote + 1 and tokens[end - 1].kind == PUNCT and tokens[end - 1].text in ".!?…":
            end -= 1
        return end

    def _late(self, sentence: Sentence, quote: int) -> Cue | None:
        """«The plan was “dead” by June, Okafor said.»"""
        for cue in sentence.cues:
            if cue.low > quote and cue.order != "part" and cue.sort in ("say", "tell", "according"):
                before = sentence.tokens[cue.low - 1]
                if before.text in (",", "—", "–") or before.kind == QUOTE or cue.sort == "according":
                    return cue if cue.sort == "according" or self._closes(sentence, cue) else None
        return None

    def _clause_start(self, sentence: Sentence, quote: int, cue: Cue) -> int:
        start = sentence.lo
        for other in sentence.cues:
            if other.high < quote and other is not cue:
                start = max(start, other.high + 1)
        while start < quote and sentence.tokens[start].kind == PUNCT:
            start += 1
        return start

    def _make(
        self, sentence: Sentence, quote: int, cue: Cue, rule: str, groups: dict[int, int], lo: int, hi: int
    ) -> Draft:
        tokens = sentence.tokens
        while hi - 1 > quote and tokens[hi - 1].kind == PUNCT and tokens[hi - 1].text in ",;—–":
            hi -= 1
        while lo < quote and tokens[lo].kind == PUNCT:
            lo += 1
        start, end = tokens[lo].start, tokens[hi - 1].end
        marked = [tokens[i].stretch for i in range(lo, hi) if tokens[i].kind == QUOTE]
        if cue.first not in groups:
            groups[cue.first] = self._group()
        source = self.speakers.source(sentence.paragraph, tokens, cue.source) if cue.source else None
        cue_text = self.text[tokens[cue.first].start : tokens[cue.last].end]
        return Draft(
            start, end, [m for m in marked if m], groups[cue.first], rule, cue, cue_text, source,
            sentence.paragraph, sentence.number, sum(self._word_count(m) for m in marked if m),
        )  # fmt: skip
