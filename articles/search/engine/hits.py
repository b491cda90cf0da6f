"""The documents that a question finds: compiled for each group of languages, chosen by one statement."""

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
from articles.search.history.as_of import tables_of
from articles.search.query import Node, Not, Words
from articles.search.request.query import Question

# The planner does not know what a look at a long vector costs; it would start workers for what is hardly ever
# run; and nothing may hold a page for longer than this.
_SETTINGS = (
    "SET LOCAL enable_seqscan = off; SET LOCAL jit = off; SET LOCAL work_mem = '64MB'; "
    "SET LOCAL parallel_setup_cost = 6000; SET LOCAL statement_timeout = '3s'"
)

# What several statements of one answer say must agree. A transaction that others began is as they want it.
_ONE_SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; "


@contextmanager
def one_snapshot() -> Iterator[None]:
    """A transaction of which all statements see the archive as it stood at the first."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ONE_SNAPSHOT)
        yield


@contextmanager
def searching(question: Question) -> Iterator[None]:
    """A transaction with the settings of searches, over the tables as they stood at the question's moment."""
    outermost = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ONE_SNAPSHOT + _SETTINGS if outermost else _SETTINGS)
        with tables_of(question.as_of):
            yield


@dataclass
class Known:
    """What the database has said of words and texts while one page is answered; nothing is asked twice.

    All texts that are read to decide it are paid from one budget.
    """

    words: set[str] = field(default_factory=set)
    stems: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: set[Atom] = field(default_factory=set)
    decided: dict[Atom, Decided] = field(default_factory=dict)
    budget: Budget = field(default_factory=lambda: Budget(READING_CANDIDATES))

    def learn(self, words: set[str]) -> None:
        """Ask for the stems of those words that are not known yet."""
        missing = words - self.words
        if not missing:
            return
        for language, stems in stems_by_language(sorted(missing)).items():
            self.stems.setdefault(language, {}).update(stems)
        self.words |= missing


def compilers(question: Question, known: Known | None = None) -> list[Compiler]:
    """The question for each group of languages, with what only the texts could decide."""
    return compile_all([question], known or Known())[0]


def compile_all(questions: Sequence[Question], known: Known) -> list[list[Compiler]]:
    """Several questions at once: what they ask of words and of long texts is asked together."""
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


def every_word(question: Question) -> set[str]:
    """All words of the query, those too that are asked for exactly: to be asked for in any form later."""
    nodes = (node for root in _roots(question) for node in root.walk())
    return {term.text for node in nodes if isinstance(node, Words) for term in node.terms if not term.prefix}


def hits_of(found: Sequence[Compiler], nodes: Sequence[Node] | None = None) -> Sql:
    """The documents that the question, or some nodes of it under the same filters, finds."""
    question = found[0].question
    hits = select_hits(found, facets.columns(question), nodes)
    return Sql(_ONE_COPY.format(hits=hits.text), hits.params) if question.copies == "one" else hits


def conditions_of(found: Sequence[Compiler]) -> dict[str, Condition]:
    """What is counted of a question about articles: its hits, what facets are beside, each clause alone."""
    question = found[0].question
    asked = {"hits": either(compiler.hits() for compiler in found), **facets.conditions(found)}
    for at, clause in enumerate(alone(question)):
        asked[f"clause {at}"] = either(compiler.hits([clause]) for compiler in found)
    return asked


def alone(question: Question) -> list[Node]:
    """The clauses that are counted alone; of a single one that is the count itself."""
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


def _roots(question: Question) -> list[Node]:
    return [] if question.parsed.root is None else [question.parsed.root]


def _decided(compiler: Compiler, decided: Mapping[Atom, Decided]) -> Compiler:
    return replace(compiler, decided=decided, doubts=[]) if compiler.doubts else compiler
