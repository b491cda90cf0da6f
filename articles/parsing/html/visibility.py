"""Finds the parts of a page that no reader sees: hidden by attribute, style or class, or struck out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from articles.parsing.normalization import tidy, without_surrogates

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HIDDEN_STYLE = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|font-size:0(?![.\d])|(?:left|top|text-indent):-\d{3}|clip:rect\(0"
)
# Classes of common style sheets, unless another class shows the element on some screens: «d-none d-md-block».
_HIDDEN_CLASSES = frozenset("hidden d-none is-hidden u-hidden display-none invisible".split())  # noqa: SIM905
_SHOWN = re.compile(r"(?:^|[\s:-])(?:block|flex|grid|inline|inline-block|table|visible|show)(?:\s|$)")
_STRUCK_STYLE = re.compile(r"text-decoration(?:-line)?:[^;]{0,40}line-through")
_BLANK = re.compile(r"\s+")
# Read aloud but not displayed.
_READ_ALOUD = re.compile(
    r"\b(?:visually-?hidden|sr-only|screen-?reader(?:-text|-only)?|u-hidden-visually|a11y-hidden|assistive-text)\b"
)
_BRACE = re.compile(r"[{}]")
_DECLARED = re.compile(r"(?:display|visibility)\s*:\s*([a-z-]+)", re.IGNORECASE)
_SIMPLE = re.compile(r"[.#][\w-]{1,80}")
_LONGEST_STYLE = 200_000
_STRUCK = frozenset(("del", "s", "strike"))
# More than this share of the running text is hidden only until a script shows it.
_MOST_HIDDEN = 0.5
_MOST_CHECKS = 20


def names_of(attributes: Mapping[str, str]) -> str:
    """Classes and similar names in lower case, with hyphens instead of underscores."""
    names = " ".join(attributes.get(name) or "" for name in ("class", "itemprop", "rel"))
    return names.casefold()[:500].replace("__", " ").replace("_", "-")


def is_hidden(attributes: Mapping[str, str]) -> bool:
    """Whether a browser does not display an element with these attributes."""
    style = _BLANK.sub("", attributes.get("style") or "").casefold()[:1_000]
    hidden = attributes.get("hidden")
    return (
        (hidden is not None and hidden.casefold() != "until-found")
        or (attributes.get("aria-hidden") or "").casefold() == "true"
        or _HIDDEN_STYLE.search(style) is not None
        or _has_hidden_class(attributes)
    )


def _has_hidden_class(attributes: Mapping[str, str]) -> bool:
    names = names_of(attributes)
    if _READ_ALOUD.search(names):
        return True
    return not _HIDDEN_CLASSES.isdisjoint(names.split()) and not _SHOWN.search(names)


def is_struck_out(tag: str, attributes: Mapping[str, str]) -> bool:
    """Whether the element is displayed with a line through it: a word that was corrected."""
    style = _BLANK.sub("", attributes.get("style") or "").casefold()[:1_000]
    return tag in _STRUCK or _STRUCK_STYLE.search(style) is not None


def cut_unseen(tree: HtmlElement) -> list[str]:
    """Drop hidden and struck-out elements from the tree; returns their texts."""
    cut: list[str] = []
    checks = 0
    names = _hidden_by_style_sheet(tree)
    for element in _unseen(tree, names):
        if element.tag in {"html", "body"} or element.getparent() is None:
            continue
        if is_hidden(element.attrib) or _is_named(element, names):
            checks += 1
            if _is_seen_instead(element) or (checks <= _MOST_CHECKS and _holds_story(element, tree)):
                continue
        cut += _texts(element)
        element.drop_tree()
    return cut


def _hidden_by_style_sheet(tree: HtmlElement) -> frozenset[str]:
    """The classes («.x») and ids («#x») that the page's own style sheets hide on every screen."""
    found: dict[str, bool] = {}
    for style in tree.iter("style"):
        depth, start, text = 0, 0, (style.text or "")[:_LONGEST_STYLE]
        selectors = ""
        for match in _BRACE.finditer(text):
            between, start = text[start : match.start()], match.end()
            if match[0] == "{":
                depth += 1
                selectors = between if depth == 1 else ""
                continue
            depth = max(0, depth - 1)
            if selectors and (declared := _DECLARED.search(between)):
                for selector in selectors.split(","):
                    if _SIMPLE.fullmatch(selector.strip()):
                        found[selector.strip()] = declared[1].casefold() in {"none", "hidden"}
            selectors = ""
    return frozenset(selector for selector, hides in found.items() if hides)


def _is_named(element: HtmlElement, names: frozenset[str]) -> bool:
    if not names:
        return False
    own = [f".{name}" for name in (element.get("class") or "").split()]
    return not names.isdisjoint([*own, f"#{element.get('id')}"])


def _unseen(tree: HtmlElement, names: frozenset[str]) -> Iterator[HtmlElement]:
    """Each outermost hidden or struck-out element; one that the caller does not drop is searched too."""
    stack = [tree]
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str):
            continue
        if (
            is_hidden(element.attrib)
            or is_struck_out(element.tag, element.attrib)
            or _is_named(element, names)
        ):
            yield element
            if element is not tree and element.getparent() is None:
                continue
        stack.extend(reversed(element))


def _holds_story(element: HtmlElement, tree: HtmlElement) -> bool:
    """Whether most of the paragraphs of the page are in the element: a script will show them."""
    inside, every = (
        sum(len(text) for p in one.iter("p") for text in p.itertext()) for one in (element, tree)
    )
    return inside > every * _MOST_HIDDEN


def _is_seen_instead(element: HtmlElement) -> bool:
    """Whether the element is displayed, and a sibling with the same words is read aloud instead."""
    if (element.get("aria-hidden") or "").casefold() != "true" or is_hidden(
        {name: value for name, value in element.attrib.items() if name != "aria-hidden"}
    ):
        return False
    beside = (element.getprevious(), element.getnext())
    return any(one is not None and _READ_ALOUD.search(names_of(one.attrib)) for one in beside)


def _texts(element: HtmlElement) -> list[str]:
    """The texts of an element, one for each of its blocks."""
    lines: list[list[str]] = [[]]
    for node in element.iter():
        if node.tag in _LINES:
            lines.append([])
        if isinstance(node.tag, str) and node.tag not in _NO_TEXT:
            lines[-1].append(node.text or "")
        if node is not element:
            lines[-1].append(node.tail or "")
    texts = (tidy(without_surrogates("".join(line))) for line in lines)
    return [text for text in texts if text]


_LINES = frozenset("p div li br tr td h1 h2 h3 h4 h5 h6 section article blockquote".split())  # noqa: SIM905
_NO_TEXT = frozenset(("script", "style", "noscript", "template"))
