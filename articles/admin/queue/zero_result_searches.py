"""Pages of zero-result queries, and the searches that editors suggest for them."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max, OuterRef, QuerySet, Subquery, Sum
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from articles import search
from articles.admin.lists import ListFilter, TabFilter, render_list
from articles.admin.permissions import has_perms, render_page, require_perms
from articles.admin.tables.base import OptimisticLockForm, changes_of
from articles.models import FailedSearch, SearchKind, Speaker, SuggestedSearch, clock
from articles.models.search_promotions import LONGEST_WORDS
from articles.search.query import parse
from articles.search.query.parser import Scope as QueryScope
from articles.search.request.query import Scope

PER_PAGE = 50
PERIODS = {
    "7": gettext_lazy("Last 7 days"),
    "30": gettext_lazy("Last 30 days"),
    "183": gettext_lazy("Last 6 months"),
}
PLAIN_PERIOD = "30"
KINDS: dict[SearchKind, QueryScope] = {SearchKind.ARTICLES: "articles", SearchKind.QUOTES: "quotes"}
PAGES = {SearchKind.ARTICLES: "articles:search", SearchKind.QUOTES: "articles:quotes"}
SCOPES: dict[str, Scope] = {"search": "articles", "quotes": "quotes", "speaker": "speaker"}


class PeriodFilter(ListFilter):
    days = TabFilter(choices=list(PERIODS.items()))


@require_safe
@require_perms("view_failedsearch")
def zero_result_searches(request: HttpRequest) -> HttpResponse:
    """List the zero-result queries of a period, most frequent first, with their suggestions."""
    filters = PeriodFilter(request)
    page = filters.page(counted(int(filters.value("days") or PLAIN_PERIOD)), PER_PAGE)
    context = {
        "page": page,
        "rows": [_row(found) for found in page.object_list],
        "tabs": filters.tabs(
            "days",
            ((days, label, counted(int(days)).count()) for days, label in PERIODS.items()),
            default=PLAIN_PERIOD,
        ),
        "suggested": [_suggested(row) for row in SuggestedSearch.objects.order_by("kind", "words")[:500]],
        "may_suggest": has_perms(request, "add_suggestedsearch", "change_suggestedsearch"),
    }
    return render_list(filters, "zero_result_searches.html", context)


def counted(days: int) -> QuerySet[FailedSearch, Any]:  # dictionaries with the columns below
    """Count the zero-result queries of the last days, with the last day and the suggestion of each."""
    first = clock.today() - dt.timedelta(days=days - 1)
    suggested = SuggestedSearch.objects.filter(kind=OuterRef("kind"), words=OuterRef("words"))
    return (
        FailedSearch.objects.filter(day__gte=first)
        .values("kind", "words")
        .annotate(count=Sum("times"), last=Max("day"), leads_to=Subquery(suggested.values("leads_to")))
        .order_by("-count", "-last", "words", "kind")
    )


def _row(found: dict[str, Any]) -> dict[str, object]:  # a row of `counted`
    kind = SearchKind(found["kind"])
    asked = urlencode({"q": found["words"]})
    return {
        **found,
        "where": kind.label,
        "url": f"{reverse(PAGES[kind])}?{asked}",
        "suggest": _suggest_url(kind, found["words"]),
    }


def _suggested(row: SuggestedSearch) -> dict[str, object]:
    return {
        "row": row,
        "where": row.get_kind_display(),
        "suggest": _suggest_url(SearchKind(row.kind), row.words),
    }


def _suggest_url(kind: SearchKind, words: str) -> str:
    return f"{reverse('admin:desk-suggest')}?{urlencode({'kind': kind.value, 'words': words})}"


class SuggestionForm(OptimisticLockForm):
    class Meta:
        model = SuggestedSearch
        fields = ["leads_to", "note"]
        labels = {"leads_to": gettext_lazy("Search to suggest")}

    def clean_leads_to(self) -> str:
        """Validate the suggested search and return its canonical URL."""
        kind = SearchKind(self.instance.kind)
        try:
            asked, path = search_meant(self.cleaned_data["leads_to"], kind)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        question = asked.cleaned
        if search.query_key(question) == (kind.value, self.instance.words) and not asked.chips:
            raise forms.ValidationError(
                gettext("This is the search that found nothing. Suggest a different one.")
            )
        self.finds = search.count(question)
        return f"{path}?{asked.canonical_query()}"


def search_meant(written: str, kind: SearchKind) -> tuple[search.ArticleFilter, str]:
    """Parse a search from words or from a URL of this archive; return it with its path.

    Raises ValueError if it cannot be searched.
    """
    written = written.strip().removeprefix(settings.SITE_URL)
    if not written.startswith("/"):
        written = f"{reverse(PAGES[kind])}?{urlencode({'q': written})}"
    parts = urlsplit(written)
    path, query = parts.path, parts.query
    scope, speaker = _page_of("" if parts.netloc else path)
    asked = search.ArticleFilter(QueryDict(query), scope, speaker)
    if not asked.is_valid() or asked.unknown or "page" in asked.data:
        raise ValueError(gettext("There is a problem with this search. Check it on the search page."))
    if not query or (asked.parsed.root is None and not asked.chips):
        raise ValueError(gettext("Enter something to search for."))
    return asked, path


def _page_of(path: str) -> tuple[Scope, Speaker | None]:
    """The scope of the search page at a path, and the speaker if it is a speaker page."""
    try:
        found = resolve(unquote(path))
    except Resolver404:
        found = None
    if found is None or found.app_name != "articles" or found.url_name not in SCOPES:
        raise ValueError(gettext("Enter words, or a link to a search in this archive."))
    if found.url_name != "speaker":
        return SCOPES[found.url_name], None
    speaker = Speaker.objects.canonical().filter(slug=found.kwargs["slug"]).first()
    if speaker is None:
        raise ValueError(gettext("We have no such speaker."))
    return "speaker", speaker


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("add_suggestedsearch", "change_suggestedsearch")
def suggest_search(request: HttpRequest) -> HttpResponse:
    """Create, change or delete the suggestion for a zero-result query."""
    kind, words = _asked(request.GET)
    row = SuggestedSearch.objects.filter(kind=kind, words=words).first()
    if request.method == "POST" and request.POST.get("do") == "remove" and row is not None:
        if not has_perms(request, "delete_suggestedsearch"):
            raise PermissionDenied
        row.delete()
        messages.success(request, gettext("Removed the suggestion for “%(words)s”.") % {"words": words})
        return redirect("admin:desk-searches")
    instance = row or SuggestedSearch(kind=kind, words=words)
    form = SuggestionForm(request.POST or None, instance=instance, label_suffix="")
    if request.method == "POST" and form.is_valid():
        form.save()
        found = ngettext(
            "Saved. The suggested search finds %(n)s result.",
            "Saved. The suggested search finds %(n)s results.",
            form.finds,
        )
        messages.success(request, found % {"n": f"{form.finds:,}"})
        return redirect("admin:desk-searches")
    context = {
        "form": form,
        "row": row,
        "words": words,
        "where": kind.label,
        "url": f"{reverse(PAGES[kind])}?{urlencode({'q': words})}",
        "changes": changes_of(row) if row else [],
    }
    return render_page(request, "suggest_search.html", context)


def _asked(data: QueryDict) -> tuple[SearchKind, str]:
    """The kind and the normalized words of a query; 404 if they are invalid."""
    kind, words = data.get("kind", ""), data.get("words", "")
    if kind not in SearchKind.values:
        raise Http404
    normal = str(parse(words, KINDS[SearchKind(kind)]))
    if not normal or len(normal) > LONGEST_WORDS:
        raise Http404
    return SearchKind(kind), normal
