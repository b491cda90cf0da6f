"""The review queue: drafts, and published articles with pending proposals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.contrib.auth.models import User
from django.core.validators import RegexValidator
from django.db.models import Case, Count, Exists, Min, OuterRef, Q, QuerySet, Subquery, When
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from articles.admin.lists import NO_SUCH_TAB, ListFilter, SearchFilter, Tab, render_list
from articles.admin.permissions import has_perms, require_perms
from articles.admin.review.presence import holders, open_elsewhere
from articles.extraction import CONTESTED
from articles.models import Article, ImportBatch, OpenArticle, Quote, RawDocument, clock
from articles.models.article import ArticleQuerySet
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


class QueueFilter(ListFilter):
    q = SearchFilter(label=gettext_lazy("Headline or ID"))
    what = django_filters.CharFilter(
        widget=forms.HiddenInput,
        validators=[RegexValidator(rf"^({'|'.join(filter(None, TABS))}|batch-[0-9]{{1,18}})\Z", NO_SUCH_TAB)],
    )


@dataclass(frozen=True)
class Waiting:
    """An article of the queue, and the editor who has it open now."""

    article: Article
    holder: OpenArticle | None


def in_order() -> ArticleQuerySet:
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


def next_waiting(after: Article, user: User) -> Article | None:
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
    filters = QueueFilter(request)
    waiting = _matching(in_order(), words := filters.value("q"))
    page = filters.page(_annotated(waiting.filter(_tab_condition(filters.value("what")))), PER_PAGE)
    open_now = holders(page.object_list)
    context = {
        "page": page,
        "rows": [Waiting(article, open_now.get(article.pk)) for article in page.object_list],
        "words": words,
        "tabs": [*filters.tabs("what", _tabs(waiting)), *_other_lists(request)],
    }
    return render_list(filters, "queue.html", context)


def _other_lists(request: HttpRequest) -> Iterator[Tab]:
    """Links to the other lists of work."""
    withheld = reverse("admin:desk-withheld")
    if due := Article.objects.due().count():
        yield Tab(gettext("Withheld, review due"), f"{withheld}?what=due", number=due)
    else:
        yield Tab(gettext("Withheld"), withheld)
    if has_perms(request, "change_article", "decide_quote"):
        yield Tab(gettext("Random sample"), reverse("admin:desk-sample"))
    if has_perms(request, "change_speaker"):
        duplicates = reverse("admin:duplicate-speakers")
        yield Tab(gettext("Possible duplicate speakers"), duplicates, number=number_of_pairs())
    yield Tab(gettext("Doubtful speakers and quotes"), reverse("admin:doubtful"))


def _tabs(waiting: QuerySet[Article]) -> list[tuple[str, Any, int]]:
    """Name, label and count of each tab; the newest imports have a tab each, after the fixed ones."""
    tallies = waiting.aggregate(**{
        name or "all": Count("pk", filter=_tab_condition(name)) for name in TABS
    })  # fmt: skip
    tabs = [(name, str(label), tallies[name or "all"]) for name, label in TABS.items()]
    batches = waiting.order_by().filter(import_batch__isnull=False).values("import_batch")
    counted = dict(
        batches.annotate(n=Count("pk")).order_by("-import_batch").values_list("import_batch", "n")[:BATCHES]
    )
    for batch in ImportBatch.objects.filter(pk__in=counted).order_by("-pk"):
        label = gettext("Import %(id)s") % {"id": batch.pk}
        tabs.append((f"batch-{batch.pk}", label, counted[batch.pk]))
    return tabs


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


def _matching(articles: ArticleQuerySet, words: str) -> ArticleQuerySet:
    if not words:
        return articles
    return articles.filter(Q(headline__icontains=words) | Q(pk=number_in(words)))


def _annotated(articles: ArticleQuerySet) -> ArticleQuerySet:
    open_proposals = Quote.objects.pending().filter(article=OuterRef("pk")).order_by()
    return articles.for_listing().annotate(
        open_proposals=Subquery(open_proposals.values("article").annotate(n=Count("pk")).values("n")),
        came_in=Subquery(_came_in().values("article").annotate(at=Min("received_at")).values("at")),
    )
