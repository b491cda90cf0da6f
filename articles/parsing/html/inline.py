"""Writes inline markup that has a meaning as characters: quotation marks, exponents, footnote markers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Outer and inner marks for `<q>`; other languages use the English marks.
_MARKS = {
    "en": "“”‘’",
    "de": "„“‚‘",
    "fr": "«»“”",
    "es": "«»“”",
    "it": "«»“”",
    "nl": "“”‘’",
    "pt": "“”‘’",
    "pl": "„”«»",
    "cs": "„“‚‘",
    "sk": "„“‚‘",
    "hu": "„”»«",
    "ro": "„”«»",
    "ru": "«»„“",
    "uk": "«»„“",
    "nb": "«»‘’",
    "no": "«»‘’",
    "el": "«»“”",
    "tr": "“”‘’",
    "sv": "””’’",
    "fi": "””’’",
    "da": "»«›‹",
}
_ANY_MARK = '“”„‟"«»‘’‚‹›'
_NARROW = {"fr": "\u00a0"}
_RAISED = str.maketrans("0123456789+-−–=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎")
_NUMBER = re.compile(r"[0-9+\-−–=()n]{1,6}")
_MARKER = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§¶]{1,3}|[a-z])[\])]?(?:,\s?\d{1,3})*")
_BRACKETED = re.compile(r"[\[(][^\[\]()]{1,20}[\])]")
_NOTE = re.compile(
    r"(?:^|[\W_])(?:foot-?notes?|fn|ftn|note-?ref|ref(?:erence)?|cite-?ref|endnotes?)(?:[\W_\d]|$)"
)
_NOTE_ADDRESS = re.compile(r"#_?(?:ftn|fn|foot|edn|end-?note|easy-foot|note|cite|ref|\d+$)", re.IGNORECASE)
# A number raised behind a figure or a unit is an exponent; behind a year or a word it is a footnote's.
_POWER = re.compile(r"(?:^|[^\w])(?:[cdkmµn]?m|ft|in|yd|mi|ha|s|x|y|z|r|n|e|[A-Za-z])$|\d$|\)$")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d$")
_CONTEXT = 40


def raised(text: str, before: str) -> str:
    """The text of `<sup>` as characters, given the text before it; empty for a footnote marker.

    >>> raised("2", "10"), raised("2", "40 km"), raised("th", "19"), raised("1", "the board")
    ('²', '²', 'th', '')
    """
    text = text.strip()
    if _BRACKETED.fullmatch(text) or (
        _MARKER.fullmatch(text) and not text.isalpha() and not _is_power(before)
    ):
        return ""
    return text.translate(_RAISED) if _NUMBER.fullmatch(text) else text


def lowered(text: str) -> str:
    """The text of `<sub>` as characters.

    >>> lowered("2"), lowered("max")
    ('₂', 'max')
    """
    text = text.strip()
    return text.translate(_LOWERED) if _NUMBER.fullmatch(text) and "n" not in text else text


def _is_power(before: str) -> bool:
    return not _YEAR.search(before) and _POWER.search(before) is not None


def marks_of(language: str, depth: int = 0) -> tuple[str, str]:
    """Opening and closing mark of a language for `<q>`; inner marks for odd depths.

    >>> marks_of("de-AT"), marks_of("en", 1)
    (('„', '“'), ('‘', '’'))
    """
    code = language.split("-")[0].casefold()
    marks = _MARKS.get(code, _MARKS["en"])[2 * (depth % 2) :][:2]
    blank = _NARROW.get(code, "") if marks[0] == "«" else ""
    return marks[0] + blank, blank + marks[1]


def has_marks(before: str, inside: str) -> bool:
    """Whether the page prints the quotation marks itself, around the element or inside it."""
    return before.rstrip()[-1:] in {*'“„«"‘‚»'} or inside.strip()[:1] in {*_ANY_MARK}


def is_note_link(address: str, names: str, text: str) -> bool:
    """Whether a link is a footnote marker: «[1]» that leads to «#fn1»."""
    text = text.strip()
    if not _MARKER.fullmatch(text) or (text.isalpha() and not _NOTE.search(names)):
        return False
    # A bare number may lead to a section of the page.
    leads_down = address.startswith("#") and not text.isdigit()
    return leads_down or _NOTE_ADDRESS.search(address) is not None or _NOTE.search(names) is not None


def write_inline_markup(tree: HtmlElement, language: str) -> None:
    """Replace `<q>`, `<sup>`, `<sub>` and footnote links in the tree by characters."""
    for link in list(tree.iter("a")):
        names = f"{link.get('class') or ''} {link.get('id') or ''} {link.get('rel') or ''}".casefold()[:500]
        text = "".join(link.itertext()) if len(link) < 4 else ""
        if is_note_link(link.get("href") or "", names, text):
            _replace(link, "")
    for element in list(tree.iter("sup", "sub")):
        text = "".join(element.itertext())
        if element.getparent() is None or len(text) > _CONTEXT:
            continue
        if element.tag == "sub":
            _replace(element, lowered(text))
        else:
            names = f"{element.get('class') or ''} {element.get('id') or ''}".casefold()[:500]
            is_note = bool(_NOTE.search(names)) and _MARKER.fullmatch(text.strip())
            _replace(element, "" if is_note else raised(text, _before(element)))
    _write_quotation_marks(tree, language)


def _write_quotation_marks(tree: HtmlElement, language: str) -> None:
    depths: dict[HtmlElement, int] = {}
    for element in tree.iter("q"):
        outer = next(element.iterancestors("q"), None) if len(depths) < 1_000 else None
        depths[element] = depths.get(outer, 0) + 1 if outer is not None else 0
    for element, depth in depths.items():
        opening, closing = marks_of(element.get("lang") or language, depth)
        if not has_marks(_before(element), element.text or ""):
            element.text = opening + (element.text or "").lstrip()
            if len(element):
                element[-1].tail = (element[-1].tail or "").rstrip() + closing
            else:
                element.text = element.text.rstrip() + closing
        element.tag = "span"


def _before(element: HtmlElement) -> str:
    """The end of the text before an element, also from outside an inline parent."""
    node = element
    for _ in range(4):
        previous = node.getprevious()
        text = (previous.tail or "") if previous is not None else (node.getparent().text or "")
        if previous is not None and not text:
            text = "".join(previous.itertext()) if len(previous) < 4 else ""
        if text:
            return text[-_CONTEXT:]
        node = node.getparent()
        if node.tag not in {"a", "b", "strong", "i", "em", "span"} or previous is not None:
            break
    return ""


def _replace(element: HtmlElement, text: str) -> None:
    """Replace an element by a text; drop_tree keeps the text after the element."""
    element.tail = text + (element.tail or "")
    element.drop_tree()
