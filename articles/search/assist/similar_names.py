"""Speakers, publications and categories whose name has the words of a name that a reader typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Exists, OuterRef, Sum

from articles.models import Article, Holding, Publication, Section, Speaker, Topic
from articles.search.query import fold
from articles.speakers import index

# At most this many speakers are compared with the typed words.
MOST_COMPARED = 60
# Least share of equal letters of a publication or category with a similar name.
MIN_RATIO = 0.7
_MODELS: dict[str, type[Publication | Section | Topic]] = {
    "publication": Publication,
    "section": Section,
    "topic": Topic,
}


@dataclass(frozen=True)
class SimilarNames:
    """Slug and name of each. `exact`: they have this very name; `within`: its words are in their names.

    `more` is the typed name where the index of speakers may list more.
    """

    names: tuple[tuple[str, str], ...] = ()
    exact: bool = False
    within: bool = False
    more: str = ""


def similar_names(name: str, value: str) -> SimilarNames:
    """For a value of this field: names with its words or, if there are none, names spelt like it."""
    if name in _MODELS:
        rows = _of_taxonomy(name)
    else:
        rows = _authors(value) if name == "author" else _speakers(value)
    within = [row for row in rows if any(_has_words(each, value) for each in row[2])]
    similar = within or ([row for row in rows if _is_similar(row[2], value)] if name in _MODELS else rows)
    found = tuple((slug, label) for slug, label, _ in similar)
    more = value if name in ("speaker", "quoting") and found else ""
    return SimilarNames(found, within=bool(within), more=more)


_Rows = list[tuple[str, str, tuple[str, ...]]]


def _speakers(value: str) -> _Rows:
    """Public speakers with a similar name: slug, name, names to match."""
    found: Iterable[Speaker] = index.fuzzy_search(value)[:MOST_COMPARED]
    return [(row.slug, row.name, (row.name, row.found_as or "")) for row in found]  # type: ignore[attr-defined]  # annotated


def _authors(value: str) -> _Rows:
    """Authors of published articles with a similar name."""
    similarity = TrigramWordSimilarity(fold(value)[:200], index.Folded("name"))
    written = Article.objects.published().filter(authors=OuterRef("pk"))
    found = Speaker.objects.canonical().public().filter(Exists(written)).annotate(similarity=similarity)
    found = found.filter(similarity__gte=index.MIN_SIMILARITY).order_by("-similarity", "name", "pk")
    return [(row.slug, row.name, (row.name,)) for row in found[:MOST_COMPARED]]


def _of_taxonomy(name: str) -> _Rows:
    """Publications, sections or topics of published articles."""
    counts = Holding.objects.visible().filter(kind=name).order_by()
    shown = counts.values("thing_id").annotate(n=Sum("number")).filter(n__gt=0).values("thing_id")
    rows = _MODELS[name].objects.filter(pk__in=shown).order_by("name")
    return [
        (slug, label, (label, *aliases))
        for slug, label, aliases in rows.values_list("slug", "name", "aliases")
    ]


def _has_words(name: str, value: str) -> bool:
    """Whether every word of the value is the beginning of a word of the name."""
    words = fold(name).split()
    return all(any(word.startswith(asked) for word in words) for asked in fold(value).split())


def _is_similar(names: Iterable[str], value: str) -> bool:
    matcher = SequenceMatcher(None, b=fold(value)[:100])
    for name in names:
        matcher.set_seq1(fold(name)[:100])
        if min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= MIN_RATIO <= matcher.ratio():
            return True
    return False
