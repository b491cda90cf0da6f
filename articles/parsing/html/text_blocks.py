"""Splits the visible text of a page into blocks with the kinds that their markup gives."""

import re
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from articles.parsing.html.posts import is_post, post_of
from articles.parsing.html.tables import rows_of
from articles.parsing.html.visibility import names_of
from articles.parsing.normalization import tidy, without_surrogates
from articles.text.word_lists import words

_BLOCKS = words(
    """
    address article aside blockquote body button caption center dd details dialog div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr label legend li main menu nav ol option
    p pre section select summary table tbody td tfoot th thead time title tr ul
    """
)
_UNSEEN = frozenset(
    "head script style noscript template svg math object textarea title video audio iframe canvas".split()  # noqa: SIM905
)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_KINDS = {
    "standfirst": re.compile(
        r"\b(?:standfirst|dek|deck|subtitle|sub-?headline|article[-_]+(?:lead|summary|intro)|lead|vorspann)\b"
    ),
    "byline": re.compile(r"\b(?:byline|by-line|authors?|author-?name|autor(?:zy)?|contributors?)\b"),
    "kicker": re.compile(r"\b(?:kicker|overline|eyebrow|dachzeile|nadtytul|rubric|topline)\b"),
    "credit": re.compile(r"\b(?:credit|credits|copyright|photographer|image-source|caption-source)\b"),
    "caption": re.compile(
        r"\b(?:(?:wp-|tr-|photo-|image-|img-|picture-)?caption(?:-text)?|bildunterschrift)\b"
    ),
    "section": re.compile(r"\b(?:breadcrumbs?|section-(?:name|label|link))\b"),
    "time": re.compile(r"\b(?:time|time-?stamp|(?:live|post|entry|block|update|event)-(?:time|date))\b"),
    "pull quote": re.compile(r"\b(?:pull-?quote|wp-block-pullquote|blickfang)\b"),
}
_TAGS = {
    "h1": "headline",
    "figcaption": "caption",
    "figure": "figure",
    "nav": "navigation",
    "aside": "aside",
    "article": "story",
    "main": "story",
    "time": "time",
}
# Pages display these on their own lines even if they are inline elements.
_SET_APART = frozenset(("kicker", "byline", "standfirst"))
_LEAST_SENTENCE = 40  # letters around a time in running text
# Text in a figure that is not a caption.
_OWN_TEXT = frozenset(("blockquote", "table"))
_STRESSED = frozenset(("b", "strong", "em", "i", "h2", "h3", "h4", "h5", "h6", "dt"))
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:(?:interview-)?(?:question|frage|pregunta|domanda|pytanie)|bold)\b")


@dataclass(frozen=True)
class Block:
    """`text` is tidy, for rules; `shown` is the form in a body, with a line end for each line break.

    `linked` is the share of the text in links; `stressed`: the whole text is bold, in italics or a heading;
    `lead` is a question printed so at the beginning of other text.
    """

    text: str
    shown: str
    kinds: frozenset[str] = frozenset()
    element: HtmlElement | None = field(default=None, compare=False, repr=False)
    linked: float = 0.0
    stressed: bool = False
    lead: str = ""


@dataclass(frozen=True)
class _Piece:
    text: str
    linked: bool
    stressed: bool


def visible_blocks(tree: HtmlElement) -> list[Block]:
    """Every text that a browser displays as a block, in the order of the page."""
    return _Walk(tree).blocks


class _Walk:
    """Walks without recursion, because hostile pages nest a hundred thousand deep.

    As in browsers, a line end in the source is a blank, and `<br>` is a line end.
    """

    def __init__(self, tree: HtmlElement) -> None:
        self.tree = self.block = tree
        self.blocks: list[Block] = []
        self.pieces: list[_Piece] = []
        self.links = self.stresses = 0
        self.own: dict[HtmlElement, frozenset[str]] = {}
        self.inherited: dict[HtmlElement, frozenset[str]] = {}
        stack: list[tuple[HtmlElement, bool]] = [(tree, False)]
        while stack:
            element, leaving = stack.pop()
            if leaving:
                self._leave(element)
            elif self._enter(element):
                stack.append((element, True))
                stack.extend((child, False) for child in reversed(element))
        self._begin(tree)

    def _enter(self, element: HtmlElement) -> bool:
        """Read the beginning of an element; returns whether its children are to be read."""
        if not isinstance(element.tag, str) or element.tag in _UNSEEN:
            self._text(element.tail)
            return False
        if self._read_whole(element):
            return False
        if self._is_block(element):
            self._begin(element)
        if element.tag == "br":
            self.pieces.append(_Piece("\n", linked=False, stressed=self.stresses > 0))
        self.links += element.tag == "a"
        self.stresses += _is_stressed(element)
        self._text(element.text)
        return True

    def _leave(self, element: HtmlElement) -> None:
        self.links -= element.tag == "a"
        self.stresses -= _is_stressed(element)
        if self._is_block(element):
            self._begin_after(element)
        if element is not self.tree:
            self._text(element.tail)

    def _read_whole(self, element: HtmlElement) -> bool:
        """Read a table of data or an embedded post as one block."""
        kind, text = "", ""
        if element.tag == "table" and (rows := rows_of(element)):
            kind, text = "table", "\n".join(rows)
        elif is_post(element):
            kind, text = "post", post_of(element)
        if not text:
            return False
        self._begin(element)
        self.blocks.append(Block(tidy(text), text, self._kinds(element) | {kind}, element))
        self._begin_after(element)
        if element is not self.tree:
            self._text(element.tail)
        return True

    def _text(self, text: str | None) -> None:
        if text:
            self.pieces.append(_Piece(_BLANKS.sub(" ", text), self.links > 0, self.stresses > 0))

    def _begin_after(self, element: HtmlElement) -> None:
        parent = element.getparent()
        self._begin(parent if parent is not None else element)

    def _begin(self, element: HtmlElement) -> None:
        """End the current block, and begin one in this element."""
        if self.pieces:
            pieces, self.pieces = self.pieces, []
            shown = _shown("".join(piece.text for piece in pieces))
            if text := tidy(shown):
                self.blocks.append(
                    Block(
                        text,
                        shown,
                        self._kinds(self.block),
                        self.block,
                        _share(pieces, "linked"),
                        _share(pieces, "stressed") == 1,
                        _lead(pieces),
                    )
                )
        self.block = element

    def _is_block(self, element: HtmlElement) -> bool:
        kinds = self._own_kinds(element)
        if "time" in kinds and element.tag in {"time", "span"}:
            return _is_time_apart(element)
        return element.tag in _BLOCKS or bool(kinds & _SET_APART)

    def _kinds(self, element: HtmlElement) -> frozenset[str]:
        """The kinds of an element and its ancestors."""
        path: list[HtmlElement] = []
        node: HtmlElement | None = element
        while node is not None and node not in self.inherited and len(path) < 200:
            path.append(node)
            node = node.getparent()
        known = self.inherited.get(node, frozenset()) if node is not None else frozenset()
        for step in reversed(path):
            if step.tag in _OWN_TEXT:
                known = known - {"figure"}
            known = known | self._own_kinds(step)
            self.inherited[step] = known
        return known

    def _own_kinds(self, element: HtmlElement) -> frozenset[str]:
        if element not in self.own:
            names = names_of(element.attrib) if isinstance(element.tag, str) else ""
            found = {kind for kind, pattern in _KINDS.items() if names and pattern.search(names)}
            if element.tag in _TAGS:
                found.add(_TAGS[element.tag])
            self.own[element] = frozenset(found)
        return self.own[element]


def _is_time_apart(element: HtmlElement) -> bool:
    """Whether a time is a line of its own; not «It opens at <time>8.30</time> today»."""
    parent = element.getparent()
    if element.tag == "span":
        return parent is not None and parent.tag in {"li", "div", "header"} and element.getprevious() is None
    if parent is None or parent.tag not in {"p", "li", "td", "em", "strong", "b", "i"}:
        return True
    around = [parent.text, element.tail, *(child.tail for child in parent)]
    return sum(len(text) for text in around if text) < _LEAST_SENTENCE


def _is_stressed(element: HtmlElement) -> bool:
    if element.tag in _STRESSED:
        return True
    style, names = element.get("style"), element.get("class")
    return bool((style and _BOLD.search(style[:500])) or (names and _ASKED.search(names_of(element.attrib))))


def _shown(text: str) -> str:
    text = without_surrogates(text)
    return "\n".join(" ".join(filter(None, line.split(" "))) for line in text.split("\n")).strip("\n")


def _share(pieces: list[_Piece], name: str) -> float:
    """The share of the letters in pieces that are `linked` or `stressed`."""
    letters = [(sum(map(str.isalnum, piece.text)), getattr(piece, name)) for piece in pieces]
    every = sum(number for number, _ in letters)
    return sum(number for number, true in letters if true) / every if every else 0.0


def _lead(pieces: list[_Piece]) -> str:
    """The stressed question with which a block begins; empty if there is none, or nothing after it."""
    lead: list[str] = []
    rest = iter(pieces)
    for piece in rest:
        if not piece.stressed and piece.text.strip():
            break
        lead.append(piece.text)
    else:
        return ""
    question = _shown("".join(lead)).strip()
    return question if question.endswith("?") and len(question) > 8 else ""
