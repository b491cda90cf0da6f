"""What a search finds."""

from urllib.parse import urlencode

from django.http import QueryDict

from articles import search
from articles.search.engine.searcher import searching


def found(words, scope="articles"):
    """The ids of all results."""
    asked = search.ArticleFilter(QueryDict(urlencode({"q": words})), scope)
    assert asked.is_valid(), asked.errors
    with searching(asked.cleaned) as searcher:
        return set(map(int, searcher.results(asked.cleaned).ordered()))
