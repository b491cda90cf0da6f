"""The page of an article and its public versions."""

from __future__ import annotations

import datetime as dt
from urllib.parse import unquote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render

from articles.citations import cite_article, news_article, printed_date
from articles.models import Article, clock
from articles.presenters import ArticlePage, articles_to_read, highlights, public_versions
from articles.views.exports import in_styles, one_record
from articles.views.result_context import in_results


def show_article(request: HttpRequest, pk: int, **as_asked: str) -> HttpResponse:
    """Find the article by id; redirect if date or slug in the URL are wrong."""
    article = get_object_or_404(articles_to_read(), pk=pk)
    if not article.is_public:
        return not_public(request, article)
    if moved := moved_from(request, article.get_absolute_url()):
        return moved
    words = request.GET.get("hl", request.GET.get("q", "")).strip()
    marks = highlights(article, words)
    page = ArticlePage(article, marks.places)
    citation = cite_article(article, site_url=settings.SITE_URL, accessed=clock.today())
    if request.GET.get("format", "html") != "html":
        return one_record(request, page, citation)
    context = {
        "page": page,
        "search_words": request.GET.get("q", words),
        "marked_words": words,
        "not_marked": marks.problem,
        "place": in_results(request, "articles", pk),
        "citation": citation,
        "data": news_article(article, citation),
        "printed_date": printed_date(citation),
        "address": citation.url,
        "citations": in_styles(citation),
    }
    return render(request, "articles/article.html", context)


def show_history(request: HttpRequest, pk: int, **as_asked: str) -> HttpResponse:
    article = get_object_or_404(Article.objects.select_related("publication", "version_of"), pk=pk)
    if not article.is_public:
        return not_public(request, article)
    if moved := moved_from(request, f"{article.get_absolute_url()}history/"):
        return moved
    return render(
        request, "articles/history.html", {"article": article, "versions": public_versions(article)}
    )


def moved_from(request: HttpRequest, address: str) -> HttpResponse | None:
    """A permanent redirect to the right path, with the query string; None if the path is right."""
    if request.path == unquote(address):
        return None
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


def not_public(request: HttpRequest, article: Article) -> HttpResponse:
    """410 with its notices or a redirect to its successor if it was public; 404 otherwise."""
    if article.status != Article.Status.CANCELED or not was_public(article.first_public_at):
        raise Http404
    successor = article.version_of
    if successor is not None and successor.is_public:
        return HttpResponsePermanentRedirect(successor.get_absolute_url())
    return render(request, "410.html", {"what": "article", "notices": article.notices.all()}, status=410)


def was_public(first_public_at: dt.datetime | None) -> bool:
    return first_public_at is not None and first_public_at <= clock.now()
