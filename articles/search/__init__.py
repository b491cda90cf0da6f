"""From an address to ids, counts, facets and excerpts: the one way in which the archive is searched."""

from articles.search.addresses import Address
from articles.search.answers import Answer, NoSuchPage, ReadClause, Year, answer, count, counts
from articles.search.comparing import Comparison, compare
from articles.search.everything import everything
from articles.search.examples import Example, examples
from articles.search.excerpts import FoundQuote, Result, Who
from articles.search.facets import Facet, FacetValue
from articles.search.failed import Suggested, key_of, note_failed
from articles.search.filters import ArticleFilter, Chip
from articles.search.histogram import Bar, Histogram, histogram
from articles.search.marks import Excerpt
from articles.search.names import stood_alone
from articles.search.offers import Offer
from articles.search.profiles import Figure, Profile, profile
from articles.search.questions import Period, Question
from articles.search.since import Changed, Group, Since, left_out
from articles.search.suggestions import Suggestion, count_words, count_words_if_grown

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
