"""A question: everything that one address asks of the archive, cleaned and resolved. Plain data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from django.utils import timezone

from articles.models import Speaker
from articles.search.query import ParsedQuery
from articles.search.request.canonical_url import Address

Scope = Literal["articles", "quotes", "speaker"]

# Those of them that name a thing with an address of its own.
NAMED = ("publication", "section", "topic", "speaker", "author")
SIZES = (20, 50, 100)
# What leaves some of all out, beside the query.
NARROWING = ("any_of", "none_of", "since", "until", "added", "as_of", "copies", "checked", "speaker")


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
    # Of a moment that is past: what the same names mean today.
    names_today: Mapping[tuple[str, str], Named] = field(default_factory=dict)
    speaker: Speaker | None = None
    checked: str = "any"
    since: Period | None = None
    until: Period | None = None
    added: Period | None = None
    # The moment that the archive is looked at as of, and one that was asked for and has not come yet.
    as_of: dt.datetime | None = None
    ahead: dt.datetime | None = None
    # Where relative dates count from another day than that of the moment.
    day: dt.date | None = None
    copies: str = "all"
    sort: str = "newest"
    seed: int = 1
    view: str = "list"
    lines: str = ""
    group: str = ""
    highlight: str = ""
    page: int = 1
    size: int = SIZES[0]
    format: str = "html"
    address: Address = field(default_factory=Address)

    @property
    def moment(self) -> dt.datetime:
        """What is public at this moment is what may be found."""
        return self.as_of or self.now

    @property
    def today(self) -> dt.date:
        """The day from which relative dates count."""
        return self.day or timezone.localdate(self.moment)

    @property
    def of_quotes(self) -> bool:
        return self.scope != "articles"

    @property
    def is_of_all(self) -> bool:
        """Whether all articles are asked for that readers see now, or all quotes: no word, no filter."""
        bare = Question(self.scope, self.parsed, self.now)
        narrowed = any(getattr(self, name) != getattr(bare, name) for name in NARROWING)
        return self.parsed.root is None and not narrowed

    def narrowed(self, period: Period, end: Period | None = None) -> str:
        """The url of what is found in this period, or up to that end, as far as is asked for."""
        end = end or period
        since = self.since if self.since and self.since.first > period.first else period
        until = self.until if self.until and self.until.last < end.last else end
        return self.address.url({"from": since.text, "to": until.text})

    def ids(self, name: str, values: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(id_ for value in values for id_ in self.named(name, value).ids)

    def named(self, name: str, value: str) -> Named:
        return self.names.get((name, value), Named(value))
