"""Finds where a reported clause begins and ends: «the plan was “dead” by June»."""

from __future__ import annotations

from articles.extraction.attribution.attribution_draft import Sentence
from articles.extraction.cues.lexicon import Cue
from articles.extraction.languages.table import Language
from articles.extraction.syntax.phrases import Phrases
from articles.extraction.tokenizer import NAME, PUNCT, QUOTE, WORD, Token

DASHES = "—–-"


class ReportedClauses:
    """The reported clauses of one sentence, as token numbers."""

    def __init__(self, text: str, language: Language, phrases: Phrases, sentence: Sentence):
        self.text = text
        self.language = language
        self.phrases = phrases
        self.sentence = sentence
        self.tokens = sentence.tokens

    def inner(self, quote: int) -> str:
        quoted_span = self.tokens[quote].quoted_span
        return quoted_span.inner.cut(self.text).strip() if quoted_span else ""

    def word_count(self, quote: int) -> int:
        return len(self.inner(quote).split())

    def is_light(self, cue: Cue, quote: int) -> bool:
        """Whether only hearers, time and punctuation are between cue and quoted span."""
        return self._past_hearers(cue, cue.high + 1, quote) == quote

    def around(self, cue: Cue, quote: int) -> tuple[int, int]:
        """The reported clause around the quoted span, as token numbers."""
        lo = self._past_hearers(cue, cue.high + 1, quote)
        before = self.tokens[quote - 1].text
        reported = any(t.low in self.language.that for t in self.tokens[cue.high + 1 : quote])
        comma = before == "," and not reported and cue.sort not in ("according", "call") and lo <= quote
        introduced = before == ":" or comma
        if lo == quote or (introduced and self._begins_sentence(quote)):
            following = self.tokens[quote + 1] if quote + 1 < self.sentence.hi else None
            ends = self.inner(quote)[-1:] in ".,!?"
            if introduced or following is None or following.kind == PUNCT or ends:
                return quote, quote + 1
            return quote, self._end_of(cue, quote)
        return lo, self._end_of(cue, quote)

    def _begins_sentence(self, quote: int) -> bool:
        first = next((c for c in self.inner(quote) if c.isalnum()), "")
        return not first.islower() or self.word_count(quote) > 5

    def _past_hearers(self, cue: Cue, lo: int, quote: int) -> int:
        """Skip hearers, times and places («reporters on Monday»), up to «that» or the quoted span."""
        tokens, language = self.tokens, self.language
        limit = min(quote, lo + 14)
        if cue.sort == "tell" or (lo < quote and tokens[lo].low in language.prepositions):
            for at in range(lo, limit):
                if tokens[at].low in language.that and at > lo:
                    return at
                if tokens[at].text == ":" or tokens[at].low in language.auxiliaries:
                    break
        at = lo
        while at < quote:
            token = tokens[at]
            if token.low in language.that:
                return at if at + 1 < quote else at + 1
            if token.kind == PUNCT and token.text in ",:":
                return at + 1
            hearer = token.low in language.hearers and (
                cue.sort == "tell" or token.low not in language.pronouns
            )
            adverb = token.low in language.adverbs and token.low not in language.place_prepositions
            if hearer or adverb or token.low in language.times:
                at += 1
                lo = at
                continue
            end = self._phrase_of_place(cue, at, quote)
            if end is None:
                break
            at = lo = end
        return lo

    def _phrase_of_place(self, cue: Cue, at: int, quote: int) -> int | None:
        """The end of «in a speech», «on Twitter» or, after «told», «the Herald»; None for other phrases."""
        tokens, language = self.tokens, self.language
        start = at
        if tokens[at].low in language.place_prepositions:
            start = at + 1
        elif cue.sort != "tell" or at != cue.high + 1:
            return None
        place = self.phrases.forward(tokens, start, quote)
        if place is None and start < quote and tokens[start].kind in (NAME, WORD) and start > at:
            place = (start, start + 1)
        if place is None:
            return None
        end = place[1]
        following = tokens[end] if end < len(tokens) else None
        if following is None or end > quote:
            return None
        known = following.low in language.times or following.low in language.place_prepositions
        return (
            end
            if end == quote or following.text in (",", ":") or known or following.low in language.that
            else None
        )

    def _end_of(self, cue: Cue, quote: int) -> int:
        tokens, language = self.tokens, self.language
        hi = self.sentence.hi
        # «He said Reyes “walked in” and told the clerk “no”»: it was Reyes who told the clerk.
        others = cue.sort in ("say", "tell") and tokens[quote - 1].kind == NAME
        for other in self.sentence.cues:
            own = other.shared and other.sort in ("say", "tell") and not other.weak and not others
            at = other.first if own else other.low
            if at <= quote or other is cue:
                continue
            before = tokens[at - 1]
            if before.text in (",", "—", "–"):
                hi = at - 1
                break
            if before.kind == QUOTE:
                hi = at
                break
            if (
                before.low in language.conjunctions
                and other.sort != "think"
                and (own or self._quote_between(other.last, hi))
            ):
                hi = at - 1
                break
        if language.verb_first:
            # A colon introduces the next quote, which is not part of this clause.
            colons = (k for k in range(quote + 1, hi - 1) if tokens[k].text == ":")
            hi = next((k for k in colons if tokens[k + 1].kind == QUOTE), hi)
        last = max((q for q in self.sentence.quotes if q < hi), default=quote)
        if cue.sort == "call":
            row = self._after_row(quote, hi)
            if not self._runs_on(row, hi):
                return row
        hi = self._cut_at_break(last, hi)
        while hi > quote + 1 and tokens[hi - 1].kind == PUNCT and tokens[hi - 1].text in ".!?…,;—–":
            hi -= 1
        return hi

    def _quote_between(self, lo: int, hi: int) -> bool:
        return any(lo < q < hi for q in self.sentence.quotes)

    def _runs_on(self, row: int, hi: int) -> bool:
        """Whether the name continues after the quoted span: «called it a “gift” to the rich»."""
        if row >= hi or self.inner(row - 1)[-1:] in (",", ".", "!", "?"):
            return False
        language, low = self.language, self.tokens[row].low
        if low in language.place_prepositions and self._tells_when_or_where(row, hi):
            return False
        tied = low in language.of or low in language.infinitive or low in language.that
        return tied or low in language.comparisons

    def _tells_when_or_where(self, at: int, hi: int) -> bool:
        """Whether a phrase tells when or where the words were said: «on Monday», «on his radio show»."""
        language = self.language
        for token in self.tokens[at + 1 : min(at + 6, hi)]:
            if token.low in language.times or token.low in language.outlets:
                return True
            if token.kind in (PUNCT, QUOTE) or token.low in language.prepositions:
                return False
        return False

    def _after_row(self, quote: int, hi: int) -> int:
        """The end of a row of quoted spans: «called it “a” and “b”»."""
        last = quote
        for q in self.sentence.quotes:
            if last < q < hi and all(
                t.text == "," or t.low in self.language.conjunctions or t.low in self.language.determiners
                for t in self.tokens[last + 1 : q]
            ):
                last = q
        return last + 1

    def _cut_at_break(self, last: int, hi: int) -> int:
        """The end of the clause after the last span: «, but», a dash, or a comma inside the marks."""
        tokens, language = self.tokens, self.language
        for at in range(last + 1, hi - 1):
            token, following = tokens[at], tokens[at + 1]
            inside = at == last + 1 and self.inner(last)[-1:] in (",", ".", "!", "?")
            if inside and (self._breaks_off(token) or token.kind == NAME):
                return at
            if token.text == ";" or (token.text == "," and following.low in language.breaks):
                return at
            if token.text in DASHES and tokens[at].start > tokens[at - 1].end:
                return at
        return hi

    def _breaks_off(self, token: Token) -> bool:
        language = self.language
        return token.low in language.breaks or token.low.endswith(language.participle_endings)

    def start_of(self, quote: int, cue: Cue) -> int:
        sorts = ("say", "tell", "label", "according")
        ends = [c.high for c in self.sentence.cues if c.high < quote and c is not cue and c.sort in sorts]
        earlier = [q for q in self.sentence.quotes if q < quote and self.inner(q)[-1:] in ".!?"]
        ends += [q for q in earlier if self.word_count(q) > 4]
        start = max([self.sentence.lo, *(end + 1 for end in ends)])
        while start < quote and self.tokens[start].kind == PUNCT:
            start += 1
        return start
