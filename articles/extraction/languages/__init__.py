"""The languages whose tables are known, and which of them a text is in."""

import re

from articles.extraction.languages.de import GERMAN
from articles.extraction.languages.en import ENGLISH
from articles.extraction.languages.pl import POLISH
from articles.extraction.languages.table import Language

WORDS = re.compile(r"[^\W\d_]+")
LANGUAGES = {table.code: table for table in (ENGLISH, GERMAN, POLISH)}


def language_of(text: str, code: str = "") -> Language:
    """The tables for a BCP 47 code; without a known one those whose small words the text uses most."""
    known = LANGUAGES.get(code.lower().split("-")[0].split("_")[0])
    if known:
        return known
    seen = [word for word in WORDS.findall(text[:20_000].lower())][:2_000]
    return max(LANGUAGES.values(), key=lambda table: sum(_weight(word, table) for word in seen))


def _weight(word: str, table: Language) -> int:
    if word in table.common:
        return 2
    return int(word in table.say or word in table.determiners or word in table.prepositions)


__all__ = ["LANGUAGES", "Language", "language_of"]
