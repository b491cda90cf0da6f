"""Facets: the values of a column of the results, each counted as if it alone were chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection

from articles.models import Publication, Section, Speaker, Topic
from articles.search.history.as_of import then
from articles.search.request.names import TABLES
from articles.search.request.periods import whole_year
from articles.search.request.query import SearchRequest

SHOWN = 10
MOST_GROUPS = 1000
FACETS = ("publication", "section", "topic", "speaker", "author", "language", "kind")


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
    return tuple(name for name in FACETS if not (name == "speaker" and request.scope == "speaker"))


_PROMOTION = (
    "SELECT 'promotion', 0, leads_to::text, note::text FROM articles_suggestedsearch"
    " WHERE kind = %s AND words = %s"
)


def with_names(
    counted: Sequence[tuple[str, Mapping[int | str, int]]],
    query: tuple[str, str] | None = None,
    as_of: dt.datetime | None = None,
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
            read = then(as_of, " UNION ALL ".join(selects), Publication, Section, Topic, Speaker)
            cursor.execute(read, params)
            known = {(table, id_): (slug, label) for table, id_, slug, label in cursor.fetchall()}
    found = []
    for name, numbers in counted:
        if name in TABLES:
            of = ((known.get((TABLES[name], int(id_))), number) for id_, number in numbers.items())
            found.append([(*named, number) for named, number in of if named])
        else:
            found.append([(str(value), str(value), number) for value, number in numbers.items()])
    return found, known.get(("promotion", 0))
