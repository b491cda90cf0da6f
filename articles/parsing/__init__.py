"""From pasted text, a scraped page or an import row to a `ParsedArticle`.

Pages in HTML have their own door, `articles.parsing.html.page`, for reading them loads a parser.
"""

from articles.parsing.content_type import looks_like_html
from articles.parsing.normalization import normalise, tidy
from articles.parsing.parsed import MAX_BODY, ParsedArticle, ParsedImage, RowError, as_plain, from_plain
from articles.parsing.plain.article import read_text
from articles.parsing.tabular.rows import read_row

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
