"""Baskets: articles and quotes that a reader selected. They are stored only in their URL."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from django.db.models import Exists, OuterRef, Q
from django.utils.text import Truncator
from django.utils.translation import gettext

from articles.models import Article, Notice, Quote, clock
from articles.search import ArticleFilter, Result
from articles.search.results.excerpts import article_results, quote_results

# So many ids of nine digits, form-encoded, fit into the 4 KB that every server accepts.
MOST = 300
# The longest chain of articles that replaced one another.
MOST_STEPS = 10
What = Literal["article", "quote"]
_BETWEEN = re.compile(r"[\s,]+")
_NUMBER = re.compile(r"0*[1-9][0-9]{0,17}", re.ASCII)


class InvalidNumbers(ValueError):
    """A value is no list of ids."""


@dataclass(frozen=True)
class SelectedIds:
    """The ids of the articles and quotes in a basket, in the reader's order.

    >>> SelectedIds((12, 5), (9,)).query()
    'articles=12,5&quotes=9'
    """

    articles: tuple[int, ...] = ()
    quotes: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.articles) + len(self.quotes)

    def query(self) -> str:
        lists = (("articles", self.articles), ("quotes", self.quotes))
        return "&".join(f"{name}={','.join(map(str, ids))}" for name, ids in lists if ids)

    def joined(self, other: SelectedIds) -> SelectedIds:
        """This basket, followed by ids that only the other contains."""
        return SelectedIds(_once((*self.articles, *other.articles)), _once((*self.quotes, *other.quotes)))

    def without(self, what: str, pk: int) -> SelectedIds:
        name = "articles" if what == "article" else "quotes"
        return replace(self, **{name: tuple(id_ for id_ in getattr(self, name) if id_ != pk)})


def read_numbers(text: str) -> tuple[int, ...]:
    """Parse ids separated by commas or whitespace, without repetitions; raises InvalidNumbers.

    >>> read_numbers("5, 9,5")
    (5, 9)
    """
    found = []
    for written in _BETWEEN.split(text.strip(" \t\r\n,")):
        if not written:
            continue
        if not _NUMBER.fullmatch(written):
            message = gettext("“%(written)s” is not an ID. Separate IDs with commas")
            raise InvalidNumbers(message % {"written": Truncator(written).chars(31)})
        found.append(int(written))
    return _once(found)


def _once(ids: Sequence[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(ids))


@dataclass(frozen=True)
class Item:
    """One id of a basket with its result; without one, ``why`` gives the reason.

    ``instead``: the article that replaced the listed one.
    """

    what: What
    id: int
    result: Result | None = None
    why: Literal["", "unknown", "withdrawn", "listed already"] = ""
    instead: Article | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.what}-{self.id}"


class Basket:
    """What the ids of a basket show today, in the order of its URL."""

    def __init__(self, listed: SelectedIds) -> None:
        self.listed = listed

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return (*self.articles, *self.quotes)

    @cached_property
    def results(self) -> list[Result]:
        """The articles and then the quotes that can be shown; every format uses these."""
        return [item.result for item in self.items if item.result]

    @property
    def left_out(self) -> list[Item]:
        return [item for item in self.items if not item.result]

    @property
    def article_count(self) -> int:
        return sum(item.result is not None for item in self.articles)

    @property
    def quote_count(self) -> int:
        return sum(item.result is not None for item in self.quotes)

    @cached_property
    def without_missing(self) -> SelectedIds:
        """The ids that can be shown, with the ids of replaced articles updated."""
        articles = (item.result.row.pk for item in self.articles if item.result)
        return SelectedIds(tuple(articles), tuple(item.id for item in self.quotes if item.result))

    @cached_property
    def articles(self) -> tuple[Item, ...]:
        ids, finals = self.listed.articles, self._finals
        shown = _once([finals[pk].pk for pk in ids if pk in finals and finals[pk].is_public])
        results = _results(shown, "articles")
        seen = set(results) & set(ids)
        return tuple(self._article(pk, results, seen) for pk in ids)

    def _article(self, pk: int, results: dict[int, Result], seen: set[int]) -> Item:
        if pk in results:
            return Item("article", pk, results[pk])
        if not _was_public(self._article_rows.get(pk)):
            return Item("article", pk, why="unknown")
        final = self._finals[pk]
        if final.pk not in results:
            return Item("article", pk, why="withdrawn", notices=self._notices("article_id", pk))
        if final.pk in seen:
            return Item("article", pk, why="listed already", instead=final)
        seen.add(final.pk)
        return Item("article", pk, results[final.pk], instead=final)

    @cached_property
    def quotes(self) -> tuple[Item, ...]:
        ids, rows = self.listed.quotes, self._quote_rows
        results = _results([pk for pk in ids if pk in rows and rows[pk].public], "quotes")
        return tuple(
            Item("quote", pk, results[pk]) if pk in results else self._absent_quote(pk) for pk in ids
        )

    def _absent_quote(self, pk: int) -> Item:
        row = self._quote_rows.get(pk)
        if row is None or not _seen_once(row):
            return Item("quote", pk, why="unknown")
        article, final = row.article, _final(row.article)
        notices = self._notices("quote_id", pk)
        if not article.is_public:
            notices += self._notices("article_id", article.pk)
        instead = final if final.is_public and final.pk != article.pk else None
        return Item("quote", pk, why="withdrawn", instead=instead, notices=notices)

    @cached_property
    def _article_rows(self) -> dict[int, Article]:
        if not self.listed.articles:
            return {}
        rows = Article.objects.filter(pk__in=self.listed.articles).select_related("publication", "version_of")
        return {row.pk: row for row in rows.defer("body", "extra", "version_of__body", "version_of__extra")}

    @cached_property
    def _finals(self) -> dict[int, Article]:
        return {pk: _final(row) for pk, row in self._article_rows.items()}

    @cached_property
    def _quote_rows(self) -> dict[int, Any]:  # quotes with the column `public`
        """The quotes with their articles, annotated with whether they are public."""
        if not self.listed.quotes:
            return {}
        rows = Quote.objects.filter(pk__in=self.listed.quotes).annotate(
            public=Exists(Quote.objects.accepted().filter(pk=OuterRef("pk")))
        )
        texts = ("body", "extra", "version_of__body", "version_of__extra")
        rows = rows.select_related("article__version_of").defer(*(f"article__{text}" for text in texts))
        return {row.pk: row for row in rows}

    @cached_property
    def _all_notices(self) -> list[Notice]:
        """Notices on withdrawn items, and on the articles of listed quotes."""
        articles = {pk for pk, row in self._article_rows.items() if _was_public(row)}
        quotes = {pk: row.article_id for pk, row in self._quote_rows.items() if not row.public}
        on = Q(article__in=articles | set(quotes.values())) | Q(quote__in=quotes)
        return list(Notice.objects.filter(on))

    def _notices(self, name: str, pk: int) -> tuple[Notice, ...]:
        return tuple(notice for notice in self._all_notices if getattr(notice, name) == pk)


def _seen_once(quote: Quote) -> bool:
    """Whether the quote was public, so that the page may say that it no longer is."""
    came = quote.first_public_at is not None and quote.first_public_at <= clock.now()
    return came and (quote.article.is_public or _was_public(quote.article))


def _was_public(article: Article | None) -> bool:
    """Whether it was public before it was canceled; nothing is said about a withheld article."""
    return (
        article is not None
        and article.status == Article.Status.CANCELED
        and article.first_public_at is not None
        and article.first_public_at <= clock.now()
    )


def _final(article: Article) -> Article:
    """The article itself, or if it was canceled, the last one that replaced it."""
    for _ in range(MOST_STEPS):
        if not _was_public(article) or article.version_of is None:
            break
        article = article.version_of
    return article


def _results(ids: Sequence[int], scope: Literal["articles", "quotes"]) -> dict[int, Result]:
    """Results of a search without words, by id."""
    if not ids:
        return {}
    question = ArticleFilter({}, scope).cleaned
    made: Callable[..., list[Result]] = article_results if scope == "articles" else quote_results
    return {result.row.pk: result for result in made(question, None, ids)}
