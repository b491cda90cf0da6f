"""The stemmer of each language, by Snowball: the same in the index, the query and the tests."""

from __future__ import annotations

from functools import lru_cache

import Stemmer

# Numbers are stored in segments: only append.
STEMMERS = (
    "", "english", "german", "french", "spanish", "italian", "portuguese", "dutch", "danish", "swedish",
    "norwegian", "finnish", "hungarian", "romanian", "russian", "polish", "turkish", "czech", "greek",
)  # fmt: skip
_OF_LANGUAGE = {
    "en": "english", "de": "german", "fr": "french", "es": "spanish", "it": "italian", "pt": "portuguese",
    "nl": "dutch", "da": "danish", "sv": "swedish", "no": "norwegian", "nb": "norwegian", "fi": "finnish",
    "hu": "hungarian", "ro": "romanian", "ru": "russian", "tr": "turkish",
}  # fmt: skip
_MADE: dict[int, Stemmer.Stemmer] = {}


def stemmer_of(language: str) -> int:
    """Return the number of the stemmer of a language tag such as ``en-gb``; 0 for none."""
    return STEMMERS.index(_OF_LANGUAGE.get(language.partition("-")[0].lower(), ""))


@lru_cache(maxsize=200_000)
def stem(stemmer: int, word: str) -> str:
    """Return the stem of a folded word; with stemmer 0 the word itself."""
    if not stemmer:
        return word
    if stemmer not in _MADE:
        _MADE[stemmer] = Stemmer.Stemmer(STEMMERS[stemmer])
    return _MADE[stemmer].stemWord(word)
