"""Finds bracketed editorial notes and stage directions: «[laughs]», «[… – ed. note]»."""

from __future__ import annotations

import re

from articles.extraction.languages.table import Language
from articles.extraction.spans import Span

BRACKETED = re.compile(r"\[[^\[\]\n]{1,400}\]|\([^()\n]{1,400}\)")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def find_notes(text: str, language: Language) -> list[Span]:
    """Editorial notes and stage directions in brackets; clarifications such as «[the plan]» are not notes.

    >>> from articles.extraction.languages import language_of
    >>> text = "We won [laughs] in May [of 2019 – ed.]."
    >>> [n.cut(text) for n in find_notes(text, language_of("", "en"))]
    ['[laughs]', '[of 2019 – ed.]']
    """
    return [Span(*m.span()) for m in BRACKETED.finditer(text) if _is_note(m.group(), language)]


def _is_note(bracketed: str, language: Language) -> bool:
    found = [w.lower() for w in WORD.findall(bracketed)]
    if not found:
        return False
    direction = len(found) <= 3 and found[0] in language.note_words
    # The signature may be first or last: «[ed. note: …]», «[… – ed.]».
    signed = found[0] in language.editor_words or any(w in language.editor_words for w in found[-2:])
    return direction or (signed and (bracketed[0] == "[" or found[0] in language.editor_words))
