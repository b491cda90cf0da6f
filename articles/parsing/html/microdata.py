"""Reads the microdata and RDFa of a page's article: `itemprop` and `property` outside of `<meta>`."""

from collections.abc import Iterator

from lxml.html import HtmlElement

from articles.parsing.normalization import tidy, without_surrogates

# The properties that the archive stores.
_WANTED = frozenset(
    ("datepublished", "datecreated", "datemodified", "author", "articlesection", "inlanguage", "headline")
)
_OF_DUBLIN_CORE = frozenset(
    ("dcdate", "dccreated", "dcissued", "dccreator", "dctermscreated", "dctermsissued")
)
_PREFIXES = ("schema:", "rnews:", "og:")
_VALUES = ("content", "datetime", "title")
_APART = frozenset(("aside", "footer", "nav"))
_DEEPEST, _MOST = 60, 200
_LONGEST = 300


def properties_of(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """Names and values of properties in the order of the page, without those of comments and asides."""
    found = tree.xpath("//*[@itemprop or @property][not(self::meta[not(ancestor::body)])]")
    for element in found[:_MOST]:
        named = f"{element.get('itemprop') or ''} {element.get('property') or ''}".split()
        names = [_local(name) for name in named]
        if not (_WANTED | _OF_DUBLIN_CORE).isdisjoint(names) and not _is_apart(element):
            value = _value(element, "author" in names)
            yield from ((name, value) for name in names if name in _WANTED | _OF_DUBLIN_CORE and value)


def _local(name: str) -> str:
    name = name.casefold()
    if name.startswith(("dc:", "dcterms:")):
        return name.replace(":", "")
    return next((name.removeprefix(prefix) for prefix in _PREFIXES if name.startswith(prefix)), name)


def _value(element: HtmlElement, is_author: bool) -> str:
    """The machine-readable value, else the text; of an author the name inside."""
    if is_author and element.get("content") is None:
        inner = element.xpath(".//*[@itemprop='name' or @property='name' or @property='schema:name']")
        texts = [_value(name, False) for name in inner[:20]] or [element.text_content()]
        return tidy(without_surrogates(", ".join(texts)))[:_LONGEST]
    given = next((element.get(name) for name in _VALUES if element.get(name)), None)
    return tidy(without_surrogates(given or element.text_content()))[:_LONGEST]


def _is_apart(element: HtmlElement) -> bool:
    """Whether the property is in a comment, a list of other stories or the frame of the page."""
    for depth, parent in enumerate(element.iterancestors()):
        if depth > _DEEPEST:
            return True
        kind = f"{parent.get('itemtype') or ''} {parent.get('typeof') or ''} {parent.get('itemprop') or ''}"
        if parent.tag in _APART or "comment" in kind.casefold():
            return True
    return False
