"""The page of speakers that do not look like speakers and of quotes that are too long."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.admin.lists import ListFilter, TabFilter, render_list
from articles.admin.permissions import has_perms, require_perms
from articles.ingest.proposals.acceptance import too_long
from articles.models import Quote
from articles.speakers.doubtful import Doubt, doubtful_speakers

LISTED = 100


class DoubtfulFilter(ListFilter):
    why = TabFilter(choices=Doubt.choices)


@require_safe
@require_perms("view_quote", "view_speaker")
def doubtful(request: HttpRequest) -> HttpResponse:
    """List what to check, with links to where it is corrected."""
    filters, speakers = DoubtfulFilter(request), doubtful_speakers()
    tabs = filters.tabs_counting("why", (each.why for each in speakers))
    quotes = too_long().select_related("article", "speaker")
    if why := filters.value("why"):
        speakers = [each for each in speakers if each.why == why]
    shown = speakers[:LISTED] if filters.is_valid() else []
    first = first_quotes([each.speaker.pk for each in shown])
    context = {
        "rows": [(each, first.get(each.speaker.pk)) for each in shown],
        "speaker_count": len(speakers),
        "tabs": tabs,
        "quotes": quotes[:LISTED],
        "quote_count": quotes.count(),
        "may_change": has_perms(request, "change_speaker"),
        "may_review": has_perms(request, "change_article", "decide_quote"),
    }
    return render_list(filters, "doubtful.html", context)


def first_quotes(speaker_ids: list[int]) -> dict[int, Quote]:
    """The first undecided quote of each speaker, for a link to its review page."""
    quotes = Quote.objects.filter(speaker__in=speaker_ids).exclude(status=Quote.Status.REJECTED)
    first = quotes.order_by("speaker_id", "article_id", "position", "pk").distinct("speaker_id")
    return {quote.speaker_id: quote for quote in first.select_related("article") if quote.speaker_id}
