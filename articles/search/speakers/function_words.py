"""Function words of each language: they are frequent whatever a speaker talks about."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from articles.extraction.languages import LANGUAGES, Language
from articles.parsing.language import FUNCTION_WORDS
from articles.search.query import fold


@cache
def function_words(language: str) -> frozenset[str]:
    """The folded function words of a language code; empty for a language without tables.

    >>> {"the", "we", "don", "will"} <= function_words("en-GB")
    True
    """
    code = language.lower().split("-")[0]
    texts: set[str] = set(FUNCTION_WORDS.get(code, ()))
    if code in LANGUAGES:
        texts.update(word for table in _tables(LANGUAGES[code]) for word in table)
    return frozenset(word for text in texts for word in fold(text).split())


def _tables(of: Language) -> Iterable[Iterable[str]]:
    return (
        *(of.common, of.pronouns, of.determiners, of.prepositions, of.conjunctions, of.subordinators),
        *(of.relatives, of.auxiliaries, of.modals, of.negations, of.questions, of.you, of.me, of.adverbs),
    )
