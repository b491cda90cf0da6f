"""Sitemaps, from the same querysets as the pages."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from articles.models import Article, Publication, Quote, Section, Speaker, Topic
from articles.speakers import index


class ArchiveSitemap(Sitemap):
    """A sitemap with URLs of ``SITE_URL``, whatever the host of the request."""

    limit = 10_000

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme


class Pages(ArchiveSitemap):
    names = (
        "home",
        "speakers",
        "publications",
        "sections",
        "topics",
        "archive",
        "about",
        "accuracy",
        "holdings",
        "search-help",
    )

    def items(self) -> list[str]:
        return [f"articles:{name}" for name in self.names]

    def location(self, item: str) -> str:
        return reverse(item)


class Articles(ArchiveSitemap):
    def items(self) -> QuerySet[Article]:
        return Article.objects.published().only("headline", "published_on", "modified_at").order_by("pk")

    def lastmod(self, item: Article) -> dt.datetime:
        return item.modified_at


class Quotes(ArchiveSitemap):
    def items(self) -> QuerySet[Quote]:
        # Left out like the page of a speaker with ``noindex``.
        return Quote.objects.accepted().exclude(speaker__noindex=True).only("pk").order_by("pk")


class Speakers(ArchiveSitemap):
    def items(self) -> QuerySet[Speaker]:
        return index.public().filter(noindex=False).only("slug").order_by("pk")


class Categories(ArchiveSitemap):
    """Publications, sections and topics with at least one article."""

    def items(self) -> list[Publication | Section | Topic]:
        published = Article.objects.published()
        return [
            category
            for model in (Publication, Section, Topic)
            for category in model.objects.filter(articles__in=published).distinct().order_by("pk")
        ]


SITEMAPS = {
    "pages": Pages,
    "articles": Articles,
    "quotes": Quotes,
    "speakers": Speakers,
    "browse": Categories,
}


def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The index of all sitemap pages. Without ``lastmod``, which would read every row."""
    addresses = [
        f"{settings.SITE_URL}{reverse('articles:sitemap', args=[name])}{f'?p={page}' if page > 1 else ''}"
        for name, part in SITEMAPS.items()
        for page in part().paginator.page_range
    ]
    return render(request, "sitemap_index.xml", {"addresses": addresses}, content_type="application/xml")


def sitemap(request: HttpRequest, section: str) -> HttpResponse:
    return views.sitemap(request, {**SITEMAPS}, section=section, template_name="sitemap.xml")
