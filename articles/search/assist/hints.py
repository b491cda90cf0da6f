"""Hints: replacements for a name that the archive does not have and for a field that does not exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from django.db.models import Sum

from articles.models import Holding, Publication, Section, Speaker, Topic
from articles.search.assist.relaxations import counts_of, url_of
from articles.search.engine.hits import Known, compile_all
from articles.search.history.as_of import tables_now
from articles.search.query import Filter, fold, parse
from articles.search.query.unknown_fields import UnknownField, unknown_fields
from articles.search.request.names import names_in, resolve
from articles.search.request.query import NAMED, SearchRequest
from articles.speakers import index

# Limits: hints for names, replacements per hint, and replacements that are counted.
MOST_HINTS = 3
MOST_NAMES = 8
MOST_COUNTED = 12
_MODELS: dict[str, type[Publication | Section | Topic]] = {
    "publication": Publication,
    "section": Section,
    "topic": Topic,
}


@dataclass(frozen=True)
class Instead:
    """A replacement query and its label; `count` is None where it was not counted."""

    label: str
    query: str
    url: str
    count: int | None = None


@dataclass(frozen=True)
class Hint:
    """A part of the query that finds nothing or is no field, its position, and replacements."""

    text: str
    position: int
    message: str
    instead: tuple[Instead, ...] = ()


def hints(request: SearchRequest, known: Known) -> tuple[Hint, ...]:
    """The hints for a valid request; queries the database only where the request has an unknown name."""
    text = request.parsed.text
    unknown = [_of_a_field(request, found) for found in unknown_fields(text)]
    named = list(_counted(request, _of_names(request), known))
    return tuple(sorted((*unknown, *named), key=lambda hint: hint.position))


def _of_a_field(request: SearchRequest, found: UnknownField) -> Hint:
    instead = [Instead(label, query, url_of(request, query)) for label, query in found.instead]
    message = f"there is no field “{found.name}:”, so this was searched as words"
    return Hint(found.text, found.position, message, tuple(each for each in instead if each.url))


def _of_names(request: SearchRequest) -> Iterator[Hint]:
    """Hints for the first unknown names in the query, with the existing names that match them."""
    root = request.parsed.root
    named = (node for node in (() if root is None else root.walk()) if isinstance(node, Filter))
    nobody = (node for node in named if node.name in NAMED and not request.named(node.name, node.value).ids)
    for node in islice(nobody, MOST_HINTS):
        with tables_now():
            message, fitting = _fitting(node)
        field = f"{node.name}:"
        written_there = request.parsed.text[: node.start].lower().endswith(field)
        start = node.start - len(field) if written_there else node.start
        yield Hint(f"{field}{node.value}", start, message, tuple(_instead(request, node, fitting)))


def _fitting(node: Filter) -> tuple[str, list[tuple[str, str]]]:
    """The message of the hint, and slug and name of the objects with the value in their name or similar."""
    said = f"no {node.name} is called “{node.value}”"
    found = _speakers(node.value) if node.name == "speaker" else _taxonomy(node)
    within = [
        (slug, name) for slug, name, names in found if any(_has_words(each, node.value) for each in names)
    ]
    if len(within) == 1:
        return f"{said}; one has it in the name", within
    if within:
        return f"{said}; these have it in the name", within
    return (f"{said}; written nearly so" if found else said), [(slug, name) for slug, name, _ in found]


def _speakers(value: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Public speakers with a similar name: slug, name, names to match."""
    found: Iterable[Speaker] = index.fuzzy_search(value)[: 2 * MOST_NAMES]
    return [(row.slug, row.name, (row.name, row.found_as or "")) for row in found]  # type: ignore[attr-defined]


def _taxonomy(node: Filter) -> list[tuple[str, str, tuple[str, ...]]]:
    """Publications, sections or topics of published articles that match; empty for authors."""
    model = _MODELS.get(node.name)
    if model is None:
        return []
    counts = Holding.objects.visible().filter(kind=node.name).order_by()
    shown = counts.values("thing_id").annotate(n=Sum("number")).filter(n__gt=0).values("thing_id")
    rows = model.objects.filter(pk__in=shown).order_by("name").values_list("slug", "name", "aliases")
    named = [(slug, name, (name, *aliases)) for slug, name, aliases in rows]
    return [row for row in named if any(_has_words(name, node.value) for name in row[2])]


def _has_words(name: str, value: str) -> bool:
    """Whether every word of the value is a prefix of a word of the name."""
    words = fold(name).split()
    return all(any(word.startswith(asked) for word in words) for asked in fold(value).split())


def _instead(request: SearchRequest, node: Filter, fitting: Sequence[tuple[str, str]]) -> Iterator[Instead]:
    text = request.parsed.text
    for slug, name in fitting[:MOST_NAMES]:
        query = f"{text[: node.start]}{slug}{text[node.end :]}"
        if url := url_of(request, query):
            yield Instead(name, query, url)


def _counted(request: SearchRequest, found: Iterable[Hint], known: Known) -> Iterator[Hint]:
    """The hints with the result count of each replacement, counted in one statement."""
    named = list(found)
    queries = list(dict.fromkeys(each.query for hint in named for each in hint.instead))[:MOST_COUNTED]
    if not queries:
        yield from named
        return
    parsed = [parse(query, request.parsed.scope) for query in queries]
    written = {name for each in parsed for name in names_in(each.root)} - set(request.names)
    names = {**request.names, **resolve(set(), written)}
    asked = [replace(request, parsed=each, names=names) for each in parsed]
    counts = dict(zip(queries, counts_of(compile_all(asked, known)), strict=True))
    for hint in named:
        instead = (replace(each, count=counts.get(each.query)) for each in hint.instead)
        yield replace(hint, instead=tuple(instead))
