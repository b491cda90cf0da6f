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
LANGUAGES = {
    table.code: table for table in (ENGLISH, GERMAN, POLISH, FRENCH, SPANISH, ITALIAN, DUTCH, PORTUGUESE)
}


def language_of(text: str, code: str = "") -> Language:
    """The tables for a BCP 47 code; if it is unknown, those whose function words the text uses most."""
    known = LANGUAGES.get(code.lower().split("-")[0].split("_")[0])
    if known:
        return known
    seen = WORDS.findall(text[:20_000].lower())[:2_000]
    return max(LANGUAGES.values(), key=lambda table: sum(map(_WEIGHTS[table.code].get, seen, repeat(0))))


def _weights(table: Language) -> dict[str, int]:
    """The weight of each function word as evidence for the language."""
    return dict.fromkeys(table.say | table.determiners | table.prepositions, 1) | dict.fromkeys(
        table.common, 2
    )


_WEIGHTS = {code: _weights(table) for code, table in LANGUAGES.items()}


__all__ = ["LANGUAGES", "Language", "language_of"]
