"""The review queue: drafts, and published articles with pending proposals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, When
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from articles.admin.permissions import has_perms, render_page, require_perms
from articles.admin.review.presence import holders, open_elsewhere
from articles.extraction import CONTESTED
from articles.models import Article, ImportBatch, OpenArticle, Quote, RawDocument, clock
from articles.speakers.duplicates import number_of_pairs
from articles.text.numbers import number_in

PER_PAGE = 50
TABS = {
    "": gettext_lazy("All"),
    "today": gettext_lazy("Added today"),
    "earlier": gettext_lazy("Added earlier"),
    "drafts": gettext_lazy("Drafts"),
    "published": gettext_lazy("Published"),
}
BATCHES = 12


@dataclass(frozen=True)
class Waiting:
    """An article of the queue, and the editor who has it open now."""

    article: Article
    holder: OpenArticle | None


def in_order() -> QuerySet[Article]:
    """Drafts before published articles, of both those with a contested speaker first; then by primary key."""
    return (
        Article.objects.waiting()
        .annotate(
            turn_to_come=Case(When(status=Article.Status.DRAFT, then=0), default=1),
            contested=Case(When(_has_contested_speaker(), then=0), default=1),
        )
        .order_by("turn_to_come", "contested", "pk")
    )


def _has_contested_speaker() -> Q:
    """Whether the rules and the ranker name different speakers of a pending quote."""
    contested = Quote.objects.pending().filter(rule=CONTESTED).order_by()
    return Q(pk__in=contested.values("article"))


def next_waiting(after: Article, user: Any) -> Article | None:
    """The next article in the queue that nobody else has open.

    Articles of the same import come first, drafts before published ones, of both those with a contested
    speaker. The order is circular.
    """
    waiting = Article.objects.waiting().exclude(pk=after.pk).exclude(open_elsewhere(user))
    waiting = waiting.order_by("pk").only("pk")
    contested = _has_contested_speaker()
    drafts, same_import = Q(status=Article.Status.DRAFT), Q(import_batch=after.import_batch_id)
    for queue in (same_import & drafts, same_import & ~drafts, drafts, ~drafts):
        for queued in (waiting.filter(queue & contested), waiting.filter(queue)):
            if following := queued.filter(pk__gt=after.pk).first() or queued.first():
                return following
    return None


@require_safe
@require_perms("view_article")
def review_queue(request: HttpRequest) -> HttpResponse:
    """The queue, filtered by a tab and by words of the headline or a number."""
    kind, words = request.GET.get("what", ""), request.GET.get("q", "").strip()[:200]
    waiting = _matching(in_order(), words)
    tabs = _tabs(waiting)
    if kind not in tabs and not _is_batch(kind):
        raise Http404
    page = _page(waiting.filter(_tab_condition(kind)), request.GET.get("page", "1"))
    context = {
        "page": page,
        "rows": _rows(page),
        "kind": kind,
        "words": words,
        "withheld_due": Article.objects.due().count(),
        "may_merge": (may_merge := has_perms(request, "change_speaker")),
        "duplicates": number_of_pairs() if may_merge else 0,
        "tabs": [(name, label, number) for name, (label, number) in tabs.items()],
    }
    return render_page(request, "queue.html", context)


def _tabs(waiting: QuerySet[Article]) -> dict[str, tuple[str, int]]:
    """Label and count of each tab; the newest imports have a tab each, after the fixed ones."""
    tallies = waiting.aggregate(**{
        name or "all": Count("pk", filter=_tab_condition(name)) for name in TABS
    })  # fmt: skip
    tabs = {name: (label, tallies[name or "all"]) for name, label in TABS.items()}
    batches = waiting.order_by().filter(import_batch__isnull=False).values("import_batch")
    counted = dict(
        batches.annotate(n=Count("pk")).order_by("-import_batch").values_list("import_batch", "n")[:BATCHES]
    )
    for batch in ImportBatch.objects.filter(pk__in=counted).order_by("-pk"):
        tabs[f"batch-{batch.pk}"] = (gettext("Import %(id)s") % {"id": batch.pk}, counted[batch.pk])
    return tabs


def _is_batch(kind: str) -> bool:
    return kind.startswith("batch-") and number_in(kind.removeprefix("batch-")) >= 0


def _tab_condition(kind: str) -> Q:
    """The condition of a tab on articles; «today» means received since local midnight, not imported."""
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
    return articles.filter(Q(headline__icontains=words) | Q(pk=number_in(words)))


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
    open_now = holders(page.object_list)
    return [Waiting(article, open_now.get(article.pk)) for article in page.object_list]
