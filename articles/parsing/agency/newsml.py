"""Parses NewsML-G2 (news items, and messages with several of them) into import rows."""

import base64
import binascii
from collections.abc import Iterator

from lxml import etree

from articles.parsing.agency import nitf
from articles.parsing.html.fragment import read_fragment
from articles.parsing.normalization import tidy
from articles.parsing.parsed import Problem
from articles.parsing.source_item import SourceError, SourceItem, newest_versions
from articles.parsing.tabular.source_status import DRAFT, LEAVE, PUBLISH, status_and_reason
from articles.parsing.xml_source import (
    Element,
    all_named,
    as_html,
    attribute,
    children,
    first_line,
    language_of,
    line_of,
    local,
    parse_whole,
    text_of,
)
from articles.text.word_lists import words

ROOTS = words("newsItem packageItem newsMessage conceptItem knowledgeItem planningItem catalogItem")
_ITEMS = ROOTS - {"newsMessage"}


def read_newsml(raw: bytes) -> Iterator[SourceItem]:
    """Every item, of which only the newest versions of texts are articles; raises `SourceError`."""
    root, notes = parse_whole(raw)
    if local(root) not in ROOTS:
        raise SourceError("there is no item of NewsML-G2 in it")
    more = {f"note {n}": Problem("", "", note) for n, note in enumerate(notes)}
    found = [one for one in root.iter() if local(one) in _ITEMS]
    if not found:
        raise SourceError("there is no item of NewsML-G2 in it")
    yield from newest_versions(_item(one, more) for one in found)


def _item(item: Element, notes: dict[str, Problem]) -> SourceItem:
    raw = etree.tostring(item, encoding="utf-8", with_tail=False)
    meta, about = _part(item, "itemMeta"), _part(item, "contentMeta")
    row = _row(item, meta, about) | notes
    status, reason = _status(item, meta)
    if status != LEAVE and not row["body"]:
        status, reason = LEAVE, "is left out: it has no text in this file"
    return SourceItem(raw, row, status, reason)


def _status(item: Element, meta: Element) -> tuple[str, str]:
    """publish, draft or leave, and the reason if the item is not to be published."""
    kind = _code(meta, "itemClass") or ("text" if local(item) == "newsItem" else local(item))
    status, reason = status_and_reason("pubStatus", _code(meta, "pubStatus") or "usable")
    if status == LEAVE:
        return status, reason
    if local(item) != "newsItem" or kind not in ("text", "composite"):
        return LEAVE, f"is left out: a {kind.removesuffix('Item')} is not an article"
    if status != PUBLISH:
        return status, reason
    inside = children(_part(item, "contentSet"), "inlineXML")
    for story in (one for place in inside for one in all_named(place, "nitf")):
        if (found := nitf.status_of(story))[0] != PUBLISH:
            return found
    if any(not line_of(one) for one in children(meta, "embargoed")):
        return DRAFT, "embargoed has no end"
    return PUBLISH, ""


def _row(item: Element, meta: Element, about: Element) -> dict[str, object]:
    inside = _content(item)
    headlines = sorted(children(about, "headline"), key=lambda one: "main" not in attribute(one, "role"))
    creators = children(about, "creator")
    names = list(dict.fromkeys(filter(None, map(_name, creators))))
    described = [one for one in children(about, "description") if "caption" not in attribute(one, "role")]
    row: dict[str, object] = {
        "headline": first_line([*headlines, *children(meta, "title")]),
        "byline": first_line(children(about, "by")) or ", ".join(names),
        "authors": names or None,
        "dateline": first_line(children(about, "dateline")),
        "standfirst": first_line(described),
        "topics": list(dict.fromkeys(filter(None, map(_name, children(about, "subject"))))),
        "publication": next(filter(None, map(_name, children(meta, "provider"))), "") or _provider(meta),
        "language": next((attribute(one, "tag") for one in children(about, "language")), "")
        or language_of(item),
        "external_id": attribute(item, "guid"),
        "version": attribute(item, "version"),
        "version_created": first_line(children(meta, "versionCreated")),
        "published_at": first_line(children(meta, "firstCreated"))
        or first_line(children(about, "contentCreated")),
        "embargoed": first_line(children(meta, "embargoed")),
        "urgency": first_line(children(about, "urgency")),
        "slugline": first_line(children(about, "slugline")),
        "located": next(filter(None, map(_name, children(about, "located"))), ""),
        "ed_note": first_line(children(meta, "edNote")),
    }
    row["published_at"] = row["published_at"] or row["version_created"]
    given = {key: value for key, value in row.items() if value}
    # What the item says of itself is before what the story inside it says.
    return {"headline": "", "body": "", "external_id": "", "version": ""} | inside | given


def _content(item: Element) -> dict[str, object]:
    """The text of the item, and what an NITF story inside it says: the richest rendition."""
    inside = _part(item, "contentSet")
    for place in children(inside, "inlineXML"):
        for story in all_named(place, "nitf"):
            return {key: value for key, value in nitf.row_of(story).items() if value}
    for place in children(inside, "inlineXML"):
        for body in [*all_named(place, "body"), *all_named(place, "html"), place][:1]:
            found = read_fragment(as_html(body, {}, words("head script style title"))).as_row()
            titles = [*all_named(place, "h1"), *all_named(place, "title")]
            return found | {"headline": first_line(titles)}
    for place in children(inside, "inlineData"):
        text = text_of(place)
        if "base64" in attribute(place, "encoding"):
            text = _decoded(text)
        if "html" in attribute(place, "contenttype"):
            return read_fragment(text).as_row()
        return {"body": text}
    return {}


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _part(item: Element, name: str) -> Element:
    return next(iter(children(item, name)), etree.Element("none"))


def _name(element: Element) -> str:
    """The name of a concept; else its literal, if that is words and not a code."""
    named = first_line(children(element, "name"))
    literal = attribute(element, "literal")
    return named or (tidy(literal) if " " in literal else "")


def _provider(meta: Element) -> str:
    """The code of an agency that is not named: «AA» for `nprov:AA`."""
    codes = (attribute(one, "literal") or attribute(one, "qcode") for one in children(meta, "provider"))
    return next(filter(None, codes), "").rpartition(":")[2]


def _code(element: Element, name: str) -> str:
    """«usable» for `stat:usable` and for a URI that ends in it."""
    for one in children(element, name):
        code = attribute(one, "qcode") or attribute(one, "uri") or attribute(one, "literal") or line_of(one)
        return code.replace("/", ":").rpartition(":")[2].strip().lower()
    return ""
