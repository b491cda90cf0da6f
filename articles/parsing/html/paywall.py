"""Finds out whether a page is free, and which of its parts offer a subscription."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from lxml.html import HtmlElement

from articles.parsing.boilerplate import is_offer, is_offer_to_reader
from articles.parsing.html.text_blocks import Block
from articles.parsing.html.visibility import names_of

NOT_FREE = "the page says it is not free: this is only its beginning"
WHOLE = "the page says it is not free: check whether this is the whole text"
OFFER = "the page offers a subscription: check whether this is the whole text"
_NOT_FREE = re.compile(
    r"[\"']isAccessibleForFree[\"']\s*:\s*[\"']?(?:https?:\\?/\\?/schema\.org\\?/)?(?:false|no|0)\b",
    re.IGNORECASE,
)
_SELECTOR = re.compile(
    r"[\"']cssSelector[\"']\s*:\s*(?P<given>\[[^\[\]]{0,1000}\]|\"[^\"]{0,300}\"|'[^']{0,300}')"
)
_SIMPLE = re.compile(r"[.#]([\w-]{2,80})")
_LOCKED = frozenset(("locked", "paid", "premium", "subscriber", "subscribers"))
_WALL = re.compile(
    r"(?:^|[\s_-])(?:paywall|regwall|pay-wall|registration-wall|subscri(?:be|ption|ber)s?(?:-[\w-]*)?"
    r"|(?:tp|piano)-(?:modal|container|offer)|offer(?:-\w+)?|offers|abo-?(?:box|teaser|angebot)|plus-?box"
    r"|metered?|gated?|premium-(?:box|message|teaser|offer)|leaky)(?:$|[\s_-])"
)
_WORDS = re.compile(r"[\"']wordCount[\"']\s*:\s*[\"']?(\d{1,6})")
_BROKEN_OFF = ("…", "...", "[…]", "[...]", "…]")
# A story of fewer words above an offer is a beginning, unless the page says how many words it has.
_BEGINNING = 250
# The share of the words that the page counts from which a story is whole.
_WHOLE = 0.8
_HARD = re.compile(r"(?:pay|reg|registration)-?wall|\b(?:tp|piano)-")
# From this share of offers a part of the page is an offer with all its lines, such as «All stories».
_OFFERED = 1 / 3
_SHORT = 120
_BETWEEN = 3  # lines from one offer to the next, if both are of the same box


@dataclass(frozen=True)
class Access:
    """Whether the page is free as its metadata say, and the classes and ids of the parts that are not."""

    is_free: bool
    parts: frozenset[str]
    words: int = 0  # of the whole story, if the page says so


def read_access(tree: HtmlElement) -> Access:
    """Read `isAccessibleForFree` and `hasPart` from JSON-LD, and older meta tags."""
    scripts = "\n".join(
        script.text or "" for script in tree.iter("script") if "json" in (script.get("type") or "").lower()
    )
    given = " ".join(found["given"] for found in _SELECTOR.finditer(scripts))
    counted = _WORDS.search(scripts)
    return Access(
        not (_NOT_FREE.search(scripts) or _says_locked(tree)),
        frozenset(_SIMPLE.findall(given)),
        int(counted[1]) if counted else 0,
    )


class Paywall:
    """The numbers of the blocks of a page that offer a subscription, and the warning for the editor."""

    def __init__(self, access: Access, blocks: Sequence[Block]) -> None:
        self.is_free = access.is_free
        self._selected, self._words = access.parts, access.words
        self._walls: dict[HtmlElement, bool] = {}
        self.offers = self._offers(blocks)

    def warning(self, blocks: Sequence[Block], story: Sequence[Block]) -> str:
        """The warning for the editor; empty for a page that is free."""
        if self.is_free:
            return OFFER if any(self._is_wall(blocks[number]) for number in self.offers) else ""
        return NOT_FREE if self._is_beginning(blocks, story) else WHOLE

    def _is_beginning(self, blocks: Sequence[Block], story: Sequence[Block]) -> bool:
        """Whether what was read breaks off, or is short and ends at an offer."""
        words = sum(len(block.text.split()) for block in story)
        if not story or story[-1].text.rstrip().endswith(_BROKEN_OFF):
            return True
        if self._words:
            return words < self._words * _WHOLE
        return bool(self.offers) and words < _BEGINNING and not self._goes_on(blocks, story)

    def _is_wall(self, block: Block) -> bool:
        """Whether an offer hides the text, and is not only beside it."""
        wall = self._wall_of(block)
        return wall is not None and _HARD.search(names_of(wall.attrib)) is not None

    def _goes_on(self, blocks: Sequence[Block], story: Sequence[Block]) -> bool:
        """Whether the story is on both sides of the offers."""
        texts = {block.text for block in story}
        places = [number for number, block in enumerate(blocks) if block.text in texts]
        before = sum(number < min(self.offers, default=0) for number in places)
        return before > 0 and sum(number > max(self.offers, default=len(blocks)) for number in places) > 1

    def _offers(self, blocks: Sequence[Block]) -> set[int]:
        """The numbers of the blocks that offer a subscription."""
        walls: dict[HtmlElement, list[int]] = {}
        found: set[int] = set()
        for number, block in enumerate(blocks):
            wall = self._wall_of(block)
            if wall is not None:
                walls.setdefault(wall, []).append(number)
            if (
                is_offer(block.text)
                if wall is not None
                else not self.is_free and is_offer_to_reader(block.text)
            ):
                found.add(number)
        for numbers in walls.values():
            if len(found.intersection(numbers)) > len(numbers) * _OFFERED:
                found.update(numbers)
        return found if self.is_free else found | self._lines_below(blocks, found)

    def _lines_below(self, blocks: Sequence[Block], offers: set[int]) -> set[int]:
        """The lines between two offers, and the short ones right below, such as a list of advantages."""
        found: set[int] = set()
        for number, other in pairwise(sorted(offers)):
            if other - number <= _BETWEEN:
                found.update(range(number, other))
        for number in sorted(offers):
            following = number + 1
            while following < len(blocks) and len(blocks[following].text) <= _SHORT:
                block = blocks[following]
                if "headline" in block.kinds or not (_is_item(block) or block.text[-1:].isalnum()):
                    break
                found.add(following)
                following += 1
        return found

    def _wall_of(self, block: Block) -> HtmlElement | None:
        """The nearest part of the page around a block that is named as a paywall."""
        node = block.element
        for _ in range(40):
            if node is None or node.tag in {"body", "html"}:
                return None
            if node not in self._walls:
                names = f"{names_of(node.attrib)} {(node.get('id') or '').casefold()[:100]}"
                own = {*(node.get("class") or "").split(), node.get("id")}
                self._walls[node] = bool(_WALL.search(names) or not self._selected.isdisjoint(own))
            if self._walls[node]:
                return node
            node = node.getparent()
        return None


def _is_item(block: Block) -> bool:
    tag = block.element.tag if block.element is not None else ""
    return tag in {"li", "button", "label", "legend", "form"} or block.linked > 0.5


def _says_locked(tree: HtmlElement) -> bool:
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").casefold()
        content = (meta.get("content") or "").strip().casefold()
        if name in {"article:content_tier", "content_tier"} and content in _LOCKED:
            return True
        if name == "isaccessibleforfree" and content in {"false", "no", "0"}:
            return True
    return False
