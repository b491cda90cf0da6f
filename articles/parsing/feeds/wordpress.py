"""Parses WordPress export files (WXR) into import rows, one post at a time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from lxml import etree

from articles.parsing.bylines import is_name
from articles.parsing.html.fragment import read_fragment
from articles.parsing.normalization import tidy, web_address
from articles.parsing.parsed import Problem
from articles.parsing.source_item import SourceError, SourceItem
from articles.parsing.tabular.source_status import DRAFT, LEAVE, PUBLISH, meaning_of
from articles.parsing.xml_source import (
    SAFE,
    Element,
    Root,
    SoundStream,
    attribute,
    is_wordpress,
    local,
    root_of,
    text_of,
    vocabulary_of,
)
from articles.text.word_lists import words

# WordPress's own elements, whatever URL the file gives for their namespace.
_ITS_ELEMENTS = re.compile(rb"<(?:[\w.-]{1,30}:)?(?:wxr_version|post_type|post_password|post_date_gmt)\b")
_ARTICLES = words("post page article articles news story stories interview review opinion column")
# Plug-ins store the authors of a post as terms of these taxonomies.
_AUTHORS = words("author authors byline bylines coauthor coauthors co-author co-authors writer writers")
_OF_OTHERS = words("media atom itunes sy xhtml")


def is_wxr(head: bytes, root: Root | None = None) -> bool:
    """Whether a file with these first bytes is a WXR export."""
    root = root or root_of(head)
    if root is None or root.name != "rss":
        return False
    return any(map(is_wordpress, root.namespaces.values())) or _ITS_ELEMENTS.search(head) is not None


@dataclass
class _Site:
    """What the head of the export says; `names` are those of people by their login, `slugs` by their page."""

    paper: str = ""
    language: str = ""
    names: dict[str, str] = field(default_factory=dict)

    def learn(self, tag: str, element: Element) -> None:
        if tag == "author":
            login = _of(element, "author_login")
            full = f"{_of(element, 'author_first_name')} {_of(element, 'author_last_name')}".strip()
            self._put(_of(element, "author_display_name"), full, login)
        elif tag == "term" and _of(element, "term_taxonomy") in _AUTHORS:
            login, slug = _of(element, "term_name"), _of(element, "term_slug")
            self._put(_described(_of(element, "term_description"), login), "", login, slug)
        elif tag == "title":
            self.paper = tidy(text_of(element))
        elif tag == "language":
            self.language = text_of(element).strip()

    def learn_guest(self, item: Element) -> None:
        """A guest author, whom a plug-in stores as a post."""
        slug = _of(item, "post_name")
        self._put(tidy(_of(item, "title")), "", slug, slug.removeprefix("cap-"), f"cap-{slug}")

    def _put(self, shown: str, full: str, *keys: str) -> None:
        logins = [key.casefold() for key in keys if key]
        name = next((one for one in (shown, full) if one and one.casefold() not in logins), "")
        self.names |= {login: tidy(name) for login in logins if name}

    def name_of(self, *printed: str) -> str:
        """The name of an account or term; empty if only a login is known."""
        for one in printed:
            if found := self.names.get(one.casefold()) or self.names.get(one.casefold().removeprefix("cap-")):
                return found
        return next((tidy(one) for one in printed if is_name(tidy(one))), "")


def _described(description: str, login: str) -> str:
    """The name that Co-Authors Plus writes before the login: «Ada Pell Ada Pell apell 12 a@x.example»."""
    shown = description.partition(login)[0].split() if login else []
    half = len(shown) // 2
    return " ".join(shown[:half] if half and shown[:half] == shown[half:] else shown)


def read_wxr(stream: BinaryIO) -> Iterator[SourceItem]:
    """Yield every post in file order with constant memory; raises `SourceError`."""
    site, sound = _Site(), SoundStream(stream)
    try:
        for _, element in etree.iterparse(sound, events=("end",), encoding="utf-8", **SAFE):
            tag = local(element)
            parent = element.getparent()
            if tag == "item":
                yield _post(element, site, sound.notes)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
            elif parent is not None and local(parent) == "channel":
                site.learn(tag, element)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"is no whole WordPress export: {error.msg}") from None


def _post(item: Element, site: _Site, notes: list[str]) -> SourceItem:
    fragment, excerpt = (read_fragment(_encoded(item, name)) for name in ("content", "excerpt"))
    kinds = [
        (attribute(c, "domain"), attribute(c, "nicename"), tidy(text_of(c))) for c in _all(item, "category")
    ]
    sections = [name for domain, slug, name in kinds if domain == "category" and not _is_none(slug, name)]
    row: dict[str, object] = {
        "headline": tidy(read_fragment(_of(item, "title")).text),
        **fragment.as_row(),
        "standfirst": tidy(excerpt.text),
        **excerpt.cuts("standfirst"),
        "section": sections[0] if sections else "",
        "topics": [*sections[1:], *(name for domain, _, name in kinds if domain in ("post_tag", "tag"))],
        "publication": site.paper,
        "language": site.language,
        "source_url": web_address(_of(item, "link")),
        "external_id": _of(item, "post_id"),
        **_authors(item, kinds, site),
        **_published(item),
        **{f"note {n}": Problem("", "", note) for n, note in enumerate(notes)},
    }
    if _of(item, "post_type") == "guest-author":
        site.learn_guest(item)
    status, reason = _status(item)
    return SourceItem(etree.tostring(item, encoding="utf-8", with_tail=False), row, status, reason)


def _is_none(slug: str, name: str) -> bool:
    """Whether this is the category that WordPress gives to posts without one."""
    return slug == "uncategorized" or name == "Uncategorized"


def _authors(item: Element, kinds: list[tuple[str, str, str]], site: _Site) -> dict[str, object]:
    """The authors of the post, else the person who posted it; a mere login is no byline, but reported."""
    terms = [(slug, name) for domain, slug, name in kinds if domain in _AUTHORS]
    posted = [tidy(text_of(one)) for one in _all(item, "creator")]
    named = [(site.name_of(name, slug), name or slug) for slug, name in terms]
    named = named or [(site.name_of(login), login) for login in posted if login]
    names = list(dict.fromkeys(name for name, _ in named if name))
    row: dict[str, object] = {"byline": ", ".join(names), "authors": names if terms else None}
    if logins := [login for name, login in named if not name]:
        reason = "is the name of an account and was not taken as the byline"
        row["login"] = Problem("byline", ", ".join(logins), reason)
    return row


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
    local_time, there = _of(item, "post_date"), _of(item, "post_date_gmt")
    found = {"published_on": local_time[:10]} if local_time.strip("0-: ") else {}
    found |= {"published_at": f"{there}Z"} if there.strip("0-: ") else {}
    printed = _of(item, "pubDate")
    return found or ({"published_at": printed} if printed and _of(item, "status") == PUBLISH else {})


def _encoded(item: Element, kind: str) -> str:
    """The content or the excerpt: `encoded` elements of two namespaces, of which one has the version."""
    for child in _all(item, "encoded"):
        of = vocabulary_of(child)
        if (of if of in ("content", "excerpt") else "excerpt" if "excerpt" in of else "content") == kind:
            return text_of(child)
    return ""


def _all(element: Element, name: str) -> list[Element]:
    return [one for one in element if local(one) == name and vocabulary_of(one) not in _OF_OTHERS]


def _of(element: Element, name: str) -> str:
    return next((found for one in _all(element, name) if (found := text_of(one).strip())), "")
