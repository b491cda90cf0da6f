"""Parses RSS and Atom feeds into import rows.

feedparser takes what it can of any text, mixes the captions of media into the body, knows namespaces in one
spelling only, and does not keep the original bytes of an entry.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

from lxml import etree

from articles.parsing.dates.parser import UnclearDate, read_date
from articles.parsing.html.fragment import Fragment, read_fragment
from articles.parsing.normalization import tidy, web_address
from articles.parsing.parsed import Problem
from articles.parsing.source_item import SourceError, SourceItem
from articles.parsing.tabular.source_status import LEAVE, PUBLISH, says_status
from articles.parsing.xml_source import (
    Element,
    Elements,
    Root,
    all_named,
    as_html,
    attribute,
    children,
    first_line,
    language_of,
    line_of,
    local,
    name_of,
    text_of,
    vocabulary_of,
)
from articles.text.word_lists import words

SUMMARY_ONLY = "feed_gave_summary_only"
ONLY_CHANGED = "the feed gives only the time of the last change; it was taken as the date"
_FEEDS = words("rss RDF feed")
# Elements of Dublin Core and Atom that RSS borrows, the best first.
_PUBLISHED = (
    "pubDate",
    "pubdate",
    "published",
    "issued",
    "dcterms:issued",
    "dc:date",
    "dcterms:created",
    "created",
)
_CHANGED = ("updated", "modified", "dcterms:modified")
_CONTENT = ("content:encoded", "content", "xhtml:body", "xhtml:div", "fullText", "full-text", "fulltext")
_SUMMARY = ("description", "summary", "dc:description", "itunes:summary")
_OTHERS = words("comment template settings")
# Programs write these for a date that they do not have.
_NO_DATES = (date(1, 1, 1), date(1969, 12, 31), date(1970, 1, 1))
_TWO_FIGURES = re.compile(
    r"((?:[^\W\d_]{2,14}\.?,?\s+)?\d{1,2}[ -][^\W\d_]{3,14}\.?[ -])(\d\d)\s+\d{1,2}:\d\d"
)
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|div|em|font|h[1-6]|i|img|p|q|s|small|span|strong|sub|sup|u)\b[^<>]*>",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"</(?:p|div)>|<br\s*/?>", re.IGNORECASE)
_MAIL = re.compile(r"<?[^\s@()<>]{1,100}@[^\s@()<>]{1,100}>?")
_SHORTENED = re.compile(r"[\s\[(]{0,5}(?:\.{3}|…)[\s\])]{0,5}\Z")


def is_feed(root: Root) -> bool:
    """Whether this is the root element of RSS 0.9 to 2.0 or of Atom."""
    if root.name == "RDF":
        return any("rss" in name or "netscape" in name for name in root.namespaces.values())
    return root.name in _FEEDS and root.vocabulary in ("", "atom")


def read_feed(raw: bytes) -> Iterator[SourceItem]:
    """The entries as rows for `read_row`; raises `SourceError`. No file or URL is opened."""
    elements, entries, fault = Elements(raw), [], None
    try:
        for element in elements:
            if name_of(element) in ("item", "entry"):
                entries.append(element)
    except SourceError as error:
        fault = error
    if elements.root is None or local(elements.root) not in _FEEDS:
        raise SourceError("there is no RSS or Atom feed in it")
    feed = _Feed.of(elements.root)
    notes = {f"note {n}": Problem("", "", note) for n, note in enumerate(elements.notes)}
    for entry in entries:
        raw = etree.tostring(entry, encoding="utf-8", with_tail=False)
        kind = _kind(entry)
        status, reason = (
            (LEAVE, f"is left out: a {kind} is not an article") if kind in _OTHERS else (PUBLISH, "")
        )
        yield SourceItem(raw, _row(entry, feed) | notes, status, reason)
    if fault:
        raise fault


@dataclass(frozen=True)
class _Feed:
    """What the feed says for all its entries."""

    title: str
    language: str
    link: str
    authors: tuple[str, ...]

    @classmethod
    def of(cls, root: Element) -> "_Feed":
        channel = next(iter(children(root, "channel")), root)
        language = next(map(line_of, children(channel, "language", "dc:language")), "")
        return cls(_title(channel), language or language_of(channel), _link(channel, ""), _names(channel))


def _row(entry: Element, feed: _Feed) -> dict[str, object]:
    bodies = map(_fragment, children(entry, *_CONTENT))
    whole = max(bodies, key=lambda one: len(one.text), default=Fragment(""))
    summaries = map(_fragment, children(entry, *_SUMMARY))
    summary = next((one for one in summaries if one.text), Fragment(""))
    fragment = whole if whole.text.strip() else summary
    authors = _names(entry) or feed.authors
    row: dict[str, object] = {
        "headline": _title(entry),
        **fragment.as_row(),
        "images": [*map(vars, fragment.images), *_media(entry)],
        "byline": ", ".join(authors),
        "authors": list(authors) if len(authors) > 1 else None,
        "publication": _source(entry) or feed.title,
        "topics": [
            _category(one) for one in children(entry, "category", "dc:subject") if not _says_kind(one)
        ],
        "source_url": web_address(_link(entry, feed.link)),
        "external_id": first_line(children(entry, "guid", "id")),
        "language": _language(entry, feed),
        **_published(entry),
        **_status(entry),
    }
    if fragment is summary:
        row[SUMMARY_ONLY] = True
    elif not _is_beginning(summary.text, whole.text):
        row |= {"standfirst": tidy(summary.text), **summary.cuts("standfirst")}
    return row


def _published(entry: Element) -> dict[str, object]:
    # As printed: in UTC the newspaper's day would be lost.
    published = [_with_century(line_of(one)) for one in children(entry, *_PUBLISHED)]
    changed = [_with_century(line_of(one)) for one in children(entry, *_CHANGED)]
    if found := next(filter(_is_date, published), ""):
        return {"published_at": found}
    if found := next(filter(_is_date, changed), ""):
        return {"published_at": found, "note date": Problem("", "", ONLY_CHANGED)}
    # `read_row` says what is wrong with it.
    return {"published_at": next(filter(None, [*published, *changed]), "")}


def _with_century(printed: str) -> str:
    """The date of RFC 822 with the century that RFC 2822 gives to two figures."""
    found = _TWO_FIGURES.match(printed)
    if not found:
        return printed
    century = "20" if int(found[2]) < 50 else "19"
    return f"{found[1]}{century}{printed[found.start(2) :]}"


def _is_date(printed: str) -> bool:
    """Whether it is a date, and not what a program writes for none."""
    try:
        return read_date(printed).on not in _NO_DATES
    except UnclearDate:
        return False


def _kind(entry: Element) -> str:
    """What an entry of a Blogger export is: post, page, comment, template, settings."""
    terms = (attribute(one, "term") for one in children(entry, "category") if _says_kind(one))
    types = (line_of(one) for one in entry if local(one) == "type")
    return next(filter(None, [*terms, *types]), "").rpartition("#")[2].lower()


def _says_kind(category: Element) -> bool:
    return attribute(category, "scheme").endswith("#kind")


def _status(entry: Element) -> dict[str, object]:
    """Elements such as `app:draft`, by prefix and name."""
    found: dict[str, object] = {}
    for child in entry:
        if name_of(child) in _CONTENT + _SUMMARY:
            continue
        for element in (child, *child):
            name = local(element)
            if says_status(name) and name != "published" and (said := line_of(element)):
                prefix = element.prefix or ""
                found[f"{prefix}:{name}" if prefix else name] = said
    return found


def _fragment(element: Element) -> Fragment:
    """The text of a body or summary; in Atom's plain text, «<» is a literal character."""
    kind = attribute(element, "type").lower()
    if len(element):
        return read_fragment(as_html(element, {}))
    if attribute(element, "src") or kind.startswith(("image/", "audio/", "video/")):
        return Fragment("")
    text = text_of(element)
    is_plain = kind in ("text", "text/plain") or (not kind and not _BLOCK.search(text))
    return Fragment(text) if _is_atom(element) and is_plain else read_fragment(text)


def _title(element: Element) -> str:
    for title in children(element, "title", "dc:title", "media:title"):
        kind = attribute(title, "type").lower()
        if len(title):
            found = tidy(read_fragment(as_html(title, {})).text)
        elif _is_atom(title) and kind in ("", "text", "text/plain"):
            found = line_of(title)
        else:
            found = _label(text_of(title))
        if found:
            return found
    return ""


def _is_atom(element: Element) -> bool:
    return vocabulary_of(element) == "atom" or local(element.getroottree().getroot()) == "feed"


def _label(text: str) -> str:
    """A line of RSS, which does not say whether it is HTML: only HTML's own elements are taken for markup."""
    return tidy(read_fragment(text).text if _TAG.search(text) else html.unescape(text))


def _category(element: Element) -> str:
    return _label(attribute(element, "label") or attribute(element, "term") or text_of(element))


def _names(element: Element) -> tuple[str, ...]:
    """The authors as printed, without mail addresses."""
    for kind in ("dc:creator", "author", "itunes:author"):
        printed = [_label(text_of(next(iter(children(one, "name")), one))) for one in children(element, kind)]
        names = [tidy(_MAIL.sub("", name)).removeprefix("(").removesuffix(")") for name in printed]
        if any(names):
            return tuple(dict.fromkeys(filter(None, names)))
    return ()


def _source(entry: Element) -> str:
    for source in children(entry, "source"):
        return _title(source) if len(source) else _label(text_of(source))
    return ""


def _language(entry: Element, feed: _Feed) -> str:
    own = next(map(line_of, children(entry, "dc:language", "language")), "") or attribute(entry, "lang")
    return (own or feed.language or language_of(entry)).replace("_", "-")


def _link(element: Element, feed_link: str) -> str:
    """The address of the entry itself, not of its media; relative ones are completed."""
    for link in children(element, "feedburner:origLink", "link"):
        rel, kind = attribute(link, "rel"), attribute(link, "type")
        address = line_of(link) or (attribute(link, "href") if rel in ("", "alternate") else "")
        if address and (not kind or "html" in kind):
            return _joined(link, feed_link, address)
    for guid in children(element, "guid"):
        if attribute(guid, "isPermaLink").lower() != "false":
            return line_of(guid)
    return attribute(element, "about")


def _joined(element: Element, feed_link: str, address: str) -> str:
    try:
        return urljoin(urljoin(feed_link, element.base or ""), address)
    except ValueError:
        return address


def _media(entry: Element) -> Iterator[dict[str, str]]:
    """Pictures with captions; a caption beside several pictures is that of the first."""
    for group in [entry, *children(entry, "media:group")]:
        # Read once: a group may have very many pictures.
        beside = _captions(group)
        credit_beside = next(map(line_of, children(group, "media:credit")), "")
        for content in children(group, "media:content", "media:thumbnail"):
            kind = attribute(content, "medium") + attribute(content, "type")
            if kind and "image" not in kind:
                continue
            if captions := [*_captions(content), *beside]:
                credit = next((line_of(one) for one in all_named(content, "credit")), "") or credit_beside
                url = web_address(attribute(content, "url"))
                yield {"caption": captions[0], "credit": credit, "url": url}
                beside = []


def _captions(element: Element) -> list[str]:
    return [found for one in children(element, "media:description") if (found := _label(text_of(one)))]


def _is_beginning(summary: str, body: str) -> bool:
    """Whether the summary only repeats how the body begins, perhaps cut with «[…]»."""
    return " ".join(body.split()).startswith(_SHORTENED.sub("", " ".join(summary.split())))
