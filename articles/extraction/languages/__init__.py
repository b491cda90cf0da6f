"""The languages whose tables are known, and which of them a text is in."""

from articles.extraction.languages.de import GERMAN
from articles.extraction.languages.en import ENGLISH
from articles.extraction.languages.table import Language

LANGUAGES = {table.code: table for table in (ENGLISH, GERMAN)}


def language_of(text: str, code: str = "") -> Language:
    """The tables for a BCP 47 code; without a known one those whose small words the text uses most."""
    known = LANGUAGES.get(code.lower().split("-")[0].split("_")[0])
    if known:
        return known
    seen = text[:20_000].lower().split()[:2_000]
    return max(LANGUAGES.values(), key=lambda table: sum(word in table.common for word in seen))


__all__ = ["LANGUAGES", "Language", "language_of"]
