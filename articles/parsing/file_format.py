"""Detects the format of a file from its content; its name decides only between tables, texts and pages."""

import re

from articles.parsing import looks_like_html
from articles.parsing.agency.newsml import ROOTS
from articles.parsing.agency.ninjs import is_ninjs
from articles.parsing.decoding import no_text
from articles.parsing.feeds.json_feed import is_json_feed
from articles.parsing.feeds.syndication import is_feed
from articles.parsing.feeds.wordpress import is_wxr
from articles.parsing.xml_source import Root, root_of
from articles.text.word_lists import words

TABLE, ROWS, FEED, WXR, PAGE, TEXT = "csv", "jsonl", "feed", "wxr", "page", "text"
NITF, NEWSML, NINJS = "nitf", "newsml", "ninjs"
MAIL, WORD, PDF = "eml", "docx", "pdf"
# The first bytes of a file suffice to detect its format.
LOOKED_AT = 64 * 1024
# The file cannot be imported; `what_it_is` names it.
UNKNOWN = "unknown"
FORMATS = (ROWS, TABLE, FEED, WXR, NITF, NEWSML, NINJS, PAGE, TEXT, MAIL, WORD, PDF)
BY_SUFFIX = {
    **dict.fromkeys((".jsonl", ".ndjson", ".json"), ROWS),
    **dict.fromkeys((".csv", ".tsv", ".tab"), TABLE),
    **dict.fromkeys((".rss", ".atom"), FEED),
    **dict.fromkeys((".html", ".htm", ".xhtml"), PAGE),
    **dict.fromkeys((".txt", ".text", ".md", ".markdown"), TEXT),
    ".eml": MAIL,
    ".docx": WORD,
    ".pdf": PDF,
}
# A file with such a name must have the signs of its format.
_SURE = (WXR, NITF, NEWSML, NINJS, WORD, PDF)
_NAMES = {
    "urlset": "a sitemap",
    "sitemapindex": "a sitemap",
    "opml": "an OPML list of feeds",
    "NewsML": "NewsML 1; the archive reads NewsML-G2",
    "article": "an article in another vocabulary, such as JATS",
    "alto": "an ALTO file of a scan",
    "mets": "a METS file of a scan",
    "TEI": "a TEI text",
    "svg": "a picture (SVG)",
    "plist": "a property list",
    "document": "the inside of a word processor's file",
}
_ZIP = b"PK\x03\x04"
# What packages other than Word's have inside.
OTHER_PACKAGES = (
    ("xl/", "an Excel workbook"),
    ("ppt/", "a PowerPoint presentation"),
    ("META-INF/container.xml", "an EPUB book"),
    ("content.xml", "an OpenDocument file"),
)
_HTML = words("html head body frameset")
_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,60}):")
_OF_MAIL = (b"mime-version", b"message-id", b"received", b"return-path", b"dkim-signature", b"content-type")
_JSON = re.compile(rb"(?:\{\s*[\"}]|\[\s*[\[{\]])")


def detect_format(suffix: str, head: bytes) -> str:
    """One of `FORMATS`, or `UNKNOWN`, by the first bytes, then by the suffix of the name, such as `.csv`."""
    named = BY_SUFFIX.get(suffix.lower(), "")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"%PDF-"):
        return PDF
    if head.startswith(_ZIP):
        return WORD
    is_wide = head[:2] in (b"<\0", b"\0<", b"\xff\xfe", b"\xfe\xff")
    if no_text(head) and not is_wide:
        return UNKNOWN if not named or named in _SURE else named
    root = root_of(head) if start.startswith(b"<") or is_wide else None
    if root and (found := _of_xml(root, head, named)):
        return found
    if start.startswith((b"{", b"[")) and (found := _of_json(start, named)):
        return found
    if _is_mail(head, named):
        return MAIL
    return _by_name(named, suffix.lower(), head)


def why_unreadable(suffix: str, head: bytes) -> str:
    """What the file is, if it cannot be imported; empty if it can."""
    if head.startswith(_ZIP) and b"word/" not in head:
        return next((kind for entry, kind in OTHER_PACKAGES if entry.encode() in head), "")
    return what_it_is(head) if detect_format(suffix, head) == UNKNOWN else ""


def what_it_is(head: bytes) -> str:
    """What an unknown file is, for the person who sent it: «a picture», «an XML file …»."""
    if known := no_text(head):
        return known
    if root := root_of(head):
        known = _NAMES.get(root.name, "")
        return f"an XML file with the root element «{root.name[:60]}»" + (f": {known}" if known else "")
    return "not what its name says"


def _of_xml(root: Root, head: bytes, named: str) -> str:
    """The format of a file that begins with an element; empty if it may be HTML or a text."""
    if is_wxr(head, root):
        return WXR
    if is_feed(root):
        return FEED
    if root.name == "nitf":
        return NITF
    if root.name in ROOTS:
        return NEWSML
    if root.name.lower() in _HTML or root.doctype == "html" or root.vocabulary == "xhtml":
        return PAGE
    if looks_like_html(head) and not root.declared and not root.namespaces:
        # Markdown may begin with a piece of HTML.
        return "" if named == TEXT else PAGE
    is_xml = root.declared or root.namespaces or root.doctype or root.name in _NAMES
    return UNKNOWN if is_xml else ""


def _of_json(start: bytes, named: str) -> str:
    if is_json_feed(start):
        return FEED
    if is_ninjs(start):
        return NINJS
    return ROWS if _JSON.match(start) and named != TABLE else ""


def _is_mail(head: bytes, named: str) -> bool:
    """Whether the file begins with the header of a message, as mail servers write it."""
    start = head[head.index(b"\n") + 1 :] if head.startswith(b"From ") and b"\n" in head else head
    found: set[bytes] = set()
    for line in start.split(b"\n"):
        if not line.startswith((b" ", b"\t")):
            if not (header := _HEADER.match(line)):
                break
            found.add(header[1].lower())
    is_message = b"from" in found or b"subject" in found
    return is_message and (named == MAIL or not found.isdisjoint(_OF_MAIL))


def _by_name(named: str, suffix: str, head: bytes) -> str:
    if named:
        return UNKNOWN if named in _SURE or named == MAIL else named
    if suffix == ".xml":
        return UNKNOWN
    if looks_like_html(head):
        return PAGE
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0]
    if re.match(rb"sep=.", first, re.IGNORECASE):
        return TABLE
    has_columns = any(first.count(mark) >= 2 for mark in (b",", b";", b"\t", b"|"))
    return TABLE if has_columns and first[:1] not in (b"{", b"[") else ROWS
