"""Store pasted or fetched text as a draft first, then parse it: a parser error cannot lose the text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pgtrigger
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext

from articles.ingest.pipeline.bulk_write import write_parts
from articles.ingest.pipeline.duplicates import KnownArticles
from articles.ingest.pipeline.newspapers import newspaper_of
from articles.ingest.pipeline.parse import read_document
from articles.ingest.pipeline.pending_article import AS_READ, PendingArticle, read_once
from articles.ingest.pipeline.repair import without_reading
from articles.ingest.pipeline.resolver import Names, Resolver
from articles.ingest.pipeline.upsert import refused
from articles.ingest.publication_profiles import style_of
from articles.ingest.speakers.name_rulings import KnownNames
from articles.models import Article, Publication, RawDocument
from articles.models.audit import audit_context
from articles.parsing import MAX_BODY, ParsedArticle
from articles.parsing.parsed import LIMITS

TEXT = "text/plain; charset=utf-8"


def start_draft(
    text: str | bytes,
    *,
    media_type: str = TEXT,
    origin: str = "paste",
    source_url: str = "",
) -> Article:
    """Store the raw text in an otherwise empty draft."""
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    with transaction.atomic():
        draft = Article.objects.create(source_url=source_url)
        RawDocument.objects.create(article=draft, bytes=raw, media_type=media_type, origin=origin[:2000])
    return draft


def draft_of_link(url: str) -> Article | None:
    """The draft for which this page was fetched before, by somebody who perhaps never got an answer."""
    drafts = Article.objects.filter(status=Article.Status.DRAFT, source_url=url, raw_documents__origin=url)
    return drafts.order_by("pk").first()


def fill_draft(draft: Article) -> None:
    """Fill the draft from its raw document, and propose its quotes; fields that have a value keep it.

    Unknown names of publications, sections and topics are stored in `extra["unknown"]`. Raises what parsing
    raises, and `ValueError` if the draft has a text; the draft is unchanged then.
    """
    document = draft.raw_documents.order_by("pk").first()
    if draft.status != Article.Status.DRAFT or draft.body or document is None:
        raise ValueError("only a draft without a text can be filled from its raw document")
    raw = bytes(document.bytes)
    parsed, named = read_document(raw, document.media_type, url=draft.source_url)
    publication = draft.publication_id or newspaper_of(named, Names(Publication, create=False)).pk
    incoming = read_once(
        with_values_of(draft, without_too_long_texts(parsed)), KnownNames(), style_of(publication),
        raw=raw, named=named, media_type=document.media_type, origin=document.origin,
    )  # fmt: skip
    try:
        _fill(draft, PendingArticle(incoming))
    except (IntegrityError, DataError) as error:
        draft.refresh_from_db()
        _fill(draft, PendingArticle(without_reading(incoming, refused(error))))


def without_too_long_texts(parsed: ParsedArticle) -> ParsedArticle:
    """Empty a headline or body that is too long for its column, with a warning; the raw document keeps it."""
    limits = {"headline": LIMITS["headline"], "body": MAX_BODY}
    # Any, for `replace` below, which takes columns of many types.
    too_long: dict[str, Any] = {name: "" for name in limits if len(getattr(parsed, name)) > limits[name]}
    warnings = tuple(gettext("%(part)s is too long and was removed") % {"part": name} for name in too_long)
    return replace(parsed, **too_long, warnings=(*parsed.warnings, *warnings))


def with_values_of(draft: Article, parsed: ParsedArticle) -> ParsedArticle:
    """Return the article with the values that the draft already has."""
    names = (*AS_READ, "language", "external_id", "canonical_url")
    values = {name: value for name in names if (value := getattr(draft, name))}
    return replace(parsed, **values, day_is_utc=parsed.day_is_utc and not draft.published_on)


def _fill(draft: Article, pending: PendingArticle) -> None:
    with transaction.atomic(), audit_context(through="proposals"):
        resolver, known = Resolver(create=False), KnownArticles()
        pending.set_keys(resolver, draft.publication_id or pending.find_publication(resolver))
        known.find([pending.sure_keys])
        pending.keys = known.without_taken(pending.sure_keys)
        resolver.learn([pending.incoming.parsed])
        copy_of = draft.copy_of_id or (known.original(pending.keys) if pending.texts.body else None)
        pending.fill(draft, resolver, copy_of)
        # Nobody has seen the empty draft: as after an import, the history starts with the article.
        with pgtrigger.ignore("articles.Article:update_update"), transaction.atomic():
            draft.save()
        resolver.speakers.learn(pending.names())
        write_parts([pending], resolver.speakers, None)
