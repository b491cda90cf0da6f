"""Pasted text of a whole page, read as a sub-editor would: what is the story, what belongs to the page."""

from articles.parsing.bylines import authors_of
from articles.parsing.charsets import unreadable
from articles.parsing.datelines import dateline_of
from articles.parsing.language import detect_language
from articles.parsing.normalization import has_surrogates, normalise, without_surrogates
from articles.parsing.parsed import MAX_BODY, ParsedArticle, ParsedImage
from articles.parsing.plain.footer import take_tail
from articles.parsing.plain.header import Head, read_head
from articles.parsing.plain.images import take_pictures
from articles.parsing.plain.line_ledger import Sheet


def read_text(text: str, language: str = "") -> ParsedArticle:
    """Read pasted text; never raises. Each line ends in a field or, if cut or taken apart, in `removed`."""
    sheet = Sheet(normalise(without_surrogates(text)))
    language = language or detect_language(sheet.text)
    sheet.take_debris()
    images = take_pictures(sheet)
    head = read_head(sheet, language)
    head.notes += unreadable(text)
    if has_surrogates(text):
        head.notes.append("broken characters (lone surrogates) are shown as U+FFFD")
    take_tail(sheet, head, language)
    return finish(sheet, head, images, language)


def finish(sheet: Sheet, head: Head, images: tuple[ParsedImage, ...], language: str) -> ParsedArticle:
    """What has been taken off the sheet, with what is left of it as the body."""
    body = sheet.body()
    return ParsedArticle(
        headline=head.headline,
        kicker=head.kicker,
        section=head.section,
        standfirst=head.standfirst,
        byline=head.byline,
        authors=authors_of(head.byline),
        dateline=head.dateline or dateline_of(body),
        published_on=head.published.on if head.published else None,
        published_precision=head.published.precision if head.published else "",
        published_at=head.published.at if head.published else None,
        language=language,
        source_url=head.source_url,
        images=images,
        body=body,
        removed=sheet.removed(),
        warnings=tuple(dict.fromkeys([*head.notes, *_faults(head, body)])),
    )


def _faults(head: Head, body: str) -> list[str]:
    """What keeps an article from being stored as it is."""
    faults = [] if head.headline else ["no headline found"]
    if not body:
        faults.append("no body found")
    elif len(body) > MAX_BODY:
        faults.append(f"the body has {len(body):,} characters; the archive takes {MAX_BODY:,} at most")
    return faults
