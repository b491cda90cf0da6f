"""Finds the reporting verb of a phrase that may name the speaker, for the ranker."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from articles.extraction.languages.table import Language
from articles.extraction.tokenizer import NAME, QUOTE, WORD, Token

APPOSITION = 20  # tokens
LIGHT, HEAVY = 3, 8  # most tokens between a phrase and the verb after it, and before it


class OptionVerbs:
    """Finds the reporting verbs beside the phrases of one text."""

    def __init__(self, language: Language):
        self.language = language
        self.cue_words, self.strong = _cue_words(language)

    def of(self, tokens: list[Token], cues: list[int], first: int, last: int) -> tuple[str, int]:
        """Where the verb of the phrase from `first` to before `last` is, and its token, one of `cues`."""
        ahead = bisect_left(cues, last)
        if ahead < len(cues):
            at = self._after(tokens, last) if cues[ahead] <= last + LIGHT else None
            if at is not None:
                return self._strength(tokens[at]) + "after", at
            at = self._behind_apposition(tokens, last)
            if at is not None:
                return self._strength(tokens[at]) + "apposed", at
        behind = bisect_left(cues, first) - 1
        if behind >= 0 and cues[behind] >= first - 1 - HEAVY:
            at = self._before(tokens, first)
            if at is not None:
                return self._strength(tokens[at]) + "before", at
        return "none", -1

    def _after(self, tokens: list[Token], last: int) -> int | None:
        """The reporting verb directly after the phrase, or after a few adverbs and auxiliaries."""
        at = last
        while at < len(tokens) and at < last + LIGHT and self._is_light(tokens[at]):
            at += 1
        return at if self._is_cue(tokens, at) else None

    def _behind_apposition(self, tokens: list[Token], last: int) -> int | None:
        """The reporting verb after an apposition or bracket: «Ada Okafor, the mayor, said»."""
        if tokens[last].text not in (",", "(", "—", "–"):
            return None
        close = next(
            (
                k
                for k in range(last + 1, min(last + APPOSITION, len(tokens)))
                if tokens[k].text in (",", ")", "—", "–") or tokens[k].kind == QUOTE
            ),
            None,
        )
        if close is None or tokens[close].kind == QUOTE:
            return None
        at = close + 1
        while at < len(tokens) and self._is_light(tokens[at]):
            at += 1
        return at if self._is_cue(tokens, at) else None

    def _before(self, tokens: list[Token], first: int) -> int | None:
        """The reporting verb before the phrase and its roles and titles."""
        language, at = self.language, first - 1
        while at >= max(0, first - HEAVY) and (
            tokens[at].kind == NAME
            or tokens[at].low in language.determiners
            or tokens[at].low in language.roles
            or tokens[at].low in language.titles
            or tokens[at].low in language.adverbs
            or tokens[at].text in (".", ",", "-")
        ):
            at -= 1
        return at if at >= 0 and self._is_cue(tokens, at) else None

    def _is_cue(self, tokens: list[Token], at: int) -> bool:
        return at < len(tokens) and tokens[at].low in self.cue_words and tokens[at].kind == WORD

    def _strength(self, token: Token) -> str:
        return "" if token.low in self.strong else "weak-"

    def _is_light(self, token: Token) -> bool:
        return token.kind == WORD and (
            token.low in self.language.adverbs
            or token.low in self.language.auxiliaries
            or token.low.endswith(self.language.adverb_endings)
        )


@lru_cache(maxsize=16)
def _cue_words(language: Language) -> tuple[frozenset[str], frozenset[str]]:
    """All reporting verbs, and those that are never nouns and always report speech."""
    return language.speech | language.call | language.think, language.speech - language.either
