"""Reads articles and quotes from the database records as documents of the index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from articles.models import GAP, Article, Image, QuoteDocument, SearchDocument
from articles.models.quote import Quote
from articles.search.index.segment import Document
from articles.search.index.stemmers import stemmer_of
from articles.text.folding import index_words

TEXTS = ("headline", "standfirst", "byline", "kicker")


def article_documents(ids: Iterable[int]) -> list[Document]:
    """The documents of those of these articles that are usable."""
    usable = SearchDocument.objects.filter(pk__in=list(ids))
    return texts_of_articles(list(usable.values_list("pk", flat=True)))


def texts_of_articles(ids: Iterable[int]) -> list[Document]:
    """The documents of these articles."""
    wanted = list(ids)
    captions: dict[int, list[str]] = defaultdict(list)
    images = Image.objects.filter(article__in=wanted).order_by("article", "position", "pk")
    for article, caption in images.values_list("article", "caption"):
        captions[article].append(caption)
    rows = Article.objects.filter(pk__in=wanted).values_list("pk", "language", *TEXTS, "body")
    found = []
    for pk, language, *texts, body in rows:
        parts = [(name, index_words(text)) for name, text in zip(TEXTS, texts, strict=True)]
        parts += [("caption", index_words(caption)) for caption in captions[pk]]
        parts.append(("body", index_words(body)))
        found.append(Document(pk, stemmer_of(language), [(name, text) for name, text in parts if text]))
    return found


def quote_documents(articles: Iterable[int]) -> list[Document]:
    """The documents of the accepted quotes of these articles: only the speaker's own words."""
    rows = QuoteDocument.objects.filter(article__in=list(articles))
    return texts_of_quotes(list(rows.values_list("pk", flat=True)))


def texts_of_quotes(ids: Iterable[int]) -> list[Document]:
    """The documents of these quotes."""
    rows = Quote.objects.filter(pk__in=list(ids)).values_list("pk", "article__language", "text")
    return [
        Document(
            pk,
            stemmer_of(language),
            [("quote", part) for stretch in text.split(GAP) if (part := index_words(stretch))],
        )
        for pk, language, text in rows
    ]
