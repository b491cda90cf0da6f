"""Hints: what to write in place of an unknown or ambiguous name, an unknown field, or another spelling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from django.utils.translation import gettext

from articles.search.assist.relaxations import url_of
from articles.search.assist.similar_names import SimilarNames, similar_names
from articles.search.assist.spelling_variants import Variant, folded_initials
from articles.search.engine.searcher import Searcher
from articles.search.query import Filter
from articles.search.query.unknown_fields import UnknownField, unknown_fields
from articles.search.request.labels import no_such, several
from articles.search.request.names import names_in, resolve
from articles.search.request.query import NAMED, NAMED_FIELDS, SearchRequest

# Limits: hints for names, replacements per hint, and replacements that are counted.
MOST_HINTS = 3
MOST_NAMES = 12
MOST_COUNTED = 24


@dataclass(frozen=True)
class Instead:
    """A replacement and its label; `count` is None where it was not counted."""

    label: str
    query: str
    url: str
    count: int | None = None
    request: SearchRequest | None = None


@dataclass(frozen=True)
class Hint:
    """A part of the search, what is wrong with it, and replacements under the label `lead`.

    `position` is None for a parameter. `more` is the name of which the index of speakers lists more.
    """

    text: str
    position: int | None
    message: str
    lead: str = ""
    instead: tuple[Instead, ...] = ()
    more: str = ""


def hints(request: SearchRequest, searcher: Searcher, variants: Sequence[Variant]) -> tuple[Hint, ...]:
    """The hints for a valid request; `variants` are other ways to write its words."""
    names = chain(_of_parameters(request), _of_fields(request))
    named = _counted(list(islice(names, MOST_HINTS)), searcher)
    unknown = [_of_unknown_field(request, found) for found in unknown_fields(request.parsed.text)]
    every = [*named, *unknown, *_of_initials(request), *_of_variants(request, variants, searcher)]
    return tuple(sorted(every, key=lambda hint: -1 if hint.position is None else hint.position))


def _of_unknown_field(request: SearchRequest, found: UnknownField) -> Hint:
    offered = [Instead(label, query, url_of(request, query)) for label, query in found.instead]
    message = gettext("There is no field “%(name)s:”, so we searched for the words") % {"name": found.name}
    instead = tuple(each for each in offered if each.url)
    return Hint(found.text, found.position, message, gettext("Write instead") if instead else "", instead)


def _of_initials(request: SearchRequest) -> Iterator[Hint]:
    """“U.S.” and “us” are one word, which a search for it cannot tell apart."""
    for typed, word, position in folded_initials(request.parsed.text):
        message = gettext("“%(typed)s” also finds the word “%(word)s”") % {"typed": typed, "word": word}
        yield Hint(typed, position, message)


# Names -------------------------------------------------------------------------------------------


def _of_parameters(request: SearchRequest) -> Iterator[Hint]:
    """Hints for the values of parameters that are the name of nothing, or of several things."""
    for sign, given in (("", request.any_of), ("-", request.none_of)):
        for name in NAMED:
            for value in given.get(name, ()):
                if not request.named(name, value).ids:
                    yield _of_parameter(request, sign, name, value)


def _of_parameter(request: SearchRequest, sign: str, name: str, value: str) -> Hint:
    message, found = _matches(request, name, value)
    given = request.none_of if sign else request.any_of
    offered = {(name, slug) for slug, _ in found.names[:MOST_NAMES]}
    names = {**request.names, **resolve(offered, set(), request.as_of)}
    instead = []
    for slug, label in found.names[:MOST_NAMES]:
        values = tuple(sorted({slug if each == value else each for each in given[name]}))
        changed = {**given, name: values}
        url = request.address.url({sign + name: values})
        asked = replace(request, none_of=changed) if sign else replace(request, any_of=changed)
        instead.append(Instead(label, request.parsed.text, url, request=replace(asked, names=names)))
    lead = found.lead if instead else ""
    return Hint(value, None, message, lead, tuple(instead), found.more)


def _of_fields(request: SearchRequest) -> Iterator[Hint]:
    """Hints for names in the query that are the name of nothing, or of several things."""
    root = request.parsed.root
    named = (node for node in (() if root is None else root.walk()) if isinstance(node, Filter))
    for node in named:
        if node.name in NAMED_FIELDS and len(request.named(node.name, node.value).matches) != 1:
            yield _of_field(request, node)


def _of_field(request: SearchRequest, node: Filter) -> Hint:
    text, prefix = request.parsed.text, f"{node.name}:"
    message, found = _matches(request, node.name, node.value)
    start = node.start - len(prefix) if text[: node.start].lower().endswith(prefix) else node.start
    queries = [
        (label, f"{text[: node.start]}{str(Filter(node.name, slug)).removeprefix(prefix)}{text[node.end :]}")
        for slug, label in found.names[:MOST_NAMES]
    ]
    instead = [
        Instead(label, q, url, request=request.with_query(q))
        for label, q in queries
        if (url := url_of(request, q))
    ]
    lead = found.lead if instead else ""
    return Hint(f"{prefix}{node.value}", start, message, lead, tuple(instead), found.more)


def _matches(request: SearchRequest, name: str, value: str) -> tuple[str, SimilarNames]:
    """The message about a name, and the things with that name or a similar one."""
    matches = request.named(name, value).matches
    if matches:
        return several(name, value), SimilarNames(matches, gettext("Choose one"))
    return no_such(name, value), similar_names(name, value)


# Spellings ---------------------------------------------------------------------------------------


def _of_variants(request: SearchRequest, variants: Sequence[Variant], searcher: Searcher) -> Iterator[Hint]:
    """Words that may also be written as one or as two, as “email” and “e-mail”; only those with results."""
    counts = _counts_of(request, [variant.query(variant.other) for variant in variants], searcher)
    found = [(variant, n) for variant, n in zip(variants, counts, strict=True) if n][:MOST_HINTS]
    either = [f"{variant.typed} OR {variant.other}" for variant, _ in found]
    queries = [variant.query(f"({text})") for (variant, _), text in zip(found, either, strict=True)]
    counts = _counts_of(request, queries, searcher)
    for (variant, n), text, query, both in zip(found, either, queries, counts, strict=True):
        offered = ((variant.other, variant.query(variant.other), n), (text, query, both))
        instead = [
            Instead(label, q, url, number) for label, q, number in offered if (url := url_of(request, q))
        ]
        message = gettext("“%(typed)s” may also be written “%(other)s”") % {
            "typed": variant.typed.strip('"'),
            "other": variant.other.strip('"'),
        }
        yield Hint(variant.typed, variant.position, message, gettext("Search for"), tuple(instead))


def _counts_of(request: SearchRequest, queries: Sequence[str], searcher: Searcher) -> list[int]:
    return searcher.counts([request.with_query(query) for query in queries])


def _counted(found: Sequence[Hint], searcher: Searcher) -> Iterator[Hint]:
    """The hints with the result count of each replacement, most results first."""
    asked = [each.request for hint in found for each in hint.instead if each.request][:MOST_COUNTED]
    written = {name for each in asked for name in names_in(each.parsed.root) if name not in each.names}
    names = resolve(set(), written, asked[0].as_of if asked else None)
    counts = iter(searcher.counts([replace(each, names={**names, **each.names}) for each in asked]))
    for hint in found:
        instead = [replace(each, count=next(counts, None)) for each in hint.instead]
        instead.sort(key=lambda each: -(each.count or 0))
        yield replace(hint, instead=tuple(instead))
