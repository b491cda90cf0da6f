"""WordPress's export file (WXR): its posts as rows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from lxml import etree

from articles.formats.fragments import read_fragment
from articles.formats.normal import tidy

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_OWN = r"\{http://wordpress\.org/export/[\d.]+/\}"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_STATUS = {"publish": "publish", "future": "draft", "draft": "draft", "pending": "draft", "private": "draft"}


class WxrError(ValueError):
    """A file that is no such export, or ends in its middle; what came before has been given."""


@dataclass(frozen=True)
class Post:
    """A post as a row for `read_row`, with the markup it was read from and what its source says of it."""

    raw: bytes
    row: dict[str, Any]
    status: str


def read_wxr(stream: BinaryIO) -> Iterator[Post]:
    """Every post in the order of the file, each read and let go; raises `WxrError`."""
    paper, language = "", ""
    names: dict[str, str] = {}
    try:
        # No entities, no network, no depth or length that eats the memory.
        for _, element in etree.iterparse(
            stream, events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        ):
            tag = etree.QName(element).localname if isinstance(element.tag, str) else ""
            inside = element.getparent().tag if element.getparent() is not None else ""
            if tag == "author" and inside == "channel":
                names[_of(element, "author_login")] = _of(element, "author_display_name")
            elif tag == "title" and inside == "channel":
                paper = tidy(element.text or "")
            elif tag == "language" and inside == "channel":
                language = (element.text or "").strip()
            elif tag == "item":
                if _of(element, "post_type") in ("post", ""):
                    yield _post(element, paper, language, names)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise WxrError(f"is no whole WordPress export: {error.msg}") from None


def _post(item: Any, paper: str, language: str, names: dict[str, str]) -> Post:
    fragment = read_fragment(item.findtext(_CONTENT) or "")
    kinds = [(c.get("domain") or "", tidy(c.text or "")) for c in item.iterfind("category")]
    sections = [name for domain, name in kinds if domain == "category" and name != "Uncategorized"]
    author = item.findtext(_CREATOR) or ""
    row = {
        "headline": tidy(read_fragment(item.findtext("title") or "").text),
        "body": fragment.text,
        "images": [vars(image) for image in fragment.images],
        "standfirst": tidy(read_fragment(_excerpt(item)).text),
        "byline": tidy(names.get(author) or author),
        "section": sections[0] if sections else "",
        "topics": [*sections[1:], *(name for domain, name in kinds if domain == "post_tag")],
        "publication": paper,
        "language": language,
        "source_url": _address(item.findtext("link") or ""),
        "external_id": _of(item, "post_id"),
        **_published(item),
    }
    status = _STATUS.get(_of(item, "status") or "publish", "leave")
    return Post(etree.tostring(item, encoding="utf-8", with_tail=False), row, status)


def _published(item: Any) -> dict[str, str]:
    """The site's own day, and the instant that it gives for Greenwich; drafts carry zeros."""
    local, there = _of(item, "post_date"), _of(item, "post_date_gmt")
    found = {"published_on": local[:10]} if local.strip("0-: ") else {}
    return found | ({"published_at": f"{there}Z"} if there.strip("0-: ") else {})


def _excerpt(item: Any) -> str:
    """In a namespace that carries the version of the format, as are the fields of the system itself."""
    for child in item:
        if isinstance(child.tag, str) and child.tag.endswith("/excerpt/}encoded"):
            return child.text or ""
    return ""


def _of(element: Any, name: str) -> str:
    for child in element:
        if isinstance(child.tag, str) and re.fullmatch(_OWN + re.escape(name), child.tag):
            return (child.text or "").strip()
    return ""


def _address(link: str) -> str:
    return link.strip() if link.strip().lower().startswith(("http://", "https://")) else ""
