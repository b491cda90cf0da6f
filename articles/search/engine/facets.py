"""Facets: the values of a column of the results, each counted as if it alone were chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection

from articles.search.request.periods import whole_year
from articles.search.request.query import SearchRequest

SHOWN = 10
MOST_GROUPS = 1000
LABELS = {
    "publication": "Publication",
    "section": "Section",
    "topic": "Topic",
    "speaker": "Speaker",
    "author": "Author",
    "language": "Language",
    "kind": "Quote type",
    "year": "Year",
}
TABLES = {
    "publication": "articles_publication",
    "section": "articles_section",
    "topic": "articles_topic",
    "speaker": "articles_speaker",
    "author": "articles_speaker",
}
# Merged speakers and their canonical speaker; speakers in a merge cycle are their own.
FAMILIES = """
families (member, final) AS (
  WITH RECURSIVE up (member, final) AS (
    SELECT id, merged_into_id FROM articles_speaker WHERE merged_into_id IS NOT NULL
    UNION SELECT u.member, s.merged_into_id FROM up u JOIN articles_speaker s ON s.id = u.final
      WHERE s.merged_into_id IS NOT NULL
  ), ends AS (
    SELECT u.member, u.final FROM up u WHERE NOT EXISTS (SELECT FROM up w WHERE w.member = u.final)
  )
  SELECT member, final FROM ends UNION SELECT final, final FROM ends
)"""


@dataclass(frozen=True)
class FacetValue:
    """A value of a facet of a request. Its URLs are made when asked for: a page shows few of them."""

    request: SearchRequest = field(repr=False, compare=False)
    facet: str
    value: str
    label: str
    count: int

    @property
    def selected(self) -> bool:
        return self.value in self.request.any_of.get(self.facet, ())

    @property
    def excluded(self) -> bool:
        return self.value in self.request.none_of.get(self.facet, ())

    @property
    def url(self) -> str:
        """The request with this value, or without it where it is chosen."""
        address = self.request.address
        if self.facet == "year":
            return self.request.narrowed(whole_year(int(self.value)))
        change = address.removing if self.selected else address.adding
        return change(self.facet, self.value)

    @property
    def exclude_url(self) -> str:
        """The request that excludes this value, or no longer does; a year cannot be excluded."""
        if self.facet == "year":
            return ""
        address = self.request.address
        change = address.removing if self.excluded else address.adding
        return change(f"-{self.facet}", self.value)


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    values: tuple[FacetValue, ...]
    more: bool


# The slug of a value, its label and its count.
Counts = list[tuple[str, str, int]]


def names(request: SearchRequest) -> tuple[str, ...]:
    """The names of the facets of a request; a speaker's page has no speaker facet."""
    return tuple(name for name in LABELS if not (name == "speaker" and request.scope == "speaker"))


def most_frequent(
    request: SearchRequest, name: str, numbers: Mapping[int | str, int], shown: int
) -> dict[int | str, int]:
    """The most frequent values, one more than are shown, and those that are chosen or excluded."""
    if name == "year":
        return dict(numbers)
    chosen = request.any_of.get(name, ()) + request.none_of.get(name, ())
    kept: set[int | str] = set(request.ids(name, chosen) if name in TABLES else chosen)
    ranked = sorted(numbers, key=lambda value: (-numbers[value], value))
    return {value: numbers[value] for n, value in enumerate(ranked) if n <= shown or value in kept}


_PROMOTION = (
    "SELECT 'promotion', 0, leads_to::text, note::text FROM articles_suggestedsearch"
    " WHERE kind = %s AND words = %s"
)


def with_names(
    counted: Sequence[tuple[str, Mapping[int | str, int]]], query: tuple[str, str] | None = None
) -> tuple[list[Counts], tuple[str, str] | None]:
    """The counts of several facets with the slugs and names of their values.

    Also the URL and note of the promotion of a query, given by its kind and words: all in one statement.
    """
    wanted: dict[str, set[int]] = {}
    for name, numbers in counted:
        if name in TABLES and numbers:
            wanted.setdefault(TABLES[name], set()).update(map(int, numbers))
    known: dict[tuple[str, int], tuple[str, str]] = {}
    selects = [
        f"SELECT '{table}', id, slug::text, name::text FROM {table} WHERE id = ANY(%s)" for table in wanted
    ]
    params: list[list[int] | str] = [list(ids) for ids in wanted.values()]
    if query:
        selects.append(_PROMOTION)
        params += query
    if selects:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(selects), params)
            known = {(table, id_): (slug, label) for table, id_, slug, label in cursor.fetchall()}
    found = []
    for name, numbers in counted:
        if name in TABLES:
            of = ((known.get((TABLES[name], int(id_))), number) for id_, number in numbers.items())
            found.append([(*named, number) for named, number in of if named])
        else:
            found.append([(str(value), str(value), number) for value, number in numbers.items()])
    return found, known.get(("promotion", 0))
