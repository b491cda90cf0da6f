"""Two pages about the results of a search, which the results page also loads: its citation and its charts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from articles import search
from articles.models import Speaker
from articles.search import ArticleFilter
from articles.search.request.query import Scope
from articles.views.cite_search import cited_search
from articles.views.concurrency import limit_searches
from articles.views.timeline import OverTime

# Parameters that choose what the results page shows of the results.
_OF_PAGES = ("format", "group", "hl", "page", "size", "view", "lines")


@limit_searches
def of_articles(request: HttpRequest, shown: str) -> HttpResponse:
    return _answered(request, shown, "articles", reverse("articles:search"))


@limit_searches
def of_quotes(request: HttpRequest, shown: str) -> HttpResponse:
    return _answered(request, shown, "quotes", reverse("articles:quotes"))


@limit_searches
def of_speaker(request: HttpRequest, slug: str, shown: str) -> HttpResponse:
    speaker = get_object_or_404(Speaker.objects.canonical().public(), slug=slug)
    return _answered(request, shown, "speaker", speaker.get_absolute_url(), speaker)


def _answered(
    request: HttpRequest, shown: str, scope: Scope, path: str, speaker: Speaker | None = None
) -> HttpResponse:
    """The page; an invalid search, or a chart without results, redirects to the results page."""
    asked = request.GET.copy()
    for name in _OF_PAGES:
        asked.pop(name, None)
    question = ArticleFilter(asked, scope, speaker)
    back = path + question.url().removesuffix("?") if question.is_valid() else f"{path}?{asked.urlencode()}"
    if not question.is_valid():
        return redirect(back)
    answer = search.search(question.cleaned)
    context = {"back": back, "search_words": question.parsed.text}
    if shown == "cite":
        cited = cited_search(question, answer, path)
        return render(request, "articles/cite_search.html", {"cited": cited, **context})
    if not answer.count:
        return redirect(back)
    over = OverTime(question, answer, path=path)
    return render(request, "articles/over_time.html", {"over": over, **context})
