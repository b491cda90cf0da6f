"""From an address to ids, counts, facets and excerpts: the one way in which the archive is searched."""

from articles.search.assist.examples import Example, examples
from articles.search.assist.relaxations import Offer
from articles.search.assist.spelling import Suggestion, count_words, count_words_if_grown
from articles.search.assist.zero_results import Suggested, key_of, note_failed
from articles.search.engine.facets import Facet, FacetValue
from articles.search.history.diff import Changed, Group, Since, left_out
from articles.search.request.canonical_url import Address
from articles.search.request.filters import ArticleFilter, Chip
from articles.search.request.names import stood_alone
from articles.search.request.query import Period, Question
from articles.search.results.answer import Answer, NoSuchPage, ReadClause, Year, answer, count, counts
from articles.search.results.excerpts import FoundQuote, Result, Who
from articles.search.results.export_stream import everything
from articles.search.results.highlighter import Excerpt
from articles.search.results.histogram import Bar, Histogram, histogram
from articles.search.speakers.comparison import Comparison, compare
from articles.search.speakers.profiles import Figure, Profile, profile

__all__ = [
    "Address",
    "Answer",
    "ArticleFilter",
    "Bar",
    "Changed",
    "Chip",
    "Comparison",
    "Example",
    "Excerpt",
    "Facet",
    "FacetValue",
    "Figure",
    "FoundQuote",
    "Group",
    "Histogram",
    "NoSuchPage",
    "Offer",
    "Period",
    "Profile",
    "Question",
    "ReadClause",
    "Result",
    "Since",
    "Suggested",
    "Suggestion",
    "Who",
    "Year",
    "answer",
    "compare",
    "count",
    "count_words",
    "count_words_if_grown",
    "counts",
    "everything",
    "examples",
    "histogram",
    "key_of",
    "left_out",
    "note_failed",
    "profile",
    "stood_alone",
]
