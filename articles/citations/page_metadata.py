"""Page metadata: COinS for reference managers, schema.org JSON-LD for other programs.

Dates are as printed, at their precision; dates of import are never given.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from articles.citations.citation import Citation
from articles.models import Article, Quote, Speaker

CONTEXT = "https://schema.org"
_KINDS = {Speaker.Kind.ORGANISATION: "Organization", Speaker.Kind.GROUP: "Organization"}


def coins(citation: Citation) -> str:
    """An OpenURL context object (Z39.88-2004, KEV format) for the `title` of an empty `<span>`."""
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", "newspaperArticle"),
        ("rft.title", citation.title),
        ("rft.source", citation.container),
        *(("rft.creator", name.separated) for name in citation.authors),
        ("rft.date", printed_date(citation)),
        ("rft.edition", citation.edition),
        ("rft.pages", citation.page),
        ("rft.language", citation.language),
        ("rft.identifier", citation.url),
        ("rft.description", _said(citation)),
    ]
    return urlencode([(key, value) for key, value in pairs if value], safe="/:,")


def printed_date(citation: Citation) -> str:
    """The date at its printed precision: ``2019``, ``2019-05``, ``2019-05-30``, or an empty string."""
    return "-".join(f"{part:0{width}}" for part, width in zip(citation.issued, (4, 2, 2), strict=False))


def _said(citation: Citation) -> str:
    if not citation.words:
        return ""
    return f"{citation.speaker.straight}: “{citation.words}”" if citation.speaker else f"“{citation.words}”"


def news_article(article: Article, citation: Citation) -> dict[str, object]:
    """A schema.org ``NewsArticle`` without its body."""
    found = {
        "@context": CONTEXT,
        "@type": "NewsArticle",
        "headline": citation.title,
        "description": article.standfirst,
        "datePublished": printed_date(citation),
        "author": [{"@type": "Person", "name": name.straight} for name in citation.authors],
        "publisher": _organisation(citation.container),
        "isPartOf": {"@type": "Newspaper", "name": citation.container} if citation.container else None,
        "articleSection": citation.section,
        "printEdition": citation.edition,
        "printPage": citation.page,
        "inLanguage": citation.language,
        "url": citation.url,
        "sameAs": citation.source_url,
    }
    return _given(found)


def quotation(
    quote: Quote, citation: Citation, article_url: str, speaker: dict[str, object] | None
) -> dict[str, object]:
    """A schema.org ``Quotation`` within its article."""
    article = {
        "@type": "NewsArticle",
        "headline": citation.title,
        "datePublished": printed_date(citation),
        "publisher": _organisation(citation.container),
        "url": article_url,
    }
    found = {
        "@context": CONTEXT,
        "@type": "Quotation",
        "text": quote.text,
        "spokenByCharacter": speaker,
        "isPartOf": _given(article),
        "inLanguage": citation.language,
        "url": citation.url,
    }
    return _given(found)


def speaker_named(speaker: Speaker, *, site_url: str) -> dict[str, object]:
    """A schema.org ``Person`` or ``Organization`` with the speaker's current name."""
    return {
        "@type": _KINDS.get(Speaker.Kind(speaker.kind), "Person"),
        "name": speaker.name,
        "url": f"{site_url}{speaker.get_absolute_url()}",
    }


def speaker_in_full(speaker: Speaker, names: list[str], *, site_url: str) -> dict[str, object]:
    """`speaker_named` with alternate names and description, for the speaker's own page."""
    more = {"alternateName": names, "description": speaker.description, "sameAs": speaker.same_as}
    return {"@context": CONTEXT, **speaker_named(speaker, site_url=site_url), **_given(more)}


def _organisation(name: str) -> dict[str, str] | None:
    return {"@type": "NewsMediaOrganization", "name": name} if name else None


def _given(found: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in found.items() if value}
