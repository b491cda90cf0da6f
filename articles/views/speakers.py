"""Speakers: from A to Z, by a name half remembered, and one with all their quotes."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from articles import search
from articles.citations import speaker_in_full
from articles.models import Speaker
from articles.models.speakers import final_of
from articles.people import directory
from articles.search import ArticleFilter
from articles.views.articles import moved_from
from articles.views.browse import moved
from articles.views.gate import few_at_once
from articles.views.paging import numbered_page
from articles.views.search import answered

PER_PAGE = 100
MOST_FOUND = 50


def list_speakers(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    if words:
        found = directory.entries(directory.like(words)[:MOST_FOUND])
        return render(request, "articles/speakers.html", {"words": words, "entries": found})
    letter = request.GET.get("letter", "")
    page = numbered_page(directory.under(letter), request.GET.get("page"), PER_PAGE)
    context = {
        "letters": directory.letters(),
        "letter": letter,
        "page_obj": page,
        "entries": directory.entries(page),
    }
    return render(request, "articles/speakers.html", context)


@few_at_once
def show_speaker(request: HttpRequest, slug: str) -> HttpResponse:
    """All quotes of a speaker, searched by the same grammar; a merged one leads to its successor."""
    speaker = directory.to_show().filter(slug=slug).first()
    if speaker is None:
        return moved(request, Speaker, slug)
    question = ArticleFilter(request.GET, scope="speaker", speaker=speaker)
    if speaker.merged_into_id and not search.stood_alone(speaker, question.past):
        final = get_object_or_404(Speaker, pk=final_of(speaker.pk))
        return moved_from(request, final.get_absolute_url()) or redirect(final, permanent=True)
    entry = directory.entry_of(speaker)
    if not entry.quotes and not directory.is_public(speaker):
        raise Http404
    names = directory.other_names(speaker)
    data = speaker_in_full(speaker, [name for name, _ in names], site_url=settings.SITE_URL)
    context = {"speaker": speaker, "entry": entry, "names": names, "data": data}
    return answered(request, question, "articles/speaker.html", **context)
