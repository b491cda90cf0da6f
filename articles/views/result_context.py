"""The position of an article or quote in a search, which its URL carries as parameters."""

from __future__ import annotations

from functools import cached_property

from django.db import OperationalError
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from psycopg.errors import QueryCanceled

from articles.models import Article, Quote
from articles.search import Address, ArticleFilter
from articles.search.request.canonical_url import ORDER
from articles.search.request.query import Scope
from articles.search.results.prev_next import Neighbours, neighbours
from articles.views.concurrency import limit_searches

SORTS = {
    "relevance": _("Most relevant"),
    "newest": _("Newest"),
    "oldest": _("Oldest"),
    "added": _("Recently added"),
    "random": _("Random"),
}
ORDERS = {
    "relevance": _("most relevant first"),
    "newest": _("newest first"),
    "oldest": _("oldest first"),
    "added": _("recently added first"),
    "random": _("in random order"),
}


# Parameters that affect neither the set of results nor their order.
_OF_PAGES = {"hl", "page", "size", "view", "group", "format"}


def carried(address: Address, **more: tuple[str, ...]) -> str:
    """The query string for links to results: the search without its page; empty for an empty search."""
    values = {
        name: given for name, given in address.values.items() if name not in ("hl", "page", "group", "format")
    }
    query = Address({**values, **more}).query()
    return f"?{query}" if set(values) - _OF_PAGES or more else ""


class InResults:
    """The position of an article or quote in its search, with links to the previous and next result."""

    def __init__(self, question: ArticleFilter, path: str, found: Neighbours | None) -> None:
        self.question = question
        self.path = path
        self.found = found

    @property
    def text(self) -> str:
        return self.question.data.get("q", "").strip()

    @property
    def order(self) -> str:
        return str(ORDERS[self.question.chosen_sort])

    @cached_property
    def suffix(self) -> str:
        return carried(self.question.address)

    @property
    def back(self) -> str:
        """The URL of the results page that contains this result."""
        if self.found is None:
            return f"{self.path}?{self.question.data.urlencode()}"
        page = max(0, self.found.number - 1) // self.question.cleaned.size + 1
        return f"{self.path}{self.question.url(page=page)}"

    @property
    def before(self) -> str:
        return self._address(self.found.before) if self.found else ""

    @property
    def after(self) -> str:
        return self._address(self.found.after) if self.found else ""

    def _address(self, row: Article | Quote | None) -> str:
        return f"{row.get_absolute_url()}{self.suffix}" if row is not None else ""

    @property
    def unmarked(self) -> str:
        """The parameters of this page without marks."""
        return f"{self.suffix}&hl=" if self.text else self.suffix


def in_results(request: HttpRequest, scope: Scope, id_: int) -> InResults | None:
    """The position of a result in the search that its URL carries; None if it carries none.

    If the search is invalid or cannot run now, the page is shown without a position and says so.
    """
    asked = QueryDict(mutable=True)
    for name in ORDER:
        if name not in ("hl", "format", "page", "group") and name in request.GET:
            asked.setlist(name, request.GET.getlist(name))
    if not any(asked.get(name, "").strip() for name in set(asked) - _OF_PAGES):
        return None
    question = ArticleFilter(asked, scope)
    path = reverse("articles:search" if scope == "articles" else "articles:quotes")
    return InResults(question, path, _found(question, id_))


def _found(question: ArticleFilter, id_: int) -> Neighbours | None:
    if not question.is_valid() or not limit_searches.enter():
        return None
    try:
        return neighbours(question.cleaned, id_)
    except OperationalError as failure:
        if not isinstance(failure.__cause__, QueryCanceled):
            raise
        # Too slow: show the article without its position.
        return None
    finally:
        limit_searches.leave()
