"""Parse a page or a text into a `ParsedArticle`, and extract the quotes of an article; needs no database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from articles.extraction import ExtractionResult, extract_article
from articles.extraction.coreference.mentions import NameLookup, no_names
from articles.fetching.sandbox import read_file, read_html
from articles.parsing import ParsedArticle, file_format, looks_like_html, read_text
from articles.parsing.charsets import decode_markup, decode_text
from articles.parsing.newspaper_names import NewspapersNamed, newspapers_named
from articles.parsing.parsed import STRESSED

_PAGES = ("text/html", "application/xhtml+xml")
_TEXTS = ("text/plain", "text/markdown")
# The media types of formats that are one article each; DOCUMENTS are those with a parser of their own.
MEDIA_TYPES = {
    file_format.PAGE: "text/html",
    file_format.TEXT: "text/plain",
    file_format.MAIL: "message/rfc822",
    file_format.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    file_format.PDF: "application/pdf",
}
DOCUMENTS = {MEDIA_TYPES[name]: name for name in (file_format.MAIL, file_format.WORD, file_format.PDF)}


def read_document(
    raw: bytes,
    media_type: str,
    *,
    url: str = "",
    language: str = "",
    read_page: Callable[[str, str], ParsedArticle] = read_html,
) -> tuple[ParsedArticle, NewspapersNamed]:
    """Parse a page or a text that is one article, and find the newspapers that it names.

    An untrusted page can occupy a parser for minutes, so HTML is parsed in a child process with limits;
    `read_page` is the method of a `ChildReader` that reads many. Raises `PageError` or, for a Word file, a
    PDF or a message, `SourceError`.
    """
    kind = media_type.partition(";")[0]
    if kind in DOCUMENTS:
        parsed = read_file(raw, DOCUMENTS[kind])
        return parsed, newspapers_named(parsed, parsed.body, url)
    text, notes = _decoded(raw, media_type)
    if kind in _PAGES or (kind not in _TEXTS and looks_like_html(text)):
        parsed = read_page(text, url)
    else:
        parsed = read_text(text, language)
    parsed = replace(parsed, warnings=(*notes, *parsed.warnings))
    return parsed, newspapers_named(parsed, text, url)


def _decoded(raw: bytes, media_type: str) -> tuple[str, list[str]]:
    """Decode the document; return warnings too. Pasted text may contain lone surrogates."""
    # The encoding as the server named it.
    label = media_type.partition("charset=")[2].strip("\"' ")
    if label.lower() == "utf-8":
        try:
            return raw.decode("utf-8", "surrogatepass").removeprefix("\ufeff"), []
        except UnicodeDecodeError:
            pass
    return decode_text(raw, label) if media_type.startswith(_TEXTS) else decode_markup(raw, label)


def extract(
    parsed: ParsedArticle, known_names: NameLookup = no_names, house_labels: Sequence[str] = ()
) -> ExtractionResult:
    """Extract people, turns, notes and quotes, with offsets into the parts of the article."""
    return extract_article(
        parsed.body,
        headline=parsed.headline,
        standfirst=parsed.standfirst,
        captions=tuple(image.caption for image in parsed.images),
        language=parsed.language,
        publication=parsed.publication,
        known_names=known_names,
        house_labels=house_labels,
        stressed=stressed_in(parsed.extra),
    )


def stressed_in(extra: Mapping[str, object]) -> list[str]:
    """The paragraphs that a page prints in bold, as stored with the article."""
    texts = extra.get(STRESSED)
    return [text for text in texts if isinstance(text, str)] if isinstance(texts, list) else []
