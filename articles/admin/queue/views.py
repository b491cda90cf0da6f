"""The lists of articles to work on: to do, mine, scheduled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest
from django.core.validators import RegexValidator
from django.db.models import Case, Count, Exists, F, Func, Min, OuterRef, Q, QuerySet, Subquery, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from articles.admin.lists import NO_SUCH_TAB, ListFilter, SearchFilter, Tab, render_list
from articles.admin.permissions import editor_of, has_perms, require_perms
from articles.admin.queue import selected
from articles.admin.queue.status import status_in_words
from articles.admin.review.presence import holders, open_elsewhere
from articles.extraction import CONTESTED
from articles.models import (
    Article,
    AuditEntry,
    ImportBatch,
    OpenArticle,
    Publication,
    Quote,
    RawDocument,
    clock,
)
from articles.models.article import ArticleQuerySet
from articles.near_duplicates.pairs import undecided_same_headlines, with_same_headline
from articles.sources import Trouble, troubles
from articles.speakers.duplicates import number_of_pairs
from articles.text.numbers import number_in

PER_PAGE = 50
TABS = {
    "": gettext_lazy("To do"),
    "mine": gettext_lazy("Mine"),
    "scheduled": gettext_lazy("Scheduled"),
}
# Parts of what is to do.
PARTS = {
    "drafts": gettext_lazy("Drafts"),
    "published": gettext_lazy("Published"),
    "today": gettext_lazy("Added today"),
    "earlier": gettext_lazy("Added earlier"),
}
BATCHES = 12
# Articles that an editor has added or changed in this time count as theirs.
MINE_FOR = dt.timedelta(days=90)


def _publications() -> list[tuple[str, str]]:
    return list(Publication.objects.order_by("name", "pk").values_list("slug", "name"))


class QueueFilter(ListFilter):
    q = SearchFilter(label=gettext_lazy("Headline or ID"))
    paper = django_filters.ChoiceFilter(
        label=gettext_lazy("Publication"), empty_label=gettext_lazy("All"), choices=_publications
    )
    what = django_filters.CharFilter(
        widget=forms.HiddenInput,
        validators=[
            RegexValidator(
                rf"^({'|'.join(filter(None, [*TABS, *PARTS]))}|batch-[0-9]{{1,18}})\Z", NO_SUCH_TAB
            )
        ],
    )


@dataclass(frozen=True)
class Row:
    """An article of the list, its status in words, and the editor who has it open now.

    `new_version_of`: the id of an article with which an editor must compare it.
    """

    article: Article
    status: str
    holder: OpenArticle | None
    new_version_of: int | None


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


def matching_articles(request: HttpRequest) -> ArticleQuerySet:
    """The articles of the list that the query string asks for; none if a parameter is wrong."""
    filters = QueueFilter(request)
    if not filters.is_valid():
        return Article.objects.none()
    articles = _listed(filters.value("what"), editor_of(request))
    return _matching(articles, filters.value("q"), filters.value("paper"))


def _count_by_publication(filters: QueueFilter, articles: ArticleQuerySet) -> None:
    """Write beside each publication of the filter how many of these articles it has."""
    counts = articles.order_by().values("publication__slug").annotate(n=Count("pk", distinct=True))
    number = dict(counts.values_list("publication__slug", "n"))
    field = filters.form.fields["paper"]
    # The field adds “All”, which has no slug, by itself.
    field.choices = [
        (slug, f"{name} ({number[slug]:,})" if slug in number else name)
        for slug, name in field.choices
        if slug
    ]


@require_safe
@require_perms("view_article")
def review_queue(request: HttpRequest) -> HttpResponse:
    """A list of articles: a tab, or a part of it, that match words of the headline or a publication."""
    filters, editor = QueueFilter(request), editor_of(request)
    what, words, paper = (filters.value(name) for name in ("what", "q", "paper"))
    tab = what if what in TABS else ""
    page = filters.page(_annotated(matching_articles(request)), PER_PAGE)
    open_now, in_doubt = holders(page.object_list), undecided_same_headlines(page.object_list)
    counts = {name: _matching(_listed(name, editor), words, paper).count() for name in TABS}
    tabs = filters.tabs("what", [(name, label, counts[name]) for name, label in TABS.items()], chosen=tab)
    _count_by_publication(filters, _matching(_listed(what, editor), words, paper=""))
    context = {
        "page": page,
        "rows": [
            Row(one, status_in_words(one), open_now.get(one.pk), in_doubt.get(one.pk))
            for one in page.object_list
        ],
        "tab": tab,
        "tabs": [*tabs, _withheld_tab()],
        "parts": filters.tabs("what", _parts(_matching(in_order(), words, paper))) if not tab else [],
        "others": list(_other_lists(request)),
        "searched": bool(words or paper),
        "troubles": _troubles(request) if not (what or words or paper) else [],
        "actions": selected.choices(request),
        "query": request.GET.urlencode(),
    }
    return render_list(filters, "queue.html", context)


@require_POST
@require_perms("view_article", "change_article")
def act_on_selected(request: HttpRequest) -> HttpResponse:
    """Act on the articles ticked in the queue, or on all that match its filter, after a confirmation."""
    if request.POST.get("act") not in selected.ACTIONS:
        raise BadRequest("Unknown action.")
    if request.POST.get("pick") == "all":
        articles = matching_articles(request)
    else:
        articles = Article.objects.filter(pk__in={number_in(one) for one in request.POST.getlist("article")})
    back = reverse("admin:desk") + (f"?{request.GET.urlencode()}" if request.GET else "")
    answer = selected.respond(
        request, articles, request.POST["act"], sent=("act", "pick", "article"), back=back
    )
    return answer or redirect(back)


def _withheld_tab() -> Tab:
    """The link to the list of withheld articles."""
    url, number = (
        reverse("admin:desk-withheld"),
        Article.objects.filter(status=Article.Status.WITHHELD).count(),
    )
    if due := Article.objects.due().count():
        label = ngettext("Withheld (%(n)s review due)", "Withheld (%(n)s reviews due)", due) % {"n": due}
        return Tab(label, url, number=number)
    return Tab(gettext("Withheld"), url, number=number)


def _other_lists(request: HttpRequest) -> Iterator[Tab]:
    """Links to the other lists of work."""
    if has_perms(request, "change_article", "decide_quote"):
        yield Tab(gettext("Random sample"), reverse("admin:desk-sample"))
    if has_perms(request, "change_speaker"):
        duplicates = reverse("admin:duplicate-speakers")
        yield Tab(gettext("Possible duplicate speakers"), duplicates, number=number_of_pairs())
    if has_perms(request, "view_source"):
        yield Tab(gettext("Automatic sources"), reverse("admin:desk-sources"))
    yield Tab(gettext("Doubtful speakers and quotes"), reverse("admin:doubtful"))


def _troubles(request: HttpRequest) -> list[Trouble]:
    """The sources that editors must mend."""
    return troubles() if has_perms(request, "view_source") else []


def _listed(what: str, editor: User) -> ArticleQuerySet:
    """The articles of a tab or part, in the order of the list."""
    if what == "scheduled":
        later = Article.objects.filter(status=Article.Status.USABLE, visible_from__gt=clock.now())
        return later.order_by("visible_from", "pk")
    if what == "mine":
        return in_order().filter(_is_of(editor))
    return in_order().filter(_part_condition(what))


def _is_of(editor: User) -> Q:
    """Articles that the editor has added or changed lately, or has open."""
    logged = AuditEntry.objects.filter(
        who=editor.get_username(), about="article", at__gt=clock.now() - MINE_FOR
    )
    ids = logged.order_by().values(pk_of_article=Func(F("ids"), function="unnest"))
    return Q(pk__in=ids) | Q(open_at__user=editor)


def _parts(waiting: QuerySet[Article]) -> list[tuple[str, Any, int]]:
    """Name, label and count of each part; the newest imports have one each, after the fixed ones."""
    tallies = waiting.aggregate(**{name: Count("pk", filter=_part_condition(name)) for name in PARTS})
    parts = [(name, str(label), tallies[name]) for name, label in PARTS.items()]
    batches = waiting.order_by().filter(import_batch__isnull=False).values("import_batch")
    counted = dict(
        batches.annotate(n=Count("pk")).order_by("-import_batch").values_list("import_batch", "n")[:BATCHES]
    )
    for batch in ImportBatch.objects.filter(pk__in=counted).order_by("-pk"):
        label = gettext("Import %(id)s") % {"id": batch.pk}
        parts.append((f"batch-{batch.pk}", label, counted[batch.pk]))
    return parts


def _part_condition(part: str) -> Q:
    """The condition of a part on articles; «today» means received since local midnight."""
    midnight = timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    came_today = Exists(_came_in().filter(received_at__gte=midnight))
    conditions = {
        "": Q(),
        "today": Q(came_today),
        "earlier": ~Q(came_today),
        "drafts": Q(status=Article.Status.DRAFT),
        "published": ~Q(status=Article.Status.DRAFT),
    }
    return conditions[part] if part in conditions else Q(import_batch=int(part.removeprefix("batch-")))


def _came_in() -> QuerySet[RawDocument]:
    return RawDocument.objects.filter(article=OuterRef("pk")).order_by()


def _matching(articles: ArticleQuerySet, words: str, paper: str) -> ArticleQuerySet:
    if words:
        articles = articles.filter(Q(headline__icontains=words) | Q(pk=number_in(words)))
    return articles.filter(publication__slug=paper) if paper else articles


def _annotated(articles: ArticleQuerySet) -> ArticleQuerySet:
    open_proposals = Quote.objects.pending().filter(article=OuterRef("pk")).order_by()
    return with_same_headline(articles.for_listing()).annotate(
        open_proposals=Subquery(open_proposals.values("article").annotate(n=Count("pk")).values("n")),
        came_in=Subquery(_came_in().values("article").annotate(at=Min("received_at")).values("at")),
    )
