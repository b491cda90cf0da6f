"""Parse raw text, a page or a row into a `ParsedArticle`, and extract its quotes."""

from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext

from articles.extraction import ExtractionResult, extract_article
from articles.parsing import ParsedArticle, looks_like_html, read_row, read_text
from articles.parsing.charsets import decode_text
from articles.parsing.decoding import detect_encoding

HtmlReader = Callable[[str | bytes, str], ParsedArticle]


def read_article(
    raw: str | bytes,
    format: str = "auto",
    *,
    url: str = "",
    language: str = "",
    html_reader: HtmlReader | None = None,
) -> tuple[ParsedArticle, ExtractionResult]:
    """Parse one article; `format` is text, html, or auto (detected from the start of the text).

    An untrusted page can occupy a parser for minutes, so HTML is parsed only by the given `html_reader`:
    `articles.fetching.sandbox.read_html`, which runs in a child process with limits. Raises
    `UnicodeDecodeError` for bytes that are not text, `ValueError` for HTML without a reader.
    """
    if format == "html" or (format == "auto" and looks_like_html(raw)):
        if html_reader is None:
            raise ValueError("a page in HTML is read only through articles.fetching.sandbox.read_html")
        parsed = html_reader(raw, url)
    else:
        parsed = read_text(raw if isinstance(raw, str) else decode(raw), language)
    return parsed, extract(parsed)


def read_fields(row: Mapping[str, object]) -> tuple[ParsedArticle, ExtractionResult]:
    """Parse one import row; raises `RowError`."""
    parsed = read_row(row)
    return parsed, extract(parsed)


def extract(parsed: ParsedArticle, known_names: Iterable[str] = ()) -> ExtractionResult:
    """Extract people, turns, notes and quotes, with offsets into the parts of the article."""
    return extract_article(
        parsed.body,
        headline=parsed.headline,
        standfirst=parsed.standfirst,
        captions=tuple(image.caption for image in parsed.images),
        language=parsed.language,
        publication=parsed.publication,
        known_names=known_names,
    )


def decode_file(raw: bytes, label: str = "") -> tuple[str, list[str]]:
    """Decode by the name of the encoding; without one, detect it and return a warning."""
    try:
        return decode_text(raw, label), []
    except UnicodeDecodeError:
        coding = detect_encoding(raw).encoding
        note = gettext("the text does not state its encoding; we used %(encoding)s: check the text") % {
            "encoding": coding
        }
        return decode_text(raw, coding), [note]


def decode(raw: bytes) -> str:
    """Decode UTF-8 with or without a byte order mark, or UTF-16 with one; never guess another encoding."""
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return raw.decode(encoding)
