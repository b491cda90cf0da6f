"""Parses a scraped HTML page: the running text with trafilatura, all other parts here."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from articles.parsing.bylines import is_byline, is_name, more_complete
from articles.parsing.captions import halved
from articles.parsing.charsets import decode_markup, repaired, unreadable
from articles.parsing.dates.page_dates import date_of_page
from articles.parsing.dates.parser import is_utc
from articles.parsing.html.figures import read_figures
from articles.parsing.html.inline import write_inline_markup
from articles.parsing.html.metadata import PageMetadata, read_metadata
from articles.parsing.html.paywall import Paywall, read_access
from articles.parsing.html.story import story_of, stressed_of
from articles.parsing.html.text_blocks import Block, visible_blocks
from articles.parsing.html.visibility import cut_unseen
from articles.parsing.language import detect_language
from articles.parsing.normalization import has_surrogates, normalise, tidy, without_surrogates
from articles.parsing.parsed import LIMITS, STRESSED, ParsedArticle, ParsedImage
from articles.parsing.plain.article import finish
from articles.parsing.plain.footer import take_footer
from articles.parsing.plain.header import Header, complete_header
from articles.parsing.plain.images import take_images
from articles.parsing.plain.line_ledger import LineLedger
from articles.parsing.sections import is_section, section_of_path

MAX_HTML = 2 * 1024 * 1024


_ENOUGH = 20_000
# A longer text that was cut and is in a field too is a copy for another width of screen.
_SHORT_CUT = 20


class PageError(ValueError):
    """The page cannot be parsed; the message is for the user who submitted it."""


def read_html(html: str | bytes, url: str = "") -> ParsedArticle:
    """Parse a page; raises `PageError`. Time and memory are not limited here: use `articles.fetching.sandbox`
    for untrusted pages."""
    tree, notes = parse_page(html)
    metadata, access = read_metadata(tree, url), read_access(tree)
    cut = cut_unseen(tree)
    has_quotations = tree.find(".//q") is not None
    write_inline_markup(
        tree, _language(metadata, "".join(tree.itertext())[:_ENOUGH]) if has_quotations else ""
    )
    blocks = visible_blocks(tree)
    figures = read_figures(tree, url)
    paywall = Paywall(access, blocks)
    story = story_of(tree, blocks, paywall.offers)
    ledger = LineLedger(normalise(without_surrogates("\n\n".join(block.shown for block in story))))
    language = _language(metadata, ledger.text)
    header = _header(metadata, blocks)
    header.published, date_notes = date_of_page(tree, blocks, metadata.published, metadata.changed, language)
    header.notes = [*notes, *metadata.notes, *date_notes, *filter(None, [paywall.warning(blocks, story)])]
    images = _images(ledger, figures)
    ledger.cut_boilerplate()
    images += take_images(ledger)
    complete_header(ledger, header, language)
    take_footer(ledger, header, language)
    parsed = finish(ledger, header, images, language)
    stressed = stressed_of(story)
    parsed = replace(
        parsed,
        authors=more_complete(metadata.authors, parsed.authors),
        source_url=url or metadata.url or parsed.source_url,
        canonical_url=metadata.canonical_url,
        publication=metadata.publication[: LIMITS["publication"]],
        topics=metadata.topics,
        day_is_utc=header.published is metadata.published and is_utc(parsed.published_at),
        extra={STRESSED: stressed} if stressed else {},
    )
    return replace(parsed, removed=_in_order(blocks, (*parsed.removed, *_unclaimed(blocks, cut, parsed))))


def parse_page(html: str | bytes) -> tuple[HtmlElement, list[str]]:
    """The tree of a page, and warnings about its encoding and unreadable characters."""
    if len(html) > MAX_HTML:
        raise PageError(f"the page has {len(html):,} bytes; {MAX_HTML:,} is the most")
    notes: list[str] = []
    if isinstance(html, bytes):
        html, notes = decode_markup(html)
    html, repairs = repaired(html, markup=True)
    notes += repairs + unreadable(html)
    if has_surrogates(html):
        notes.append("broken characters (lone surrogates) are shown as U+FFFD")
    # lxml refuses a string that declares its own encoding.
    html = re.sub(r"\A\s*<\?xml[^<>]{0,200}\?>", "", without_surrogates(html).replace("\0", ""))
    try:
        tree = document_fromstring(html, parser=HTMLParser(remove_comments=True, remove_pis=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise PageError("there is no page in it") from error
    return tree, notes


def _language(metadata: PageMetadata, text: str) -> str:
    """The detected language; the page's tag, often wrong, only if both agree or none is detected."""
    detected = detect_language(text)
    if not detected or metadata.language.split("-")[0].casefold() == detected:
        return metadata.language or detected
    return detected


def _header(metadata: PageMetadata, blocks: list[Block]) -> Header:
    shown = [block.text for block in blocks if "headline" in block.kinds]
    header = Header()
    header.headline = _headline(metadata.headline, shown)[: LIMITS["headline"]]
    header.section = metadata.section or _section(blocks)
    header.kicker = next(
        (block.text for block in blocks if "kicker" in block.kinds and len(block.text) <= 100), ""
    )
    if is_section(header.kicker) and not metadata.section:
        header.section, header.kicker = header.kicker, ""
    header.byline = _byline(metadata, blocks)
    header.standfirst = _standfirst(metadata, blocks)
    return header


def _headline(said: str, shown: list[str]) -> str:
    """The visible headline if the metadata agree with it or have none; else the metadata's."""
    if said:
        for text in shown:
            if text.casefold() in said.casefold() or said.casefold() in text.casefold():
                return text
        return said
    return shown[0] if shown else ""


def _section(blocks: list[Block]) -> str:
    for block in blocks:
        if "section" in block.kinds and (section_of_path(block.text) or is_section(block.text)):
            return section_of_path(block.text) or block.text
    return ""


def _byline(metadata: PageMetadata, blocks: list[Block]) -> str:
    for block in blocks:
        if "byline" in block.kinds and len(block.text) <= 200:
            named = any(author in block.text for author in metadata.authors)
            if is_byline(block.text) or is_name(block.text) or (named and not block.text.endswith(".")):
                return block.text
    return ""


def _standfirst(metadata: PageMetadata, blocks: list[Block]) -> str:
    """A block marked as the standfirst, or the page's description if it is shown above the byline."""
    for position, block in enumerate(blocks):
        if block.kinds & {"navigation", "aside", "figure"} or not 20 <= len(block.text) <= 700:
            continue
        if "standfirst" in block.kinds:
            return block.text
        stands_out = any(
            "byline" in later.kinds or "date" in later.kinds for later in blocks[position + 1 : position + 4]
        )
        if stands_out and metadata.description and block.text.casefold() == metadata.description.casefold():
            return block.text
    return ""


def _images(ledger: LineLedger, figures: list[ParsedImage]) -> tuple[ParsedImage, ...]:
    """The page's figures; copies of their captions in the running text are cut."""
    for figure in figures:
        words = {
            _bare(text)
            for text in (figure.caption, figure.credit, f"{figure.caption} {figure.credit}")
            if text
        }
        for number in ledger.free():
            if (
                _bare(ledger.lines[number].text) in words
                or _bare(halved(ledger.lines[number].text) or "-") in words
            ):
                ledger.cut(number)
    return tuple(figures)


def _bare(text: str) -> str:
    return "".join(text.casefold().split())


def _in_order(blocks: list[Block], removed: tuple[str, ...]) -> tuple[str, ...]:
    """The texts in the order of the page; what it does not display comes last."""
    places: dict[str, int] = {}
    for block in blocks:
        for line in block.shown.split("\n"):
            places.setdefault(_bare(line), len(places))
    return tuple(sorted(removed, key=lambda text: places.get(_bare(text), len(places))))


def _unclaimed(blocks: list[Block], cut: list[str], parsed: ParsedArticle) -> Iterator[str]:
    """Text that is in no field: navigation, buttons, other stories, and what is hidden or struck out."""
    fields = (
        parsed.headline,
        parsed.kicker,
        parsed.section,
        parsed.standfirst,
        parsed.byline,
        parsed.dateline,
    )
    words = [text for image in parsed.images for text in (image.caption, image.credit)]
    claimed = "\n".join(_bare(tidy(text)) for text in (*fields, *words, parsed.body, *parsed.removed))
    seen: set[str] = set()
    lines = (tidy(line) for block in blocks for line in block.shown.split("\n"))
    for text in (*lines, *cut):
        bare = _bare(text)
        is_cut = len(bare) < _SHORT_CUT and text in cut
        if bare and bare not in seen and (is_cut or bare not in claimed):
            seen.add(bare)
            yield text
