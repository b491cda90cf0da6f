"""Pages of speakers: index, name search, quotes, profile and comparison."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from articles import holdings, search
from articles.citations import speaker_in_full
from articles.models import OldAddress, Publication, Speaker
from articles.paging import numbered_page
from articles.search import Address, ArticleFilter
from articles.speakers import index as directory
from articles.speakers.duplicates import candidates_of
from articles.views.articles import moved_from
from articles.views.browse import with_articles
from articles.views.comparing import ComparePage, compared_as_file
from articles.views.concurrency import limit_searches
from articles.views.search import answered

PER_PAGE = 100
MOST_FOUND = 50
MOST_POSSIBLE = 3
FEW_FOUND = 8


def list_speakers(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    names = ("role", "organisation", "publication")
    wanted = directory.SpeakerFilter(**{name: request.GET.get(name, "").strip()[:200] for name in names})
    papers = with_articles(Publication).order_by("name").values_list("slug", "name")
    context: dict[str, object] = {"words": words, "wanted": wanted, "papers": papers}
    if words:
        context["entries"] = directory.summaries(list(directory.fuzzy_search(words, wanted)[:MOST_FOUND]))
        return render(request, "articles/speakers.html", context)
    if wanted == directory.SpeakerFilter():
        context["without_speaker"] = holdings.quotes_without_speaker()
    letter = request.GET.get("letter", "")
    index = directory.index(wanted.apply(directory.public()))
    page = numbered_page(index.under(letter), request.GET.get("page"), PER_PAGE)
    context |= {
        "letters": index.letters,
        "letter": letter,
        "page_obj": page,
        "entries": directory.summaries_by_id(page),
    }
    return render(request, "articles/speakers.html", context)


@limit_searches
def show_speaker(request: HttpRequest, slug: str) -> HttpResponseBase:
    """All quotes of a speaker, searched by the same grammar; a merged one leads to its successor."""
    speaker = directory.for_page().filter(slug=slug).first()
    question = ArticleFilter(request.GET, scope="speaker", speaker=speaker)
    if speaker is None or (speaker.merged_into_id and not search.was_canonical(speaker, question.past)):
        return _successor(request, slug, "articles:speaker")
    shown = _shown(directory.summary_of(speaker))
    if not shown:
        return _hidden(request, speaker)
    if not request.GET:
        shown["possibly"] = possibly = _possibly_also(speaker, [name for name, _ in shown["names"]])
        slugs = sorted([speaker.slug, *(other.speaker.slug for other in possibly)])
        shown["with_possibly"] = reverse("articles:quotes") + Address({"speaker": tuple(slugs)}).url()
    return answered(request, question, "articles/speaker.html", **shown)


def _possibly_also(speaker: Speaker, names: list[str]) -> list[directory.SpeakerSummary]:
    """Public speakers who may be the same person, until an editor decides; the most likely first."""
    pairs = candidates_of(speaker, [speaker.name, *names])
    others = [pair.earlier if pair.later == speaker.pk else pair.later for pair in pairs]
    public = Speaker.objects.public().in_bulk(others) if others else {}
    found = directory.summaries([public[pk] for pk in others if pk in public])
    return [other for other in found if other.quotes][:MOST_POSSIBLE]


@limit_searches
def show_profile(request: HttpRequest, slug: str) -> HttpResponse:
    """A speaker in figures: how, where, of what, in which words, beside whom, and what others say."""
    speaker = directory.for_page().filter(slug=slug).first()
    if speaker is None or speaker.merged_into_id:
        return _successor(request, slug, "articles:speaker-profile")
    found = search.profile(speaker, [speaker.name, *(name for name, _ in directory.other_names(speaker))])
    entry = directory.SpeakerSummary(speaker, found.quotes, found.first, found.last, found.articles)
    shown = _shown(entry)
    if not shown:
        return _hidden(request, speaker)
    credited = list(directory.wrongly_credited(found.ids)[:MOST_FOUND])
    context = {"profile": found, "credited": credited, **shown}
    return render(request, "articles/profile.html", context)


def _successor(request: HttpRequest, slug: str, page: str) -> HttpResponse:
    """Redirect to the canonical speaker of a merged or renamed one, if public."""
    renamed = OldAddress.objects.filter(kind="speaker", address=slug).values("target_id")[:1]
    merged = Speaker.objects.filter(slug=slug).first()
    final = (merged or get_object_or_404(Speaker, pk=renamed)).final
    if not Speaker.objects.public().filter(pk=final.pk).exists():
        return _hidden(request, final)
    address = reverse(page, args=[final.slug])
    return moved_from(request, address) or redirect(address, permanent=True)


def _hidden(request: HttpRequest, speaker: Speaker) -> HttpResponse:
    """The response for a speaker who is not public: 410 without the name, or 404."""
    if not directory.is_withdrawn(speaker):
        raise Http404
    return render(request, "410.html", {"what": "page"}, status=410)


def _shown(entry: directory.SpeakerSummary) -> dict[str, Any]:  # for the template
    """What every page of a speaker says of them; nothing of one who is not public."""
    speaker = entry.speaker
    if not entry.quotes and not Speaker.objects.public().filter(pk=speaker.pk).exists():
        return {}
    names = directory.other_names(speaker)
    data = speaker_in_full(speaker, [name for name, _ in names], site_url=settings.SITE_URL)
    return {"speaker": speaker, "entry": entry, "names": names, "data": data}


@limit_searches
def compare_speakers(request: HttpRequest) -> HttpResponse:
    """Compare two to four speakers on one query, as a page, JSON or CSV."""
    given = request.GET.copy()
    wanted = " ".join(given.pop("name", [])).strip()
    asked = ArticleFilter(given, scope="quotes")
    if given.get("format") in ("json", "csv"):
        return compared_as_file(asked)
    if not wanted and (moved_to := asked.canonical_redirect()):
        return redirect(request.path + moved_to.removesuffix("?"))
    page = ComparePage(asked, request.path)
    found = directory.fuzzy_search(wanted)[:FEW_FOUND] if wanted else ()
    context = {"page": page, "wanted": wanted, "offers": [page.offer(speaker) for speaker in found]}
    return render(request, "articles/compare.html", context)
