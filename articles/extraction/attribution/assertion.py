"""Decides whether a reporting verb asserts speech: not if negated, conditional, asked or imagined."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from articles.extraction.cues.lexicon import Cue
from articles.extraction.languages.table import Language
from articles.extraction.tokenizer import NAME, PUNCT, QUOTE, Token

FARTHEST = 24  # tokens around the verb in which its clause is searched
BREAKS = frozenset(",;:.—–()")


def _first(cue: Cue) -> int:
    """The first token of the cue and its subject."""
    return min(cue.first, cue.source[0]) if cue.source else cue.first


@lru_cache(maxsize=16)
def _unreal(language: Language) -> frozenset[str]:
    """Words whose sentence tells of no speech."""
    negative = language.negations | language.nobodies
    return negative | language.modals | language.conditions | language.unsaid_openers


class Assertions:
    """Judges the cues of one sentence, the tokens from `lo` to before `hi`."""

    def __init__(self, language: Language):
        self.language = language
        # After these the words were said after all: «would only say», «did not only say».
        self.excepted = language.said_after_all
        self.unreal = _unreal(language)

    def is_said(self, tokens: list[Token], lo: int, hi: int, cue: Cue) -> bool:
        """Whether something was said: «went on to say», but not «did not say» or «if she says»."""
        if cue.sort in ("according", "after"):
            return True
        if self._is_asked(tokens, lo, hi, cue) or self._by_nobody(tokens, lo, cue):
            return False
        if self._in_unreal_clause(tokens, lo, hi, cue):
            return False
        if cue.sort in ("colon", "label", "noun"):
            return not self.denies_saying(tokens[lo : cue.first])
        return not self._is_unreal_verb(tokens, lo, hi, cue)

    def denies_saying(self, tokens: Sequence[Token]) -> bool:
        """Whether a reporting verb is negated: «nobody in the town said», «few would say»."""
        language = self.language
        low = [token.low for token in tokens if token.kind != QUOTE]
        says = any(not verbs.isdisjoint(low) for verbs in (language.say, language.tell, language.write))
        return says and not self.unreal.isdisjoint(low) and self.excepted.isdisjoint(low)

    def denies(self, tokens: list[Token], cue: Cue) -> bool:
        """Whether the cue denies the quoted words: «denied that the gate was “unsafe”»."""
        return any(t.low in self.language.denials for t in tokens[cue.first : cue.last + 1])

    def _is_asked(self, tokens: list[Token], lo: int, hi: int, cue: Cue) -> bool:
        """Whether the cue is in a question: «Did she say “no”?», but not «Reyes asked: is it “safe”?»."""
        asks = any(t.low in self.language.asking for t in tokens[cue.first : cue.last + 1])
        if tokens[hi - 1].text != "?" or asks:
            return False
        # A relative clause is asserted: «Did Okafor, who called it “dead,” leave?».
        at, relatives = _first(cue), self.language.relatives
        return at == lo or not (tokens[at].low in relatives or tokens[at - 1].low in relatives)

    def _by_nobody(self, tokens: list[Token], lo: int, cue: Cue) -> bool:
        """Whether the subject is negative: «nobody said», «neither Okafor nor Reyes said»."""
        if cue.source is None:
            return False
        start, end = cue.source
        lead = tokens[start - 1].low if start > lo else ""
        only = tokens[start].low in self.excepted  # German «Nicht nur Okafor sagte»
        if lead in self.language.nobodies or (lead in self.language.negations and not only):
            return True  # «Not a single warden said»
        return any(t.low in self.language.nobodies for t in tokens[start:end])

    def _in_unreal_clause(self, tokens: list[Token], lo: int, hi: int, cue: Cue) -> bool:
        """Whether the clause is not asserted: «if she says», «she denied that she had said»."""
        language = self.language
        if tokens[lo].low in language.unsaid_openers:
            return True
        at = _first(cue)
        subject = range(*cue.source) if cue.source else (at,)
        if any(tokens[k].low in language.conditions for k in subject):
            return True
        if cue.order == "SV" and at > lo and self._is_inverted(tokens, lo, at - 1):
            return True
        if tokens[at].low in language.relatives and self._is_governed(tokens, lo, at - 1, language.negations):
            return True  # «It was not Okafor who said»
        for k in range(at - 1, max(lo, at - FARTHEST) - 1, -1):
            low = tokens[k].low
            if self._ends_clause(tokens[k]) or low in language.auxiliaries:
                return False
            if self._matches(tokens, lo, k, language.denials):
                return True
            if low in language.conditions:
                # «Asked if this was all Okafor said, “All.”»
                asked = k > lo and tokens[k - 1].low in language.asking
                return not (asked and cue.last + 1 < hi and tokens[cue.last + 1].text in (",", ":"))
        return False

    def _is_inverted(self, tokens: list[Token], lo: int, at: int) -> bool:
        """Whether the verb precedes its subject: «why did she say», but not «only then did she say»."""
        language = self.language
        if language.verb_first or tokens[at].low not in language.inverted:
            return False
        if at == lo or self._ends_clause(tokens[at - 1]):
            return True
        leads = any(t.low in language.negations or t.low in language.nobodies for t in tokens[lo:at])
        leads = leads or tokens[at - 1].low in language.questions | language.adverbs
        return leads and self.excepted.isdisjoint(t.low for t in tokens[max(lo, at - 4) : at])

    def _is_unreal_verb(self, tokens: list[Token], lo: int, hi: int, cue: Cue) -> bool:
        language = self.language
        if language.verb_first:
            return self._is_unreal_anywhere(tokens, lo, hi, cue)
        at = cue.first - 1
        while at >= lo and self._in_verb_group(tokens[at]):
            at -= 1
        group = {t.low for t in tokens[at + 1 : cue.first]}
        beside = group | {t.low for t in tokens[cue.last + 1 : min(cue.last + 2, hi)]}
        if not beside.isdisjoint(self.excepted):
            return False
        negated = bool(group & language.negations)
        modals = group & language.modals
        if modals <= language.habitual_modals and not beside.isdisjoint(language.habitual):
            modals = set()
        if modals or negated:
            return True
        if group & language.infinitive:
            if group & language.be:
                return True  # «is to say tomorrow»
            reluctant = self._is_governed(tokens, lo, cue.first - 1, language.reluctance)
            if self._is_governed(tokens, lo, cue.first - 1, language.negations):
                return not reluctant  # «did not hesitate to say»
            unfulfilled = language.unfulfilled | language.denials
            return reluctant or self._is_governed(tokens, lo, cue.first - 1, unfulfilled)
        if tokens[cue.first].low.endswith(language.participle_endings):
            return self._is_governed(tokens, lo, cue.first - 1, language.denials | language.conditions)
        return False

    def _in_verb_group(self, token: Token) -> bool:
        language, low = self.language, token.low
        if token.kind in (PUNCT, QUOTE, NAME):
            return False
        return (
            low in language.auxiliaries
            or low in language.negations
            or low in language.modals
            or low in language.adverbs
            or low in language.infinitive
            or low.endswith(language.adverb_endings)
        )

    def _is_governed(self, tokens: list[Token], lo: int, at: int, words: frozenset[str]) -> bool:
        """Whether one of the words is further left in the clause: «refused to say», «without saying»."""
        for k in range(at, max(lo, at - FARTHEST) - 1, -1):
            if self._matches(tokens, lo, k, words):
                return True
            if self._ends_clause(tokens[k]):
                return False
        return False

    @staticmethod
    def _matches(tokens: list[Token], lo: int, k: int, words: frozenset[str]) -> bool:
        """Whether this token is one of the words or ends one of the two-word phrases."""
        return tokens[k].low in words or (k > lo and f"{tokens[k - 1].low} {tokens[k].low}" in words)

    def _is_unreal_anywhere(self, tokens: list[Token], lo: int, hi: int, cue: Cue) -> bool:
        """For languages with split verbs, such as German: «hätte sie gesagt», «sagte sie nicht»."""
        language, low = self.language, tokens[cue.last].low
        if low.endswith(language.conditional_endings) and cue.sort in ("say", "call"):
            return True
        unreal = language.negations | language.modals | language.nobodies
        if low.endswith(language.infinitive_endings):
            unreal |= language.futures
            governed = cue.first > lo and tokens[cue.first - 1].low in language.infinitive
            if governed or language.clitics:
                unreal |= language.unfulfilled
        clause = self._clause(tokens, lo, hi, cue)
        return self.excepted.isdisjoint(clause) and not unreal.isdisjoint(clause)

    def _clause(self, tokens: list[Token], lo: int, hi: int, cue: Cue) -> list[str]:
        """The words around the cue, up to the nearest comma, quote or conjunction on both sides."""
        start, end = cue.first, cue.last + 1
        while start > max(lo, cue.first - FARTHEST) and not self._ends_clause(tokens[start - 1]):
            start -= 1
        # Where auxiliaries stand before the verb, what follows it is already what was said.
        beyond = cue.last + 1 if self.language.clitics else min(hi, cue.last + FARTHEST)
        while (
            end < beyond and not self._ends_clause(tokens[end]) and tokens[end].low not in self.language.that
        ):
            end += 1
        # A compound verb may hold its own modal: «aurait dit».
        inner = tokens[cue.first : cue.last] if self.language.clitics or self.language.perfect else []
        return [token.low for token in tokens[start : cue.first] + inner + tokens[cue.last + 1 : end]]

    def _ends_clause(self, token: Token) -> bool:
        return token.kind == QUOTE or token.text in BREAKS or token.low in self.language.conjunctions
