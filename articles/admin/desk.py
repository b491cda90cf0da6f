"""What waits for an editor: drafts, and published articles with proposals that nobody has decided."""

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.db.models import Case, Count, F, Min, OuterRef, Q, QuerySet, Subquery, When
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.admin.access import needs, show
from articles.models import Article, Quote, RawDocument

PER_PAGE = 50
KINDS = {
    "": "All",
    "drafts": "Drafts",
    "published": "Published, with open proposals",
}


def in_order() -> QuerySet[Article]:
    """Drafts first, each kind in the order in which it came."""
    return (
        Article.objects.waiting()
        .annotate(turn_to_come=Case(When(status=Article.Status.DRAFT, then=0), default=1))
        .order_by("turn_to_come", "pk")
    )


def next_waiting(after: Article) -> Article | None:
    """The next in the queue, drafts before the rest; at its end it begins again."""
    waiting = Article.objects.waiting().exclude(pk=after.pk).order_by("pk").only("pk")
    drafts = Q(status=Article.Status.DRAFT)
    for queue in (waiting.filter(drafts), waiting.exclude(drafts)):
        if following := queue.filter(pk__gt=after.pk).first() or queue.first():
            return following
    return None


@require_safe
@needs("view_article")
def what_waits(request: HttpRequest) -> HttpResponse:
    kind, words = request.GET.get("what", ""), request.GET.get("q", "").strip()[:200]
    if kind not in KINDS:
        raise Http404
    waiting = _matching(in_order(), words)
    counts = waiting.aggregate(total=Count("pk"), drafts=Count("pk", filter=Q(status=Article.Status.DRAFT)))
    tallies = {
        "": counts["total"],
        "drafts": counts["drafts"],
        "published": counts["total"] - counts["drafts"],
    }
    page = _page(_of_kind(waiting, kind), request.GET.get("page", "1"))
    context = {
        "page": page,
        "kind": kind,
        "words": words,
        "kinds": [(name, label, tallies[name]) for name, label in KINDS.items()],
    }
    return show(request, "waiting.html", context)


def _matching(articles: QuerySet[Article], words: str) -> QuerySet[Article]:
    if not words:
        return articles
    number = Q(pk=int(words)) if words.isascii() and words.isdigit() and len(words) < 19 else Q()
    return articles.filter(Q(headline__icontains=words) | number if number else Q(headline__icontains=words))


def _of_kind(articles: QuerySet[Article], kind: str) -> QuerySet[Article]:
    if kind == "drafts":
        articles = articles.filter(status=Article.Status.DRAFT)
    elif kind == "published":
        articles = articles.exclude(status=Article.Status.DRAFT)
    return articles


def _page(articles: QuerySet[Article], number: str):
    open_proposals = Quote.objects.pending().filter(article=OuterRef("pk")).order_by()
    came_in = RawDocument.objects.filter(article=OuterRef("pk")).order_by()
    listed = articles.for_listing().annotate(
        open_proposals=Subquery(open_proposals.values("article").annotate(n=Count("pk")).values("n")),
        came_in=Subquery(came_in.values("article").annotate(at=Min("received_at")).values("at")),
        since=F("modified_at"),
    )
    try:
        return Paginator(listed, PER_PAGE).page(number)
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error
