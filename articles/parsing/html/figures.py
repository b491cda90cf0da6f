"""Reads the figures of a page: captions, credits and addresses of images."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from articles.parsing.captions import caption_and_credit, credit_of, halved, labelled_caption
from articles.parsing.html.metadata import absolute_address
from articles.parsing.html.part_names import part_named
from articles.parsing.html.visibility import names_of
from articles.parsing.normalization import tidy, without_surrogates
from articles.parsing.parsed import LIMITS, ParsedImage

_CREDIT = re.compile(r"\b(?:credit|credits|copyright|photographer|source|image-source|fotograf|quelle)\b")
# What older systems put around an image and its caption instead of <figure>: WordPress, Blogger.
_FIGURE = re.compile(
    r"\b(?:wp-caption|tr-caption-container|caption-container|image-with-caption|captioned-image|img-caption)\b(?!-)"
)
# These are in a figure without being its caption.
_NO_CAPTION = frozenset(("script", "style", "noscript", "button", "blockquote", "table", "ul", "ol", "pre"))


def read_figures(tree: HtmlElement, url: str = "") -> list[ParsedImage]:
    """Every distinct figure with a caption or a credit, in the order of the page."""
    found: dict[tuple[str, str], ParsedImage] = {}
    inside: set[HtmlElement] = set()
    for figure in tree.iter("figure", "div", "table", "dl", "p", "span"):
        if figure in inside or not _is_figure(figure) or part_named(figure.attrib):
            continue
        inside.update(figure.iterdescendants("figure", "div", "table", "dl", "p", "span"))
        caption, credit = _words_of(figure)
        if (caption or credit) and len(caption) <= LIMITS["caption"] and len(credit) <= LIMITS["credit"]:
            found.setdefault((caption, credit), ParsedImage(caption, credit, _address(figure, url)))
    return list(found.values())


def _is_figure(element: HtmlElement) -> bool:
    return element.tag == "figure" or _FIGURE.search(names_of(element.attrib)) is not None


def _words_of(figure: HtmlElement) -> tuple[str, str]:
    credit = ""
    caption: list[str] = []
    for piece, marked in _pieces(figure):
        if marked or (not credit and credit_of(piece)):
            credit = credit or credit_of(piece) or piece
        else:
            caption.append(labelled_caption(piece) or piece)
    text = tidy(" ".join(dict.fromkeys(caption)))
    text = halved(text) or text
    if not credit and (pair := caption_and_credit(text)):
        return pair
    return text, credit


def _pieces(figure: HtmlElement) -> Iterator[tuple[str, bool]]:
    """The texts of the figure, each with True if its markup says that it is the credit."""
    plain: list[str] = []
    stack: list[HtmlElement | str] = [figure]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            plain.append(node)
            continue
        if not isinstance(node.tag, str) or (node.tag in _NO_CAPTION and node is not figure):
            continue
        names = names_of(node.attrib)
        if _CREDIT.search(names) or node.tag == "small":
            yield from ((text, False) for text in _tidied(plain))
            plain = []
            yield from ((text, True) for text in _tidied(["".join(map(str, node.itertext()))]))
            continue
        parts_words = node.tag in {"figcaption", "p", "div", "br", "td", "dt", "dd"}
        if parts_words:
            yield from ((text, False) for text in _tidied(plain))
            plain = []
        for child in reversed(node):
            stack.append(child.tail or "")
            stack.append(child)
        stack.append(node.text or "")
    yield from ((text, False) for text in _tidied(plain))


def _tidied(pieces: list[str]) -> list[str]:
    text = tidy(without_surrogates("".join(pieces)))
    return [text] if text else []


def _address(figure: HtmlElement, url: str) -> str:
    for image in figure.iter("img", "amp-img"):
        for name in ("src", "data-src"):
            if address := absolute_address(image.get(name) or "", url):
                return address
    return ""
