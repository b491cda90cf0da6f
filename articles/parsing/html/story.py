"""Selects the blocks of a page that are its story: what trafilatura chooses, and what it loses of it."""

import copy
import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import takewhile

from lxml import etree
from lxml.html import HtmlElement

from articles.parsing.boilerplate import is_boilerplate, is_cross_reference, opens_other_stories
from articles.parsing.html.page_parts import PageParts, Weight, ancestors, ends_sentence
from articles.parsing.html.text_blocks import Block
from articles.parsing.normalization import tidy

_LONG = 40
# The length from which a link that ends like a sentence is one, as a paragraph and elsewhere.
_SHORTEST_LINK, _LONGEST_LINK, _MOSTLY_LINKED, _ALL_LINKED = 12, 60, 0.5, 0.9
_NEAR = 60
_WINDOW, _STEP, _SAME = 24, 12, 0.7
# Kinds of blocks that are in other fields, or in none.
_APART = frozenset(("figure", "caption", "credit", "navigation", "aside"))
_FIELDS = frozenset(("headline", "kicker", "byline", "section"))
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_ITEMS = frozenset(("li", "dd", "dt"))
_AROUND_ITEMS = frozenset(("ul", "ol", "dl", "li", "blockquote", "figure"))
_WHOLE = frozenset(("table", "post"))
_LEAST_POSTS = 3
_LEAST_ITEM = 14  # letters of an item on average
_LEAST_QUESTIONS, _LONGEST_QUESTION = 2, 600
_LONGEST_TIME = 40
_LIVE = re.compile(
    r"\b(?:live\w*|ticker|updates?|timeline|key-?events?|minute\w*|posts?|entry|entries|blocks?)\b"
)
_MARKS = re.compile(r"[\W_]+")


def story_of(tree: HtmlElement, blocks: Sequence[Block], offers: Set[int] = frozenset()) -> list[Block]:
    """The blocks of the story in the order of the page; `offers` are left out."""
    chosen = _matched(blocks, _running_text(tree)) - offers
    chosen = {number for number in chosen if not blocks[number].kinds & _APART}
    parts = PageParts(blocks, chosen)
    chosen = {
        number for number in chosen if not (parts.part_of(blocks[number]) or _leads_away(blocks[number]))
    }
    chosen |= _continued(blocks, chosen, parts) - offers
    if offers or all(blocks[number].kinds & _FIELDS for number in chosen):
        # trafilatura prefers the offer to a beginning that is shorter.
        last = min(offers, default=len(blocks))
        chosen |= {number for number in _prose(tree, blocks, offers) if number < last}
    story = _Story(blocks, chosen, PageParts(blocks, chosen), offers)
    return _without_copies(list(_split_at_questions([blocks[number] for number in story.numbers()])))


def _is_linked_sentence(block: Block) -> bool:
    """Whether a link is a sentence of the story; headlines of other stories end without a full stop."""
    ends = block.text.rstrip("\"'”“»«’‘)]").endswith(".")
    tag = block.element.tag if block.element is not None else ""
    return len(block.text) >= (_SHORTEST_LINK if ends and tag == "p" else _LONGEST_LINK)


def _leads_away(block: Block) -> bool:
    """Whether a block is only a link, and not a sentence: the headline of another story."""
    tag = block.element.tag if block.element is not None else ""
    if block.linked <= _MOSTLY_LINKED or tag in _HEADINGS:
        return False
    return is_cross_reference(block.text) or (block.linked > _ALL_LINKED and not ends_sentence(block.text))


def _running_text(tree: HtmlElement) -> str:
    """The letters of the text that trafilatura chooses, without white space."""
    # The import takes half a second.
    from trafilatura import bare_extraction

    # The metadata step is off because it guesses dates.
    document = bare_extraction(
        copy.deepcopy(tree), with_metadata=False, include_comments=False, include_tables=True
    )
    body: etree._Element | None = getattr(document, "body", None)
    return "".join("".join(body.itertext()).split()) if body is not None else ""


def _matched(blocks: Sequence[Block], chosen: str) -> set[int]:
    """The numbers of the blocks whose words are chosen: first long ones, then short ones between these."""
    letters = ["".join(block.text.split()) for block in blocks]
    found: dict[int, tuple[int, int]] = {}
    position = 0
    for number, own in enumerate(letters):
        if len(own) >= _LONG:
            start = chosen.find(own, position)
            end = start + len(own) if start >= 0 else _mostly_in(own, chosen, position)
            if end:
                found[number] = (start if start >= 0 else position, end)
                position = end
    position, last = 0, -1
    for number, (start, end) in [*sorted(found.items()), (len(blocks), (len(chosen), 0))]:
        for between in range(last + 1, number):
            # A menu has words of the story too: the next words are nearer.
            at = chosen.find(letters[between], position, min(start, position + len(letters[between]) + _NEAR))
            if at >= 0:
                found[between] = (at, at + len(letters[between]))
                position = found[between][1]
        position, last = max(position, end), number
    return set(found)


def _mostly_in(letters: str, chosen: str, position: int) -> int:
    """The end of a block most of which is in the chosen text; 0 if it is not."""
    windows = [letters[at : at + _WINDOW] for at in range(0, len(letters) - _WINDOW + 1, _STEP)][:400]
    first = chosen.find(windows[0], position) if windows else -1
    stop = first + 2 * len(letters) if first >= 0 else position + 4 * len(letters)
    places = [place for window in windows if (place := chosen.find(window, position, stop)) >= 0]
    return max(places) + _WINDOW if len(places) > len(windows) * _SAME else 0


def _prose(tree: HtmlElement, blocks: Sequence[Block], offers: Set[int]) -> set[int]:
    """The sentences in the element that is most likely to hold the story."""
    parts = PageParts(blocks, set())
    for path in (".//*[@itemprop='articleBody']", ".//article", ".//main", "."):
        inside = set(tree.xpath(path)[:50])
        found = {
            number
            for number, block in enumerate(blocks)
            if number not in offers
            and not block.kinds & (_APART | _FIELDS)
            and ends_sentence(block.text)
            and not parts.part_of(block)
            and any(element in inside for element in ancestors(block))
        }
        if found:
            return found
    return set()


def _continued(blocks: Sequence[Block], chosen: Set[int], parts: PageParts) -> set[int]:
    """The paragraphs in elements of the same class as the chosen ones: advertisements cut stories up."""
    homes = Counter(home for number in chosen if (home := _home(blocks[number])) is not None)
    known = {(home.tag, home.get("class")): home for home, number in homes.items() if number > 1}
    continued: dict[HtmlElement, bool] = {}
    found = set()
    for number, block in enumerate(blocks):
        home = _home(block)
        if home is None or home in homes or (home.tag, home.get("class")) not in known:
            continue
        if home not in continued:
            continued[home] = _continues(known[home.tag, home.get("class")], home)
        if continued[home] and not block.kinds & (_APART | _FIELDS) and not parts.part_of(block):
            found.add(number)
    return {number for number in found if not _leads_away(blocks[number])}


def _home(block: Block) -> HtmlElement | None:
    """The element of a paragraph, if it has a class."""
    element = block.element if block.element is not None and block.element.tag == "p" else None
    home = element.getparent() if element is not None else None
    return home if home is not None and home.get("class") else None


def _continues(one: HtmlElement, other: HtmlElement) -> bool:
    """Whether an element is beside another, or its row beside the other's, without a heading of its own."""
    above = set(one.iterancestors())
    branch = other
    for _ in range(2):
        parent = branch.getparent()
        if parent is None or branch.tag == "article":
            return False
        if parent in above:
            headings = branch.iter("h1", "h2", "h3") if branch is not other else ()
            return not any(other not in heading.iterancestors() for heading in headings)
        branch = parent
    return False


class _Story:
    """Adds to the chosen blocks what is of the same story, and leaves out what is not."""

    def __init__(self, blocks: Sequence[Block], chosen: set[int], parts: PageParts, offers: Set[int]) -> None:
        self.blocks, self.chosen, self.parts, self.offers = blocks, chosen, parts, offers
        root = parts.root(blocks, chosen)
        self.inside = {
            number for number, block in enumerate(blocks) if root is not None and root in ancestors(block)
        }
        self.live = self._posts_of_live_blog()

    def numbers(self) -> list[int]:
        """The numbers of the blocks of the story."""
        if not self.chosen:
            return []
        found = self.chosen | self.live
        first, last = min(found), max(found)
        between = {number for number in range(first, last) if self._is_lost(number)}
        found |= between | self._around(first, -1) | self._around(last, 1)
        found |= self._times(found)
        return self._with_headings(found)

    def _is_lost(self, number: int) -> bool:
        """Whether a block that was not chosen is of the story by its place and its form."""
        block = self.blocks[number]
        if number in self.chosen or number not in self.inside or number in self.offers:
            return False
        if block.kinds & (_APART | _FIELDS) or self.parts.part_of(block) or is_boilerplate(block.text):
            return False
        if not self._is_beside_story(block):
            return False
        tag = block.element.tag if block.element is not None else ""
        if block.kinds & _WHOLE or (
            tag in _ITEMS and block.linked <= _MOSTLY_LINKED and self._is_in_list(block)
        ):
            return True
        if tag == "footer":
            return True
        if not ends_sentence(block.text) or (
            block.linked > _MOSTLY_LINKED and is_cross_reference(block.text)
        ):
            return False
        return block.linked <= _MOSTLY_LINKED or _is_linked_sentence(block)

    def _is_in_list(self, block: Block) -> bool:
        """Whether the items of the list are longer than buttons: «Next», «1 of 5»."""
        lists = (
            self.parts.weights[element] for element in ancestors(block) if element.tag in {"ul", "ol", "dl"}
        )
        weight = next(lists, None)
        return weight is None or weight.every >= weight.blocks * _LEAST_ITEM

    def _is_beside_story(self, block: Block) -> bool:
        """Whether the block, or the list that it is in, is a child of an element with chosen text."""
        weights = self.parts.weights
        own = weights[block.element].every if block.element is not None else 0
        for element in ancestors(block):
            if weights[element].chosen:
                return True
            if element.tag not in _AROUND_ITEMS and weights[element].every > own:
                return False
        return False

    def _around(self, number: int, step: int) -> set[int]:
        """The blocks of the story directly above the first chosen block, or below the last."""
        found: set[int] = set()
        at = number + step
        while 0 <= at < len(self.blocks) and self._is_lost(at):
            found.add(at)
            at += step
        return found

    def _times(self, found: set[int]) -> set[int]:
        """The times above the posts of a live blog."""
        times = {
            number
            for number, block in enumerate(self.blocks)
            if self._is_time(block) and number in self.inside and not self._is_outside(block)
            and self._next_in_story(number, found)
        }  # fmt: skip
        return times if len(times) >= _LEAST_POSTS else set()

    def _is_time(self, block: Block) -> bool:
        return (
            "time" in block.kinds
            and len(block.text) <= _LONGEST_TIME
            and any(map(str.isdigit, block.text))
            and not block.kinds & (_APART | {"byline"})
        )

    def _is_outside(self, block: Block) -> bool:
        return bool(self.parts.part_of(block))

    def _next_in_story(self, number: int, found: set[int]) -> bool:
        following = number + 1
        while following < len(self.blocks) and self.blocks[following].stressed:
            following += 1
        return following in found

    def _with_headings(self, found: set[int]) -> list[int]:
        """Add the headings right above a block of the story."""
        headings = {
            number
            for number in self.inside - found - self.offers
            if self._is_heading(number) and self._next_in_story(number, found) and min(found) < number
        }
        return sorted(found | headings)

    def _is_heading(self, number: int) -> bool:
        block = self.blocks[number]
        tag = block.element.tag if block.element is not None else ""
        return (
            tag in _HEADINGS
            and block.linked <= _MOSTLY_LINKED
            and not block.kinds & (_APART | _FIELDS)
            and not self._is_outside(block)
            and not opens_other_stories(block.text)
        )

    def _posts_of_live_blog(self) -> set[int]:
        """The blocks of posts that each have a time; trafilatura chooses only the first `<article>`."""
        weights = self.parts.weights
        posts: dict[HtmlElement, list[HtmlElement]] = {}
        for block in self.blocks:
            if self._is_time(block) and not self._is_outside(block):
                path = list(takewhile(lambda element: weights[element].times == 1, ancestors(block)))
                post = path[-1] if path else None
                parent = post.getparent() if post is not None else None
                if post is not None and parent is not None and _is_post_of_live_blog(post, weights[post]):
                    posts.setdefault(parent, []).append(post)
        groups = [group for group in posts.values() if len(group) >= _LEAST_POSTS]
        found = {post for group in groups if any(weights[one].chosen for one in group) for post in group}
        numbers = {
            number
            for number, block in enumerate(self.blocks)
            if found and not block.kinds & (_APART | {"byline"}) and number not in self.offers
            and not self._is_outside(block) and any(element in found for element in ancestors(block))
        }  # fmt: skip
        self.inside |= numbers
        return numbers


def _is_post_of_live_blog(element: HtmlElement, weight: Weight) -> bool:
    named = any(
        _LIVE.search((one.get("class") or "").casefold()[:300].replace("_", "-"))
        or _LIVE.search((one.get("id") or "").casefold()[:100].replace("_", "-"))
        for one in (element, element.getparent())
        if one is not None
    )
    return named and weight.sentences > 0 and weight.linked * 3 < weight.every


def _split_at_questions(story: list[Block]) -> Iterator[Block]:
    """Give each question its own block if several blocks begin with one: «**When?** In April.»"""
    if sum(bool(block.lead) for block in story) < 2:
        yield from story
        return
    for block in story:
        if not block.lead:
            yield block
            continue
        rest = block.shown.removeprefix(block.lead).strip("\n ")
        yield Block(tidy(block.lead), block.lead, block.kinds, block.element, stressed=True)
        yield Block(tidy(rest), rest, block.kinds, block.element)


def _without_copies(story: list[Block]) -> list[Block]:
    """Leave out what is printed a second time: sentences as pull quotes, paragraphs for other screens."""
    letters = [_MARKS.sub("", block.text.casefold()) for block in story]
    whole = "\0".join(letters)
    kept: list[Block] = []
    seen: set[str] = set()
    for block, own in zip(story, letters, strict=True):
        may_repeat = "pull quote" in block.kinds or _is_in(block, "blockquote") or _is_in(block, "q")
        is_copy = len(own) >= _LONG and own in seen
        seen.add(own)
        if is_copy or (may_repeat and own and whole.count(own) > 1):
            continue
        kept.append(block)
    return kept


def _is_in(block: Block, tag: str) -> bool:
    return any(element.tag == tag for element in takewhile(lambda e: e.tag != "article", ancestors(block)))


def stressed_of(story: Sequence[Block]) -> list[str]:
    """The texts printed in bold or as headings, if several ask: evidence of an interview."""
    stressed = [block.text for block in story if block.stressed and len(block.text) <= _LONGEST_QUESTION]
    asking = sum(text.rstrip(')”»"').endswith("?") for text in stressed)
    return stressed if asking >= _LEAST_QUESTIONS else []
