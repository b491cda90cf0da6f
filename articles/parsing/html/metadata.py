"""Reads the metadata of a page: JSON-LD, OpenGraph, `citation_*` and older meta tags.

trafilatura's own metadata has one date without a time, and joins the authors to one text.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from articles.parsing.bylines import names_in
from articles.parsing.dates.parser import PrintedDate, UnclearDate, read_date
from articles.parsing.language import tag_case
from articles.parsing.normalization import tidy, without_surrogates
from articles.parsing.parsed import LIMITS

_ARTICLE_TYPES = re.compile(
    r"(?:\w*NewsArticle|Article|\w*BlogPosting|Report|ReportageNewsArticle|\w+Article)$"
)
_DEEPEST = 12
# Wrappers around a script for old browsers: «//<![CDATA[», «<!--».
_MARKS = ("//", "/*", "*/", "<![CDATA[", "]]>", "<!--", "-->", ";")
_COMMA_BEFORE_THE_END = re.compile(r",(\s*[}\]])")
UNREADABLE = "the page's own data (JSON-LD) could not be read"


def read_story(tree: HtmlElement) -> tuple[dict[str, object], list[str]]:
    """The first article object at any depth, with `@id` references to people resolved; and warnings."""
    objects: list[dict[str, object]] = []
    notes: list[str] = []
    for script in tree.iter("script"):
        if not (script.get("type") or "").strip().lower().startswith("application/ld+json"):
            continue
        data = _data(script.text_content())
        notes += [UNREADABLE] if data is None else []
        objects += _objects(data)
    story: dict[str, object] = next(filter(_is_article, objects), {})
    if not story:
        return {}, notes[:1]
    by_id: dict[str, object] = {
        str(item["@id"]): item
        for item in reversed(objects)
        if isinstance(item.get("@id"), str) and len(item) > 1
    }
    people = {
        name: _in_full(story[name], by_id) for name in ("author", "creator", "publisher") if name in story
    }
    return story | people, notes[:1]


def _data(text: str) -> object:
    """Parse JSON; tolerates line ends inside strings and trailing commas."""
    for mark in _MARKS * 3:
        text = text.strip().removeprefix(mark).removesuffix(mark)
    for candidate in (text, _COMMA_BEFORE_THE_END.sub(r"\1", text)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(data: object, depth: int = 0) -> Iterator[dict[str, object]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, dict):
        yield data
        data = list(data.values())
    if isinstance(data, list):
        for item in data:
            yield from _objects(item, depth + 1)


def _is_article(item: dict[str, object]) -> bool:
    kinds = item.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and _ARTICLE_TYPES.match(kind) for kind in kinds)


def _in_full(value: object, by_id: Mapping[str, object]) -> object:
    """Replace `{"@id": …}` by the object with this id."""
    if isinstance(value, list):
        return [_in_full(item, by_id) for item in value]
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        return by_id.get(value["@id"], value)
    return value


_HEADLINES = ("og:title", "citation_title", "dc.title", "twitter:title")
_DATES = (
    "article:published_time",
    "og:article:published_time",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "pdate",
    "publish-date",
    "date",
)
_CHANGED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified")
# Earlier years are placeholders of programs; no newspaper was printed before.
_FIRST_YEAR = 1600
_AUTHORS = ("citation_author", "dc.creator", "dcterms.creator", "parsely-author", "author", "article:author")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")


@dataclass(frozen=True)
class PageMetadata:
    headline: str = ""
    section: str = ""
    description: str = ""
    authors: tuple[str, ...] = ()
    published: PrintedDate | None = None
    changed: PrintedDate | None = None
    publication: str = ""
    language: str = ""
    topics: tuple[str, ...] = ()
    url: str = ""
    canonical_url: str = ""
    notes: tuple[str, ...] = ()


def read_metadata(tree: HtmlElement, url: str = "") -> PageMetadata:
    """JSON-LD has priority over OpenGraph, OpenGraph over the rest; a change date is never `published`."""
    metas = _metas(tree)
    story, faults = read_story(tree)
    published, notes = _published(story, metas, tree)
    canonical = absolute_address(_first(tree.xpath("//link[@rel='canonical']/@href")), url)
    named = absolute_address(_text(story.get("url")) or _one(metas, "og:url"), url)
    section = story.get("articleSection")
    return PageMetadata(
        headline=_text(story.get("headline")) or _one(metas, *_HEADLINES),
        section=_text(section[0] if isinstance(section, list) and section else section)
        or _one(metas, "article:section"),
        description=_text(story.get("description")) or _one(metas, "og:description", "description"),
        authors=_authors(story, metas),
        published=published,
        changed=_changed(story, metas),
        publication=_name(story.get("publisher")) or _one(metas, "og:site_name", "citation_journal_title"),
        language=_language(story, metas, tree),
        topics=_topics(story, metas),
        url=named or canonical,
        canonical_url=canonical,
        notes=(*faults, *notes),
    )


def _metas(tree: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if content := _text(element.get("content")):
            found.setdefault(name.strip().casefold(), []).append(content)
    return found


def _one(metas: dict[str, list[str]], *names: str) -> str:
    return next((metas[name][0] for name in names if name in metas), "")


def _first(values: list[object]) -> str:
    return str(values[0]) if values else ""


def _text(value: object) -> str:
    """One clean line; empty if it is too long for any column."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    text = tidy(without_surrogates(value)) if isinstance(value, str) and len(value) < 10_000 else ""
    return text if len(text) <= LIMITS["standfirst"] else ""


def _name(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    return _text(value)


def _authors(story: dict[str, object], metas: dict[str, list[str]]) -> tuple[str, ...]:
    """Authors as printed, without organisations."""
    given = story.get("author") or story.get("creator") or []
    given = given if isinstance(given, list) else [given]
    names: list[str] = []
    for author in given:
        if not (isinstance(author, dict) and _is_body(author)):
            several = author.get("name") if isinstance(author, dict) else author
            names += map(_text, several if isinstance(several, list) else [several])
    for key in _AUTHORS:
        if not any(names):
            names = [name for name in metas.get(key, []) if not name.startswith(("http", "/", "@"))]
    names = [one for name in names for one in names_in(name)]
    return tuple(dict.fromkeys(name for name in names if name and len(name) <= LIMITS["author"]))


def _is_body(author: dict[str, object]) -> bool:
    kind = author.get("@type")
    return kind not in (None, "Person") and kind != ["Person"]


def _published(
    story: dict[str, object], metas: dict[str, list[str]], tree: HtmlElement
) -> tuple[PrintedDate | None, list[str]]:
    """The first readable date of publication, and warnings about dates that differ or cannot be read."""
    printed = [_text(story.get("datePublished"))]
    printed += [_one(metas, name) for name in _DATES]
    printed += tree.xpath("//time[@itemprop='datePublished' or @pubdate]/@datetime")
    published: PrintedDate | None = None
    notes: list[str] = []
    for value in dict.fromkeys(filter(None, map(_text, printed))):
        try:
            date = read_date(value)
        except UnclearDate as unclear:
            notes.append(f"the page's own date «{value[:100]}» is not read: {unclear}")
            continue
        if date.on.year < _FIRST_YEAR:
            continue
        if published is None:
            published = date
            notes += [date.note] if date.note else []
        elif date.precision == published.precision and abs((date.on - published.on).days) > 1:
            notes.append(f"the page gives {date.on} too; {published.on} is taken")
        elif published.at is None and date.at and date.on == published.on:
            published, notes = date, [note for note in notes if note != published.note]
    return published, notes


def _changed(story: dict[str, object], metas: dict[str, list[str]]) -> PrintedDate | None:
    for value in (_text(story.get("dateModified")), *(_one(metas, name) for name in _CHANGED)):
        try:
            return read_date(value)
        except UnclearDate:
            continue
    return None


def _language(story: dict[str, object], metas: dict[str, list[str]], tree: HtmlElement) -> str:
    candidates = (tree.get("lang"), _text(story.get("inLanguage")), _one(metas, "og:locale", "language"))
    for value in candidates:
        if value and _LANGUAGE.fullmatch(value.strip()):
            return tag_case(value.strip().replace("_", "-"))
    return ""


def _topics(story: dict[str, object], metas: dict[str, list[str]]) -> tuple[str, ...]:
    keywords = story.get("keywords") or []
    keywords = keywords.split(",") if isinstance(keywords, str) else keywords
    words = [_text(word) for word in keywords] if isinstance(keywords, list) else []
    words += metas.get("article:tag", [])
    return tuple(dict.fromkeys(word for word in words if word and len(word) <= LIMITS["topic"]))


def absolute_address(value: str, base: str) -> str:
    """An absolute http(s) URL, or an empty string."""
    try:
        address = urljoin(base, value.strip()) if value.strip() else ""
        parts = urlsplit(address)
    except ValueError:
        return ""
    fit = parts.scheme in {"http", "https"} and parts.netloc and len(address) <= LIMITS["url"]
    return address if fit and not re.search(r"[\s\x00-\x1f<>\"\\]", address) else ""
