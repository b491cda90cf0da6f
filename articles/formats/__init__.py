"""From pasted text, a scraped page or an import row to a `ParsedArticle`.

Pages in HTML have their own door, `articles.formats.html`, for reading them loads a parser.
"""

from articles.formats.normal import normalise, tidy
from articles.formats.parsed import MAX_BODY, ParsedArticle, ParsedImage, RowError, as_plain, from_plain
from articles.formats.plain import read_text
from articles.formats.rows import read_row
from articles.formats.sniffing import looks_like_html

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
