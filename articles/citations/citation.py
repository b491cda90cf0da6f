"""The data of a citation, independent of style and format."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from django.urls import get_script_prefix, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext

from articles.citations.names import Name, person, printed_authors
from articles.models import Article, Quote, Speaker
from articles.search.query import fold

# Characters of a quote in a list.
LISTED_WORDS = 100


class Kind(StrEnum):
    """The kind of source, which decides the form of the citation: newspaper or database."""

    ARTICLE = "article"
    QUOTE = "quote"
    SEARCH = "search"


@dataclass(frozen=True, slots=True)
class Citation:
    """One article, one quote in it, or one search.

    ``issued`` is the date at its printed precision: () if unknown, (2019,), (2019, 5) or (2019, 5, 30).
    ``speaker`` and ``words`` are set only for quotes. For a search, ``container`` is the archive, ``issued``
    its date, and ``found`` the number of results.
    """

    key: str
    title: str
    container: str
    authors: tuple[Name, ...]
    issued: tuple[int, ...]
    edition: str
    page: str
    section: str
    language: str
    url: str
    source_url: str
    accessed: dt.date
    notes: tuple[str, ...] = ()
    speaker: Name | None = None
    speaker_is_known: bool = False
    words: str = ""
    kind: Kind = Kind.ARTICLE
    found: str = ""


def cite_article(article: Article, *, site_url: str, accessed: dt.date) -> Citation:
    """Cite an article as printed, with its permalink.

    Prefetch publication, section, authors and notices to avoid queries.
    """
    return Citation(
        key=f"article-{article.pk}",
        title=article.headline,
        container=article.publication.name if article.publication else "",
        authors=_authors(article),
        issued=_issued(article),
        edition=article.edition,
        page=article.page,
        section=article.section.name if article.section else "",
        language=article.language,
        url=f"{site_url}{article.get_absolute_url()}",
        source_url=article.source_url,
        accessed=accessed,
        notes=tuple(f"{notice} – {notice.text}" for notice in article.notices.all()),
    )


def cite_listed(row: Article | Quote, *, site_url: str, accessed: dt.date, speaker: str = "") -> Citation:
    """Cite a search result briefly, without queries: authors from the byline, no notices, a short URL."""
    article = row.article if isinstance(row, Quote) else row
    named = speaker or row.source_as_name if isinstance(row, Quote) else ""
    page = "quote" if isinstance(row, Quote) else "article-by-id"
    return Citation(
        key=f"{'quote' if isinstance(row, Quote) else 'article'}-{row.pk}",
        title=article.headline,
        container=article.publication.name if article.publication else "",
        authors=printed_authors(article.byline),
        issued=_issued(article),
        edition=article.edition,
        page=article.page,
        section="",
        language=article.language,
        url=f"{site_url}{_address_of_id(page, get_script_prefix()).replace(_AN_ID, str(row.pk))}",
        source_url=article.source_url,
        accessed=accessed,
        speaker=Name(named) if named else None,
        words=Truncator(row.text).chars(LISTED_WORDS) if isinstance(row, Quote) else "",
        kind=Kind.QUOTE if isinstance(row, Quote) else Kind.ARTICLE,
    )


_AN_ID = "9007199254740991"


# Of every row of a page: `reverse` took as long as all else in its citation.
@lru_cache
def _address_of_id(page: str, prefix: str) -> str:
    """The address of a row of this kind whose id is `_AN_ID`."""
    return reverse(f"articles:{page}", args=[_AN_ID])


def cite_search(
    title: str, *, archive: str, found: str, issued: dt.date, url: str, accessed: dt.date, methods: str
) -> Citation:
    """Cite a search by its URL, which fixes its date; `found` is a number with its unit."""
    return Citation(
        key=f"search-{hashlib.sha256(url.encode()).hexdigest()[:8]}",
        title=title,
        container=archive,
        authors=(),
        issued=(issued.year, issued.month, issued.day),
        edition="",
        page="",
        section="",
        language="",
        url=url,
        source_url="",
        accessed=accessed,
        notes=(methods,),
        kind=Kind.SEARCH,
        found=found,
    )


def cite_quote(quote: Quote, *, site_url: str, accessed: dt.date) -> Citation:
    """Cite a quote in its article; an unnamed source is cited as printed."""
    whole = cite_article(quote.article, site_url=site_url, accessed=accessed)
    fields = {name: getattr(whole, name) for name in Citation.__slots__}
    fields |= {
        "key": f"quote-{quote.pk}",
        "kind": Kind.QUOTE,
        "url": f"{site_url}{quote.get_absolute_url()}",
        "speaker": _speaker(quote),
        "speaker_is_known": quote.speaker_id is not None,
        "words": quote.text,
        "notes": (
            *whole.notes,
            gettext("Attribution in the archive: %(state)s") % {"state": _how_sure(quote)},
        ),
    }
    return Citation(**fields)


def _authors(article: Article) -> tuple[Name, ...]:
    """Authors in byline order, linked ones by their name in the archive, then linked authors not in it."""
    printed = printed_authors(article.byline)
    linked = [entry.speaker for entry in article.authorship_set.all()]
    found: dict[Name, Speaker] = {}
    # Aliases are queried only if names do not match, because few pages prefetch them.
    for names in (_names, _aliases):
        for name in printed:
            if name not in found and (who := next((s for s in linked if _any_is(names(s), name)), None)):
                found[name] = who
                linked.remove(who)
    authors = [_name(found[name]) if name in found else name for name in printed]
    return tuple(dict.fromkeys([*authors, *map(_name, linked)]))


def _names(speaker: Speaker) -> list[Name]:
    return [person(speaker.name), _name(speaker)]


def _aliases(speaker: Speaker) -> list[Name]:
    return [person(alias.name) for one in {speaker, speaker.final} for alias in one.aliases.all()]


def _any_is(names: Iterable[Name], printed: Name) -> bool:
    """Whether one of the names has the printed family name and the printed first name or initial."""
    first = _first_name(printed)
    return any(
        fold(name.family) == fold(printed.family)
        and (
            _first_name(name) == first or (_first_name(name)[:1] == first[:1] and _has_initial(name, printed))
        )
        for name in names
    )


def _first_name(name: Name) -> str:
    return fold(name.given).partition(" ")[0]


def _has_initial(*names: Name) -> bool:
    """Whether a first name is only initials: «A.», «A», «J.P.»."""
    return any(re.fullmatch(r"\w|(\w\.)+", name.given.partition(" ")[0]) for name in names)


def _how_sure(quote: Quote) -> str:
    if quote.decided_by_id is None and quote.standing == Quote.Standing.UNREVIEWED:
        return gettext("found automatically, not checked")
    return quote.get_standing_display().lower()


def _speaker(quote: Quote) -> Name | None:
    if quote.speaker:
        return _name(quote.speaker)
    return Name(quote.source_as_name) if quote.source_as_name else None


def _name(speaker: Speaker) -> Name:
    speaker = speaker.final
    if speaker.kind == Speaker.Kind.PERSON:
        return person(speaker.name, speaker.sort_name)
    return Name(speaker.name)


def _issued(article: Article) -> tuple[int, ...]:
    if article.published_on is None:
        return ()
    day = article.published_on
    length = {"year": 1, "month": 2}.get(article.published_precision, 3)
    return (day.year, day.month, day.day)[:length]
