"""From an address to ids, counts, facets and excerpts: the one way in which the archive is searched."""

from articles.search.addresses import Address
from articles.search.answers import Answer, NoSuchPage, ReadClause, Year, answer, count
from articles.search.everything import everything
from articles.search.excerpts import FoundQuote, Result, Who
from articles.search.facets import Facet, FacetValue
from articles.search.filters import ArticleFilter, Chip
from articles.search.marks import Excerpt
from articles.search.questions import Period, Question
from articles.search.suggestions import Suggestion, count_words, count_words_if_grown

__all__ = [
    "Address",
    "Answer",
    "ArticleFilter",
    "Chip",
    "Excerpt",
    "Facet",
    "FacetValue",
    "FoundQuote",
    "NoSuchPage",
    "Period",
    "Question",
    "ReadClause",
    "Result",
    "Suggestion",
    "Who",
    "Year",
    "answer",
    "count",
    "count_words",
    "count_words_if_grown",
    "everything",
]
