"""A question: everything that one address asks of the archive, cleaned and resolved. Plain data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from articles.models import Speaker
from articles.querylang import ParsedQuery
from articles.search.addresses import Address

Scope = Literal["articles", "quotes", "speaker"]

# Those of them that name a thing with an address of its own.
NAMED = ("publication", "section", "topic", "speaker", "author")
SIZES = (20, 50, 100)


@dataclass(frozen=True)
class Period:
    """A day, a month, a year, or the day so many days ago, as written in an address."""

    text: str
    first: dt.date
    last: dt.date

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Named:
    """What one written name stands for: the ids of the thing and of all merged into it; none if unknown."""

    value: str
    slug: str = ""
    label: str = ""
    ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Question:
    """What a reader asks. `names` resolves what the words of the query name, by field and value."""

    scope: Scope
    parsed: ParsedQuery
    now: dt.datetime
    any_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    none_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: Mapping[tuple[str, str], Named] = field(default_factory=dict)
    speaker: Speaker | None = None
    checked: str = "any"
    since: Period | None = None
    until: Period | None = None
    added: Period | None = None
    as_of: dt.datetime | None = None
    copies: str = "all"
    sort: str = "newest"
    seed: int = 1
    view: str = "list"
    group: str = ""
    highlight: str = ""
    page: int = 1
    size: int = SIZES[0]
    format: str = "html"
    address: Address = field(default_factory=Address)

    @property
    def of_quotes(self) -> bool:
        return self.scope != "articles"

    def ids(self, name: str, values: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(id_ for value in values for id_ in self.named(name, value).ids)

    def named(self, name: str, value: str) -> Named:
        return self.names.get((name, value), Named(value))
