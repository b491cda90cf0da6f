"""Pages for browsing: home, publications, sections, topics, dates, and the static pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found

from articles import exports, holdings, search
from articles.feeds import notices_atom
from articles.models import Article, Notice, OldAddress, Publication, Quote, Section, Speaker, Topic, clock
from articles.models.article import ArticleQuerySet
from articles.models.publication import Category
from articles.models.quote_sets import QuoteQuerySet
from articles.paging import numbered_page
from articles.search.index.segment import WEIGHTS
from articles.search.query.parser import MAX_CHARACTERS, MAX_PREFIXES, MAX_WORDS
from articles.search.request.periods import whole_month
from articles.views.articles import moved_from, not_public
from articles.views.holdings import MONTH_NAMES, chart_of, chart_of_months, coverage
from articles.views.query_help import Link

STORIES_ON_FRONT = 5
TOPICS_ON_FRONT = 24
QUOTES_ON_FRONT = 4
PER_PAGE = 20
NOTICES_PER_PAGE = 50
MOST_YEARS = 120


def home(request: HttpRequest) -> HttpResponse:
    accepted = with_speakers(Quote.objects.accepted())
    read = accepted.filter(decided_by__isnull=False).order_by("-decided_at", "-pk")[:QUOTES_ON_FRONT]
    # Until an editor has read any, show the newest, marked as not checked.
    quotes = list(read) or list(accepted.order_by("-pk")[:QUOTES_ON_FRONT])
    held = holdings.overview()
    return render(request, "articles/home.html", {
        "totals": held.totals,
        "chart": chart_of(held.by_year),
        "coverage": coverage(held.publications),
        "topics": largest(Topic, TOPICS_ON_FRONT),
        "now": clock.now(),
        "stories": stories(Article.objects.published())[:STORIES_ON_FRONT],
        "quotes": quotes,
    })  # fmt: skip


def largest(model: type[Category], number: int) -> list[tuple[Category, int]]:
    """The categories with the most articles, each with its number of articles."""
    counts = holdings.largest(model.kind(), number)
    categories = model._default_manager.in_bulk(counts)
    return [(categories[pk], articles) for pk, articles in counts.items()]


def with_articles(model: type[Category]) -> QuerySet[Category]:
    """Publications or sections with at least one public article."""
    articles = Article.objects.published().filter(**{model.kind(): OuterRef("pk")})
    return model._default_manager.filter(Exists(articles))


def stories(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Articles for a list, newest first, annotated with the number of their public quotes."""
    counts = Quote.objects.accepted().filter(article=OuterRef("pk")).order_by().values("article")
    number = Coalesce(Subquery(counts.annotate(n=Count("pk")).values("n")), 0)
    return articles.for_listing().newest_first().annotate(quote_count=number)


def with_speakers(quotes: QuoteQuerySet) -> QuoteQuerySet:
    return quotes.for_listing().select_related("speaker__canonical_speaker")


def list_publications(request: HttpRequest) -> HttpResponse:
    return _list(request, Publication, _("Publications"))


def list_sections(request: HttpRequest) -> HttpResponse:
    return _list(request, Section, _("Sections"))


def list_topics(request: HttpRequest) -> HttpResponse:
    return _list(request, Topic, _("Topics"))


def _list(request: HttpRequest, model: type[Category], heading: str) -> HttpResponse:
    kind = model.kind()
    counts = holdings.of_each(kind)
    page = numbered_page(
        model._default_manager.filter(pk__in=counts).order_by("name", "pk"), request.GET.get("page"), 200
    )
    rows = [(category, *counts[category.pk]) for category in page]
    context = {"heading": heading, "page_obj": page, "rows": rows, "kind": kind}
    return render(request, "articles/category_list.html", context)


def show_publication(request: HttpRequest, slug: str) -> HttpResponse:
    return _show(request, Publication, slug)


def show_section(request: HttpRequest, slug: str) -> HttpResponse:
    return _show(request, Section, slug)


def show_topic(request: HttpRequest, slug: str) -> HttpResponse:
    return _show(request, Topic, slug)


def _show(request: HttpRequest, model: type[Category], slug: str) -> HttpResponse:
    kind = model.kind()
    category = model._default_manager.filter(slug=slug).first()
    if category is None:
        return moved(request, model, slug)
    articles = Article.objects.published().filter(**{f"{kind}s" if kind == "topic" else kind: category})
    number = holdings.number_of(kind, category.pk)
    if not number:
        raise Http404
    context = {
        "category": category,
        "kind": kind,
        "page_obj": numbered_page(stories(articles), request.GET.get("page"), PER_PAGE, number=number),
        "chart": chart_of(holdings.by_year(kind, category.pk), base=104, **{kind: slug}),
    }
    return render(request, "articles/category.html", context)


def moved(request: HttpRequest, model: type[Category | Speaker], slug: str) -> HttpResponse:
    """Redirect from a former slug; 404 if there never was one, or its category has no public article."""
    old = get_object_or_404(OldAddress, kind=model.__name__.lower(), address=slug)
    rows: QuerySet[Category | Speaker] = model._default_manager.all()
    target = get_object_or_404(rows, pk=old.target_id)
    if isinstance(target, Category) and not holdings.number_of(target.kind(), target.pk):
        raise Http404
    return moved_from(request, target.get_absolute_url()) or redirect(target, permanent=True)


def list_years(request: HttpRequest) -> HttpResponse:
    years = holdings.by_year()
    return render(request, "articles/years.html", {"years": years[::-1], "chart": chart_of(years)})


def show_year(request: HttpRequest, year: str) -> HttpResponse:
    if len(year) != 4:
        return redirect("articles:year", f"{int(year):04}", permanent=True)
    if not int(year):
        raise Http404
    months, only_year = holdings.months_of(int(year))
    years = [count.period for count in holdings.by_year()]
    before = max((other for other in years if other < int(year)), default=None)
    after = min((other for other in years if other > int(year)), default=None)
    if not months and not only_year:
        return _no_articles(request, year, before, after, _year_link)
    context = {
        "year": year,
        "months": months,
        "only_year": only_year,
        "articles": sum(count.articles for count in months) + only_year,
        "chart": chart_of_months(int(year), months),
        "before": before,
        "after": after,
    }
    return render(request, "articles/year.html", context)


def show_month(request: HttpRequest, year: str, month: str) -> HttpResponse:
    if (len(year), len(month)) != (4, 2):
        return redirect("articles:month", f"{int(year):04}", f"{int(month):02}", permanent=True)
    try:
        held = holdings.month(int(year), int(month))
    except ValueError:
        raise Http404 from None
    before, after = _month_before(held.first), _month_after(held.first)
    if not held.articles:
        label = date_format(held.first, "F Y")
        return _no_articles(request, label, before, after, _month_link)
    within = Article.objects.published().filter(
        published_on__year=held.first.year, published_on__month=held.first.month
    ).exclude(published_precision="year")  # fmt: skip
    page = numbered_page(stories(within), request.GET.get("page"), PER_PAGE)
    context = {"month": held, "page_obj": page, "before": before, "after": after}
    return render(request, "articles/month.html", context)


def show_day(request: HttpRequest, year: str, month: str, day: str) -> HttpResponse:
    """Redirect to the search for the articles of a day."""
    try:
        date = dt.date(int(year), int(month), int(day))
    except ValueError:
        raise Http404 from None
    dated = Article.objects.published().filter(published_precision="day")
    if dated.filter(published_on=date).exists():
        return redirect(_day_link(date).url)
    before = _nearest(dated.filter(published_on__lt=date).order_by("-published_on"))
    after = _nearest(dated.filter(published_on__gt=date).order_by("published_on"))
    label = date_format(date, "j F Y")
    return _no_articles(request, label, before, after, _day_link)


Period = TypeVar("Period", int, dt.date)


def _no_articles(
    request: HttpRequest,
    period: str,
    before: Period | None,
    after: Period | None,
    link: Callable[[Period], Link],
) -> HttpResponse:
    """The page of a period without articles. 404, as for everything that the archive does not have."""
    context = {"period": period, "before": before and link(before), "after": after and link(after)}
    return render(request, "articles/no_articles.html", context, status=404)


def _year_link(year: int) -> Link:
    return Link(str(year), reverse("articles:year", args=[f"{year:04}"]))


def _month_link(first: dt.date) -> Link:
    url = reverse("articles:month", args=[f"{first.year:04}", f"{first.month:02}"])
    return Link(date_format(first, "F Y"), url)


def _day_link(day: dt.date) -> Link:
    return Link(date_format(day, "j F Y"), f"{reverse('articles:search')}?from={day}&to={day}")


def _month_before(first: dt.date) -> dt.date | None:
    """The last earlier month with articles."""
    return _nearest(Article.objects.published().filter(published_on__lt=first).order_by("-published_on"))


def _month_after(first: dt.date) -> dt.date | None:
    last = whole_month(first.year, first.month).last
    return _nearest(Article.objects.published().filter(published_on__gt=last).order_by("published_on"))


def _nearest(articles: QuerySet[Article]) -> dt.date | None:
    dated = articles.exclude(published_precision="year")
    return dated.values_list("published_on", flat=True).first()


def show_holdings(request: HttpRequest) -> HttpResponseBase:
    """The holdings of all publications, and by month for one of them, or for all if they are few."""
    held, asked = holdings.by_month(), request.GET.get("publication", "")
    wanted = request.GET.get("format", "html")
    one = [months for months in held if months.publication.slug == asked]
    if asked and not one:
        raise Http404
    if wanted == "csv":
        named = {"Content-Disposition": 'attachment; filename="holdings.csv"'}
        rows = exports.holdings_csv(one or held)
        return StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8", headers=named)
    if wanted == "json":
        return JsonResponse({"results": list(exports.holdings_rows(one or held))})
    if wanted != "html":
        return no_such_format(wanted)
    few = sum(len(months.grid) for months in held) <= MOST_YEARS
    shown = one or (held if few else held[:1])
    context = {
        "held": held,
        "shown": shown,
        "articles": sum(months.all.articles for months in held),
        "undated": sum(months.undated.articles for months in held if months.undated),
        "month_names": MONTH_NAMES,
    }
    return render(request, "articles/holdings.html", context)


def corrections(request: HttpRequest) -> HttpResponseBase:
    """All notices on items that are or were public, as a page, feed or file."""
    notices, wanted, site = Notice.objects.shown(), request.GET.get("format", "html"), settings.SITE_URL
    if wanted == "csv":
        rows = exports.notices_csv(notices, site_url=site)
        named = {"Content-Disposition": 'attachment; filename="corrections.csv"'}
        return StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8", headers=named)
    page = numbered_page(notices, request.GET.get("page"), NOTICES_PER_PAGE)
    if wanted == "atom":
        feed = notices_atom(page, site_url=site, path=request.path)
        return HttpResponse(feed, content_type="application/atom+xml; charset=utf-8")
    if wanted == "html":
        return render(request, "articles/corrections.html", {"page_obj": page})
    if wanted == "json":
        return JsonResponse(exports.notices_json(page, site_url=site))
    return no_such_format(wanted)


def no_such_format(wanted: str) -> JsonResponse:
    error = {"message": "There is no such format.", "value": wanted}
    return JsonResponse({"errors": {"format": [error]}, "count": 0, "results": []}, status=400)


def feeds(request: HttpRequest) -> HttpResponse:
    publications = with_articles(Publication)
    sections = with_articles(Section)
    return render(request, "articles/feeds.html", {"publications": publications, "sections": sections})


def search_help(request: HttpRequest) -> HttpResponse:
    context = {
        "groups": search.examples(clock.now()),
        "weights": WEIGHTS,
        "most_characters": MAX_CHARACTERS,
        "most_words": MAX_WORDS,
        "most_prefixes": MAX_PREFIXES,
    }
    return render(request, "articles/search_help.html", context)


def opensearch(request: HttpRequest) -> HttpResponse:
    context = {"site": settings.SITE_URL}
    return render(request, "opensearch.xml", context, content_type="application/opensearchdescription+xml")


def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "robots.txt", {"site": settings.SITE_URL}, content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Redirect from a former or foreign path, or else respond with the 404 page."""
    old = OldAddress.objects.filter(kind=OldAddress.Kind.PATH, address=request.path).first()
    target = _target_of(old) if old else None
    if isinstance(target, Article) and not target.is_public:
        return _former_path_of(request, target, exception)
    if isinstance(target, Speaker) and not Speaker.objects.public().filter(pk=target.pk).exists():
        target = None
    return redirect(target, permanent=True) if target else page_not_found(request, exception)


def _target_of(old: OldAddress) -> Article | Speaker | Category | None:
    model = TARGETS.get(old.target)
    return model._default_manager.filter(pk=old.target_id).first() if model else None


def _former_path_of(request: HttpRequest, article: Article, exception: Exception) -> HttpResponse:
    """The response of the article's own page, because a redirect would reveal its headline."""
    try:
        return not_public(request, article)
    except Http404:
        return page_not_found(request, exception)


TARGETS: dict[str, type[Article | Speaker | Category]] = {
    OldAddress.Kind.ARTICLE: Article,
    OldAddress.Kind.SPEAKER: Speaker,
    OldAddress.Kind.PUBLICATION: Publication,
    OldAddress.Kind.SECTION: Section,
    OldAddress.Kind.TOPIC: Topic,
}
