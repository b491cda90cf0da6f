"""Compiles requests for each group of languages, and the statement that selects their results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from django.db import connection, transaction

from articles.search.engine import facets
from articles.search.engine.budget import READING_CANDIDATES, Budget
from articles.search.engine.conditions import Condition, Sql, either
from articles.search.engine.documents import Atom, Compiler, Decided, select_hits
from articles.search.engine.long_texts import decide
from articles.search.engine.stems import plain_words, stems_by_language, tongues
from articles.search.history.as_of import tables_as_of
from articles.search.query import Node, Not, Words
from articles.search.request.query import SearchRequest

# The planner underestimates the cost of reading long vectors and would start parallel workers for parts that
# rarely run. No statement of a page may take longer than the timeout.
_SETTINGS = (
    "SET LOCAL enable_seqscan = off; SET LOCAL jit = off; SET LOCAL work_mem = '64MB'; "
    "SET LOCAL parallel_setup_cost = 6000; SET LOCAL statement_timeout = '3s'"
)

# The statements of one answer must agree. Not used inside a transaction of the caller.
_ONE_SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; "


@contextmanager
def one_snapshot() -> Iterator[None]:
    """A transaction whose statements all read one snapshot."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ONE_SNAPSHOT)
        yield


@contextmanager
def searching(question: SearchRequest) -> Iterator[None]:
    """A transaction with the settings for searches, over the tables as of the moment of the request."""
    outermost = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ONE_SNAPSHOT + _SETTINGS if outermost else _SETTINGS)
        with tables_as_of(question.as_of):
            yield


@dataclass
class Known:
    """A cache of stems and rechecks for one page, with one budget for all texts that are read."""

    words: set[str] = field(default_factory=set)
    stems: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: set[Atom] = field(default_factory=set)
    decided: dict[Atom, Decided] = field(default_factory=dict)
    budget: Budget = field(default_factory=lambda: Budget(READING_CANDIDATES))

    def learn(self, words: set[str]) -> None:
        """Query the stems of words that are not known yet."""
        missing = words - self.words
        if not missing:
            return
        for language, stems in stems_by_language(sorted(missing)).items():
            self.stems.setdefault(language, {}).update(stems)
        self.words |= missing


def compilers(question: SearchRequest, known: Known | None = None) -> list[Compiler]:
    """The compilers of the request, one per group of languages, with rechecks done."""
    return compile_all([question], known or Known())[0]


def compile_all(questions: Sequence[SearchRequest], known: Known) -> list[list[Compiler]]:
    """Compile several requests, with one query for their stems and one recheck of long texts."""
    plain = [plain_words(_roots(question)) for question in questions]
    known.learn({word for words in plain for word in words})
    found = [
        [Compiler(question, tongue) for tongue in tongues(words, known.stems)]
        for question, words in zip(questions, plain, strict=True)
    ]
    doubts = []
    for compiler in (compiler for several in found for compiler in several):
        compiler.hits()
        doubts += [doubt for doubt in compiler.doubts if doubt.atom not in known.asked]
    if doubts:
        known.decided.update(decide(doubts, known.budget))
        known.asked.update(doubt.atom for doubt in doubts)
    return [[_decided(compiler, known.decided) for compiler in several] for several in found]


def every_word(question: SearchRequest) -> set[str]:
    """All words of the query, including exact ones, whose relaxations need stems."""
    nodes = (node for root in _roots(question) for node in root.walk())
    return {term.text for node in nodes if isinstance(node, Words) for term in node.terms if not term.prefix}


def hits_of(found: Sequence[Compiler], nodes: Sequence[Node] | None = None) -> Sql:
    """SQL for the results of the request, or of these query nodes with the same filters."""
    question = found[0].question
    hits = select_hits(found, facets.columns(question), nodes)
    return Sql(_ONE_COPY.format(hits=hits.text), hits.params) if question.copies == "one" else hits


def conditions_of(found: Sequence[Compiler]) -> dict[str, Condition]:
    """The conditions to count for articles: the results, the sets of facets, each clause alone."""
    question = found[0].question
    asked = {"hits": either(compiler.hits() for compiler in found), **facets.conditions(found)}
    for at, clause in enumerate(alone(question)):
        asked[f"clause {at}"] = either(compiler.hits([clause]) for compiler in found)
    return asked


def alone(question: SearchRequest) -> list[Node]:
    """The clauses to count alone; none for a single clause, whose count is the total."""
    clauses = question.parsed.clauses
    if len(clauses) < 2 and not any(isinstance(clause.node, Not) for clause in clauses):
        return []
    return [clause.node.node if isinstance(clause.node, Not) else clause.node for clause in clauses]


_ONE_COPY = """
SELECT * FROM (
  SELECT f.*, dense_rank() OVER (
    PARTITION BY coalesce(copy_of, article_id) ORDER BY copy_of IS NOT NULL, article_id
  ) AS copy FROM ({hits}) AS f
) AS ranked WHERE copy = 1
"""


def _roots(question: SearchRequest) -> list[Node]:
    return [] if question.parsed.root is None else [question.parsed.root]


def _decided(compiler: Compiler, decided: Mapping[Atom, Decided]) -> Compiler:
    return replace(compiler, decided=decided, doubts=[]) if compiler.doubts else compiler
