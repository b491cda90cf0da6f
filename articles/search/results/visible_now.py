"""Which results of a past moment readers may still see today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.db import models

from articles.models import Article, Quote
from articles.search.results.excerpts import Result


def visible_now(results: Iterable[Result]) -> Iterator[Result]:
    """The results that readers may still see today."""
    found = list(results)
    quotes = {row.row.pk for row in found if isinstance(row.row, Quote)}
    quotes |= {quote.row.pk for result in found for quote in result.quotes}
    articles = {row.row.pk for row in found if isinstance(row.row, Article)}
    quotes_shown = _ids(Quote.objects.accepted(), quotes)
    public = _ids(Article.objects.published(), articles)
    for result in found:
        if result.row.pk in (quotes_shown if isinstance(result.row, Quote) else public):
            shown = tuple(quote for quote in result.quotes if quote.row.pk in quotes_shown)
            yield replace(result, quotes=shown)


def _ids(rows: models.QuerySet, among: set[int]) -> set[int]:
    return set(rows.filter(pk__in=among).values_list("pk", flat=True)) if among else set()
