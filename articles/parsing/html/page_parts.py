"""Recognises the parts of a page that are not its story by their markup: teasers, newsletters, comments."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from articles.parsing.html.part_names import may_be_teaser, part_named
from articles.parsing.html.posts import is_post, post_of
from articles.parsing.html.text_blocks import Block

_ROLES = {
    "navigation": "navigation",
    "banner": "navigation",
    "search": "navigation",
    "complementary": "aside",
}
_TAGS = {
    "nav": "navigation",
    "aside": "aside",
    "form": "form",
    "footer": "footer",
    "button": "button",
    "select": "form",
    "dialog": "dialog",
    "amp-social-share": "share",
    "amp-ad": "advertisement",
    "label": "form",
    **dict.fromkeys(("iframe", "amp-twitter", "amp-instagram", "amp-facebook", "amp-iframe"), "embed"),
}
_LINKED = 0.5
_NAVIGATION = 0.75
_LISTS = frozenset(("ul", "ol", "dl", "td", "th", "menu"))
_FARTHEST = 60


@dataclass
class Weight:
    """The letters of the blocks in an element: all, those in links, and those chosen as the story."""

    every: int = 0
    linked: float = 0
    chosen: int = 0
    blocks: int = 0
    sentences: int = 0
    times: int = 0


class PageParts:
    """Weighs the elements of a page, and says of which part a block is."""

    def __init__(self, blocks: Sequence[Block], chosen: set[int]) -> None:
        self.weights: dict[HtmlElement, Weight] = {}
        self._parts: dict[HtmlElement, str] = {}
        self.chosen = sum(len(blocks[number].text) for number in chosen)
        for number, block in enumerate(blocks):
            for element in ancestors(block):
                weight = self.weights.setdefault(element, Weight())
                weight.every += len(block.text)
                weight.linked += block.linked * len(block.text)
                weight.chosen += len(block.text) if number in chosen else 0
                weight.blocks += 1
                weight.sentences += ends_sentence(block.text)
                weight.times += "time" in block.kinds

    def part_of(self, block: Block) -> str:
        """The part of the page that is not its story, such as «comments»; empty for the story."""
        return next(filter(None, map(self._part, ancestors(block))), "")

    def _part(self, element: HtmlElement) -> str:
        """What an element is; the element that holds the story is never cut."""
        if element not in self._parts:
            weight = self.weights[element]
            holds_story = weight.chosen * 5 > self.chosen * 2
            self._parts[element] = "" if holds_story else _own_part(element, weight)
        return self._parts[element]

    def root(self, blocks: Sequence[Block], chosen: set[int]) -> HtmlElement | None:
        """The smallest element with nearly all of the chosen text."""
        for number in sorted(chosen):
            for element in ancestors(blocks[number]):
                if self.weights[element].chosen * 100 >= self.chosen * 85:
                    return element
        return None


def ancestors(block: Block) -> Iterator[HtmlElement]:
    """The element of a block and those around it, up to a limit of depth."""
    node = block.element
    for _ in range(_FARTHEST):
        if node is None:
            return
        yield node
        node = node.getparent()


def ends_sentence(text: str) -> bool:
    """Whether the text ends like a sentence or an item of a list."""
    return text.rstrip("\"'”“»«’‘)]").endswith((".", "!", "?", "…", ";", ":"))


def _own_part(element: HtmlElement, weight: Weight) -> str:
    if element.tag in {"body", "html"}:
        return ""
    parent = element.getparent()
    if element.tag == "footer" and parent is not None and parent.tag == "blockquote":
        return ""  # the name below a quotation
    if found := _TAGS.get(element.tag) or _ROLES.get((element.get("role") or "").casefold()):
        return found
    linked = weight.linked / max(weight.every, 1)
    if element.tag in _LISTS and linked > _NAVIGATION and weight.sentences * 2 <= weight.blocks:
        return "navigation"
    if found := part_named(element.attrib):
        return found
    if is_post(element) and weight.blocks and not post_of(element):
        return "embed"
    is_list = linked > _LINKED and weight.sentences * 2 <= weight.blocks
    return "other stories" if is_list and may_be_teaser(element.attrib) else ""
