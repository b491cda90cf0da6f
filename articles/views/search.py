"""The search pages for articles, quotes and the quotes of one speaker."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from psycopg.errors import QueryCanceled

from articles import search
from articles.search import Answer, ArticleFilter, NoSuchPage, SearchRequest
from articles.search.request.filters import FORMATS
from articles.views.concurrency import limit_searches
from articles.views.exports import as_file
from articles.views.kwic import OrderedLines, in_lines
from articles.views.query_help import narrower
from articles.views.results import ResultsPage
from newsarchive.metrics import observe
from newsarchive.replicas.routing import on_primary

log = logging.getLogger(__name__)

FILES = frozenset(FORMATS) - {"html"}
ROBOTS = re.compile("bot|crawl|spider|slurp|preview|monitor", re.IGNORECASE)


@limit_searches
def search_articles(request: HttpRequest) -> HttpResponseBase:
    return answered(request, ArticleFilter(request.GET), "articles/search.html")


@limit_searches
def search_quotes(request: HttpRequest) -> HttpResponseBase:
    return answered(request, ArticleFilter(request.GET, scope="quotes"), "articles/quotes.html")


def answered(
    request: HttpRequest, question: ArticleFilter, template: str, **context: object
) -> HttpResponseBase:
    """The results page, or the file in the requested format; an invalid search is not run."""
    if request.GET.get("format", "").strip() in FILES:
        return as_file(request, question)
    if moved := question.canonical_redirect():
        return redirect(request.path + moved.removesuffix("?"))
    try:
        answer, lines = _answer(question)
    except NoSuchPage:
        raise Http404 from None
    except OperationalError as failure:
        if not isinstance(failure.__cause__, QueryCanceled):
            raise
        return _too_long(request, question)
    nothing = answer and not answer.count and request.method == "GET"
    if answer and nothing and not _is_robot(request) and not _is_staff(request):
        with on_primary() as reachable:
            if reachable:
                search.record_zero_results(answer.request)
    page = ResultsPage(question, answer, request.path, lines)
    return render(request, template, {"page": page, "search_words": page.text, **context})


def _answer(asked: ArticleFilter) -> tuple[Answer | None, OrderedLines | None]:
    """The answer, and a page of lines if they are sorted."""
    if not asked.is_valid():
        return None, None
    question = asked.cleaned
    with _measured(question):
        return _found(question)


def _found(question: SearchRequest) -> tuple[Answer, OrderedLines | None]:
    if question.view == "kwic" and question.lines and not question.group:
        return in_lines(question)
    return search.search(question), None


@contextmanager
def _measured(question: SearchRequest) -> Iterator[None]:
    """Count the time, and log a slow search in its normal form, which nobody has typed in that way."""
    began = time.monotonic()
    try:
        yield
    finally:
        seconds, scope = time.monotonic() - began, "quotes" if question.of_quotes else "articles"
        observe("search_seconds", seconds, scope=scope)
        if 0 < settings.SLOW_SEARCH_SECONDS < seconds:
            log.warning("slow search of %s, %.1f seconds: %s", scope, seconds, question.parsed)


def _too_long(request: HttpRequest, question: ArticleFilter) -> HttpResponse:
    """The page for a search that took too long, with narrower searches. Uses no query."""
    page = ResultsPage(question, None, request.path)
    context = {"page": page, "search_words": page.text, "narrower": list(narrower(question))}
    response = render(request, "articles/too_long.html", context, status=503)
    response["Retry-After"] = str(settings.SEARCH_RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def _is_staff(request: HttpRequest) -> bool:
    """Whether an editor is searching; readers have no session, which is not looked for then."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_staff


def _is_robot(request: HttpRequest) -> bool:
    """Whether the request identifies itself as a crawler."""
    return bool(ROBOTS.search(request.headers.get("User-Agent", "")))
