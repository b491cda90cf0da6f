"""Splits the visible text of a page into blocks with the kinds that their markup gives."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from articles.parsing.normalization import tidy, without_surrogates
from articles.parsing.vocabulary import words

_BLOCKS = words(
    """
    address article aside blockquote body button caption center dd details dialog div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr label legend li main menu nav ol option
    p pre section select summary table tbody td tfoot th thead time title tr ul video audio iframe
    """
)
_UNSEEN = frozenset(
    ("head", "script", "style", "noscript", "template", "svg", "math", "object", "textarea", "title")
)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_KINDS = {
    "standfirst": re.compile(
        r"\b(?:standfirst|dek|deck|subtitle|sub-?headline|article[-_]+(?:lead|summary|intro)|lead|vorspann)\b"
    ),
    "byline": re.compile(r"\b(?:byline|by-line|authors?|author-?name|autor(?:zy)?|contributors?)\b"),
    "kicker": re.compile(r"\b(?:kicker|overline|eyebrow|dachzeile|nadtytul|rubric|topline)\b"),
    "credit": re.compile(r"\b(?:credit|credits|copyright|photographer|image-source|caption-source)\b"),
    "section": re.compile(r"\b(?:breadcrumbs?|section-(?:name|label|link))\b"),
}
# Pages display these on their own lines even if they are inline elements.
_SET_APART = frozenset(("kicker", "byline", "standfirst"))


@dataclass(frozen=True)
class Block:
    """`text` is tidy, for rules; `shown` is the form in a body, with a line end for each line break."""

    text: str
    shown: str
    kinds: frozenset[str] = frozenset()


def visible_blocks(tree: HtmlElement) -> list[Block]:
    """Every text that a browser displays as a block, in the order of the page."""
    blocks: list[Block] = []
    inherited: dict[HtmlElement, frozenset[str]] = {}
    pending: list[str] = []
    kinds: frozenset[str] = frozenset()
    for event, element in (*_walk(tree), ("block", tree)):
        if event == "text":
            pending.append(str(element))
        elif pending:
            blocks += _block(without_surrogates("".join(pending)), kinds)
            pending = []
        if event == "block":
            kinds = _kinds(element, inherited)
    return blocks


def _block(text: str, kinds: frozenset[str]) -> list[Block]:
    """One block, or none if the text is blank."""
    shown = "\n".join(" ".join(filter(None, line.split(" "))) for line in text.split("\n")).strip("\n")
    return [Block(tidy(text), shown, kinds)] if tidy(text) else []


def _walk(tree: HtmlElement) -> Iterator[tuple[str, HtmlElement | str]]:
    """Text and block borders, without recursion, because hostile pages nest a hundred thousand deep.

    As in browsers, a line end in the source is a blank, and `<br>` is a line end.
    """
    stack: list[tuple[HtmlElement, bool]] = [(tree, False)]
    while stack:
        element, leaving = stack.pop()
        is_block = element.tag in _BLOCKS or bool(_own_kinds(element) & _SET_APART)
        if leaving:
            if is_block:
                parent = element.getparent()
                yield "block", parent if parent is not None else element
            if element.tail and element is not tree:
                yield "text", _BLANKS.sub(" ", element.tail)
            continue
        if not isinstance(element.tag, str) or element.tag in _UNSEEN:
            if element.tail:
                yield "text", _BLANKS.sub(" ", element.tail)
            continue
        if is_block:
            yield "block", element
        if element.tag == "br":
            yield "text", "\n"
        if element.text:
            yield "text", _BLANKS.sub(" ", element.text)
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))


def _kinds(element: HtmlElement, inherited: dict[HtmlElement, frozenset[str]]) -> frozenset[str]:
    """The kinds of an element and its ancestors."""
    path: list[HtmlElement] = []
    node: HtmlElement | None = element
    while node is not None and node not in inherited and len(path) < 200:
        path.append(node)
        node = node.getparent()
    known = inherited.get(node, frozenset()) if node is not None else frozenset()
    for step in reversed(path):
        known = known | _own_kinds(step)
        inherited[step] = known
    return known


def _own_kinds(element: HtmlElement) -> frozenset[str]:
    if not isinstance(element.tag, str):
        return frozenset()
    names = (
        f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('rel') or ''}".casefold()
    )
    names = names[:500].replace("__", " ").replace("_", "-")
    found = {kind for kind, pattern in _KINDS.items() if pattern.search(names)}
    tags = {
        "h1": "headline",
        "figcaption": "caption",
        "figure": "figure",
        "nav": "navigation",
        "aside": "aside",
    }
    if element.tag in tags:
        found.add(tags[element.tag])
    if element.tag in {"article", "main"}:
        found.add("story")
    return frozenset(found)
