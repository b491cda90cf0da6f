"""The one door through which every search is answered: ids, counts, facets, rows and excerpts.

Ids come first, from the documents alone; rows follow by their ids. A page, its JSON, its feed and its files
come from the same statement.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.db import OperationalError, transaction

from articles.models import Article, Quote
from articles.search.assist import relaxations as offers_
from articles.search.assist.hints import Hint, hints
from articles.search.assist.relaxations import Offer
from articles.search.assist.spelling import Suggestion, suggest
from articles.search.assist.zero_results import Suggested
from articles.search.engine import facets as facets_
from articles.search.engine import statements
from articles.search.engine.conditions import Sql
from articles.search.engine.documents import Compiler
from articles.search.engine.facets import Facet, FacetValue
from articles.search.engine.hits import Known, compile_all, compilers, every_word, hits_of, searching
from articles.search.history.as_of import shown, still_shown
from articles.search.history.diff import LISTED, MOST_LISTED, LookedBack, Since, look_back
from articles.search.query import Clause, Not, read_as
from articles.search.request.filters import value_label
from articles.search.request.periods import whole_year
from articles.search.request.query import Question
from articles.search.results.excerpts import Result, article_results, quote_results

# Fewer hits than this, and the reader is offered other words.
FEW = 5


class NoSuchPage(Exception):
    """The page asked for lies beyond the last."""


@dataclass(frozen=True)
class ReadClause:
    """One part of the query, how it was read, and how many it finds alone under the same filters.

    `url` is the question without it, `loosened_url` with it one step looser, `looser` what that step is.
    """

    text: str
    read_as: str
    count: int
    join: str
    negative: bool
    url: str
    loosened_url: str
    looser: str


@dataclass(frozen=True)
class Year:
    """A bar of the histogram, and the address that narrows to it."""

    year: int
    count: int
    url: str
    read: int = 0


@dataclass(frozen=True)
class Stretch:
    """Hits that were printed in the same period, a day or as much longer as it was dated; and those read."""

    first: dt.date
    last: dt.date
    count: int
    read: int


@dataclass(frozen=True)
class Answer:
    question: Question
    count: int
    ids: tuple[int, ...]
    results: tuple[Result, ...]
    facets: tuple[Facet, ...] = ()
    clauses: tuple[ReadClause, ...] = ()
    years: tuple[Year, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    undated: int = 0
    read: int = 0
    groups: tuple[FacetValue, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    offers: tuple[Offer, ...] = ()
    suggested: Suggested | None = None
    hints: tuple[Hint, ...] = ()
    # Of a moment that is past: what is found otherwise today.
    since: Since | None = None
    # How many results no named speaker is quoted in, or is the speaker of; None where that is not counted.
    without_speaker: int | None = None
    # Where copies are folded: how many there are with all of them.
    with_copies: int | None = None

    @property
    def rows(self) -> list[Article | Quote]:
        """The articles or quotes of this page, in order, their bodies not loaded."""
        return [result.row for result in self.results]

    @property
    def articles(self) -> list[Article | Quote]:
        return self.rows

    @property
    def excerpts(self) -> dict[int, tuple]:
        return {result.row.pk: result.excerpts for result in self.results}

    @property
    def page(self) -> int:
        return self.question.page

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // self.question.size))

    def facet(self, name: str) -> Facet | None:
        return next((facet for facet in self.facets if facet.name == name), None)


def answer(question: Question) -> Answer:
    """Answer a valid question; raise NoSuchPage beyond the last page."""
    if nothing_understood(question):
        return Answer(question, 0, (), ())
    answered = None
    try:
        with searching(question):
            answered = _answer(question, known := Known())
            if question.format in ("html", "json"):
                answered = replace(answered, hints=hints(question, known))
            if answered.count < offers_.FEW and question.format == "html":
                return replace(answered, offers=tuple(offers_.counted(question, answered.suggestions, known)))
    except OperationalError:
        # What was found is shown without the counts of what else might have been.
        if answered is None:
            raise
    return answered


def count(question: Question) -> int:
    """How many results a valid question has, where nothing else is wanted of it."""
    if nothing_understood(question):
        return 0
    with searching(question):
        hits = hits_of(compilers(question))
        return statements.run(Sql(f"SELECT count(*) FROM ({hits.text}) AS hits", hits.params))[0][0]


def counts(questions: Sequence[Question], *, without_speaker: Sequence[Question] = ()) -> list[int]:
    """How many results each of several valid questions of the same moment has, in one statement.

    After them the same of other questions for quotes, where only quotes of no named speaker are counted.
    """
    every = [*((question, "") for question in questions), *((one, _UNNAMED) for one in without_speaker)]
    asked = [(question, where) for question, where in every if not nothing_understood(question)]
    if not asked:
        return [0] * len(every)
    with searching(asked[0][0]):
        compiled = compile_all([question for question, _ in asked], Known())
        hits = [(hits_of(found), where) for found, (_, where) in zip(compiled, asked, strict=True)]
        selects = ", ".join(f"(SELECT count(*) FROM ({sql.text}) AS hits {where})" for sql, where in hits)
        params = tuple(param for sql, _ in hits for param in sql.params)
        (found,) = statements.run(Sql(f"SELECT {selects}", params))
    counted = iter(found)
    return [0 if nothing_understood(question) else next(counted) for question, _ in every]


_UNNAMED = "WHERE speaker_id IS NULL"


def nothing_understood(question: Question) -> bool:
    """Something was typed and none of it could be read: everything would answer another question."""
    return bool(question.parsed.text.strip()) and question.parsed.root is None


def _answer(question: Question, known: Known) -> Answer:
    known.learn(every_word(question))
    found = compilers(question, known)
    rows = statements.rows(found)
    total = next(n for what, _, _, _, n in rows if what == "count")
    if question.page > max(1, -(-total // question.size)):
        raise NoSuchPage(question.page)
    ids = [int(value) for what, value, _, _, _ in sorted(rows, key=lambda row: row[4]) if what == "page"]
    results = (
        quote_results(question, found, ids) if question.of_quotes else article_results(question, found, ids)
    )
    looked_back = _look_back(found, known, results) if question.as_of else None
    facets = tuple(_facet(question, name, rows) for name in facets_.names(question) if name != "year")
    return Answer(
        question=question,
        count=total,
        ids=tuple(ids),
        results=tuple(_still_shown(question, results, looked_back)),
        since=looked_back.since if looked_back else None,
        facets=facets,
        clauses=_clauses(question, rows, total),
        years=_years(question, rows),
        stretches=tuple(_stretches(rows)),
        undated=next(n for what, _, _, _, n in rows if what == "undated"),
        read=sum(n for what, _, _, _, n in rows if what == "read"),
        groups=facet_values(question, question.group, rows, "group") if question.group else (),
        without_speaker=next((n for what, _, _, _, n in rows if what == "without speaker"), None),
        with_copies=next((n for what, _, _, _, n in rows if what == "with copies"), None),
        # Other spellings are those of today's archive.
        suggestions=tuple(suggest(question)) if total < FEW and not question.as_of else (),
        suggested=next((Suggested(url, note) for what, _, url, note, _ in rows if what == "suggested"), None),
    )


def _still_shown(
    question: Question, results: Sequence[Result], looked_back: LookedBack | None
) -> Iterable[Result]:
    """Of results of the past, those that readers may see today."""
    if question.as_of is None:
        return results
    if looked_back is None:
        return still_shown(results)
    return shown(results, looked_back.articles, looked_back.quotes)


def _look_back(found: Sequence[Compiler], known: Known, results: Sequence[Result]) -> LookedBack | None:
    """What is otherwise today; None where it could not be said in time, and the results are shown without."""
    # What a program reads is listed at greater length.
    listed = MOST_LISTED if found[0].question.format == "json" else LISTED
    try:
        with transaction.atomic():
            return look_back(found, known, results, listed=listed)
    except OperationalError:
        return None


def _clauses(question: Question, rows: Sequence[tuple], count: int) -> tuple[ReadClause, ...]:
    counted = {int(value): n for what, value, _, _, n in rows if what == "clause"}
    return tuple(
        _read_clause(question, clause, counted.get(at, count))
        for at, clause in enumerate(question.parsed.clauses)
    )


def _read_clause(question: Question, clause: Clause, count: int) -> ReadClause:
    negative = isinstance(clause.node, Not)
    node = clause.node.node if isinstance(clause.node, Not) else clause.node
    url = offers_.url_of(question, clause.dropped) if len(question.parsed.clauses) > 1 else ""
    loosened = offers_.url_of(question, clause.loosened)
    return ReadClause(clause.text, read_as(node), count, clause.join, negative, url, loosened, clause.looser)


def _facet(question: Question, name: str, rows: Sequence[tuple]) -> Facet:
    values = facet_values(question, name, rows)
    chosen = [value for value in values if value.selected or value.excluded]
    others = [value for value in values if not (value.selected or value.excluded)]
    kept = {*chosen, *others[: facets_.SHOWN]}
    return Facet(
        name,
        facets_.LABELS[name],
        tuple(value for value in values if value in kept),
        len(others) > facets_.SHOWN,
    )


def facet_values(
    question: Question, name: str, rows: Sequence[tuple], what: str = ""
) -> tuple[FacetValue, ...]:
    """The values of a facet, most frequent first; chosen ones also where they have no hit."""
    counted = {slug: (label, n) for kind, _, slug, label, n in rows if kind == (what or name)}
    for value in (*question.any_of.get(name, ()), *question.none_of.get(name, ())):
        counted.setdefault(value, (question.named(name, value).label or value, 0))
    return tuple(
        _facet_value(question, name, value, label, count)
        for value, (label, count) in sorted(
            counted.items(), key=lambda item: (-item[1][1], item[1][0], item[0])
        )
    )


def _facet_value(question: Question, name: str, value: str, label: str, count: int) -> FacetValue:
    address = question.address
    selected = value in question.any_of.get(name, ())
    excluded = value in question.none_of.get(name, ())
    if name == "year":
        url = question.narrowed(whole_year(int(value)))
        return FacetValue(value, label, count, False, False, url, "")
    if name in ("language", "kind"):
        label = value_label(name, value)
    return FacetValue(
        value,
        label,
        count,
        selected,
        excluded,
        address.removing(name, value) if selected else address.adding(name, value),
        address.removing(f"-{name}", value) if excluded else address.adding(f"-{name}", value),
    )


def _years(question: Question, rows: Sequence[tuple]) -> tuple[Year, ...]:
    """Every year from the first to the last, those without a hit too, so that gaps are seen."""
    counted = {int(slug): n for what, _, slug, _, n in rows if what == "year"}
    read = {slug: n for what, _, slug, _, n in rows if what == "read"}
    if not counted:
        return ()
    years = range(min(counted), max(counted) + 1)
    return tuple(
        Year(year, counted.get(year, 0), question.narrowed(whole_year(year)), read.get(str(year), 0))
        for year in years
    )


def _stretches(rows: Sequence[tuple]) -> Iterator[Stretch]:
    for what, read, first, last, n in rows:
        if what == "stretch":
            yield Stretch(
                dt.date.fromisoformat(first), dt.date.fromisoformat(last), n, n if read == "true" else 0
            )
