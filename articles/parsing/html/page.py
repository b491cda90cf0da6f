"""Parses a scraped HTML page: the running text with trafilatura, all other parts here."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from articles.parsing.bylines import is_byline, is_name, more_complete
from articles.parsing.captions import caption_and_credit, credit_of, halved, labelled_caption
from articles.parsing.charsets import decode_markup, repaired, unreadable
from articles.parsing.dates.page_dates import date_of_page
from articles.parsing.dates.parser import is_utc
from articles.parsing.html.metadata import PageMetadata, absolute_address, read_metadata
from articles.parsing.html.text_blocks import Block, visible_blocks
from articles.parsing.language import detect_language
from articles.parsing.normalization import has_surrogates, normalise, tidy, without_surrogates
from articles.parsing.parsed import LIMITS, ParsedArticle, ParsedImage
from articles.parsing.plain.article import finish
from articles.parsing.plain.footer import take_footer
from articles.parsing.plain.header import Header, complete_header
from articles.parsing.plain.images import take_images
from articles.parsing.plain.line_ledger import LineLedger
from articles.parsing.sections import is_section, section_of_path

_CREDIT = re.compile(r"\b(?:credit|credits|copyright|photographer|source|image-source|fotograf|quelle)\b")
_SEEN_ONLY_BY_READERS_ALOUD = re.compile(r"\b(?:visually-hidden|sr-only|screen-reader-text)\b")


def read_figures(tree: HtmlElement, url: str = "") -> list[ParsedImage]:
    """Every distinct figure with a caption or a credit, in the order of the page."""
    found: dict[tuple[str, str], ParsedImage] = {}
    for figure in tree.iter("figure"):
        if any(True for _ in figure.iterancestors("figure")):
            continue
        caption, credit = _words_of(figure)
        if (caption or credit) and len(caption) <= LIMITS["caption"] and len(credit) <= LIMITS["credit"]:
            found.setdefault((caption, credit), ParsedImage(caption, credit, _address(figure, url)))
    return list(found.values())


def _words_of(figure: HtmlElement) -> tuple[str, str]:
    credit = ""
    caption: list[str] = []
    for piece, marked in _pieces(figure):
        if marked or (not credit and credit_of(piece)):
            credit = credit or credit_of(piece) or piece
        else:
            caption.append(labelled_caption(piece) or piece)
    text = tidy(" ".join(dict.fromkeys(caption)))
    text = halved(text) or text
    if not credit and (pair := caption_and_credit(text)):
        return pair
    return text, credit


def _pieces(figure: HtmlElement) -> Iterator[tuple[str, bool]]:
    """The texts of the figure, each with True if its markup says that it is the credit."""
    plain: list[str] = []
    stack: list[HtmlElement | str] = [figure]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            plain.append(node)
            continue
        if not isinstance(node.tag, str) or node.tag in {"script", "style", "noscript", "button"}:
            continue
        names = f"{node.get('class') or ''} {node.get('itemprop') or ''}".casefold()[:500]
        if _SEEN_ONLY_BY_READERS_ALOUD.search(names):
            continue
        if _CREDIT.search(names.replace("_", "-")) or node.tag == "small":
            yield from ((text, False) for text in _tidied(plain))
            plain = []
            yield from ((text, True) for text in _tidied(["".join(map(str, node.itertext()))]))
            continue
        parts_words = node.tag in {"figcaption", "p", "div", "br"}
        if parts_words:
            yield from ((text, False) for text in _tidied(plain))
            plain = []
        for child in reversed(node):
            stack.append(child.tail or "")
            stack.append(child)
        stack.append(node.text or "")
    yield from ((text, False) for text in _tidied(plain))


def _tidied(pieces: list[str]) -> list[str]:
    text = tidy(without_surrogates("".join(pieces)))
    return [text] if text else []


def _address(figure: HtmlElement, url: str) -> str:
    for image in figure.iter("img"):
        for name in ("src", "data-src"):
            if address := absolute_address(image.get(name) or "", url):
                return address
    return ""


MAX_HTML = 2 * 1024 * 1024
_LONG = 40
_APART = frozenset(("figure", "caption", "navigation", "aside"))


class PageError(ValueError):
    """The page cannot be parsed; the message is for the user who submitted it."""


def read_html(html: str | bytes, url: str = "") -> ParsedArticle:
    """Parse a page; raises `PageError`. Time and memory are not limited here: use `articles.fetching.sandbox`
    for untrusted pages."""
    tree, notes = parse_page(html)
    metadata = read_metadata(tree, url)
    blocks = visible_blocks(tree)
    figures = read_figures(tree, url)
    ledger = LineLedger(normalise(without_surrogates("\n\n".join(_story(tree, blocks)))))
    language = _language(metadata, ledger.text)
    header = _header(metadata, blocks)
    header.published, date_notes = date_of_page(tree, blocks, metadata.published, metadata.changed, language)
    header.notes = [*notes, *metadata.notes, *date_notes]
    images = _images(ledger, figures)
    ledger.cut_boilerplate()
    images += take_images(ledger)
    complete_header(ledger, header, language)
    take_footer(ledger, header, language)
    parsed = finish(ledger, header, images, language)
    parsed = replace(
        parsed,
        authors=more_complete(metadata.authors, parsed.authors),
        source_url=url or metadata.url or parsed.source_url,
        canonical_url=metadata.canonical_url,
        publication=metadata.publication[: LIMITS["publication"]],
        topics=metadata.topics,
        day_is_utc=header.published is metadata.published and is_utc(parsed.published_at),
    )
    return replace(parsed, removed=parsed.removed + tuple(_unclaimed(blocks, parsed)))


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


def _story(tree: HtmlElement, blocks: list[Block]) -> list[str]:
    """The text blocks of the page whose words trafilatura selects as the story.

    Trafilatura merges the paragraphs of short stories, so the page's own blocks are used. If they do not
    match its text, trafilatura's paragraphs are used.
    """
    paragraphs = list(_paragraphs(_running_text(tree)))
    chosen = "".join("".join(tidy(paragraph).split()) for paragraph in paragraphs)
    story: list[str] = []
    position = found = 0
    for block in blocks:
        words = "".join(block.text.split())
        # A short line counts only right after a matched block; «Home» occurs in many texts.
        start = chosen.find(words, position) if len(words) >= _LONG else position
        if start < 0 or not chosen.startswith(words, start):
            continue
        position = start + len(words)
        found += len(words)
        if not block.kinds & _APART:
            story.append(block.shown)
    return story if found * 10 >= len(chosen) * 9 else paragraphs


def _running_text(tree: HtmlElement) -> etree._Element | None:
    # The import takes half a second.
    from trafilatura import bare_extraction

    # The metadata step is off because it guesses dates.
    document = bare_extraction(tree, with_metadata=False, include_comments=False, include_tables=True)
    return getattr(document, "body", None)


def _paragraphs(body: etree._Element | None) -> Iterator[str]:
    """The blocks of trafilatura's tree as paragraphs; line breaks inside become line ends."""
    pending: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")) if body is not None else ():
        if event == "start" and element.tag == "lb":
            pending.append("\n")
        elif element.tag not in {"hi", "ref", "lb", "del", "graphic", "code"}:
            yield _paragraph(pending)
            pending = []
        if event == "start" and element.text:
            pending.append(element.text)
        if event == "end" and element.tail:
            pending.append(element.tail)
    yield _paragraph(pending)


def _paragraph(pieces: list[str]) -> str:
    lines = (" ".join(re.split(r"[ \t\r\n\f]+", line)).strip(" ") for line in _broken(pieces))
    return "\n".join(line for line in lines if line)


def _broken(pieces: list[str]) -> list[str]:
    """Split the text at line breaks; line ends in the source do not count."""
    lines = [""]
    for piece in pieces:
        if piece == "\n":
            lines.append("")
        else:
            lines[-1] += piece
    return lines


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


def _unclaimed(blocks: list[Block], parsed: ParsedArticle) -> Iterator[str]:
    """Visible text that is in no field: navigation, buttons, other stories."""
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
    for block in blocks:
        bare = _bare(block.text)
        if bare and bare not in seen and bare not in claimed:
            seen.add(bare)
            yield block.text
