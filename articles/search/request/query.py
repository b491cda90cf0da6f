"""`SearchRequest`: the cleaned parameters of one search, with names resolved to ids. Plain data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from django.utils import timezone

from articles.models import Speaker
from articles.search.query import ParsedQuery, parse
from articles.search.request.canonical_url import Address

Scope = Literal["articles", "quotes", "speaker"]

# Parameters whose values are slugs or names; and the fields of a query with such values, each with its kind.
NAMED = ("publication", "section", "topic", "speaker", "author")
NAMED_FIELDS = {**{name: name for name in NAMED}, "quoting": "speaker"}
SIZES = (20, 50, 100)
# Fields that narrow the results, besides the query.
NARROWING = ("any_of", "none_of", "since", "until", "added", "as_of", "copies", "checked", "speaker")


@dataclass(frozen=True)
class Period:
    """A day, month or year, with the text by which the URL gives it."""

    text: str
    first: dt.date
    last: dt.date

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class ResolvedName:
    """The object that a name resolves to: its id and those of all merged into it; no ids if unknown.

    `matches` has slug and name of every object with this name.
    """

    value: str
    slug: str = ""
    label: str = ""
    ids: tuple[int, ...] = ()
    matches: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class SearchRequest:
    """The parameters of one search. `names` maps pairs of kind and value to their resolved names."""

    scope: Scope
    parsed: ParsedQuery
    now: dt.datetime
    any_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    none_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: Mapping[tuple[str, str], ResolvedName] = field(default_factory=dict)
    # For a past moment: what the same names resolve to today.
    names_today: Mapping[tuple[str, str], ResolvedName] = field(default_factory=dict)
    speaker: Speaker | None = None
    checked: str = "any"
    since: Period | None = None
    until: Period | None = None
    added: Period | None = None
    # `as_of` if it is in the past; `ahead` if it is in the future.
    as_of: dt.datetime | None = None
    ahead: dt.datetime | None = None
    # The day that relative dates count from, where it is not that of the moment.
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
        """Only what was public at this moment is found."""
        return self.as_of or self.now

    @property
    def today(self) -> dt.date:
        """The day that relative dates count from."""
        return self.day or timezone.localdate(self.moment)

    @property
    def of_quotes(self) -> bool:
        return self.scope != "articles"

    @property
    def is_narrowed(self) -> bool:
        """Whether there is a filter."""
        bare = SearchRequest(self.scope, self.parsed, self.now)
        return any(getattr(self, name) != getattr(bare, name) for name in NARROWING)

    @property
    def is_unrestricted(self) -> bool:
        """Whether there is no query and no filter: all public articles or quotes match."""
        return self.parsed.root is None and not self.is_narrowed

    def with_query(self, text: str) -> SearchRequest:
        """The request with another query; its address stays."""
        return replace(self, parsed=parse(text, self.parsed.scope))

    def narrowed(self, period: Period, end: Period | None = None) -> str:
        """The URL of the request limited to this period (up to `end`), within the period it has already."""
        end = end or period
        since = self.since if self.since and self.since.first > period.first else period
        until = self.until if self.until and self.until.last < end.last else end
        return self.address.url({"from": since.text, "to": until.text})

    def ids(self, name: str, values: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(id_ for value in values for id_ in self.named(name, value).ids)

    def named(self, name: str, value: str) -> ResolvedName:
        return self.names.get((NAMED_FIELDS.get(name, name), value), ResolvedName(value))
