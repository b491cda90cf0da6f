"""Addresses that lead a browser to the very words, on a page that is not this archive's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

# Longer stretches are named by their first and last words: the address stays short, and no change of
# a word between them is in the way.
MOST_WORDS = 10
ENDS = 4
_PARAGRAPHS = re.compile(r"\n\s*\n")


def text_fragment(url: str, stretches: Iterable[str]) -> str:
    """The address with a text fragment for each stretch of words (https://wicg.github.io/scroll-to-text-fragment/).

    >>> text_fragment("https://courier.example/corran", ["a well-kept gate, he said"])
    'https://courier.example/corran#:~:text=a%20well%2Dkept%20gate%2C%20he%20said'
    """
    directives = [directive for stretch in stretches if (directive := _directive(stretch))]
    if not directives:
        return url
    page = url.partition(":~:")[0].removesuffix("#")
    return f"{page}{'' if '#' in page else '#'}:~:{'&'.join(directives)}"


def _directive(stretch: str) -> str:
    """A match cannot reach over the end of a paragraph, but from one within the first to one in the last."""
    paragraphs = [words for part in _PARAGRAPHS.split(stretch) if (words := part.split())]
    if not paragraphs:
        return ""
    first, last = paragraphs[0], paragraphs[-1]
    if len(paragraphs) == 1 and len(first) <= MOST_WORDS:
        return f"text={_encoded(first)}"
    return f"text={_encoded(first[:ENDS])},{_encoded(last[-ENDS:])}"


def _encoded(words: Iterable[str]) -> str:
    # Within a directive a minus and a comma have a meaning of their own.
    return quote(" ".join(words), safe="").replace("-", "%2D")
