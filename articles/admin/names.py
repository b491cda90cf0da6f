"""Speakers by name: offered while an editor types, and the printed names that nobody is linked to yet."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from articles.admin.access import needs, show
from articles.models import Quote, Speaker

OFFERED = 12
LISTED = 300


@require_safe
@needs("view_speaker")
def suggest_speakers(request: HttpRequest) -> JsonResponse:
    """Speakers with a name or alias in which these words begin a word, those begun by them first."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    found = offered_names(words) if len(words) >= 2 else []
    return JsonResponse({"speakers": found})


def offered_names(words: str) -> list[dict[str, str]]:
    within = Q(name__icontains=words) | Q(aliases__name__icontains=words)
    speakers = Speaker.objects.standing().filter(within).distinct()
    ranked = sorted(
        speakers.prefetch_related("aliases").order_by("name", "pk")[:200],
        key=lambda speaker: (not speaker.name.lower().startswith(words.lower()), speaker.name, speaker.pk),
    )[:OFFERED]
    return [{"value": label_of(speaker), "about": speaker.description} for speaker in ranked]


def label_of(speaker: Speaker) -> str:
    """The name alone where nobody else bears it, else with the number that tells them apart."""
    alone = Speaker.objects.named(speaker.name).count() == 1
    return speaker.name if alone else f"{speaker.name} (#{speaker.pk})"


@require_safe
@needs("view_quote")
def unlinked_names(request: HttpRequest) -> HttpResponse:
    """The sources as printed of quotes that no speaker is linked to, the most frequent first."""
    unlinked = (
        Quote.objects.filter(speaker__isnull=True).exclude(source="").exclude(status=Quote.Status.REJECTED)
    )
    names = (
        unlinked.order_by().values("source")
        .annotate(quotes=Count("pk"), articles=Count("article", distinct=True))
        .order_by("-quotes", "source")
    )  # fmt: skip
    return show(request, "names.html", {"names": names[:LISTED], "total": names.count(), "listed": LISTED})
