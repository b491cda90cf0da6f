"""The page with all values of one facet of a search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import ngettext

from articles.models import Speaker
from articles.paging import numbered_page
from articles.search import ArticleFilter
from articles.search.engine import facets as facets_
from articles.search.engine.facets import FacetValue
from articles.search.request.labels import LABELS
from articles.search.results.facet_values import FacetValues, all_facet_values
from articles.views.concurrency import limit_searches

PER_PAGE = 100
# Parameters of this page; all others belong to the search.
_OWN = ("find", "by", "page", "apply")


@limit_searches
def article_values(request: HttpRequest, facet: str) -> HttpResponse:
    return _answered(request, facet, ArticleFilter(_search_of(request)), reverse("articles:search"))


@limit_searches
def quote_values(request: HttpRequest, facet: str) -> HttpResponse:
    return _answered(request, facet, ArticleFilter(_search_of(request), "quotes"), reverse("articles:quotes"))


@limit_searches
def speaker_values(request: HttpRequest, slug: str, facet: str) -> HttpResponse:
    speaker = get_object_or_404(Speaker.objects.canonical().public(), slug=slug)
    question = ArticleFilter(_search_of(request), "speaker", speaker)
    return _answered(request, facet, question, speaker.get_absolute_url())


def _search_of(request: HttpRequest) -> QueryDict:
    asked = request.GET.copy()
    for name in (*_OWN, "format", "group"):
        asked.pop(name, None)
    return asked


def _answered(request: HttpRequest, facet: str, question: ArticleFilter, path: str) -> HttpResponse:
    """The page; or a redirect to the results if values were chosen or the search is invalid."""
    if not question.is_valid():
        return redirect(f"{path}?{question.data.urlencode()}")
    if "apply" in request.GET:
        return redirect(path + question.url().removesuffix("?"))
    asked = question.cleaned
    if facet not in facets_.names(asked):
        raise Http404
    find, by_name = request.GET.get("find", "").strip()[:100], request.GET.get("by") == "name"
    found = all_facet_values(asked, facet, find=find, by_name=by_name)
    page = numbered_page(found.found, request.GET.get("page"), PER_PAGE)
    shown = ValuesPage(question, facet, path, found, page, find, by_name)
    return render(
        request, "articles/values.html", {"page": shown, "search_words": question.data.get("q", "")}
    )


@dataclass
class ValuesPage:
    """The view model of the page."""

    question: ArticleFilter
    facet: str
    path: str
    found: FacetValues
    list: Page[FacetValue]
    find: str
    by_name: bool
    label: str = field(init=False)

    def __post_init__(self) -> None:
        self.label = str(LABELS[self.facet][0])

    @property
    def heading(self) -> str:
        """How many values the search has."""
        n = self.found.of
        texts = {
            "publication": ngettext(
                "%(n)s publication matches your search", "%(n)s publications match your search", n
            ),
            "section": ngettext("%(n)s section matches your search", "%(n)s sections match your search", n),
            "topic": ngettext("%(n)s topic matches your search", "%(n)s topics match your search", n),
            "speaker": ngettext("%(n)s speaker matches your search", "%(n)s speakers match your search", n),
            "author": ngettext("%(n)s author matches your search", "%(n)s authors match your search", n),
            "language": ngettext(
                "%(n)s language matches your search", "%(n)s languages match your search", n
            ),
            "kind": ngettext(
                "%(n)s quote type matches your search", "%(n)s quote types match your search", n
            ),
        }
        return texts[self.facet] % {"n": f"{n:,}"}

    @property
    def without_speaker(self) -> str:
        """How many results have no named speaker; empty if none."""
        n = self.found.without_speaker
        if not n:
            return ""
        if self.question.scope == "articles":
            text = ngettext("%(n)s article has no named speaker.", "%(n)s articles have no named speaker.", n)
        else:
            text = ngettext("Speaker unknown: %(n)s quote.", "Speaker unknown: %(n)s quotes.", n)
        return text % {"n": f"{n:,}"}

    @property
    def back(self) -> str:
        return self.path + self.question.url().removesuffix("?")

    @property
    def shown(self) -> Sequence[FacetValue]:
        return self.list

    @property
    def hidden(self) -> Iterator[tuple[str, str]]:
        """Hidden fields: the search, and chosen values without a checkbox on this page."""
        boxes = {value.value for value in self.shown if not value.excluded}
        for name, given in self.question.address.values.items():
            yield from ((name, value) for value in given if not (name == self.facet and value in boxes))
