"""Parses the pasted text of a page: separates the story from the boilerplate."""

from articles.parsing.bylines import authors_of
from articles.parsing.charsets import repaired, unreadable
from articles.parsing.datelines import dateline_of
from articles.parsing.language import detect_language
from articles.parsing.normalization import has_surrogates, normalise, without_surrogates
from articles.parsing.parsed import MAX_BODY, ParsedArticle, ParsedImage
from articles.parsing.plain.footer import take_footer
from articles.parsing.plain.header import Header, read_header
from articles.parsing.plain.images import take_images
from articles.parsing.plain.line_ledger import LineLedger


def read_text(text: str, language: str = "") -> ParsedArticle:
    """Parse pasted text; never raises. Each line is in a field or, if cut or split, in `removed`."""
    text, repairs = repaired(text)
    ledger = LineLedger(normalise(without_surrogates(text)))
    language = language or detect_language(ledger.text)
    ledger.cut_boilerplate()
    images = take_images(ledger)
    header = read_header(ledger, language)
    header.notes += repairs + unreadable(text)
    if has_surrogates(text):
        header.notes.append("broken characters (lone surrogates) are shown as U+FFFD")
    take_footer(ledger, header, language)
    return finish(ledger, header, images, language)


def finish(
    ledger: LineLedger, header: Header, images: tuple[ParsedImage, ...], language: str
) -> ParsedArticle:
    """Build the article from the parts taken off the ledger; the remaining lines are the body."""
    body = ledger.body()
    published, doubts = header.published, []
    if published is None and header.updated:
        published, doubts = header.updated, [f"only an update is dated, {header.updated.on}; check the date"]
    return ParsedArticle(
        headline=header.headline,
        kicker=header.kicker,
        section=header.section,
        standfirst=header.standfirst,
        byline=header.byline,
        authors=authors_of(header.byline),
        dateline=header.dateline or dateline_of(body),
        published_on=published.on if published else None,
        published_precision=published.precision if published else "",
        published_at=published.at if published else None,
        language=language,
        source_url=header.source_url,
        images=images,
        body=body,
        removed=ledger.removed(),
        warnings=tuple(dict.fromkeys([*header.notes, *doubts, *_faults(header, body)])),
    )


def _faults(header: Header, body: str) -> list[str]:
    """Reasons why the article cannot be stored as it is."""
    faults = [] if header.headline else ["no headline found"]
    if not body:
        faults.append("no body found")
    elif len(body) > MAX_BODY:
        faults.append(f"the body has {len(body):,} characters; the archive takes {MAX_BODY:,} at most")
    return faults
