"""Which results of a past moment readers may still see today."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

from django.db import models

from articles.models import Article, Quote
from articles.search.history.as_of import tables_now
from articles.search.results.excerpts import Result


def visible_now(results: Iterable[Result]) -> Iterator[Result]:
    """The results that readers may still see today."""
    found = list(results)
    quotes = {row.row.pk for row in found if isinstance(row.row, Quote)}
    quotes |= {quote.row.pk for result in found for quote in result.quotes}
    articles = {row.row.pk for row in found if isinstance(row.row, Article)}
    with tables_now():
        quotes_shown = _ids(Quote.objects.accepted(), quotes)
        public = _ids(Article.objects.published(), articles)
    yield from only_visible(found, public, quotes_shown)


def _ids(rows: models.QuerySet, among: set[int]) -> set[int]:
    return set(rows.filter(pk__in=among).values_list("pk", flat=True)) if among else set()


def only_visible(
    results: Iterable[Result], articles: Container[int], quotes: Container[int]
) -> Iterator[Result]:
    """The results among these visible article and quote ids."""
    for result in results:
        if result.row.pk in (quotes if isinstance(result.row, Quote) else articles):
            yield replace(result, quotes=tuple(found for found in result.quotes if found.row.pk in quotes))
