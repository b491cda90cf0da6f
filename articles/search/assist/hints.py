"""What to write instead of a name that nothing in the archive has, or of a field that the grammar lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from django.db.models import Sum

from articles.models import Holding, Publication, Section, Speaker, Topic
from articles.search.assist.relaxations import counts_of, url_of
from articles.search.engine.hits import Known, compile_all
from articles.search.history.as_of import tables_of_today
from articles.search.query import Filter, fold, parse
from articles.search.query.unknown_fields import UnknownField, unknown_fields
from articles.search.request.names import names_in, resolve
from articles.search.request.query import NAMED, Question
from articles.speakers import index

# Names that are explained; things that one of them fits; and of all the searches that are counted.
MOST_HINTS = 3
MOST_NAMES = 8
MOST_COUNTED = 12
_THINGS: dict[str, type[Publication | Section | Topic]] = {
    "publication": Publication,
    "section": Section,
    "topic": Topic,
}


@dataclass(frozen=True)
class Instead:
    """Another query, what to call it, and how many results it has; None where that was not counted."""

    label: str
    query: str
    url: str
    count: int | None = None


@dataclass(frozen=True)
class Hint:
    """Something typed that finds nothing or is no field, with its place, and what to write instead."""

    text: str
    position: int
    message: str
    instead: tuple[Instead, ...] = ()


def hints(question: Question, known: Known) -> tuple[Hint, ...]:
    """Hints for a valid question; asks the database only where it names nobody the archive knows."""
    text = question.parsed.text
    unknown = [_of_a_field(question, found) for found in unknown_fields(text)]
    named = list(_counted(question, _of_names(question), known))
    return tuple(sorted((*unknown, *named), key=lambda hint: hint.position))


def _of_a_field(question: Question, found: UnknownField) -> Hint:
    instead = [Instead(label, query, url_of(question, query)) for label, query in found.instead]
    message = f"there is no field “{found.name}:”, so this was searched as words"
    return Hint(found.text, found.position, message, tuple(each for each in instead if each.url))


def _of_names(question: Question) -> Iterator[Hint]:
    """The first names in a query that nothing has, with the things that they fit."""
    root = question.parsed.root
    named = (node for node in (() if root is None else root.walk()) if isinstance(node, Filter))
    nobody = (node for node in named if node.name in NAMED and not question.named(node.name, node.value).ids)
    for node in islice(nobody, MOST_HINTS):
        with tables_of_today():
            message, fitting = _fitting(node)
        field = f"{node.name}:"
        written_there = question.parsed.text[: node.start].lower().endswith(field)
        start = node.start - len(field) if written_there else node.start
        yield Hint(f"{field}{node.value}", start, message, tuple(_instead(question, node, fitting)))


def _fitting(node: Filter) -> tuple[str, list[tuple[str, str]]]:
    """The slug and name of each thing with this in its name; else those written nearly so."""
    said = f"no {node.name} is called “{node.value}”"
    found = _speakers(node.value) if node.name == "speaker" else _things(node)
    within = [(slug, name) for slug, name, names in found if any(_holds(each, node.value) for each in names)]
    if len(within) == 1:
        return f"{said}; one has it in the name", within
    if within:
        return f"{said}; these have it in the name", within
    return (f"{said}; written nearly so" if found else said), [(slug, name) for slug, name, _ in found]


def _speakers(value: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Speakers whom readers may know of."""
    found: Iterable[Speaker] = index.fuzzy_search(value)[: 2 * MOST_NAMES]
    return [(row.slug, row.name, (row.name, row.found_as or "")) for row in found]  # type: ignore[attr-defined]


def _things(node: Filter) -> list[tuple[str, str, tuple[str, ...]]]:
    """Publications, sections or topics of articles that readers may see; of authors none."""
    model = _THINGS.get(node.name)
    if model is None:
        return []
    held = Holding.objects.visible().filter(kind=node.name).order_by()
    shown = held.values("thing_id").annotate(n=Sum("number")).filter(n__gt=0).values("thing_id")
    rows = model.objects.filter(pk__in=shown).order_by("name").values_list("slug", "name", "aliases")
    named = [(slug, name, (name, *aliases)) for slug, name, aliases in rows]
    return [row for row in named if any(_holds(name, node.value) for name in row[2])]


def _holds(name: str, value: str) -> bool:
    """Whether every word of the value begins a word of the name."""
    words = fold(name).split()
    return all(any(word.startswith(asked) for word in words) for asked in fold(value).split())


def _instead(question: Question, node: Filter, fitting: Sequence[tuple[str, str]]) -> Iterator[Instead]:
    text = question.parsed.text
    for slug, name in fitting[:MOST_NAMES]:
        query = f"{text[: node.start]}{slug}{text[node.end :]}"
        if url := url_of(question, query):
            yield Instead(name, query, url)


def _counted(question: Question, found: Iterable[Hint], known: Known) -> Iterator[Hint]:
    """The hints with how many results each query has, all by one statement."""
    named = list(found)
    queries = list(dict.fromkeys(each.query for hint in named for each in hint.instead))[:MOST_COUNTED]
    if not queries:
        yield from named
        return
    parsed = [parse(query, question.parsed.scope) for query in queries]
    written = {name for each in parsed for name in names_in(each.root)} - set(question.names)
    names = {**question.names, **resolve(set(), written)}
    asked = [replace(question, parsed=each, names=names) for each in parsed]
    counts = dict(zip(queries, counts_of(compile_all(asked, known)), strict=True))
    for hint in named:
        instead = (replace(each, count=counts.get(each.query)) for each in hint.instead)
        yield replace(hint, instead=tuple(instead))
