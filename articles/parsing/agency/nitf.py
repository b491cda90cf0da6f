"""Parses NITF (News Industry Text Format 2 and 3) into import rows."""

import re
from collections.abc import Iterator

from articles.parsing.html.fragment import read_fragment
from articles.parsing.normalization import tidy, web_address
from articles.parsing.parsed import Problem
from articles.parsing.source_item import SourceError, SourceItem
from articles.parsing.tabular.source_status import DRAFT, PUBLISH, status_and_reason
from articles.parsing.xml_source import (
    Element,
    all_named,
    as_html,
    attribute,
    children,
    language_of,
    line_of,
    local,
    parse_whole,
)
from articles.text.word_lists import words

_TAGS = {
    "hl1": "h2",
    "hl2": "h2",
    "bq": "blockquote",
    "block": "div",
    "fn": "p",
    "credit": "p",
    "nitf-table": "div",
}
# Pictures have their own field; the notes and the table's data are for editors and programs.
_LEFT_OUT = words("media note nitf-table-metadata custom-table script style")
_BLOCKS = words("p hl1 hl2 byline byttl distributor block")
# An editors' message that withholds a story: a kill, an embargo.
_WITHHOLDS = re.compile(
    r"\b(?:kill(?:ed)?|withh(?:old|eld)|withdrawn|embargo\w*|hold for release|advance for"
    r"|not for publication)\b",
    re.IGNORECASE,
)


def read_nitf(raw: bytes) -> Iterator[SourceItem]:
    """The story of a file as a row for `read_row`; raises `SourceError`."""
    root, notes = parse_whole(raw)
    if local(root) != "nitf":
        raise SourceError("there is no NITF story in it")
    more = {f"note {n}": Problem("", "", note) for n, note in enumerate(notes)}
    status, reason = status_of(root)
    yield SourceItem(raw, row_of(root) | more, status, reason)


def row_of(nitf: Element) -> dict[str, object]:
    """The story as a row; values that the archive has no field for are kept under their names in NITF."""
    head = next(iter(children(nitf, "head")), nitf)
    body = next(iter(children(nitf, "body")), nitf)
    top = next(iter(children(body, "body.head")), body)
    hedline, subhead = _line(top, "hl1") or _line(top, "hedline"), _line(top, "hl2")
    abstract = _line(top, "abstract")
    content = children(body, "body.content")
    # A medium may have a title of its own.
    text = read_fragment("\n\n".join(as_html(one, _TAGS, _LEFT_OUT) for one in content))
    row: dict[str, object] = {
        "headline": hedline or _line(head, "title"),
        "standfirst": abstract or subhead,
        "subheadline": subhead if abstract else "",
        **text.as_row(),
        "images": list(pictures(body)),
        "dateline": _line(top, "dateline"),
        "language": language_of(next(iter(content), nitf)),
        "tagline": _line(body, "tagline"),
    }
    return row | _byline(top) | _docdata(head, top) | _subjects(head)


def pictures(body: Element) -> Iterator[dict[str, str]]:
    """The media that have a caption."""
    for medium in all_named(body, "media"):
        caption = _line(medium, "media-caption")
        sources = (attribute(one, "source") for one in all_named(medium, "media-reference"))
        if caption:
            url = next(filter(None, map(web_address, sources)), "")
            yield {"caption": caption, "credit": _line(medium, "media-producer"), "url": url}


def status_of(nitf: Element) -> tuple[str, str]:
    """publish, draft or leave, and the reason if the story is not to be published."""
    for docdata in all_named(nitf, "docdata"):
        said = attribute(docdata, "management-status") or "usable"
        status, reason = status_and_reason("management-status", said)
        if status != PUBLISH:
            return status, reason
    for message in all_named(nitf, "ed-msg"):
        said = attribute(message, "info") or line_of(message)
        if _WITHHOLDS.search(said):
            return DRAFT, f"ed-msg is «{said[:100]}»"
    return PUBLISH, ""


def _byline(top: Element) -> dict[str, object]:
    """The byline with the author's title behind a comma, and the persons that it marks."""
    bylines = all_named(top, "byline")
    printed = [", ".join(filter(None, (_without(one, "byttl"), _line(one, "byttl")))) for one in bylines]
    names = [name for one in bylines for person in all_named(one, "person") if (name := line_of(person))]
    return {"byline": ", ".join(filter(None, printed)), "authors": names or None}


def _without(element: Element, left_out: str) -> str:
    return tidy(read_fragment(as_html(element, {}, frozenset((left_out,)))).text).strip(" ,")


def _docdata(head: Element, top: Element) -> dict[str, object]:
    """Identity, dates and the newspaper's place of the story."""
    key = next(iter(all_named(head, "du-key")), None)
    printed = next(iter(all_named(head, "pubdata")), None)
    issued = _value(head, "date.issue", "norm") or _value(top, "story.date", "norm")
    released = _value(head, "date.release", "norm")
    paper = "" if printed is None else attribute(printed, "name")
    row: dict[str, object] = {
        "external_id": _value(head, "doc-id", "id-string") or ("" if key is None else attribute(key, "key")),
        "version": "" if key is None else attribute(key, "version") or attribute(key, "generation"),
        "published_at": issued or _value(head, "pubdata", "date.publication") or released,
        "embargoed_until": released,
        "expires": _value(head, "date.expire", "norm"),
        "urgency": _value(head, "urgency", "ed-urg"),
        "publication": paper or _line(top, "distributor") or _value(head, "doc.copyright", "holder"),
    }
    if printed is not None:
        row |= {
            "section": attribute(printed, "position.section"),
            "edition": attribute(printed, "edition.name"),
        }
        row["page"] = attribute(printed, "position.sequence")
    return row


def _subjects(head: Element) -> dict[str, object]:
    types = [attribute(one, "tobject.subject.type") for one in all_named(head, "tobject.subject")]
    matters = [attribute(one, "tobject.subject.matter") for one in all_named(head, "tobject.subject")]
    keywords = [attribute(one, "key") for one in all_named(head, "keyword")]
    return {"topics": list(dict.fromkeys(filter(None, [*types, *matters, *keywords])))}


def _line(element: Element, name: str) -> str:
    """The text of the first element of this name: its blocks as one line, without the media in it."""
    for found in all_named(element, name):
        if line := tidy(read_fragment(as_html(found, dict.fromkeys(_BLOCKS, "p"), _LEFT_OUT)).text):
            return line
    return ""


def _value(element: Element, name: str, key: str) -> str:
    return next((found for one in all_named(element, name) if (found := attribute(one, key))), "")
