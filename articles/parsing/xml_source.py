"""Reads XML of other systems: without DTDs, entities or the network, and with its usual faults repaired."""

import codecs
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html.entities import html5
from typing import Any, BinaryIO

from lxml import etree

from articles.parsing.charsets import codecs_of, declared_encoding, decode_markup
from articles.parsing.normalization import tidy
from articles.parsing.source_item import SourceError

Element = Any  # lxml has no types

# No entities, no network, and lxml's limits on depth and length.
SAFE: Mapping[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(
    r"&(?:#[xX]([0-9a-fA-F]{1,8})|#(\d{1,8})|(?!(?:amp|lt|gt|quot|apos);)([a-zA-Z][a-zA-Z0-9]{1,31}));"
)
_IS_MARKUP = frozenset("<>&\"'")
_AMPERSAND = re.compile(r"&(?!(?:#[xX][0-9a-fA-F]{1,8}|#\d{1,8}|amp|lt|gt|quot|apos);)")
# What is never closed goes on to the end: otherwise each of many beginnings would be looked for to the end.
_CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
_CDATA_EDGE = re.compile(r"(<!\[CDATA\[|\]\]>)")
_BEFORE = "\ufeff\0 \t\r\n"
_BLANK = re.compile(f"[{_BEFORE}]*")
_ROOT = re.compile(r"<(?:([\w.-]{1,60}):)?([\w.-]{1,100})")
# What may have a «>» in it, inside a tag or a DTD.
_IN_MARKUP = re.compile(r"""<!--.*?(?:-->|\Z)|"[^"]*"|'[^']*'|[\[\]>]""", re.DOTALL)
_XMLNS = re.compile(r"""\bxmlns(?::([\w.-]{1,60}))?\s*=\s*["']([^"']{0,500})["']""")
_OF_A_NAME = re.compile(r"https?://(?:www\.)?|[/#\s]+$", re.IGNORECASE)
_PREFIX = re.compile(r"[<\s]([A-Za-z_][\w.-]{0,60}):[A-Za-z_][\w.-]{0,100}(?=[\s/>=])")
# The beginning of a namespace, without scheme and version, and its usual prefix.
_VOCABULARIES = (
    ("purl.org/rss/1.0/modules/content", "content"),
    ("purl.org/rss/1.0/modules/syndication", "sy"),
    ("purl.org/rss/1.0", ""),
    ("my.netscape.com/rdf", ""),
    ("backend.userland.com", ""),
    ("blogs.law.harvard.edu/tech/rss", ""),
    ("cyber.law.harvard.edu/rss", ""),
    ("purl.org/dc/terms", "dcterms"),
    ("purl.org/dc", "dc"),
    ("w3.org/2005/atom", "atom"),
    ("purl.org/atom/app", "app"),
    ("w3.org/2007/app", "app"),
    ("purl.org/atom", "atom"),
    ("w3.org/1999/xhtml", "xhtml"),
    ("w3.org/1999/02/22-rdf-syntax-ns", "rdf"),
    ("search.yahoo.com/mrss", "media"),
    ("itunes.com/dtds", "itunes"),
    ("iptc.org/std", ""),
)
_PREFIXES = {prefix for _, prefix in _VOCABULARIES} | {"wp", "excerpt", "feedburner", "prism"}
_SEVEN_BIT = ("iso2022_jp", "iso2022_kr", "hz")
MOST_ELEMENTS = 500_000  # of a document that is read as a whole: some 100 MB
_WORDPRESS = re.compile(r"wordpress\.(?:org|com)/export\b", re.IGNORECASE)


@dataclass(frozen=True)
class Root:
    """The name of a root element without prefix, and its namespaces by prefix."""

    name: str
    prefix: str = ""
    namespaces: Mapping[str, str] = field(default_factory=dict)
    doctype: str = ""
    declared: bool = False

    @property
    def vocabulary(self) -> str:
        return vocabulary(self.namespaces.get(self.prefix, ""), self.prefix)


def root_of(head: bytes) -> Root | None:
    """The root element of a file with these first bytes; None if it does not begin with an element."""
    text = _wide(head).decode("utf-16", "replace") if _is_wide(head) else head.decode("utf-8", "replace")
    doctype, text, declared = _prolog(text)
    if not (root := _ROOT.match(text)):
        return None
    namespaces = {prefix or "": name for prefix, name in _XMLNS.findall(text[: _end(text)])}
    return Root(root[2], root[1] or "", namespaces, doctype, declared)


def _prolog(text: str) -> tuple[str, str, bool]:
    """The name in the DTD, the text from the root element on, and whether it has an XML declaration."""
    at, doctype = _after_blanks(text, 0), ""
    declared = text.startswith("<?xml", at)
    # By position: a copy of the rest for each of many comments would take minutes.
    while text.startswith(("<?", "<!"), at):
        if text[at : at + 9].upper() == "<!DOCTYPE":
            end = _end(text, at)
            doctype = text[at + 9 : end].partition("[")[0].strip(" \t\r\n>").partition(" ")[0].lower()
        else:
            mark = "?>" if text.startswith("<?", at) else "-->"
            found = text.find(mark, at)
            end = found + len(mark) if found >= 0 else len(text)
        at = _after_blanks(text, end)
    return doctype, text[at:], declared


def _after_blanks(text: str, at: int) -> int:
    blanks = _BLANK.match(text, at)
    return blanks.end() if blanks else at


def _end(text: str, start: int = 0) -> int:
    """Where the tag or DTD ends that begins at `start`; the length of the text if it does not end."""
    depth = 0
    for token in _IN_MARKUP.finditer(text, start):
        depth += (token[0] == "[") - (token[0] == "]")
        if token[0] == ">" and depth <= 0:
            return token.end()
    return len(text)


def is_wordpress(namespace: str) -> bool:
    """Whether a namespace is that of WordPress's exports, of any version."""
    return _WORDPRESS.search(namespace) is not None


def vocabulary(namespace: str, prefix: str = "") -> str:
    """The usual prefix of a namespace, whatever its scheme, version and last slash.

    >>> vocabulary("https://purl.org/dc/elements/1.1"), vocabulary("http://example.org/x", "dc")
    ('dc', 'dc')
    """
    name = _OF_A_NAME.sub("", namespace.strip()).lower()
    if is_wordpress(name):
        return "excerpt" if name.endswith("excerpt") else "wp"
    for start, usual in _VOCABULARIES:
        if name.startswith(start):
            return usual
    return prefix if prefix in _PREFIXES else name or prefix


@lru_cache(maxsize=1_000)
def _names(tag: str, prefix: str) -> tuple[str, str, str]:
    """The local name, the vocabulary and the usual name of a tag; an undeclared prefix is part of the tag."""
    namespace, _, name = tag[1:].partition("}") if tag[:1] == "{" else ("", "", tag)
    undeclared, _, name = name.rpartition(":")
    kind = vocabulary(namespace, prefix or undeclared)
    return name, kind, name if kind in ("", "atom") else f"{kind}:{name}"


def _names_of(element: Element) -> tuple[str, str, str]:
    # The tag of a comment is a function.
    return _names(element.tag if isinstance(element.tag, str) else "", element.prefix or "")


def local(element: Element) -> str:
    """The name without namespace or undeclared prefix; empty for a comment."""
    return _names_of(element)[0]


def vocabulary_of(element: Element) -> str:
    """The usual prefix of the element's namespace."""
    return _names_of(element)[1]


def name_of(element: Element) -> str:
    """«dc:creator», «title»: the name with the usual prefix of its vocabulary; Atom's has none."""
    return _names_of(element)[2]


def children(element: Element, *names: str) -> list[Element]:
    """The children of these names (see `name_of`), in the order of the names."""
    found: dict[str, list[Element]] = {}
    for child in element:
        found.setdefault(name_of(child), []).append(child)
    return [child for name in names for child in found.get(name, ())]


def all_named(element: Element, name: str) -> list[Element]:
    """All descendants with this local name."""
    return [one for one in element.iter() if local(one) == name]


def text_of(element: Element | None) -> str:
    """The text of an element and its descendants, as it is."""
    return "" if element is None else "".join(map(str, element.itertext()))


def line_of(element: Element | None) -> str:
    """The text of an element as one line."""
    return tidy(text_of(element))


def first_line(elements: Iterable[Element]) -> str:
    """The text of the first of these elements that has any, as one line."""
    return next(filter(None, map(line_of, elements)), "")


def attribute(element: Element, name: str) -> str:
    """An attribute by its local name."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2].rpartition(":")[2] == name:
            return str(value).strip()
    return ""


def language_of(element: Element | None) -> str:
    """The `xml:lang` of the element or of its nearest ancestor."""
    while element is not None:
        if found := attribute(element, "lang"):
            return found
        element = element.getparent()
    return ""


def as_html(element: Element, tags: Mapping[str, str], left_out: frozenset[str] = frozenset()) -> str:
    """The content of an element as HTML for `read_fragment`: elements renamed by `tags`, without prefixes."""
    pieces = [html.escape(element.text or "", quote=False)]
    for child in element:
        name = local(child)
        tag = tags.get(name, name)
        if tag == "img":
            pieces.append(f'<img src="{html.escape(attribute(child, "src"))}">')
        elif name and name not in left_out:
            inner = as_html(child, tags, left_out)
            pieces.append(f" <{tag}>{inner}</{tag}>" if tag in ("td", "th") else f"<{tag}>{inner}</{tag}>")
        pieces.append(html.escape(child.tail or "", quote=False))
    return "".join(pieces)


def with_characters(text: str) -> str:
    """Markup with characters instead of HTML's entities, and U+FFFD for references that XML forbids."""
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(reference: re.Match[str]) -> str:
    hexadecimal, decimal, name = reference.groups()
    if name:
        found = html5.get(f"{name};", "")
        if not found:
            return reference[0]
        return "".join(f"&#{ord(one)};" if one in _IS_MARKUP else one for one in found)
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    # As browsers do: 0x80 to 0x9f mean windows-1252.
    found = html.unescape(f"&#{number};") if number > 126 else chr(number)
    return reference[0] if found in _IS_MARKUP else _NOT_XML.sub("\ufffd", found) or "\ufffd"


def parts_of(text: str) -> str:
    """A whole document without declaration and DTD; ampersands that begin no reference are escaped."""
    pieces = _CDATA.split(_NOT_XML.sub("\ufffd", _prolog(text)[1]))
    return _declared(
        "".join(
            one if one.startswith("<![CDATA[") else _AMPERSAND.sub("&amp;", with_characters(one))
            for one in pieces
        )
    )


def _declared(text: str) -> str:
    """The document with a declaration of each prefix that it uses and never declares."""
    used = set(_PREFIX.findall(text)) if (root := _ROOT.match(text)) else set()
    missing = sorted(used - {prefix for prefix, _ in _XMLNS.findall(text)} - {"xml", "xmlns"})
    if not root or not missing:
        return text
    at = root.end()
    return text[:at] + "".join(f' xmlns:{prefix}="undeclared:{prefix}"' for prefix in missing) + text[at:]


def parse_whole(raw: bytes) -> tuple[Element, list[str]]:
    """The root element, and warnings about the encoding; raises `SourceError`."""
    elements = Elements(raw)
    for _ in elements:
        pass
    return elements.root, elements.notes


class Elements:
    """The elements of a document as each ends; `root` is the tree, `notes` warn of the encoding.

    After the elements before a fault it raises `SourceError`.
    """

    def __init__(self, raw: bytes) -> None:
        text, self.notes = decode_markup(_wide(raw))
        self.text = parts_of(text)
        self.root: Element = None

    def __iter__(self) -> Iterator[Element]:
        parser: Any = etree.XMLPullParser(events=("start", "end"), **SAFE)
        data, number = self.text.encode(), 0
        try:
            for start in range(0, len(data), 64 * 1024):
                parser.feed(data[start : start + 64 * 1024])
                for event, element in parser.read_events():
                    self.root = element if self.root is None else self.root
                    if event == "end":
                        yield element
                        number += 1
                if number > MOST_ELEMENTS:
                    raise SourceError(f"has more than {MOST_ELEMENTS:,} elements")
            parser.close()
        except etree.XMLSyntaxError as error:
            raise SourceError(f"is not whole: {error.msg}") from None


def _is_wide(head: bytes) -> bool:
    return _wide(head)[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def _wide(raw: bytes) -> bytes:
    """UTF-16 without a byte order mark gets one."""
    marks = {b"<\0": codecs.BOM_UTF16_LE, b"\0<": codecs.BOM_UTF16_BE}
    return marks.get(raw[:2], b"") + raw


class SoundStream:
    """A stream of XML in any encoding as sound XML in UTF-8, for a parser that reads piece by piece."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.head = stream, _wide(stream.read(4096))
        named = (*codecs_of(declared_encoding(self.head.removeprefix(codecs.BOM_UTF8).lstrip())), "utf-8")[0]
        # The declaration could be read byte by byte, so a label of UTF-16 or UTF-32 is wrong.
        self.declared = "utf-8" if named.startswith(("utf-16", "utf-32")) else named
        self.decoder: codecs.IncrementalDecoder | None = None
        self.rest, self.begun, self.in_cdata = "", False, False
        self.notes: list[str] = []

    def read(self, size: int) -> bytes:
        text = ""
        while not text:
            raw, self.head = self.head or self.stream.read(size), b""
            text = self._sound(self.rest + self._decoded(raw), final=not raw)
            if not raw:
                break
        return text.encode("utf-8", "replace")

    def _decoded(self, raw: bytes) -> str:
        if self.decoder is None:
            if raw and raw.isascii() and self.declared not in _SEVEN_BIT and not _is_wide(raw):
                return raw.decode("ascii")
            self.decoder = codecs.getincrementaldecoder(self._codec(raw))("replace")
        return self.decoder.decode(raw, final=not raw)

    def _codec(self, raw: bytes) -> str:
        """By the first piece that is not ASCII: valid UTF-8 is almost never another encoding."""
        if _is_wide(raw):
            return "utf-16"
        if self.declared in _SEVEN_BIT:
            return self.declared
        text = raw.decode("utf-8", "replace")
        broken = text.rstrip("\ufffd").count("\ufffd")
        if not broken:
            return "utf-8"
        if self.declared != "utf-8":
            return self.declared
        if len(text.encode("ascii", "ignore")) + 2 * broken < len(text):
            return "utf-8"
        self.notes.append("the file is not UTF-8, as it says; it was read as windows-1252: check the letters")
        return "cp1252"

    def _sound(self, text: str, *, final: bool) -> str:
        """Keep back what the next piece may complete; in CDATA, entities are HTML's."""
        if not self.begun:
            text = text.lstrip(_BEFORE)
            self.begun = bool(text)
        cut = len(text) if final else max(text.rfind(mark, len(text) - 40) for mark in "&<]")
        if cut <= 0:
            cut = len(text)
        text, self.rest = _NOT_XML.sub("\ufffd", text[:cut]), text[cut:]
        pieces = _CDATA_EDGE.split(text)
        for number, piece in enumerate(pieces):
            if piece in ("<![CDATA[", "]]>"):
                self.in_cdata = piece == "<![CDATA["
            elif not self.in_cdata:
                pieces[number] = with_characters(piece)
        return "".join(pieces)
