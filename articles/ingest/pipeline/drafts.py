"""Store pasted or fetched text as a draft first, then parse it: a parser error cannot lose the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext

from articles.ingest.audit_context import system_change
from articles.ingest.pipeline.bulk_write import write_authors, write_texts
from articles.ingest.pipeline.duplicates import Keys, KnownArticles, already_here, canonical_key, text_hash
from articles.ingest.pipeline.newspapers import newspaper_of
from articles.ingest.pipeline.parse import HtmlReader, decode_file, extract, read_article
from articles.ingest.pipeline.pending_article import AS_READ, PendingArticle
from articles.ingest.pipeline.repair import fitting, language_tag, without_reading
from articles.ingest.pipeline.resolver import Names, Resolver
from articles.ingest.pipeline.types import IncomingArticle
from articles.ingest.pipeline.upsert import refused
from articles.ingest.speakers.name_rulings import known_names_in
from articles.models import Article, ArticleTopic, RawDocument
from articles.near_duplicates.minhash import signature, store_signatures
from articles.parsing import MAX_BODY, ParsedArticle, RowError
from articles.parsing.charsets import decode_markup
from articles.parsing.newspaper_names import NewspapersNamed, newspapers_named
from articles.parsing.parsed import LIMITS

TEXT = "text/plain; charset=utf-8"
# Separates a newspaper's name from a date or page number on the same line.
_PARTS = re.compile(r"[,|·•;()\[\]]|\s[–—-]\s")
_MAX_LINE_LENGTH = 200


def start_draft(
    text: str | bytes,
    *,
    media_type: str = TEXT,
    origin: str = "paste",
    source_url: str = "",
    publication_id: int | None = None,
) -> Article:
    """Store the raw text in an otherwise empty draft."""
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    with transaction.atomic():
        draft = Article.objects.create(source_url=source_url, publication_id=publication_id)
        RawDocument.objects.create(article=draft, bytes=raw, media_type=media_type, origin=origin[:2000])
    return draft


def fill_draft(draft: Article, *, html_reader: HtmlReader | None = None, language: str = "") -> ParsedArticle:
    """Fill the draft from its raw document, and propose its quotes; fields that have a value keep it.

    Unknown names of publications, sections and topics are stored in `extra["unknown"]`. Raises what parsing
    raises, and `ValueError` if the draft has a text; the draft is unchanged then.
    """
    document = draft.raw_documents.order_by("pk").first()
    if draft.status != Article.Status.DRAFT or draft.body or document is None:
        raise ValueError("only a draft without a text can be filled from its raw document")
    kind = document.media_type.partition(";")[0]
    raw, notes = _text(bytes(document.bytes), document.media_type)
    parsed, reading = read_article(
        raw,
        {
            "text/html": "html",
            "application/xhtml+xml": "html",
            "text/plain": "text",
            "text/markdown": "text",
        }.get(kind, "auto"),
        url=draft.source_url,
        language=language,
        html_reader=html_reader,
    )
    parsed = replace(parsed, warnings=(*notes, *parsed.warnings))
    named = newspapers_named(parsed, raw, draft.source_url)
    fits = fitting(without_too_long_texts(parsed))
    known = known_names_in(fits.body)
    if fits != parsed or known:
        parsed, reading = fits, extract(fits, known)
    pending = PendingArticle(
        IncomingArticle(parsed, reading, bytes(document.bytes), document.media_type, document.origin)
    )
    try:
        with transaction.atomic(), system_change("proposals"):
            _fill(draft, pending, named)
    except (IntegrityError, DataError) as error:
        draft.refresh_from_db()
        pending = PendingArticle(without_reading(pending.incoming, refused(error)))
        with transaction.atomic(), system_change("proposals"):
            _fill(draft, pending, named)
    return pending.incoming.parsed


def _text(raw: bytes, media_type: str) -> tuple[str, list[str]]:
    """Decode the document; return warnings too. Pasted text may contain lone surrogates."""
    # The encoding as the server named it, or as it was detected when the file was uploaded.
    label = media_type.partition("charset=")[2].strip("\"' ")
    if label.lower() == "utf-8":
        try:
            return raw.decode("utf-8", "surrogatepass").removeprefix("\ufeff"), []
        except UnicodeDecodeError:
            pass
    if media_type.startswith(("text/plain", "text/markdown")):
        return decode_file(raw, label)
    return decode_markup(raw, label)


def without_too_long_texts(parsed: ParsedArticle) -> ParsedArticle:
    """Empty a headline or body that is too long for its column, with a warning; the raw document keeps it."""
    limits = {"headline": LIMITS["headline"], "body": MAX_BODY}
    # Any, for `replace` below, which takes columns of many types.
    too_long: dict[str, Any] = {name: "" for name in limits if len(getattr(parsed, name)) > limits[name]}
    warnings = tuple(gettext("%(part)s is too long and was removed") % {"part": name} for name in too_long)
    return replace(parsed, **too_long, warnings=(*parsed.warnings, *warnings))


def _fill(draft: Article, pending: PendingArticle, named: NewspapersNamed) -> None:
    parsed, resolver = pending.incoming.parsed, Resolver()
    unknown: dict[str, object] = {}
    for name in (*AS_READ, "external_id", "language"):
        if not getattr(draft, name):
            setattr(draft, name, getattr(parsed, name) or getattr(draft, name))
    draft.language = language_tag(draft.language)
    if parsed.section and draft.section_id is None:
        draft.section_id = _only(resolver.sections, parsed.section)
        if draft.section_id is None:
            unknown["section"] = parsed.section
    if draft.publication_id is None:
        unknown |= _find_newspaper(draft, parsed, named, resolver.publications)
    if draft.published_on == parsed.published_on:
        pending.set_day(resolver.time_zones.get(draft.publication_id, ""))
        draft.published_on = pending.incoming.parsed.published_on
    topics = {name: _only(resolver.topics, name) for name in parsed.topics}
    unknown |= {"topics": missing} if (missing := [n for n, pk in topics.items() if pk is None]) else {}
    draft.extra = draft.extra | parsed.extra | ({"unknown": unknown} if unknown else {})
    pending.leave_out(resolver.rules_off, draft.publication_id)
    _set_identity(draft, canonical_key(parsed.canonical_url or draft.source_url))
    draft.save()
    store_signatures([signature(draft.pk, draft.body, text_hash(draft.body))])
    pending.article = draft
    ArticleTopic.objects.bulk_create(
        ArticleTopic(article=draft, topic_id=pk) for pk in dict.fromkeys(topics.values()) if pk
    )
    resolver.speakers.learn(pending.names())
    write_authors([pending], resolver.speakers)
    write_texts([pending], resolver.speakers, None)


def _find_newspaper(
    draft: Article, parsed: ParsedArticle, named: NewspapersNamed, publications: Names
) -> dict[str, str]:
    """Set the publication that the page names; return what to ask the editor if it is not known."""
    newspaper = newspaper_of(named, publications)
    draft.publication_id = newspaper.pk
    if newspaper.pk is None and not named.names:
        draft.publication_id = _named_in(parsed.removed, publications)
    if draft.publication_id is not None or not newspaper.printed:
        return {}
    asked = {"publication": newspaper.printed}
    return asked | {"host": newspaper.host} if newspaper.host else asked


def _only(names: Names, printed: str) -> int | None:
    try:
        return names.find(printed)
    except RowError:
        return None


def _named_in(lines: Sequence[str], names: Names) -> int | None:
    """Return the one term that a removed line names: «Selwy Courier, 30 May 2019»."""
    parts = {part.strip() for line in lines for part in _PARTS.split(line) if len(line) <= _MAX_LINE_LENGTH}
    found = {pk for part in parts if part and (pk := _only(names, part))}
    return found.pop() if len(found) == 1 else None


def _set_identity(draft: Article, address: str | None) -> None:
    """Set the draft's unique keys and `copy_of`; drop keys that another article has.

    The review page shows that article, and the editor decides.
    """
    draft.canonical_url = draft.canonical_url or address
    if (
        Article.objects.filter(canonical_url=draft.canonical_url, version_of=None)
        .exclude(pk=draft.pk)
        .exists()
    ):
        draft.canonical_url = None
    if already_here(draft).filter(external_id=draft.external_id).exists():
        draft.external_id = None
    keys = Keys(draft.publication_id, None, None, text_hash(draft.body), draft.published_on)
    known = KnownArticles()
    known.find([keys])
    draft.copy_of_id = draft.copy_of_id or known.original(keys)
