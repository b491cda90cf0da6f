"""Verbs of several words: auxiliaries and pronouns before a participle, particles after a separable verb."""

from __future__ import annotations

from articles.extraction.languages.table import Language
from articles.extraction.syntax.noun_phrases import Place
from articles.extraction.tokenizer import PUNCT, QUOTE, Token

THIRD_PERSON = ("m", "f", "p")
FARTHEST = 4  # tokens before the verb in which its preposition is searched


def verb_group(language: Language, tokens: list[Token], lo: int, first: int) -> tuple[int, Place | None]:
    """The first word of a compound verb, and the subject inside it: French «a-t-elle dit»."""
    start = first
    if not language.clitics:
        return first, None
    for k in range(first - 1, lo - 1, -1):
        low = tokens[k].low
        pronoun = low in language.enclitics and language.pronouns.get(low) in THIRD_PERSON
        if pronoun and k > lo and tokens[k - 1].low in language.auxiliaries:
            return k - 1, (k, k + 1)
        if tokens[k].kind in (PUNCT, QUOTE):
            break
        if low in language.auxiliaries or low in language.clitics or low in language.negations:
            start = k
        elif low not in language.adverbs:
            break
    return start, None


def has_particle(language: Language, tokens: list[Token], sentence: range, verb: int) -> bool:
    """Whether a separable verb has its particle: «teilte Okafor mit», but not «teilte den Kuchen»."""
    particles = language.separable.get(tokens[verb].low)
    if particles is None:
        return True
    if verb > sentence.start and tokens[verb - 1].kind == QUOTE:
        before = tokens[max(sentence.start, verb - FARTHEST) : verb]
        if any(token.low in particles for token in before):
            return True  # «Von einem „Skandal“ sprach Okafor»
    for token in tokens[verb + 1 : sentence.stop]:
        if token.low in particles:
            return True
        if token.kind == QUOTE or token.text in (".", ";", ":"):
            return False
    return False
