"""All values of one facet for its own page: filtered by name, by count or in alphabetical order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.search.assist.similar_names import has_words
from articles.search.engine.facets import FacetValue, with_names
from articles.search.engine.searcher import searching
from articles.search.query import fold
from articles.search.request.query import SearchRequest
from articles.search.results.answer import facet_values, nothing_understood

# The least trigram similarity of two words: “Okafer” and “Okafor” share four of ten trigrams.
MIN_SIMILARITY = 0.35


@dataclass(frozen=True)
class FacetValues:
    """The matching values in order, of `of` in all; `fuzzy` if none matches exactly and these are similar."""

    found: tuple[FacetValue, ...]
    of: int
    fuzzy: bool = False
    # For speakers: the results without a named speaker.
    without_speaker: int | None = None


def all_facet_values(
    request: SearchRequest, name: str, *, find: str = "", by_name: bool = False
) -> FacetValues:
    """The values of a facet whose label matches `find`, including chosen values without results."""
    every, without_speaker = _all(request, name)
    found = [value for value in every if has_words(value.label, find)]
    fuzzy = not found and bool(every)
    if fuzzy:
        found = [value for value in every if _is_similar(value.label, find)]
    if by_name:
        found.sort(key=lambda value: (fold(value.label), value.value))
    return FacetValues(tuple(found), len(every), fuzzy, without_speaker)


def _all(request: SearchRequest, name: str) -> tuple[tuple[FacetValue, ...], int | None]:
    if nothing_understood(request):
        return (), None
    with searching(request) as searcher:
        found = searcher.results(request)
        (counted,), _ = with_names([(name, found.facet(name))], as_of=request.as_of)
        without_speaker = found.without_speaker() if name == "speaker" else None
    return facet_values(request, name, counted), without_speaker


def _is_similar(label: str, find: str) -> bool:
    words = fold(label).split()
    return all(
        any(_trigram_similarity(word, asked) >= MIN_SIMILARITY for word in words)
        for asked in fold(find).split()
    )


def _trigram_similarity(one: str, other: str) -> float:
    mine, theirs = _trigrams(one), _trigrams(other)
    return len(mine & theirs) / len(mine | theirs)


def _trigrams(word: str) -> set[str]:
    padded: Sequence[str] = f"  {word} "
    return {"".join(padded[at : at + 3]) for at in range(len(padded) - 2)}
