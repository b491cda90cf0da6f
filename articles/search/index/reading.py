"""Reads articles and quotes from the database records as documents of the index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from articles.models import GAP, Article, Image, QuoteDocument, SearchDocument
from articles.models.quote import Quote
from articles.search.index.columns import Columns, Row, columns_of_articles, columns_of_quotes
from articles.search.index.segment import Document, Segment, build_in_order
from articles.search.index.stemmers import stemmer_of
from articles.text.folding import index_words

TEXTS = ("headline", "standfirst", "byline", "kicker")
# The texts in memory at once.
BATCH = 500
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
    return segment, columns_of_articles(found) if kind == "article" else columns_of_quotes(found)


def documents(kind: str, rows: Rows) -> Iterator[Document]:
    """The documents of these rows by stemmer and id."""
    read = _texts_of_articles if kind == "article" else _texts_of_quotes
    stemmers = {pk: stemmer_of(row.language) for pk, row in rows.items()}
    ordered = sorted(rows, key=lambda pk: (stemmers[pk], pk))
    for start in range(0, len(ordered), BATCH):
        batch = ordered[start : start + BATCH]
        parts = read(batch)
        # One that has been deleted since has no text any more.
        yield from (Document(pk, stemmers[pk], parts[pk]) for pk in batch if pk in parts)


def _texts_of_articles(ids: Sequence[int]) -> dict[int, list[tuple[str, list[str]]]]:
    captions: dict[int, list[str]] = defaultdict(list)
    images = Image.objects.filter(article__in=ids).order_by("article", "position", "pk")
    for article, caption in images.values_list("article", "caption"):
        captions[article].append(caption)
    found = {}
    for pk, *texts, body in Article.objects.filter(pk__in=ids).values_list("pk", *TEXTS, "body"):
        parts = [(name, index_words(text)) for name, text in zip(TEXTS, texts, strict=True)]
        parts += [("caption", index_words(caption)) for caption in captions[pk]]
        parts.append(("body", index_words(body)))
        found[pk] = [(name, text) for name, text in parts if text]
    return found


def _texts_of_quotes(ids: Sequence[int]) -> dict[int, list[tuple[str, list[str]]]]:
    """Only the speaker's own words."""
    texts = Quote.objects.filter(pk__in=ids).values_list("pk", "text")
    return {
        pk: [("quote", part) for stretch in text.split(GAP) if (part := index_words(stretch))]
        for pk, text in texts
    }
