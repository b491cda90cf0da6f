"""Reads articles and quotes from the database records as documents of the index."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db import connection

from articles.models import GAP, Article, Image, QuoteDocument, SearchDocument
from articles.models.quote import Quote
from articles.search.history.as_of import then
from articles.search.index.columns import Columns, Row, columns_of
from articles.search.index.segment import Document, Segment, build_in_order
from articles.search.index.stemmers import stemmer_of
from articles.text.folding import index_words

TEXTS = ("headline", "standfirst", "byline", "kicker")
# The texts in memory at once.
BATCH = 512
KINDS = ("article", "quote")

Rows = Mapping[int, Row]


def rows_of(kind: str, articles: Iterable[int]) -> dict[int, Row]:
    """The rows by id of these articles, or of their quotes, that readers may see once the embargo is over."""
    model, key = (SearchDocument, "article_id") if kind == "article" else (QuoteDocument, "quote_id")
    columns = [field.attname for field in model._meta.concrete_fields]
    # Tuples, because to make an instance of the model for each row takes three times as long.
    rows = model._default_manager.filter(article__in=list(articles)).values_list(*columns, named=True)
    return {getattr(row, key): row for row in rows}


def indexed(kind: str, rows: Rows, texts: Iterable[Document] | None = None) -> tuple[Segment, Columns]:
    """The segment and the columns of these rows, present or former; `texts` are theirs, in order."""
    segment = build_in_order(documents(kind, rows) if texts is None else texts)
    found = [rows[int(pk)] for pk in segment.ids]
    return segment, columns_of(kind, found)


def documents(kind: str, rows: Rows, as_of: dt.datetime | None = None) -> Iterator[Document]:
    """The documents of these rows by stemmer and id, with their texts of now or of a moment."""
    read = _texts_of_articles if kind == "article" else _texts_of_quotes
    stemmers = {pk: stemmer_of(row.language) for pk, row in rows.items()}
    ordered = sorted(rows, key=lambda pk: (stemmers[pk], pk))
    for start in range(0, len(ordered), BATCH):
        batch = ordered[start : start + BATCH]
        parts = read(batch, as_of)
        # One that has been deleted since has no text any more.
        yield from (Document(pk, stemmers[pk], parts[pk]) for pk in batch if pk in parts)


_CAPTIONS = (
    "SELECT article_id, caption FROM articles_image WHERE article_id = ANY(%s) "
    "ORDER BY article_id, position, id"
)
_ARTICLES = f"SELECT id, {', '.join(TEXTS)}, body FROM articles_article WHERE id = ANY(%s)"
_QUOTES = "SELECT id, text FROM articles_quote WHERE id = ANY(%s)"


def _texts_of_articles(
    ids: Sequence[int], as_of: dt.datetime | None
) -> dict[int, list[tuple[str, list[str]]]]:
    captions: dict[int, list[str]] = defaultdict(list)
    for article, caption in _read(then(as_of, _CAPTIONS, Image), ids):
        captions[article].append(caption)
    found = {}
    for pk, *texts, body in _read(then(as_of, _ARTICLES, Article), ids):
        parts = [(name, index_words(text)) for name, text in zip(TEXTS, texts, strict=True)]
        parts += [("caption", index_words(caption)) for caption in captions[pk]]
        parts.append(("body", index_words(body)))
        found[pk] = [(name, text) for name, text in parts if text]
    return found


def _texts_of_quotes(ids: Sequence[int], as_of: dt.datetime | None) -> dict[int, list[tuple[str, list[str]]]]:
    """Only the speaker's own words."""
    return {
        pk: [("quote", part) for stretch in text.split(GAP) if (part := index_words(stretch))]
        for pk, text in _read(then(as_of, _QUOTES, Quote), ids)
    }


def _read(sql: str, ids: Sequence[int]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(ids)])
        return cursor.fetchall()
