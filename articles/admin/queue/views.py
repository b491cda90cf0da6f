"""What waits for an editor: drafts, and published articles with proposals that nobody has decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, When
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.admin.permissions import needs, show
from articles.admin.review.presence import held_by_others, holders
from articles.models import Article, ImportBatch, OpenArticle, Quote, RawDocument, clock

PER_PAGE = 50
LANES = {"": "All", "today": "Today’s", "earlier": "Earlier", "drafts": "Drafts", "published": "Published"}
BATCHES = 12


@dataclass(frozen=True)
class Waiting:
    """An article of the list, and who has it open now."""

    article: Article
    holder: OpenArticle | None


def in_order() -> QuerySet[Article]:
    """Drafts first, each kind in the order in which it came."""
    return (
        Article.objects.waiting()
        .annotate(turn_to_come=Case(When(status=Article.Status.DRAFT, then=0), default=1))
        .order_by("turn_to_come", "pk")
    )


def next_waiting(after: Article, user: Any) -> Article | None:
    """The next in the queue that nobody else has open: first of the same lane, drafts before the rest.

    At its end a lane begins again.
    """
    waiting = Article.objects.waiting().exclude(pk=after.pk).exclude(held_by_others(user))
    waiting = waiting.order_by("pk").only("pk")
    drafts, lane = Q(status=Article.Status.DRAFT), Q(import_batch=after.import_batch_id)
    for queue in (lane & drafts, lane & ~drafts, drafts, ~drafts):
        queued = waiting.filter(queue)
        if following := queued.filter(pk__gt=after.pk).first() or queued.first():
            return following
    return None


@require_safe
@needs("view_article")
def what_waits(request: HttpRequest) -> HttpResponse:
    kind, words = request.GET.get("what", ""), request.GET.get("q", "").strip()[:200]
    waiting = _matching(in_order(), words)
    lanes = _lanes(waiting)
    if kind not in lanes and not _is_batch(kind):
        raise Http404
    page = _page(waiting.filter(_lane(kind)), request.GET.get("page", "1"))
    context = {
        "page": page,
        "rows": _rows(page),
        "kind": kind,
        "words": words,
        "withheld_due": Article.objects.due().count(),
        "lanes": [(name, label, number) for name, (label, number) in lanes.items()],
    }
    return show(request, "waiting.html", context)


def _lanes(waiting: QuerySet[Article]) -> dict[str, tuple[str, int]]:
    """Each lane with its label and how many wait in it, the newest imports last."""
    tallies = waiting.aggregate(**{
        name or "all": Count("pk", filter=_lane(name)) for name in LANES
    })  # fmt: skip
    lanes = {name: (label, tallies[name or "all"]) for name, label in LANES.items()}
    batches = waiting.order_by().filter(import_batch__isnull=False).values("import_batch")
    counted = dict(
        batches.annotate(n=Count("pk")).order_by("-import_batch").values_list("import_batch", "n")[:BATCHES]
    )
    for batch in ImportBatch.objects.filter(pk__in=counted).order_by("-pk"):
        lanes[f"batch-{batch.pk}"] = (f"Import {batch.pk}", counted[batch.pk])
    return lanes


def _is_batch(kind: str) -> bool:
    number = kind.removeprefix("batch-")
    return number != kind and number.isascii() and number.isdigit() and len(number) < 19


def _lane(kind: str) -> Q:
    """Which articles stand in a lane; one that came by itself is today’s until midnight."""
    midnight = timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    came_today = Exists(_came_in().filter(received_at__gte=midnight))
    conditions = {
        "": Q(),
        "today": Q(came_today, import_batch__isnull=True),
        "earlier": Q(~came_today, import_batch__isnull=True),
        "drafts": Q(status=Article.Status.DRAFT),
        "published": ~Q(status=Article.Status.DRAFT),
    }
    return conditions[kind] if kind in conditions else Q(import_batch=int(kind.removeprefix("batch-")))


def _came_in() -> QuerySet[RawDocument]:
    return RawDocument.objects.filter(article=OuterRef("pk")).order_by()


def _matching(articles: QuerySet[Article], words: str) -> QuerySet[Article]:
    if not words:
        return articles
    number = Q(pk=int(words)) if words.isascii() and words.isdigit() and len(words) < 19 else Q()
    return articles.filter(Q(headline__icontains=words) | number if number else Q(headline__icontains=words))


def _page(articles: QuerySet[Article], number: str) -> Any:
    open_proposals = Quote.objects.pending().filter(article=OuterRef("pk")).order_by()
    listed = articles.for_listing().annotate(
        open_proposals=Subquery(open_proposals.values("article").annotate(n=Count("pk")).values("n")),
        came_in=Subquery(_came_in().values("article").annotate(at=Min("received_at")).values("at")),
        since=F("modified_at"),
    )
    try:
        return Paginator(listed, PER_PAGE).page(number)
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error


def _rows(page: Any) -> list[Waiting]:
    held = holders(page.object_list)
    return [Waiting(article, held.get(article.pk)) for article in page.object_list]
