"""Parse a page or a text into a `ParsedArticle`, and extract the quotes of an article; needs no database."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from django.utils.translation import gettext

from articles.extraction import ExtractionResult, extract_article
from articles.extraction.coreference.mentions import NameLookup, no_names
from articles.fetching.sandbox import read_html
from articles.parsing import ParsedArticle, looks_like_html, read_text
from articles.parsing.charsets import decode_markup, decode_text
from articles.parsing.decoding import detect_encoding
from articles.parsing.newspaper_names import NewspapersNamed, newspapers_named
from articles.parsing.parsed import STRESSED

_PAGES = ("text/html", "application/xhtml+xml")
_TEXTS = ("text/plain", "text/markdown")


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
    `read_page` is the method of a `PageReader` that reads many. Raises `PageError`.
    """
    kind = media_type.partition(";")[0]
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
    return decode_file(raw, label) if media_type.startswith(_TEXTS) else decode_markup(raw, label)


def extract(parsed: ParsedArticle, known_names: NameLookup = no_names) -> ExtractionResult:
    """Extract people, turns, notes and quotes, with offsets into the parts of the article."""
    return extract_article(
        parsed.body,
        headline=parsed.headline,
        standfirst=parsed.standfirst,
        captions=tuple(image.caption for image in parsed.images),
        language=parsed.language,
        publication=parsed.publication,
        known_names=known_names,
        stressed=stressed_in(parsed.extra),
    )


def stressed_in(extra: Mapping[str, object]) -> list[str]:
    """The paragraphs that a page prints in bold, as stored with the article."""
    texts = extra.get(STRESSED)
    return [text for text in texts if isinstance(text, str)] if isinstance(texts, list) else []


def decode_file(raw: bytes, label: str = "") -> tuple[str, list[str]]:
    """Decode by the name of the encoding; without one, detect it and return a warning."""
    try:
        return decode_text(raw, label), []
    except UnicodeDecodeError:
        coding = detect_encoding(raw)
        note = gettext("the text does not state its encoding; we used %(encoding)s: check the text") % {
            "encoding": coding
        }
        return decode_text(raw, coding), [note]
