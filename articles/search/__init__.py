"""The search of the archive: `ArticleFilter` reads a request, `search()` returns its `Answer`."""

from articles.search.assist.examples import Example, examples
from articles.search.assist.relaxations import Relaxation
from articles.search.assist.spelling import count_words, count_words_if_grown
from articles.search.assist.zero_results import Promotion, query_key, record_zero_results
from articles.search.engine.facets import Facet, FacetValue
from articles.search.history.diff import ChangedResult, DiffGroup, SearchDiff, count_withheld
from articles.search.request.canonical_url import Address
from articles.search.request.filters import ArticleFilter, Chip
from articles.search.request.names import was_canonical
from articles.search.request.query import Period, SearchRequest
from articles.search.results.answer import Answer, NoSuchPage, ReadClause, count, counts, search
from articles.search.results.excerpts import FoundQuote, Result, Who
from articles.search.results.export_stream import stream_results
from articles.search.results.histogram import Bar, Histogram, histogram
from articles.search.results.snippets import Excerpt
from articles.search.speakers.comparison import Comparison, compare
from articles.search.speakers.profiles import Figure, Profile, profile

__all__ = [
    "Address",
    "Answer",
    "ArticleFilter",
    "Bar",
    "ChangedResult",
    "Chip",
    "Comparison",
    "DiffGroup",
    "Example",
    "Excerpt",
    "Facet",
    "FacetValue",
    "Figure",
    "FoundQuote",
    "Histogram",
    "NoSuchPage",
    "Period",
    "Profile",
    "Promotion",
    "ReadClause",
    "Relaxation",
    "Result",
    "SearchDiff",
    "SearchRequest",
    "Who",
    "compare",
    "count",
    "count_withheld",
    "count_words",
    "count_words_if_grown",
    "counts",
    "examples",
    "histogram",
    "profile",
    "query_key",
    "record_zero_results",
    "search",
    "stream_results",
    "was_canonical",
]
