"""The supported languages, and the choice of one for a text."""

import re
from itertools import repeat

from articles.extraction.languages.de import GERMAN
from articles.extraction.languages.en import ENGLISH
from articles.extraction.languages.es import SPANISH
from articles.extraction.languages.fr import FRENCH
from articles.extraction.languages.it import ITALIAN
from articles.extraction.languages.nl import DUTCH
from articles.extraction.languages.pl import POLISH
from articles.extraction.languages.pt import PORTUGUESE
from articles.extraction.languages.table import Language

WORDS = re.compile(r"[^\W\d_]+")
UNDETERMINED = "und"
# English and German news have at least .27; Hungarian, Czech, Romanian and Swedish at most .22.
LEAST_EVIDENCE = 0.25
FEWEST_WORDS = 40  # from which the evidence counts
LANGUAGES = {
    table.code: table for table in (ENGLISH, GERMAN, POLISH, FRENCH, SPANISH, ITALIAN, DUTCH, PORTUGUESE)
}


def language_of(text: str, code: str = "") -> Language:
    """The tables for a BCP 47 code; if it is unknown, those whose function words the text uses most."""
    known = LANGUAGES.get(_primary(code))
    if known:
        return known
    seen = _words_of(text)
    return max(LANGUAGES.values(), key=lambda table: _evidence(seen, table))


def is_read(text: str, code: str = "") -> bool:
    """Whether quotes are looked for in this text; without a code, its function words decide.

    >>> is_read("", "pt-BR"), is_read("", "hu")
    (True, False)
    """
    primary = _primary(code)
    if primary and primary != UNDETERMINED:
        return primary in LANGUAGES
    seen = _words_of(text)
    share = max(_evidence(seen, table) for table in LANGUAGES.values())
    return len(seen) < FEWEST_WORDS or share >= LEAST_EVIDENCE * len(seen)


def _primary(code: str) -> str:
    """The language of a tag without its country: pt of pt-BR."""
    return code.lower().split("-")[0].split("_")[0]


def _words_of(text: str) -> list[str]:
    return WORDS.findall(text[:20_000].lower())[:2_000]


def _evidence(seen: list[str], table: Language) -> int:
    return sum(map(_WEIGHTS[table.code].get, seen, repeat(0)))


def _weights(table: Language) -> dict[str, int]:
    """The weight of each function word as evidence for the language."""
    return dict.fromkeys(table.say | table.determiners | table.prepositions, 1) | dict.fromkeys(
        table.common, 2
    )


_WEIGHTS = {code: _weights(table) for code, table in LANGUAGES.items()}


__all__ = ["LANGUAGES", "Language", "is_read", "language_of"]
