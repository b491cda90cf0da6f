"""Speakers: from A to Z, by a name half remembered, and one with all their quotes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.people import directory
from articles.views.paging import numbered_page

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


def show_speaker(request: HttpRequest, slug: str) -> HttpResponse:
    raise NotImplementedError
