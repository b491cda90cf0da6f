"""From the words of a query to the words of the index.

In scripts without spaces, the index has a word for each character: the character with the one after it, or
alone at the end of a run. A run of several characters is the phrase of its pairs, so it is found only where
its characters follow one another without a space or mark between them. A single character is found wherever
it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from articles.search.query.nodes import PART_FIELDS, Field, Near, Node, Term, Words
from articles.text.folding import characters

# Words are stored by their first characters.
LONGEST_TERM = 255


# Asked for every text of a page.
@lru_cache(maxsize=1_000)
def placed(node: Words) -> tuple[tuple[tuple[int, Term], ...], int]:
    """The words of the index in a phrase, each with its distance from the first, and the phrase's length."""
    found: list[tuple[int, Term]] = []
    at = 0
    for term in node.terms:
        run = characters(term.text)
        if len(run) > 1:
            found += [(at + n, _stored(one + next_one)) for n, (one, next_one) in enumerate(pairwise(run))]
        else:
            found.append((at, _stored(term.text, prefix=term.prefix or bool(run))))
        at += max(len(run), 1)
    return tuple(found), at


def _stored(text: str, *, prefix: bool = False) -> Term:
    return Term(text[:LONGEST_TERM], prefix)


def meant(prefix: str, words: Sequence[str]) -> Sequence[str]:
    """Those of the words beginning with a prefix that it means.

    A character does not mean the same letter with other marks: not กิ by ก.
    """
    return [word for word in words if characters(word)[0] == prefix] if characters(prefix) else words


def has_stems(term: Term) -> bool:
    """Whether a term also means other forms of the word."""
    return not term.prefix and not characters(term.text)


def words_of(root: Node, *, positions: bool = False) -> Iterator[tuple[Words, bool]]:
    """All words and phrases of a query, and whether their positions are needed.

    They are for phrases, NEAR and parts of an article, and can be a hundred times as long as the rest.
    """
    if isinstance(root, Words):
        yield root, positions or len(placed(root)[0]) > 1
    positions = positions or isinstance(root, Near) or (isinstance(root, Field) and root.name in PART_FIELDS)
    for child in root.children():
        yield from words_of(child, positions=positions)
