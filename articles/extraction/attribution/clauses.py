"""Assigns the quoted spans of a sentence to its cues and finds the ends of reported clauses."""

from __future__ import annotations

from dataclasses import dataclass

from articles.extraction.attribution.attribution_draft import Sentence
from articles.extraction.cues.lexicon import Cue
from articles.extraction.languages.table import Language
from articles.extraction.syntax.phrases import Phrases
from articles.extraction.tokenizer import NAME, PUNCT, QUOTE, WORD, Token

DASHES = "—–-"


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
        self.text = text
        self.language = language
        self.phrases = phrases
        self.sentence = sentence
        self.tokens = sentence.tokens

    def match(self, quote: int) -> Match | None:
        tail, head = self._tail(quote), self._head(quote)
        if tail and not tail.said and head and self._is_light(head, quote):
            tail = None  # «If Varga says “no,” the town will laugh»
        if tail and head and tail.order == "SV" and self.language.nouns_capitalised:
            tail = None  # in German the subject of a tail follows its verb
        if tail and tail.order == "final":
            return Match(tail, "call", quote, quote + 1)
        if tail:
            return Match(tail, "tail", self._tail_start(quote, tail, head), quote + 1)
        if head and head.sort != "call" and self._is_title(quote) and not self._is_light(head, quote):
            head = None
        if head:
            lo, hi = self._clause_after(head, quote)
            if lo == quote and self._is_inserted(head, quote):
                lo = self.sentence.lo
            if self._is_german_name(quote) and head.sort != "call":
                return None
            rule = {"label": "label", "call": "call", "colon": "colon", "noun": "noun"}.get(head.sort)
            return Match(head, rule or ("head" if lo == quote else "clause"), lo, hi)
        if self._is_german_name(quote):
            return None
        late = self._late(quote)
        return Match(late, "late", self._clause_start(quote, late), late.low) if late else None

    def inner(self, quote: int) -> str:
        quoted_span = self.tokens[quote].quoted_span
        return quoted_span.inner.cut(self.text).strip() if quoted_span else ""

    def _is_title(self, quote: int) -> bool:
        """Whether the span is a title, capitalised throughout: «played “Salt Roads” at the theatre»."""
        found = [w for w in self.inner(quote).split() if w.lower() not in self.language.small_in_titles]
        return (
            1 < len(found) < 8 and all(w[:1].isupper() for w in found) and not self.language.nouns_capitalised
        )

    def _is_german_name(self, quote: int) -> bool:
        """Whether a German span in mid-sentence is the name of a thing: «aus dem Hotel „Forte Village“»."""
        found = self.inner(quote).split()
        if (
            not self.language.nouns_capitalised
            or not 1 < len(found) < 6
            or self.tokens[quote - 1].text in ",:"
        ):
            return False
        return quote > self.sentence.lo and all(w[:1].isupper() or w[:1].isdigit() for w in found)

    def word_count(self, quote: int) -> int:
        return len(self.inner(quote).split())

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
        if head is not None and self._is_light(head, quote):
            return quote
        return self._clause_start(quote, tail)

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
            if unnamed and (best is not None or not self._is_light(cue, quote)):
                continue
            if best is not None and self._is_nested(best, cue, quote):
                continue
            best = cue
        return best

    def _is_inserted(self, cue: Cue, quote: int) -> bool:
        """Whether the cue interrupts the clause that the span ends: «This was, she says, “never fast”»."""
        before = self.tokens[self.sentence.lo : cue.low]
        opens = len(before) > 2 and before[-1].text == "," and before[-2].low in self.language.auxiliaries
        return opens and self.tokens[quote - 1].text == "," and self.inner(quote)[:1].islower()

    def _is_nested(self, outer: Cue, cue: Cue, quote: int) -> bool:
        """Whether the cue is inside the outer one's clause: «Okafor said she hoped for “…”»."""
        if outer.sort == "label":
            return True
        if self.language.verb_first and cue.weak and not outer.weak and not self._is_light(cue, quote):
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
            cue.weak and not self._is_light(cue, quote)
        )

    def _is_withheld(self, outer: Cue, cue: Cue, between: list[Token]) -> bool:
        """Whether the outer cue says that the words were not said: «Okafor denied having said “no”»."""
        language = self.language
        words = {t.low for t in self.tokens[outer.first : outer.last + 1]}
        if cue.said or words.isdisjoint(language.unfulfilled | language.denials):
            return False
        infinitive = bool(between) and between[-1].low in language.infinitive
        return infinitive or not words.isdisjoint(language.denials)

    def _is_light(self, cue: Cue, quote: int) -> bool:
        """Whether only hearers, time and punctuation are between cue and quoted span."""
        return self._past_hearers(cue, cue.high + 1, quote) == quote

    def _clause_after(self, cue: Cue, quote: int) -> tuple[int, int]:
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
            return quote, self._clause_end(cue, quote)
        return lo, self._clause_end(cue, quote)

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

    def _clause_end(self, cue: Cue, quote: int) -> int:
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

    def _clause_start(self, quote: int, cue: Cue) -> int:
        sorts = ("say", "tell", "label", "according")
        ends = [c.high for c in self.sentence.cues if c.high < quote and c is not cue and c.sort in sorts]
        earlier = [q for q in self.sentence.quotes if q < quote and self.inner(q)[-1:] in ".!?"]
        ends += [q for q in earlier if self.word_count(q) > 4]
        start = max([self.sentence.lo, *(end + 1 for end in ends)])
        while start < quote and self.tokens[start].kind == PUNCT:
            start += 1
        return start
