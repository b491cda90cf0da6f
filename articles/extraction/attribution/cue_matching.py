"""Assigns the quoted spans of a sentence to its cues."""

from __future__ import annotations

from dataclasses import dataclass

from articles.extraction.attribution.attribution_draft import Sentence
from articles.extraction.attribution.reported_clauses import ReportedClauses
from articles.extraction.cues.lexicon import Cue
from articles.extraction.languages.table import Language
from articles.extraction.syntax.phrases import Phrases
from articles.extraction.tokenizer import NAME, PUNCT, QUOTE, Token


@dataclass(slots=True)
class Match:
    """A cue for a quoted span; the piece is the tokens from `lo` to before `hi`."""

    cue: Cue
    rule: str
    lo: int
    hi: int


class Matcher:
    """Matches the quoted spans of one sentence with its cues."""

    def __init__(self, text: str, language: Language, phrases: Phrases, sentence: Sentence):
        self.clauses = ReportedClauses(text, language, phrases, sentence)
        self.language = language
        self.phrases = phrases
        self.sentence = sentence
        self.tokens = sentence.tokens

    def match(self, quote: int) -> Match | None:
        tail, head = self._tail(quote), self._head(quote)
        if tail and not tail.said and head and self.clauses.is_light(head, quote):
            tail = None  # «If Varga says “no,” the town will laugh»
        if tail and head and tail.order == "SV" and self.language.nouns_capitalised:
            tail = None  # in German the subject of a tail follows its verb
        if tail and tail.order == "final":
            return Match(tail, "call", quote, quote + 1)
        if tail:
            return Match(tail, "tail", self._tail_start(quote, tail, head), quote + 1)
        if head and head.sort != "call" and self._is_title(quote) and not self.clauses.is_light(head, quote):
            head = None
        if head:
            lo, hi = self.clauses.around(head, quote)
            if lo == quote and self._is_inserted(head, quote):
                lo = self.sentence.lo
            if self._is_german_name(quote) and head.sort != "call":
                return None
            rule = {"label": "label", "call": "call", "colon": "colon", "noun": "noun"}.get(head.sort)
            return Match(head, rule or ("head" if lo == quote else "clause"), lo, hi)
        if self._is_german_name(quote):
            return None
        late = self._late(quote)
        return Match(late, "late", self.clauses.start_of(quote, late), late.low) if late else None

    def _is_title(self, quote: int) -> bool:
        """Whether the span is a title, capitalised throughout: «played “Salt Roads” at the theatre»."""
        found = [
            w for w in self.clauses.inner(quote).split() if w.lower() not in self.language.small_in_titles
        ]
        return (
            1 < len(found) < 8 and all(w[:1].isupper() for w in found) and not self.language.nouns_capitalised
        )

    def _is_german_name(self, quote: int) -> bool:
        """Whether a German span in mid-sentence is the name of a thing: «aus dem Hotel „Forte Village“»."""
        found = self.clauses.inner(quote).split()
        if (
            not self.language.nouns_capitalised
            or not 1 < len(found) < 6
            or self.tokens[quote - 1].text in ",:"
        ):
            return False
        return quote > self.sentence.lo and all(w[:1].isupper() or w[:1].isdigit() for w in found)

    # ---- “…,” she said

    def _tail(self, quote: int) -> Cue | None:
        for cue in self.sentence.cues:
            if cue.low <= quote or cue.order == "part":
                continue
            if cue.order == "by":
                return cue if self._is_passive_tail(quote, cue) else None
            between = self.tokens[quote + 1 : cue.low]
            if all(t.text in (",", "—", "–", "-") or t.low in self.language.adverbs for t in between):
                if cue.order == "SV" and not self._closes(cue):
                    return None
                return cue
            return None
        return None

    def _is_passive_tail(self, quote: int, cue: Cue) -> bool:
        """Whether a passive cue follows the quote and ends the clause: «“…,” Okafor was told by Reyes.»."""
        tokens, language = self.tokens, self.language
        at = quote + 1
        while at < cue.first and tokens[at].text in (",", "—", "–"):
            at += 1
        subject = self.phrases.forward(tokens, at, cue.first)
        if subject is None or any(t.kind in (PUNCT, QUOTE) for t in tokens[subject[1] : cue.first]):
            return False
        ends = cue.high + 1
        return ends >= self.sentence.hi or tokens[ends].kind == PUNCT or tokens[ends].low in language.times

    def _tail_start(self, quote: int, tail: Cue, head: Cue | None) -> int:
        """The start of the piece; a clause before the span belongs to it: «The plan was “dead,” she said»."""
        before = self.tokens[quote - 1] if quote > self.sentence.lo else None
        if before is None or before.text in (":", "—", "–") or before.kind == QUOTE:
            return quote
        if head is not None and self.clauses.is_light(head, quote):
            return quote
        return self.clauses.start_of(quote, tail)

    def _closes(self, cue: Cue) -> bool:
        """Whether only time and hearers follow the cue: «“…,” she said.», but not «“…” she said he would»."""
        language = self.language
        for j in range(cue.last + 1, self.sentence.hi):
            token = self.tokens[j]
            if token.kind == QUOTE or (token.kind == PUNCT and token.text not in "'’-."):
                return True
            opens_clause = (
                token.low in language.that or token.low in language.determiners or token.kind == NAME
            )
            if j <= cue.last + 1 and (opens_clause or token.low in language.pronouns):
                return cue.sort == "tell" or token.low in language.times
        return True

    # ---- she said: “…”

    def _head(self, quote: int) -> Cue | None:
        best = None
        for cue in self.sentence.cues:
            if cue.last >= quote:
                break
            spent = cue.order == "VS" and any(q < cue.first for q in self.sentence.quotes)
            if spent and not (self.tokens[quote - 1].text in ",:—–" or quote == cue.high + 1):
                continue
            unnamed = cue.order == "by" and cue.source is None
            if unnamed and (best is not None or not self.clauses.is_light(cue, quote)):
                continue
            if best is not None and self._is_nested(best, cue, quote):
                continue
            best = cue
        return best

    def _is_inserted(self, cue: Cue, quote: int) -> bool:
        """Whether the cue interrupts the clause that the span ends: «This was, she says, “never fast”»."""
        before = self.tokens[self.sentence.lo : cue.low]
        opens = len(before) > 2 and before[-1].text == "," and before[-2].low in self.language.auxiliaries
        return opens and self.tokens[quote - 1].text == "," and self.clauses.inner(quote)[:1].islower()

    def _is_nested(self, outer: Cue, cue: Cue, quote: int) -> bool:
        """Whether the cue is inside the outer one's clause: «Okafor said she hoped for “…”»."""
        if outer.sort == "label":
            return True
        if self.language.verb_first and cue.weak and not outer.weak and not self.clauses.is_light(cue, quote):
            return True  # «Okafor nannte ein Spiel, in dem es Fouls gab, „hart“»
        if outer.sort not in ("say", "tell") or outer.order == "VS" or outer.weak:
            return False
        between = self.tokens[outer.high + 1 : cue.first]
        if any(t.kind == QUOTE or t.text in (",", ";", "—", "–") for t in between):
            return False
        if between and between[-1].low in self.language.conjunctions:
            return False
        if self._is_withheld(outer, cue, between):
            return False
        if cue.sort in ("think", "call") or (outer.said and not cue.said):
            return True
        return (between and between[-1].low in self.language.infinitive) or (
            cue.weak and not self.clauses.is_light(cue, quote)
        )

    def _is_withheld(self, outer: Cue, cue: Cue, between: list[Token]) -> bool:
        """Whether the outer cue says that the words were not said: «Okafor denied having said “no”»."""
        language = self.language
        words = {t.low for t in self.tokens[outer.first : outer.last + 1]}
        if cue.said or words.isdisjoint(language.unfulfilled | language.denials):
            return False
        infinitive = bool(between) and between[-1].low in language.infinitive
        return infinitive or not words.isdisjoint(language.denials)

    def is_object(self, match: Match, quote: int) -> bool:
        """Whether the quoted words are part of an object and not of a reported clause: «riet zu „Ruhe“»."""
        cue = match.cue
        named_as = self.tokens[quote - 1].low in self.language.as_words and cue.sort != "according"
        if named_as or match.rule == "call" or (match.rule == "tail" and cue.sort == "call"):
            return True
        if match.rule != "clause" or cue.sort not in ("say", "tell", "think") or match.lo >= quote:
            return False
        between = self.tokens[cue.high + 1 : quote]
        return not any(t.text in ",:" or t.low in self.language.that for t in between if t.kind != QUOTE)

    # ---- The plan was “dead” by June, she said

    def _late(self, quote: int) -> Cue | None:
        for cue in self.sentence.cues:
            if cue.low > quote and cue.order != "part" and cue.sort in ("say", "tell", "according"):
                before = self.tokens[cue.low - 1]
                if before.text not in (",", "—", "–") and before.kind != QUOTE and cue.sort != "according":
                    continue
                if self._own_tail(quote, cue):
                    return None
                return cue if cue.sort == "according" or self._closes(cue) else None
        return None

    def _own_tail(self, quote: int, cue: Cue) -> bool:
        """Whether the cue already belongs to another quoted span after a colon."""
        others = (other for other in self.sentence.quotes if quote < other < cue.low)
        return any(self.tokens[other - 1].text == ":" for other in others)
