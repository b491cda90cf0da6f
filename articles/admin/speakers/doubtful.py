"""The page of speakers that do not look like speakers and of quotes that are too long."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.admin.permissions import has_perms, render_page, require_perms
from articles.ingest.proposals.acceptance import too_long
from articles.models import Quote
from articles.speakers.doubtful import Doubt, doubtful_speakers

LISTED = 100


@require_safe
@require_perms("view_quote", "view_speaker")
def doubtful(request: HttpRequest) -> HttpResponse:
    """List what to check, with links to where it is corrected."""
    speakers = doubtful_speakers()
    quotes = too_long().select_related("article", "speaker")
    why = request.GET.get("why", "")
    counts = [(one.value, one.label, sum(each.why == one for each in speakers)) for one in Doubt]
    if why in Doubt.values:
        speakers = [each for each in speakers if each.why == why]
    shown = speakers[:LISTED]
    first = first_quotes([each.speaker.pk for each in shown])
    context = {
        "rows": [(each, first.get(each.speaker.pk)) for each in shown],
        "speaker_count": len(speakers),
        "counts": [one for one in counts if one[2]],
        "why": why,
        "quotes": quotes[:LISTED],
        "quote_count": quotes.count(),
        "may_change": has_perms(request, "change_speaker"),
        "may_review": has_perms(request, "change_article", "decide_quote"),
    }
    return render_page(request, "doubtful.html", context)


def first_quotes(speaker_ids: list[int]) -> dict[int, Quote]:
    """The first undecided quote of each speaker, for a link to its review page."""
    quotes = Quote.objects.filter(speaker__in=speaker_ids).exclude(status=Quote.Status.REJECTED)
    first = quotes.order_by("speaker_id", "article_id", "position", "pk").distinct("speaker_id")
    return {quote.speaker_id: quote for quote in first.select_related("article") if quote.speaker_id}
