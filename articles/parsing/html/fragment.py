"""Converts an HTML fragment, such as the body of an import row, to plain text and images.

With the parser of the standard library: lxml must not parse unknown HTML in the process of an import.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from articles.parsing.normalization import tidy
from articles.parsing.parsed import ParsedImage
from articles.parsing.vocabulary import words

_WITHOUT_WORDS = (
    r"gallery|audio|video|playlist|embed|embedyt|youtube|vimeo|ads?|adrotate|sharethis|social|contact-form(?:-\d)?"
    r"|more|nextpage|toc|sidebar|poll|button|divider|spacer|raw|wp_[a-z_]+|ngg[a-z_]*"
)
_CAPTION = re.compile(
    r"\[caption\b([^\[\]]{0,1000})\](?P<inside>(?:(?!\[caption\b).){0,5000}?)\[/caption\]",
    re.DOTALL | re.IGNORECASE,
)
_OLD_CAPTION = re.compile(r"\bcaption\s*=\s*[\"']([^\"'\[\]]{1,1000})[\"']")
_PICTURE = re.compile(r"\s*(?:<a\b[^<>]{0,2000}>\s*)?<img\b[^<>]{0,2000}>(?:\s*</a>)?", re.IGNORECASE)
# Text between these shortcodes is a URL; text between other shortcodes is part of the article.
_EMBEDDED = re.compile(
    r"\[(embed|video|audio|youtube|vimeo|raw)\b[^\[\]]{0,1000}\]\s*\S{0,2000}\s*\[/\1\]", re.IGNORECASE
)
_CODE = re.compile(
    rf"\[/?(?:{_WITHOUT_WORDS})(?:\s[^\[\]]{{0,1000}})?/?\]"
    # Attributes in quotation marks.
    r"|\[[a-z][a-z0-9_-]{1,40}\s+[a-z][\w-]{0,40}\s*=\s*[\"'][^\[\]]{0,1000}[\"']\s*/?\]"
    # Attributes without quotation marks, one or several.
    r"|\[[a-z][a-z0-9_-]{1,40}\s+[a-z][\w-]{0,40}=[^\s\"'\[\]]{1,200}(?:\s[^\[\]]{0,1000}=[^\[\]]{1,200})?\s*/?\]"
    r"|\[/[a-z][a-z0-9_-]{1,40}\]|\[(?:et_pb|vc|fusion|su|av)_[a-z0-9_-]{1,40}\]",
    re.IGNORECASE,
)
_PAIRED = re.compile(r"\[/([a-z][a-z0-9_-]{1,40})\]", re.IGNORECASE)


def without_shortcodes(text: str) -> str:
    """Convert caption shortcodes to figures and remove other WordPress shortcodes; their text stays.

    An editor's brackets have no known name, no closing tag and no attribute, and so are not shortcodes.

    >>> without_shortcodes('[su_note color="red"]Read.[/su_note] He [the miller] left [sic].[gallery id="1"]')
    'Read. He [the miller] left [sic].'
    """
    if "[" not in text:
        return text
    text = _EMBEDDED.sub("", _CAPTION.sub(_figure, text))
    opened = {name.casefold() for name in _PAIRED.findall(text)}
    text = _CODE.sub("", text)
    if opened:
        names = "|".join(sorted(map(re.escape, opened)))
        text = re.sub(rf"\[(?:{names})\]", "", text, flags=re.IGNORECASE)
    return text


def _figure(match: re.Match[str]) -> str:
    inside = match["inside"]
    picture = _PICTURE.match(inside)
    words = inside[picture.end() :] if picture else inside
    if not words.strip() and (old := _OLD_CAPTION.search(match[1])):
        words = old[1]
    return f"\n\n<figure>{picture[0] if picture else ''}<figcaption>{words}</figcaption></figure>\n\n"


_BLOCKS = words(
    """
    p div section article aside header footer main h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table tr
    blockquote pre hr figure figcaption form fieldset address details summary
    """
)
_SILENT = words("script style noscript template iframe object svg select button textarea")
_MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:#\d|#[xX]|[a-zA-Z]{2,31};)")
_LAYOUT = re.compile(r"<(?:p|br|div|li|h[1-6])\b", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s<>\"\\]{1,1990}", re.IGNORECASE)


@dataclass(frozen=True)
class Fragment:
    """Plain text with blank lines between paragraphs, and the images with captions."""

    text: str
    images: tuple[ParsedImage, ...] = ()


def read_fragment(html: str) -> Fragment:
    """Convert the HTML of a body; text without markup is returned unchanged.

    >>> read_fragment("<p>The weir &amp; the mill.</p><p>It <b>rose</b>.<br>Twice.</p>").text
    'The weir & the mill.\\n\\nIt rose.\\nTwice.'
    """
    html = without_shortcodes(html)
    if not _MARKUP.search(html):
        return Fragment(html)
    reader = _Reader(keeps_lines=not _LAYOUT.search(html))
    reader.feed(html)
    reader.close()
    return Fragment(reader.text(), tuple(dict.fromkeys(reader.images)))


class _Reader(HTMLParser):
    def __init__(self, keeps_lines: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.keeps_lines = keeps_lines
        self.pieces: list[str] = []
        self.silent: list[str] = []
        self.images: list[ParsedImage] = []
        self.figure: list[str] | None = None
        self.address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent.append(tag)
        elif tag == "figure" and not self.silent:
            self.figure, self.address = [], ""
        elif tag == "img" and self.figure is not None:
            address = (dict(attrs).get("src") or "").strip()
            self.address = address if _WEB.fullmatch(address) else ""
        elif tag == "br":
            self._add("\n")
        if tag in _BLOCKS:
            self._add("\n\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            if tag in self.silent:
                del self.silent[self.silent.index(tag) :]
            return
        if tag == "figure" and self.figure is not None:
            caption, self.figure = tidy(" ".join(self.figure)), None
            if caption:
                self.images.append(ParsedImage(caption=caption, url=self.address))
        if tag in _BLOCKS:
            self._add("\n\n")

    def handle_data(self, data: str) -> None:
        data = data.replace("\r\n", "\n").replace("\r", "\n")
        if not self.keeps_lines:
            # In HTML a line end is a blank, but a blank line separates paragraphs even without a tag.
            data = re.sub(r"(?<!\n)\n(?!\s*\n)", " ", data)
        self._add(data)

    def _add(self, text: str) -> None:
        if self.silent:
            return
        (self.pieces if self.figure is None else self.figure).append(text)

    def text(self) -> str:
        if self.figure:
            self.pieces += self.figure  # an unclosed figure is treated as text
        lines = (re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in "".join(self.pieces).split("\n"))
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
