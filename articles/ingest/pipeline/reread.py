"""Reads the stored original of a draft again in another encoding; what an editor has changed stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from django.db import transaction

from articles.ingest.pipeline.drafts import without_too_long_texts
from articles.ingest.pipeline.newspapers import newspaper_of
from articles.ingest.pipeline.parse import read_document
from articles.ingest.pipeline.pending_article import AS_READ, PendingArticle, read_once
from articles.ingest.pipeline.resolver import Names, Resolver
from articles.ingest.proposals.refresh import propose
from articles.ingest.publication_profiles import style_of
from articles.ingest.speakers.name_rulings import KnownNames
from articles.models import Article, Publication, RawDocument
from articles.parsing.charsets import encoding_name
from articles.parsing.encoding_guess import possible_encodings
from articles.revisions import change_text
from articles.revisions.edit_text import Texts

# The key of `Article.extra` for the encoding that an editor chose.
ENCODING = "encoding"
# The words of every warning that an encoding is doubtful (`parsing.charsets`).
_DOUBT = "check the letters"
_TEXTS: tuple[Literal["headline", "standfirst", "body"], ...] = ("headline", "standfirst", "body")
_DATE = ("published_on", "published_precision", "published_at")
_ASIDE = ("warnings", "removed", "unknown")


def doubtful_encodings(article: Article) -> tuple[str, list[str]]:
    """The encoding in which a draft was read, and others that it may be in; empty without a doubt."""
    warnings = article.extra.get("warnings", [])
    doubted = ENCODING in article.extra or any(_DOUBT in str(one) for one in warnings)
    if article.status != Article.Status.DRAFT or not doubted:
        return "", []
    document = _text_of(article)
    if document is None:
        return "", []
    likely = list(map(encoding_name, possible_encodings(bytes(document.bytes))))
    stated = document.media_type.partition("charset=")[2].strip("\"' ")
    used = article.extra.get(ENCODING) or stated or likely[0]
    return used, [name for name in likely if name != used]


def _text_of(article: Article) -> RawDocument | None:
    document = article.raw_documents.order_by("pk").first()
    return document if document and document.media_type.startswith("text/") else None


@transaction.atomic
def read_in_encoding(draft: Article, encoding: str) -> tuple[int, list[str]]:
    """Read the original in this encoding; return the number of proposed quotes, and the columns left.

    A column without the value that was read before was changed by an editor and is left. Raises what parsing
    raises, and `ValueError` if this is no draft of a text or a page.
    """
    document = _text_of(draft)
    if draft.status != Article.Status.DRAFT or document is None:
        raise ValueError("only the draft of a text or a page can be read in another encoding")
    kind = document.media_type.partition(";")[0]
    former = draft.extra.get(ENCODING)
    before = _Reading(draft, document, f"{kind}; charset={former}" if former else document.media_type)
    now = _Reading(draft, document, f"{kind}; charset={encoding}")
    changed = [name for name in AS_READ if before.values[name] != now.values[name]]
    left = [name for name in changed if getattr(draft, name) != before.values[name]]
    if "published_on" in left:
        left += _DATE
    facts = {name: now.values[name] for name in changed if name not in left and name not in _TEXTS}
    if draft.publication_id is None and now.publication is not None:
        facts["publication_id"] = now.publication
    extra = {**_aside(draft, before, now), ENCODING: encoding}
    Article.objects.filter(pk=draft.pk).update(**facts, extra=extra)
    draft.refresh_from_db()
    texts = Texts()
    for name in _TEXTS:
        if name in changed and name not in left:
            texts[name] = now.values[name]
    if captions := _captions(draft, before, now):
        texts["captions"] = captions
    # Quotes that nobody has decided are found anew, not looked for among other letters.
    draft.quotes.pending().delete()
    change_text(draft, **texts)
    return propose(draft), list(dict.fromkeys(left))


class _Reading:
    """The columns and captions that the original gives in one encoding."""

    def __init__(self, draft: Article, document: RawDocument, media_type: str) -> None:
        raw = bytes(document.bytes)
        parsed, named = read_document(raw, media_type, url=draft.source_url)
        publication = draft.publication_id or newspaper_of(named, Names(Publication, create=False)).pk
        pending = PendingArticle(
            read_once(
                without_too_long_texts(parsed), KnownNames(), style_of(publication),
                raw=raw, named=named, media_type=media_type, origin=document.origin,
            )
        )  # fmt: skip
        resolver = Resolver(create=False)
        pending.set_keys(resolver, draft.publication_id or pending.find_publication(resolver))
        row = Article()
        pending.fill(row, resolver, None)
        self.values: dict[str, Any] = {name: getattr(row, name) for name in AS_READ}  # of many types
        self.extra = row.extra
        self.publication = row.publication_id
        self.captions = pending.texts.captions


def _aside(draft: Article, before: _Reading, now: _Reading) -> dict[str, Any]:  # JSON
    """The warnings, removed lines and unknown names of the new reading, unless an editor settled some."""
    extra = dict(draft.extra)
    for name in _ASIDE:
        if extra.get(name) == before.extra.get(name):
            extra.pop(name, None)
            extra |= {name: now.extra[name]} if name in now.extra else {}
    return extra


def _captions(draft: Article, before: _Reading, now: _Reading) -> Mapping[int, str]:
    """The captions that were read otherwise, by image; none if an editor added or removed an image."""
    images = list(draft.images.all())
    if not len(images) == len(before.captions) == len(now.captions):
        return {}
    rows = zip(images, before.captions, now.captions, strict=True)
    return {image.pk: new for image, old, new in rows if image.caption == old != new}
