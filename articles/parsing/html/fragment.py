"""Converts an HTML fragment, such as the body of an import row, to plain text and images.

With the parser of the standard library: lxml must not parse unknown HTML in the process of an import.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from articles.parsing.html.inline import has_marks, is_note_link, lowered, marks_of, raised
from articles.parsing.html.part_names import part_named
from articles.parsing.html.posts import signed_post
from articles.parsing.html.tables import is_data, lines_of
from articles.parsing.html.visibility import is_hidden, is_struck_out, names_of
from articles.parsing.language import detect_language
from articles.parsing.normalization import tidy
from articles.parsing.parsed import Cut, ParsedImage
from articles.text.word_lists import words

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
_SILENT = words("script style noscript template iframe object svg select button textarea nav form")
_VOID = words("area base br col embed hr img input link meta source track wbr")
_CELLS = words("td th")
_PARTS = words("div section aside ul ol footer nav")
_MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:#\d|#[xX]|[a-zA-Z]{2,31};)")
_LAYOUT = re.compile(r"<(?:p|br|div|li|h[1-6])\b", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s<>\"\\]{1,1990}", re.IGNORECASE)
_CONTEXT = 40


@dataclass(frozen=True)
class Fragment:
    """Plain text with blank lines between paragraphs, the images with captions, and what was cut."""

    text: str
    images: tuple[ParsedImage, ...] = ()
    removed: tuple[str, ...] = ()

    def as_row(self) -> dict[str, object]:
        """The body of a row for `read_row`, with its pictures and what was cut from it."""
        return {"body": self.text, "images": list(map(vars, self.images)), **self.cuts("body")}

    def cuts(self, column: str) -> dict[str, object]:
        """What was cut from the value of this column, for `read_row`."""
        return {f"cut from {column}": Cut(self.removed)} if self.removed else {}


def read_fragment(html: str) -> Fragment:
    """Convert the HTML of a body; text without markup is returned unchanged.

    >>> read_fragment("<p>The weir &amp; the mill.</p><p>It <b>rose</b>.<br>Twice.</p>").text
    'The weir & the mill.\\n\\nIt rose.\\nTwice.'
    """
    html = without_shortcodes(html)
    if not _MARKUP.search(html):
        return Fragment(html)
    language = detect_language(html[:20_000]) if "<q" in html.casefold() else ""
    reader = _Reader(keeps_lines=not _LAYOUT.search(html), language=language)
    reader.feed(html)
    reader.close()
    return Fragment(reader.text(), tuple(dict.fromkeys(reader.images)), tuple(reader.removed))


@dataclass
class _Open:
    """An element whose text is converted when it ends."""

    tag: str
    attributes: dict[str, str]
    pieces: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, keeps_lines: bool, language: str) -> None:
        super().__init__(convert_charrefs=True)
        self.keeps_lines, self.language = keeps_lines, language
        # The outermost element is the fragment itself.
        self.open = [_Open("", {})]
        # An element whose text is cut, and how many of the same tag are open in it.
        self.silent, self.depth = "", 0
        self.silenced: list[str] = []
        self.removed: list[str] = []
        self.images: list[ParsedImage] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if self.silent == "p" and tag in _BLOCKS:
            self._end_silence()
        if self.silent:
            self.depth += tag == self.silent
            return
        if tag not in _VOID and _is_cut(tag, attributes):
            self.silent, self.depth = tag, 1
        elif tag == "br":
            self._add("\n")
        elif tag == "img":
            self._note_address(attributes)
        elif tag in _CELLS or tag == "tr":
            self._close("tr" if tag == "tr" else "td")
            self.open.append(_Open("td" if tag in _CELLS else tag, attributes))
            return
        elif tag in {"figure", "table", "sup", "sub", "q"} or _is_converted(tag, attributes):
            self.open.append(_Open(tag, attributes))
            return
        if tag in _BLOCKS:
            self._add("\n\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID or tag in _BLOCKS:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.silent:
            self.depth -= tag == self.silent
            if not self.depth:
                self._end_silence()
            return
        self._close("td" if tag in _CELLS else tag)
        if tag in _BLOCKS:
            self._add("\n\n")

    def handle_data(self, data: str) -> None:
        data = data.replace("\r\n", "\n").replace("\r", "\n")
        if not self.keeps_lines:
            # In HTML a line end is a blank, but a blank line separates paragraphs even without a tag.
            data = re.sub(r"(?<!\n)\n(?!\s*\n)", " ", data)
        self._add(data)

    def _add(self, text: str) -> None:
        (self.silenced if self.silent else self.open[-1].pieces).append(text)

    def _before(self) -> str:
        """The end of the text so far."""
        return "".join(piece for one in self.open[-3:] for piece in one.pieces[-4:])[-_CONTEXT:]

    def _end_silence(self) -> None:
        cut = tidy(" ".join(self.silenced))
        if cut and self.silent not in _SILENT:
            self.removed.append(cut)
        self.silent, self.depth, self.silenced = "", 0, []

    def _note_address(self, attributes: dict[str, str]) -> None:
        address = attributes.get("src", "").strip()
        figure = next((one for one in reversed(self.open) if one.tag == "figure"), None)
        if figure and _WEB.fullmatch(address):
            figure.attributes["address"] = address

    def _quotation(self, ended: _Open, text: str) -> str:
        depth = sum(one.tag == "q" for one in self.open)
        opening, closing = marks_of(ended.attributes.get("lang") or self.language, depth)
        return text if has_marks(self._before(), text) else f"{opening}{text.strip()}{closing}"

    def _close(self, tag: str) -> None:
        """End the innermost open element of this tag, with those in it; cells and rows end within a table."""
        for one in reversed(self.open[1:]):
            if one.tag == tag:
                break
            if one.tag == "table":
                return
        else:
            return
        while True:
            ended = self.open.pop()
            self._convert(ended)
            if ended.tag == tag:
                return

    def _convert(self, ended: _Open) -> None:
        text = "".join(ended.pieces)
        convert = {
            "figure": self._end_figure,
            "td": self._end_cell,
            "tr": self._end_row,
            "table": self._end_table,
        }.get(ended.tag)
        if convert:
            convert(ended, text)
        elif ended.tag == "sup":
            self._add(raised(text, self._before()))
        elif ended.tag == "sub":
            self._add(lowered(text))
        elif ended.tag == "q":
            self._add(self._quotation(ended, text))
        elif ended.tag == "a":
            is_note = is_note_link(ended.attributes.get("href", ""), names_of(ended.attributes), text)
            self._add("" if is_note else text)
        else:
            self._outside_figure(signed_post(text) or text)

    def _end_figure(self, ended: _Open, text: str) -> None:
        if caption := tidy(text):
            self.images.append(ParsedImage(caption=caption, url=ended.attributes.get("address", "")))

    def _end_cell(self, ended: _Open, text: str) -> None:
        row = next((one for one in reversed(self.open) if one.tag == "tr"), None)
        if row is None:
            self._add(f"\n\n{text}\n\n")
        else:
            row.rows = row.rows or [[]]
            row.rows[0].append(text.strip())

    def _end_row(self, ended: _Open, text: str) -> None:
        table = next((one for one in reversed(self.open) if one.tag == "table"), None)
        cells = ended.rows[0] if ended.rows else []
        if table is None:
            self._add("\n\n" + "\n\n".join([*cells, text]) + "\n\n")
        else:
            table.rows.append(cells)

    def _end_table(self, ended: _Open, text: str) -> None:
        rows = [[tidy(cell) for cell in row] for row in ended.rows]
        paragraphs = [len(re.split(r"\n\s*\n", cell)) for row in ended.rows for cell in row]
        if is_data(rows, paragraphs, in_story=True):
            body = "\n".join(lines_of(rows))
        else:
            body = "\n\n".join(cell for row in ended.rows for cell in row)
        self._outside_figure(f"{text.strip()}\n\n{body}")

    def _outside_figure(self, text: str) -> None:
        """Add a table or a quotation to the text, even if it is in a figure: it is not its caption."""
        target = next(one for one in reversed(self.open) if one.tag != "figure")
        target.pieces.append(f"\n\n{text}\n\n")

    def text(self) -> str:
        """The whole text; an unclosed figure is treated as text."""
        while len(self.open) > 1:
            ended = self.open.pop()
            if ended.tag == "figure":
                self._add("".join(ended.pieces))
            else:
                self._convert(ended)
        lines = (
            re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in "".join(self.open[0].pieces).split("\n")
        )
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _is_cut(tag: str, attributes: dict[str, str]) -> bool:
    return (
        tag in _SILENT
        or is_hidden(attributes)
        or is_struck_out(tag, attributes)
        or (tag in _PARTS and bool(part_named(attributes)))
    )


def _is_converted(tag: str, attributes: dict[str, str]) -> bool:
    return tag == "blockquote" or (tag == "a" and "#" in attributes.get("href", ""))
