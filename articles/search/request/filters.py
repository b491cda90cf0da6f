"""Reads the URL parameters of a search into a `SearchRequest`. Parameter names are a public contract."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Quote, Speaker, clock
from articles.search.query import ParsedQuery, parse, words
from articles.search.query.dates import read_date
from articles.search.query.parser import MAX_CHARACTERS
from articles.search.request.canonical_url import ORDER, REPEATABLE, Address
from articles.search.request.fields import (
    ChoiceField,
    Declared,
    InstantField,
    NumberField,
    PeriodField,
    SharedFields,
    ValuesField,
)
from articles.search.request.labels import LABELS, date_label, no_such, several, value_label
from articles.search.request.messages import any_of, translated
from articles.search.request.names import names_in, resolve, resolve_then_and_now
from articles.search.request.query import NAMED, SIZES, ResolvedName, Scope, SearchRequest

SORTS = ("relevance", "newest", "oldest", "added", "random")
FORMATS = ("html", "json", "csv", "jsonl", "ris", "bibtex", "csljson", "atom")
# Parameters whose cleaned values are fields of the request.
_FIELDS = ("checked", "added", "copies", "seed", "view", "lines", "group", "page", "format")
DEFAULTS = {
    name: str(getattr(SearchRequest, name))
    for name in ("checked", "copies", "view", "page", "seed", "size", "format")
}
# Unknown parameters are reported and repeated in every link of a page, at most this many.
MOST_UNKNOWN = 10
# Tracking parameters that other sites add to links: dropped without a message.
TRACKING = re.compile(r"utm_\w+|fbclid|gclid")
LONGEST_NAME = 120
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")


@dataclass(frozen=True)
class Chip:
    """One active filter, as “Exclude section: Letters”, and the URL without it.

    `value` is a sentence where the archive has no such value.
    """

    name: str
    label: str
    value: str
    negative: bool
    known: bool
    url: str


_WORDS = {
    "kind": Quote.Kind.values,
    "standing": [value for value in Quote.Standing.values if value != Quote.Standing.WITHDRAWN],
    "channel": Quote.Channel.values,
}


def _values(name: str, *, exclude: bool = False) -> Declared:
    label = LABELS[name][exclude]
    if name == "language":
        return Declared(ValuesField, label=label, is_valid=_LANGUAGE.fullmatch, problem=_write_a_code)
    if name in _WORDS:
        of = _WORDS[name]
        return Declared(ValuesField, label=label, is_valid=of.__contains__, problem=lambda _: _choose(of))
    return Declared(ValuesField, label=label, is_valid=_is_name, problem=lambda value: no_such(name, value))


def _is_name(value: str) -> bool:
    return len(value) <= LONGEST_NAME and value.isprintable() and bool(words(value))


def _write_a_code(value: str) -> str:
    return gettext("Write a language code, for example en or pt-br")


def _choose(values: Sequence[str]) -> str:
    return gettext("Choose %(values)s") % {"values": any_of(values)}


_FORMS: dict[tuple[str, ...], type[forms.Form]] = {}


class ArticleFilter(django_filters.FilterSet):
    """The only reader of the URL parameters of a search. Never queries articles (`.qs` is not used).

    `cleaned` is the `SearchRequest`; a request with `errors` must not be searched.
    """

    q = Declared(forms.CharField, label=_("Search"))
    checked = Declared(ChoiceField, label=_("Checking"), words=("person", "rule", "any"))
    added = Declared(PeriodField, label=_("Added"))
    as_of = Declared(InstantField, label=_("Archive as of"))
    copies = Declared(ChoiceField, label=_("Duplicate articles"), words=("all", "one"))
    sort = Declared(ChoiceField, label=_("Sort by"), words=SORTS)
    seed = Declared(NumberField, label=_("Random seed"))
    view = Declared(ChoiceField, label=_("View"), words=("list", "kwic"))
    lines = Declared(ChoiceField, label=_("Order of lines"), words=("left", "right"))
    group = Declared(ChoiceField, label=_("Group by"), words=("publication", "speaker", "year"))
    hl = Declared(forms.CharField, label=_("Highlight"), max_length=MAX_CHARACTERS)
    page = Declared(NumberField, label=_("Page"))
    size = Declared(ChoiceField, label=_("Results per page"), words=tuple(map(str, SIZES)))
    format = Declared(ChoiceField, label=_("Format"), words=FORMATS)
    # `from` is a Python keyword, and an identifier cannot begin with a minus.
    locals().update(
        {
            "from": Declared(PeriodField, label=_("Published from")),
            "to": Declared(PeriodField, label=_("Published to")),
            **{name: _values(name) for name in REPEATABLE},
            **{f"-{name}": _values(name, exclude=True) for name in REPEATABLE},
        }
    )

    class Meta:
        model = Article
        fields: list[str] = []

    def __init__(
        self,
        data: Mapping[str, object] | None,
        scope: Scope = "articles",
        speaker: Speaker | None = None,
        *,
        now: dt.datetime | None = None,
    ) -> None:
        if not isinstance(data, QueryDict):
            given = QueryDict(mutable=True)
            for name, value in (data or {}).items():
                given.setlist(
                    name, [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]
                )
            data = given
        super().__init__(data, queryset=Article.objects.none())
        self.scope = scope
        self._names_today: Mapping[tuple[str, str], ResolvedName] = {}
        self.speaker = speaker
        self.now = now or clock.now()
        if scope == "speaker":
            del self.filters["speaker"], self.filters["-speaker"]
        for field in self.form.fields.values():
            if isinstance(field, PeriodField):
                field.today = timezone.localdate(self.moment)

    @cached_property
    def asked_moment(self) -> dt.datetime | None:
        """The value of `as_of`, also in the future; None where it is missing or malformed."""
        try:
            return InstantField(required=False).clean(self.data.get("as_of", ""))
        except forms.ValidationError:
            return None

    @property
    def moment(self) -> dt.datetime:
        """The moment that the search is about: `as_of`, or now where that is missing or in the future."""
        return min(self.asked_moment or self.now, self.now)

    @property
    def past(self) -> dt.datetime | None:
        """The value of `as_of` where it is in the past."""
        return self.asked_moment if self.asked_moment and self.asked_moment <= self.now else None

    @property
    def past_is_a_day(self) -> bool:
        """Whether `as_of` is a date without a time."""
        return len(self.data.get("as_of", "").strip()) == len("2026-01-05")

    @property
    def unknown(self) -> list[str]:
        """Names of unknown parameters."""
        return [name for name in self.data if name not in self.filters and not TRACKING.fullmatch(name)]

    def is_valid(self) -> bool:
        return not self.errors

    @cached_property
    def errors(self) -> dict[str, list[dict[str, str]]]:
        """Messages and values of the malformed parameters, by parameter."""
        found = {
            name: [{"message": message, "value": ", ".join(self.data.getlist(name))} for message in messages]
            for name, messages in self.form.errors.items()
        }
        if "q" not in found and self.parsed.refused:
            found["q"] = [{"message": translated(self.parsed.refused), "value": self.data["q"]}]
        since, until = self._clean("from"), self._clean("to")
        if since and until and until.last < since.first:
            message = gettext("The end date must be on or after the start date")
            found["to"] = [{"message": message, "value": self.data["to"]}]
        return found

    @property
    def corrections(self) -> dict[str, tuple[str, str]]:
        """For dates with the month first: the date that was perhaps meant, and the query string with it."""
        found: dict[str, tuple[str, str]] = {}
        for name in ("from", "to", "added"):
            if name in self.errors and (instead := read_date(self.data.get(name, "")).instead):
                data = self.data.copy()
                data[name] = instead
                found[name] = (instead, f"?{data.urlencode()}")
        return found

    @cached_property
    def parsed(self) -> ParsedQuery:
        return parse(self._clean("q") or "", "articles" if self.scope == "articles" else "quotes")

    def get_form_class(self) -> type[forms.Form]:
        """One form class for all requests with the same parameters."""
        names = tuple(self.filters)
        if names not in _FORMS:
            _FORMS[names] = super().get_form_class()
            _FORMS[names].base_fields = SharedFields(_FORMS[names].base_fields)
        return _FORMS[names]

    @cached_property
    def _cleaned(self) -> Mapping[str, object]:
        self.form.is_valid()
        return self.form.cleaned_data

    def _clean(self, name: str) -> Any:  # each field cleans to a type of its own
        return self._cleaned.get(name)

    def _values(self, sign: str) -> dict[str, tuple[str, ...]]:
        """The values of the parameters with this sign; names as current slugs."""
        given = {name: self._clean(sign + name) for name in REPEATABLE if name in self.filters}
        return {
            name: tuple(sorted({self._named(name, value).slug or value for value in values}))
            for name, values in given.items()
            if values
        }

    def _named(self, name: str, value: str) -> ResolvedName:
        return self._names.get((name, value), ResolvedName(value))

    @cached_property
    def _names(self) -> dict[tuple[str, str], ResolvedName]:
        slugs = {
            (name, value) for name in NAMED for sign in ("", "-") for value in self._clean(sign + name) or ()
        }
        if self.speaker is not None:
            slugs.add(("speaker", self.speaker.slug))
        written = names_in(self.parsed.root)
        if self.past:
            found, today = resolve_then_and_now(self.past, slugs, written)
        else:
            found, today = resolve(slugs, written), {}
        for named in (found, today):
            for key in slugs & named.keys() - written:
                if len(named[key].matches) > 1:
                    # The reader must choose: a parameter means one object.
                    named[key] = ResolvedName(key[1], matches=named[key].matches)
        # A former slug and the current slug resolve to the same object.
        same = {key: (key[0], named.slug) for key, named in found.items() if key in slugs and named.slug}
        self._names_today = today | {same[key]: today[key] for key in same if key in today}
        return found | {same[key]: found[key] for key in same}

    @cached_property
    def address(self) -> Address:
        """The canonical address; only for a valid request."""
        singles = {
            name: self._text(name)
            for name in ORDER
            if name in self.filters and name.lstrip("-") not in REPEATABLE
        }
        values: dict[str, tuple[str, ...]] = {
            name: (text,) for name, text in singles.items() if text and DEFAULTS.get(name) != text
        }
        if self.chosen_sort == self.default_sort or self._clean("format") == "atom":
            values.pop("sort", None)
        if self.chosen_sort != "random":
            values.pop("seed", None)
        if "view" not in values:
            # Only keyword in context has an order of lines.
            values.pop("lines", None)
        for sign in ("", "-"):
            values.update({sign + name: given for name, given in self._values(sign).items()})
        extra = tuple((name, value) for name in self.unknown for value in self.data.getlist(name))
        return Address(values, extra[:MOST_UNKNOWN])

    def _text(self, name: str) -> str:
        value = self._clean(name)
        if isinstance(value, dt.datetime):
            return self.data[name].strip() if self.past_is_a_day else value.isoformat().replace("+00:00", "Z")
        return "" if value is None else str(value)

    @property
    def default_sort(self) -> str:
        return "relevance" if self.parsed.has_positive_words else "newest"

    @property
    def chosen_sort(self) -> str:
        if self._clean("format") == "atom":
            # A feed is ordered by what is new, whatever the order of the page.
            return "added"
        asked = self._clean("sort") or self.default_sort
        # Without words there is no relevance.
        return self.default_sort if asked == "relevance" else asked

    def canonical_query(self) -> str:
        return self.address.query()

    def canonical_redirect(self) -> str:
        """The canonical query string with its question mark; empty where the request has it already."""
        if not self.is_valid():
            return ""
        given = [(name, value) for name, values in self.data.lists() for value in values]
        wanted = [(name, value) for name in ORDER for value in self.address.values.get(name, ())]
        return "" if given == [*wanted, *self.address.extra] else f"?{self.canonical_query()}"

    def url(self, changes: Mapping[str, object] | None = None, /, **more: object) -> str:
        return self.address.url(changes, **more)

    @cached_property
    def cleaned(self) -> SearchRequest:
        """The request; only where `is_valid()`."""
        return SearchRequest(
            scope=self.scope,
            parsed=self.parsed,
            now=self.now,
            address=self.address,
            any_of=self._values(""),
            none_of=self._values("-"),
            names=self._names,
            names_today=self._names_today,
            speaker=self.speaker,
            since=self._clean("from"),
            until=self._clean("to"),
            as_of=self.past,
            ahead=None if self.past else self.asked_moment,
            sort=self.chosen_sort,
            highlight=self._clean("hl") or "",
            size=int(self._clean("size") or SIZES[0]),
            **{name: value for name in _FIELDS if (value := self._clean(name))},
        )

    @cached_property
    def chips(self) -> tuple[Chip, ...]:
        """The active filters, each with the URL that removes it."""
        found = [
            self._chip(sign, name, value)
            for name in REPEATABLE
            for sign in ("", "-")
            for value in self.address.values.get(sign + name, ())
        ]
        for name in ("checked", "from", "to", "added", "as_of", "copies"):
            for value in self.address.values.get(name, ()):
                label = str(self.filters[name].label)
                shown = value_label(name, date_label(value))
                found.append(Chip(name, label, shown, False, True, self.url({name: None})))
        return tuple(found)

    def _chip(self, sign: str, name: str, value: str) -> Chip:
        named = self._named(name, value)
        known = name not in NAMED or bool(named.ids)
        if known:
            label = value_label(name, value, named)
        else:
            label = several(name, value) if named.matches else no_such(name, value)
        url = self.address.removing(sign + name, value)
        return Chip(sign + name, str(self.filters[name].label), label, bool(sign), known, url)
