"""An article or a quote as a result of a search, which its address carries in the parameters of searches."""

from __future__ import annotations

from functools import cached_property

from django.db import OperationalError
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from articles.models import Article, Quote
from articles.search import Address, ArticleFilter
from articles.search.request.canonical_url import ORDER
from articles.search.request.query import Scope
from articles.search.results.prev_next import Neighbours, neighbours
from articles.views.concurrency import limit_searches
from articles.views.orders import ORDERS

# What tells of a page of results and not of which they are, or in which order.
_OF_PAGES = {"hl", "page", "size", "view", "group", "format"}


def carried(address: Address, **more: tuple[str, ...]) -> str:
    """What the link to a result carries of its search: all but the page; nothing where nothing is asked."""
    values = {
        name: given for name, given in address.values.items() if name not in ("hl", "page", "group", "format")
    }
    query = Address({**values, **more}).query()
    return f"?{query}" if set(values) - _OF_PAGES or more else ""


class InResults:
    """The place of one article or quote in the search of its address, and the ways on and back."""

    def __init__(self, question: ArticleFilter, path: str, found: Neighbours | None) -> None:
        self.question = question
        self.path = path
        self.found = found

    @property
    def text(self) -> str:
        return self.question.data.get("q", "").strip()

    @property
    def order(self) -> str:
        return ORDERS[self.question.chosen_sort]

    @cached_property
    def suffix(self) -> str:
        return carried(self.question.address)

    @property
    def back(self) -> str:
        """The page of results on which this one stands."""
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
        """The parameters of this page with its marks off."""
        return f"{self.suffix}&hl=" if self.text else self.suffix


def in_results(request: HttpRequest, scope: Scope, id_: int) -> InResults | None:
    """The place of a result in the search that its address carries; None where it carries none.

    A search that cannot be read, or that cannot be asked just now, leaves the page as it is and says so.
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
    except OperationalError:
        # It took too long: the article can be read all the same.
        return None
    finally:
        limit_searches.leave()
