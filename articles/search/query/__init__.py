"""The query language: parser, syntax tree, explanation and relaxation of a query."""

from articles.search.query.explain import explain
from articles.search.query.lexer import Ignored
from articles.search.query.messages import Message
from articles.search.query.nodes import And, Field, Filter, Near, Node, Not, Or, Term, Words
from articles.search.query.parser import ParsedQuery, Scope, parse
from articles.search.query.relaxation import Clause
from articles.text.folding import FOLD_VERSION, Word, fold, fold_sql, words, words_in_place

__all__ = [
    "FOLD_VERSION",
    "And",
    "Clause",
    "Field",
    "Filter",
    "Ignored",
    "Message",
    "Near",
    "Node",
    "Not",
    "Or",
    "ParsedQuery",
    "Scope",
    "Term",
    "Word",
    "Words",
    "explain",
    "fold",
    "fold_sql",
    "parse",
    "words",
    "words_in_place",
]
