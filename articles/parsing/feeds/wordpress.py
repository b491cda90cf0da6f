"""Parses WordPress export files (WXR) into import rows, one post at a time.

feedparser would load a whole export into memory, and does not keep the original bytes of a post.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from lxml import etree

from articles.parsing.charsets import codecs_of, declared_encoding
from articles.parsing.html.fragment import read_fragment
from articles.parsing.normalization import tidy, web_address
from articles.parsing.tabular.source_status import DRAFT, LEAVE, PUBLISH, meaning_of
from articles.parsing.vocabulary import words

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
# WordPress's own elements, whatever URL the file gives for their namespace.
_IS_WXR = re.compile(rb"<(?:[\w.-]{1,30}:)?wxr_version\b|[\"']https?://wordpress\.org/export/", re.IGNORECASE)
_ARTICLES = words("post page article articles news story stories interview review opinion column")


Element = Any  # lxml has no types


class WxrError(ValueError):
    """The file is not a WXR export or is truncated; posts before the fault have been yielded."""


@dataclass(frozen=True)
class Post:
    """A post as a row for `read_row`, with its XML and its publication status."""

    raw: bytes
    row: dict[str, object]
    status: str
    reason: str = ""


class _Utf8:
    """Recodes a file to UTF-8, because lxml knows fewer encoding labels than browsers."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.head = stream, stream.read(4096)
        wide = self.head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        codec = "utf-16" if wide else (*codecs_of(declared_encoding(self.head)), "utf-8")[0]
        # Broken UTF-8 is passed on, so that the parser reports it.
        errors = "surrogateescape" if codec == "utf-8" else "replace"
        self.errors, self.decoder = errors, codecs.getincrementaldecoder(codec)(errors)

    def read(self, size: int) -> bytes:
        text = ""
        while not text:
            raw, self.head = self.head or self.stream.read(size), b""
            text = self.decoder.decode(raw, final=not raw)
            if not raw:
                break
        return text.encode("utf-8", self.errors)


def is_wxr(head: bytes) -> bool:
    """Whether a file with these first bytes is a WXR export."""
    return _IS_WXR.search(head) is not None


def read_wxr(stream: BinaryIO) -> Iterator[Post]:
    """Yield every post in file order with constant memory; raises `WxrError`."""
    paper, language = "", ""
    names: dict[str, str] = {}
    try:
        # No entities, no network access, and lxml's limits on depth and length.
        for _, element in etree.iterparse(
            _Utf8(stream),
            events=("end",),
            encoding="utf-8",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        ):
            tag = _local(element)
            inside = element.getparent().tag if element.getparent() is not None else ""
            if tag == "author" and inside == "channel":
                names[_of(element, "author_login")] = _of(element, "author_display_name")
            elif tag == "title" and inside == "channel":
                paper = tidy(element.text or "")
            elif tag == "language" and inside == "channel":
                language = (element.text or "").strip()
            elif tag == "item":
                yield _post(element, paper, language, names)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise WxrError(f"is no whole WordPress export: {error.msg}") from None


def _post(item: Element, paper: str, language: str, names: dict[str, str]) -> Post:
    fragment = read_fragment(item.findtext(_CONTENT) or "")
    kinds = [(c.get("domain") or "", tidy(c.text or "")) for c in item.iterfind("category")]
    sections = [name for domain, name in kinds if domain == "category" and name != "Uncategorized"]
    author = item.findtext(_CREATOR) or ""
    # For several authors, a plug-in stores each as a category.
    authors = [name for domain, name in kinds if domain == "author" and name]
    row: dict[str, object] = {
        "headline": tidy(read_fragment(item.findtext("title") or "").text),
        "body": fragment.text,
        "images": [vars(image) for image in fragment.images],
        "standfirst": tidy(read_fragment(_excerpt(item)).text),
        "byline": ", ".join(authors) or tidy(names.get(author) or author),
        "authors": authors or None,
        "section": sections[0] if sections else "",
        "topics": [*sections[1:], *(name for domain, name in kinds if domain == "post_tag")],
        "publication": paper,
        "language": language,
        "source_url": web_address(item.findtext("link") or ""),
        "external_id": _of(item, "post_id"),
        **_published(item),
    }
    status, reason = _status(item)
    return Post(etree.tostring(item, encoding="utf-8", with_tail=False), row, status, reason)


def _status(item: Element) -> tuple[str, str]:
    """publish, draft or leave, and the reason if it is not to be published."""
    kind, said = _of(item, "post_type"), _of(item, "status") or PUBLISH
    if kind and kind not in _ARTICLES:
        return LEAVE, f"is left out: a {kind} is not an article"
    if meaning_of(said) == LEAVE:
        return LEAVE, f"is left out: its status is «{said}»"
    if _of(item, "post_password"):
        return DRAFT, "post_password is set"
    # WordPress marks public posts by this one word only.
    return (PUBLISH, "") if said == PUBLISH else (DRAFT, f"status is «{said}»")


def _published(item: Element) -> dict[str, str]:
    """The site's local day and its UTC instant; drafts have zeros instead."""
    local, there = _of(item, "post_date"), _of(item, "post_date_gmt")
    found = {"published_on": local[:10]} if local.strip("0-: ") else {}
    return found | ({"published_at": f"{there}Z"} if there.strip("0-: ") else {})


def _excerpt(item: Element) -> str:
    """The excerpt; its namespace contains the version of the format."""
    for child in item:
        if _local(child) == "encoded" and child.tag != _CONTENT:
            return child.text or ""
    return ""


def _of(element: Element, name: str) -> str:
    for child in element:
        if _local(child) == name:
            return (child.text or "").strip()
    return ""


def _local(element: Element) -> str:
    """The tag without namespace or undeclared prefix; empty for a comment."""
    tag = element.tag if isinstance(element.tag, str) else ""
    return tag.rpartition("}")[2].rpartition(":")[2]
