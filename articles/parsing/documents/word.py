"""Parses Word files (.docx).

python-docx loses footnotes, text boxes and tracked changes, and unpacks a file before any limit applies.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from lxml import etree

from articles.parsing.documents.layout import read_paragraphs, suggestions
from articles.parsing.file_format import OTHER_PACKAGES
from articles.parsing.normalization import tidy
from articles.parsing.parsed import ParsedArticle
from articles.parsing.source_item import SourceError
from articles.parsing.xml_source import SAFE, Element, all_named, attribute, line_of, local
from articles.text.word_lists import words

ENTRIES, UNPACKED, RATIO = 200, 50 * 1024 * 1024, 100
# A short entry of repeated words packs better than any limit, and fills no memory.
_SMALL = 1024 * 1024
_WITHOUT_TEXT = words("del moveFrom instrText delText Fallback footnotePr rPrChange pPrChange")
_TITLES = words("title headline")
_MARGINS = re.compile(r"word/(?:header|footer)\d*\.xml")


def read_docx(stream: BinaryIO) -> ParsedArticle:
    """The article in a Word file; raises `SourceError`."""
    try:
        with zipfile.ZipFile(stream) as archive:
            return _read(_Package(archive))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError) as error:
        raise SourceError("it is a damaged Word or zip file") from error


class _Package:
    """The XML parts of the file, within the limits of a file that unpacks to no more than it says."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        entries = archive.infolist()
        self.names = [entry.filename for entry in entries]
        if len(entries) > ENTRIES:
            raise SourceError(f"it is a zip file with {len(entries):,} entries; {ENTRIES} is the most")
        if sum(entry.file_size for entry in entries) > UNPACKED:
            raise SourceError(f"it unpacks to more than {UNPACKED >> 20} MB")
        for entry in entries:
            if entry.flag_bits & 1:
                raise SourceError("it is encrypted")
            if entry.file_size > max(_SMALL, RATIO * entry.compress_size):
                raise SourceError(f"it is packed more than {RATIO} to 1")
            if entry.filename.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", entry.filename):
                raise SourceError("it has an entry outside its folder")
        if "word/document.xml" not in self.names:
            kind = next(
                (kind for start, kind in OTHER_PACKAGES if any(n.startswith(start) for n in self.names)), ""
            )
            raise SourceError(f"it is {kind or 'a zip file'}; of these only Word files (.docx) can be read")

    def part(self, name: str) -> Element | None:
        """The root element of a part; None if there is none."""
        if name not in self.names:
            return None
        raw = self.archive.read(name)
        if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
            raise SourceError("it defines entities of its own")
        try:
            return etree.fromstring(raw, etree.XMLParser(**SAFE))
        except etree.XMLSyntaxError as error:
            raise SourceError(f"it is damaged: {error.msg}") from None


@dataclass
class _Text:
    """Paragraphs with their styles, and what was seen on the way."""

    styles: dict[str, str]
    paragraphs: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # ids of footnotes, in the order of the text
    changed: bool = False

    def read(self, element: Element) -> None:
        """Read the blocks of a body, cell, note or text box."""
        for child in element:
            name = local(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif name not in _WITHOUT_TEXT:
                self.read(child)

    def _paragraph(self, paragraph: Element) -> None:
        text = "".join(self._pieces(paragraph))
        style = next((attribute(one, "val") for one in all_named(paragraph, "pStyle")), "")
        if text.strip():
            self.paragraphs.append((text.strip(), self.styles.get(style, style).lower()))
        for box in all_named(paragraph, "txbxContent"):
            if not any(local(above) in _WITHOUT_TEXT for above in box.iterancestors()):
                self.read(box)

    def _pieces(self, element: Element) -> Iterator[str]:
        for child in element:
            name = local(child)
            if name in _WITHOUT_TEXT:
                self.changed = self.changed or name in ("del", "moveFrom")
            elif name == "r" and _is_hidden(child):
                continue
            elif name == "t":
                yield child.text or ""
            elif name in ("br", "cr"):
                yield "\n"
            elif name == "tab":
                yield " "
            elif name == "noBreakHyphen":
                yield "\u2011"
            elif name in ("footnoteReference", "endnoteReference"):
                self.notes.append(f"{name.removesuffix('Reference')}s {attribute(child, 'id')}")
            elif name not in ("txbxContent", "pPr", "rPr"):
                yield from self._pieces(child)

    def _table(self, table: Element) -> None:
        """A row of the table is one paragraph, with bars between its cells."""
        for row in (one for one in table if local(one) == "tr"):
            cells = []
            for cell in (one for one in row.iter() if local(one) == "tc"):
                inside = _Text(self.styles)
                inside.read(cell)
                self.notes += inside.notes
                cells.append(" ".join(" ".join(text.split()) for text, _ in inside.paragraphs))
            if any(cells):
                self.paragraphs.append((" | ".join(cells), "table"))


def _read(package: _Package) -> ParsedArticle:
    document = package.part("word/document.xml")
    text = _Text(_styles(package))
    for body in () if document is None else all_named(document, "body")[:1]:
        text.read(body)
    paragraphs = [one for one, _ in text.paragraphs]
    if not paragraphs:
        raise SourceError("it has no text")
    notes = list(_notes(package, text))
    warnings = [f"footnotes at the end of the text: {len(notes)}"] if notes else []
    if text.changed:
        warnings.append("the file has tracked changes: the text is read as if they were accepted")
    headline = next((tidy(one) for one, style in text.paragraphs if style in _TITLES), "")
    if headline:
        paragraphs = [one for one, style in text.paragraphs if style not in _TITLES or tidy(one) != headline]
    parsed = read_paragraphs(
        [*paragraphs, *notes], headline=headline, removed=list(_margins(package)), warnings=warnings
    )
    return suggestions(parsed, _properties(package))


def _is_hidden(run: Element) -> bool:
    hidden = [one for one in all_named(run, "vanish") if attribute(one, "val") not in ("0", "false", "off")]
    return bool(hidden)


def _styles(package: _Package) -> dict[str, str]:
    """The English names of the styles by their ids, which are in the language of the program."""
    root = package.part("word/styles.xml")
    found = {}
    for style in () if root is None else all_named(root, "style"):
        names = [attribute(one, "val") for one in style if local(one) == "name"]
        found[attribute(style, "styleId")] = next(iter(names), "")
    return found


def _notes(package: _Package, text: _Text) -> Iterator[str]:
    """The footnotes and endnotes in the order of the text."""
    for number, note in enumerate(dict.fromkeys(text.notes), 1):
        kind, _, wanted = note.partition(" ")
        root = package.part(f"word/{kind}.xml")
        for found in () if root is None else root:
            if attribute(found, "id") == wanted:
                inside = _Text(text.styles)
                inside.read(found)
                yield f"{number} {' '.join(one for one, _ in inside.paragraphs)}"


def _margins(package: _Package) -> Iterator[str]:
    """The lines of page headers and footers."""
    for name in filter(_MARGINS.fullmatch, sorted(package.names)):
        inside = _Text({})
        if (root := package.part(name)) is not None:
            inside.read(root)
        yield from (tidy(one) for one, _ in inside.paragraphs)


def _properties(package: _Package) -> dict[str, str]:
    root = package.part("docProps/core.xml")
    found = {} if root is None else {local(one): line_of(one) for one in root}
    return {
        "title": found.get("title", ""),
        "author": found.get("creator", ""),
        "date": (found.get("created") or found.get("modified") or "")[:10],
    }
