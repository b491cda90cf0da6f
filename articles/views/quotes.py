"""The page of a quote."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from articles.citations import Citation, cite_quote, quotation, speaker_named
from articles.models import Quote, clock
from articles.presenters import QuoteInContext, quotes_to_read
from articles.search.reuse.text_reuse import summarize_reuse
from articles.views.articles import not_public, was_public
from articles.views.exports import in_styles, one_record
from articles.views.result_context import in_results


def shown_to_readers(request: HttpRequest, quotes: QuerySet[Quote], pk: int) -> Quote | HttpResponse:
    """The quote, or the response if it is no longer public; 404 if it never was."""
    quote = get_object_or_404(quotes, pk=pk)
    if not was_public(quote.first_public_at):
        raise Http404
    if not quote.article.is_public:
        return not_public(request, quote.article)
    if quote.status != Quote.Status.ACCEPTED or quote.standing == Quote.Standing.WITHDRAWN:
        return render(request, "410.html", {"what": "quote", "notices": quote.notices.all()}, status=410)
    return quote


def show_quote(request: HttpRequest, pk: int) -> HttpResponse:
    quote = shown_to_readers(request, quotes_to_read(), pk)
    if isinstance(quote, HttpResponse):
        return quote
    shown = QuoteInContext(quote)
    citation = cite_quote(quote, site_url=settings.SITE_URL, accessed=clock.today())
    if request.GET.get("format", "html") != "html":
        return one_record(request, shown, citation)
    context = {
        "shown": shown,
        "elsewhere": summarize_reuse(quote),
        "place": in_results(request, "quotes", pk),
        "citation": citation,
        "data": _as_data(shown, citation),
        "address": citation.url,
        "citations": in_styles(citation),
    }
    return render(request, "articles/quote.html", context)


def _as_data(shown: QuoteInContext, citation: Citation) -> dict[str, object]:
    site = settings.SITE_URL
    speaker = speaker_named(shown.speaker, site_url=site) if shown.speaker else None
    return quotation(shown.quote, citation, f"{site}{shown.article.get_absolute_url()}", speaker)
