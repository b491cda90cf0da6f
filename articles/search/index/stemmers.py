"""The stemmer of each language, by Snowball: the same in the index, the query and the tests."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import Stemmer

# Numbers are stored in segments: only append.
STEMMERS = (
    "", "english", "german", "french", "spanish", "italian", "portuguese", "dutch", "danish", "swedish",
    "norwegian", "finnish", "hungarian", "romanian", "russian", "polish", "turkish", "czech", "greek",
    "arabic", "armenian", "basque", "catalan", "esperanto", "estonian", "hindi", "indonesian", "irish",
    "lithuanian", "persian", "serbian", "sesotho", "tamil", "yiddish",
)  # fmt: skip
# Without the stemmer of Nepali, which shortens common words to one letter.
_OF_LANGUAGE = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian",
    "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian",
    "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pl": "polish", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "st": "sesotho", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
_MADE: dict[int, Stemmer.Stemmer] = {}


def stemmer_of(language: str) -> int:
    """Return the number of the stemmer of a language tag such as ``en-gb``; 0 for none."""
    return STEMMERS.index(_OF_LANGUAGE.get(language.partition("-")[0].lower(), ""))


@lru_cache(maxsize=200_000)
def stem(stemmer: int, word: str) -> str:
    """Return the stem of a folded word; with stemmer 0 the word itself."""
    return stems(stemmer, [word])[0]


def stems(stemmer: int, words: Sequence[str]) -> list[str]:
    """Return the stem of each of these folded words."""
    if not stemmer:
        return list(words)
    if stemmer not in _MADE:
        # Without its own cache, which takes longer than stemming.
        _MADE[stemmer] = Stemmer.Stemmer(STEMMERS[stemmer], 0)
    return _MADE[stemmer].stemWords(words)
