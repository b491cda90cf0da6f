"""Handing over without a known verb: labels, colons, «her reply:», verbs that no table has."""

from __future__ import annotations

from articles.extraction.cues.lexicon import Cue
from articles.extraction.languages.table import Language
from articles.extraction.syntax.phrases import Phrases, Place
from articles.extraction.syntax.subjects import Subjects
from articles.extraction.tokenizer import NAME, PUNCT, QUOTE, WORD, Token


class VerblessCues:
    """What hands over in a sentence where no verb of saying does."""

    def __init__(self, language: Language, phrases: Phrases, subjects: Subjects):
        self.language = language
        self.phrases = phrases
        self.subjects = subjects

    def last_resort(self, tokens: list[Token], lo: int, hi: int) -> list[Cue]:
        """A colon before the quote, or «“…,” Okafor thundered» with a verb that no table has."""
        for i in range(lo, hi - 1):
            if tokens[i + 1].kind == QUOTE and i > lo and (tokens[i].text in ":," or tokens[i].kind == WORD):
                cue = self._colon_or_noun(tokens, lo, i)
                if cue:
                    return [cue]
            if tokens[i].kind == QUOTE and i + 2 < hi:
                cue = self._unknown_verb(tokens, i, hi)
                if cue:
                    return [cue]
        return []

    def _colon_or_noun(self, tokens: list[Token], lo: int, i: int) -> Cue | None:
        """«Okafor issued a statement: “…”», «Reyes's reply: “…”»"""
        noun = i - 1 if tokens[i].kind == PUNCT else i
        is_noun = noun > lo and tokens[noun].low in self.language.noun_cues
        if tokens[i].text != ":" and not is_noun:
            return None
        owner = self._owner(tokens, lo, noun) if is_noun else None
        source = owner or self.phrases.main_subject(tokens, lo, noun if is_noun else i)
        if source is None:
            return None
        written = is_noun and tokens[noun].low in self.language.written_nouns
        first = min(noun, i) if is_noun else i
        return Cue(first, i, "noun" if is_noun else "colon", "SV", source, written)

    def _owner(self, tokens: list[Token], lo: int, noun: int) -> Place | None:
        """Whose statement: «Okafor's latest statement»."""
        for k in range(noun - 1, max(lo - 1, noun - 5), -1):
            if tokens[k].text.endswith(("'s", "’s")) and tokens[k].kind == NAME:
                a = k
                while a > lo and tokens[a - 1].kind == NAME:
                    a -= 1
                return (a, k + 1)
            if tokens[k].kind != WORD:
                return None
        return None

    def _unknown_verb(self, tokens: list[Token], quote: int, hi: int) -> Cue | None:
        stretch = tokens[quote].stretch
        if stretch is None or len(stretch.inner) < 20:
            return None
        i = quote + 1
        while i < hi and tokens[i].text == ",":
            i += 1
        source = self.phrases.forward(tokens, i, hi)
        if source is None or source[1] >= hi:
            return None
        verb = source[1]
        while verb < hi - 1 and self.subjects.is_between(tokens, verb):
            verb += 1
        token = tokens[verb]
        if token.kind != WORD or not token.low.endswith(self.language.verb_endings):
            return None
        if not self.phrases.names_someone(tokens, source):
            return None
        if (
            verb + 1 < hi
            and tokens[verb + 1].kind not in (PUNCT, QUOTE)
            and not self._is_tail(tokens[verb + 1])
        ):
            return None
        return Cue(verb, verb, "say", "SV", source, weak=True)

    def _is_tail(self, token: Token) -> bool:
        language = self.language
        return (
            token.low in language.times or token.low in language.prepositions or token.low in language.adverbs
        )

    def label(self, tokens: list[Token], lo: int, hi: int) -> Cue | None:
        """«Okafor: …», «Council spokesman Tom Reyes (left): “…”»."""
        colon = next(
            (i for i in range(lo, min(lo + 14, hi)) if tokens[i].text == ":" or tokens[i].kind == QUOTE), None
        )
        if colon is None or tokens[colon].kind == QUOTE or colon == lo or colon + 1 >= hi:
            return None
        stop = self.phrases.before_bracket(tokens, lo, colon - 1) + 1
        if stop <= lo or tokens[lo].kind != NAME or tokens[lo].low in self.language.not_names:
            return None
        if tokens[lo].low in self.language.unsaid_openers and tokens[lo].low not in self.language.given:
            return Cue(colon, colon, "label", "SV", None, said=False)  # «Tell Maste: “…”»
        if self.phrases.is_past_cue(tokens[lo].low) and lo + 1 < stop:
            lo += 1  # «Stated Okafor: “…”»
        stop = self._before_topic(tokens, lo, stop)
        if tokens[colon + 1].kind == QUOTE:
            place = self.phrases.forward(tokens, lo, stop)
            if place and place[1] == stop:
                return Cue(colon, colon, "label", "SV", place)
        if colon - lo <= 5 and all(t.kind == NAME or t.text == "." for t in tokens[lo:stop]):
            return Cue(colon, colon, "label", "SV", (lo, stop))
        return None

    def _before_topic(self, tokens: list[Token], lo: int, stop: int) -> int:
        """«Ada Okafor On The Weir: …», a headline in capitals: what she speaks of is not her name."""
        small = self.language.prepositions
        topic = (k for k in range(lo + 1, stop) if tokens[k].kind == NAME and tokens[k].low in small)
        return next(topic, stop)
