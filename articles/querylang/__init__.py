"""From what a reader types to what is meant: the fold of words, and the grammar of a query."""

from articles.querylang.fold import FOLD_VERSION, Word, fold, fold_sql, word_spans, words, words_in_place
from articles.querylang.lexer import Ignored
from articles.querylang.loosening import Clause
from articles.querylang.parser import ParsedQuery, Scope, parse
from articles.querylang.reading import read_as
from articles.querylang.tree import And, Field, Filter, Near, Node, Not, Or, Term, Words

__all__ = [
    "FOLD_VERSION",
    "And",
    "Clause",
    "Field",
    "Filter",
    "Ignored",
    "Near",
    "Node",
    "Not",
    "Or",
    "ParsedQuery",
    "Scope",
    "Term",
    "Word",
    "Words",
    "fold",
    "fold_sql",
    "parse",
    "read_as",
    "word_spans",
    "words",
    "words_in_place",
]
