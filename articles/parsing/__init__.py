"""Parsers: pasted text, a scraped page or an import row becomes a `ParsedArticle`.

HTML pages are parsed by `articles.parsing.html.page`, which is not imported here because lxml loads slowly.
"""

import re

from articles.parsing.normalization import normalise, tidy
from articles.parsing.parsed import MAX_BODY, ParsedArticle, ParsedImage, RowError, as_plain, from_plain
from articles.parsing.plain.article import read_text
from articles.parsing.tabular.rows import read_row

_LOOKED_AT = 1_000
_MARKUP = re.compile(
    r"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body|article|main|div|section|meta|title|p|h[1-6])\b[^<>]{0,400}>",
    re.IGNORECASE | re.DOTALL,
)


def looks_like_html(raw: str | bytes) -> bool:
    """Whether the text begins with an HTML tag; a lone «<» does not count."""
    head = raw[:_LOOKED_AT]
    if isinstance(head, bytes):
        head = (
            head.decode("utf-8-sig", "replace")
            if head[:2] not in (b"\xff\xfe", b"\xfe\xff")
            else head.decode("utf-16", "replace")
        )
    head = head.lstrip("\ufeff").lstrip()
    head = re.sub(r"\A<\?xml[^<>]{0,200}>\s*", "", head)
    return bool(_MARKUP.match(head))


__all__ = [
    "MAX_BODY",
    "ParsedArticle",
    "ParsedImage",
    "RowError",
    "as_plain",
    "from_plain",
    "looks_like_html",
    "normalise",
    "read_row",
    "read_text",
    "tidy",
]
