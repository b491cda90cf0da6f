"""Finds the date that a page prints near its headline, which has priority over its metadata.

htmldate returns a day only: without the time, its zone, or the precision of what is printed.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice

from lxml.html import HtmlElement

from articles.parsing.dates.parser import PrintedDate, UnclearDate, is_placeholder, read_machine_date
from articles.parsing.dates.timelines import TimestampLine, read_timestamp_line, says_update
from articles.parsing.html.text_blocks import Block
from articles.parsing.normalization import tidy, without_surrogates
from articles.parsing.plain.header_lines import read_header_line

_ABOVE, _BELOW = 8, 24
_CHRONICLE, _SHORTEST_PROSE, _SHORTEST_HEADLINE = 3, 90, 12
# A label is shorter; so few siblings are looked at, however many a page has.
_LONGEST_LABEL, _SIBLINGS = 200, 8
_LETTER = re.compile(r"[^\W\d_]")
_APART = frozenset(("navigation", "aside", "figure"))
_UPDATED = re.compile(r"\b(?:updated?|modified|datemodified)\b", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"\b(?:published|datepublished|pub-?date|publish-?date|entry-date|post-date|posted-on)\b", re.IGNORECASE
)
# The last three are custom elements of widespread scripts.
_TIMES = ("time", "abbr", "relative-time", "time-ago", "local-time")
_DAY = timedelta(days=1)


def date_of_page(
    tree: HtmlElement,
    blocks: Sequence[Block],
    published: PrintedDate | None,
    changed: PrintedDate | None,
    language: str,
) -> tuple[PrintedDate | None, list[str]]:
    """The printed day with its instant, and a warning if the page's metadata give another day.

    `published` and `changed` are the dates of publication and change in the metadata.
    """
    machine, unread = _machine_dates(tree)
    top = _headline(blocks, _title(tree))
    stamp, text = next(_printed(blocks, top, machine, language), (TimestampLine(), ""))
    printed, exact, notes = stamp.published, machine.get(text), list(stamp.notes)
    if printed is None or printed.precision != "day" or (published and is_placeholder(printed)):
        published = published or _beside_headline(blocks, top, machine) or _of_one_day(machine)
        return published, ([] if published else unread)
    if published and changed and printed.on == changed.on != published.on and not stamp.labelled:
        # The printed day is that of the last change.
        return published, []
    at = printed.at or next(
        (date.at for date in (exact, published) if date and date.at and abs(date.on - printed.on) <= _DAY),
        None,
    )
    for other in (published, exact):
        if other and other.precision == "day" and other.on != printed.on:
            when = other.at.isoformat() if other.at else other.on.isoformat()
            notes.append(f"the page prints {printed.on}, its own data say {when}; the printed date is taken")
            break
    return PrintedDate(printed.on, "day", at), [note for note in notes if not at or note != printed.note]


def _printed(
    blocks: Sequence[Block], top: int, machine: dict[str, PrintedDate | None], language: str
) -> Iterator[tuple[TimestampLine, str]]:
    """The date lines near the headline that give the date of publication, with their text."""
    lines = [(n, block, _stamp(blocks, n, language)) for n, block in _around_headline(blocks, top)]
    bare = sum(bool(stamp and stamp.published and not stamp.labelled) for _, _, stamp in lines)
    for number, block, stamp in lines:
        is_time = block.text in machine
        if stamp is None or stamp.published is None or (is_time and machine[block.text] is None):
            continue
        # Above the headline newspapers print today's date; three dates in a row are a chronicle.
        above = number < top
        if stamp.labelled or not (above or (bare >= _CHRONICLE and not is_time)):
            yield stamp, block.text


def _title(tree: HtmlElement) -> str:
    """The title of the page, of which the headline is a part."""
    given = tree.xpath("//meta[@property='og:title']/@content")[:1] or [tree.findtext(".//title") or ""]
    return tidy(without_surrogates(str(given[0])[:1_000])).casefold()


def _headline(blocks: Sequence[Block], title: str) -> int:
    """The number of the heading in the title of the page, of the first heading, or of a line in the title."""
    marked = [n for n, block in enumerate(blocks) if "headline" in block.kinds]
    lines = (n for n, block in enumerate(blocks) if not block.kinds & _APART)
    named = [
        n
        for n in marked or lines
        if len(blocks[n].text) >= _SHORTEST_HEADLINE and blocks[n].text.casefold() in title
    ]
    return max(named, key=lambda n: len(blocks[n].text), default=marked[0] if marked else 0)


def _around_headline(blocks: Sequence[Block], top: int) -> Iterator[tuple[int, Block]]:
    """The blocks from a little above the headline to the second paragraph below it."""
    prose = 0
    first = max(0, top - _ABOVE)
    for number, block in enumerate(blocks[first : top + _BELOW], first):
        prose += number > top and len(block.text) > _SHORTEST_PROSE
        if prose > 1:
            return
        if not block.kinds & _APART:
            yield number, block


def _beside_headline(
    blocks: Sequence[Block], top: int, machine: dict[str, PrintedDate | None]
) -> PrintedDate | None:
    """The date of a `<time>` below the headline whose text is not a date: «2 hours ago»."""
    dates = (machine.get(block.text) for number, block in _around_headline(blocks, top) if number >= top)
    return next((date for date in dates if date), None)


def _stamp(blocks: Sequence[Block], number: int, language: str) -> TimestampLine | None:
    """The date line of this block, unless the block above labels it as an update."""
    text = blocks[number].text
    if number and says_update(blocks[number - 1].text):
        return None
    stamp = read_timestamp_line(text, language)
    if stamp is None and (found := read_header_line(text, language)):
        stamp = found.stamp
    return stamp


def _of_one_day(machine: dict[str, PrintedDate | None]) -> PrintedDate | None:
    """The date of the `<time>` elements anywhere in the story, if all have the same day."""
    dates = [date for date in machine.values() if date]
    return dates[0] if len({date.on for date in dates}) == 1 and None not in machine.values() else None


def _label_of(element: HtmlElement) -> str:
    """The words before a `<time>` in its parent, or further up if it has none there.

    A second `<time>` directly after another has the same label: «Updated 6 May 2024 (2 hours ago)».
    """
    words = ""
    while element.getparent() is not None and element.tag not in ("article", "body"):
        for before in islice(element.itersiblings(preceding=True), _SIBLINGS):
            words = f"{before.tail or ''} {words}"
            is_time = before.tag in _TIMES
            if is_time and not _LETTER.search(words):
                continue
            if is_time or next(before.iter(*_TIMES), None) is not None:
                return tidy(without_surrogates(words))
            words = f"{before.text_content() if isinstance(before.tag, str) else ''} {words}"
            if len(words) > _LONGEST_LABEL:
                return ""
        element = element.getparent()
        words = f"{element.text or ''} {words}"
        if _LETTER.search(words):
            break
    return tidy(without_surrogates(words))


def _machine_dates(tree: HtmlElement) -> tuple[dict[str, PrintedDate | None], list[str]]:
    """The dates of `<time>` elements by their visible text, None for dates of change; and warnings."""
    found: dict[str, PrintedDate | None] = {}
    unread: list[str] = []
    for element in tree.iter(*_TIMES):
        if element.tag == "abbr" and not _PUBLISHED.search(element.get("class") or ""):
            continue
        text = tidy(without_surrogates(element.text_content()))[:200]
        if text in found or any(
            parent.tag in ("nav", "aside", "footer") for parent in element.iterancestors()
        ):
            continue
        attributes = " ".join(element.keys())
        names = f"{element.get('class') or ''} {element.get('itemprop') or ''} {attributes}"
        if (
            says_update(text)
            or (_UPDATED.search(names) and not _PUBLISHED.search(names))
            or says_update(_label_of(element))
        ):
            found[text] = None
            continue
        given = tidy(without_surrogates(element.get("datetime") or element.get("title") or ""))[:100]
        try:
            date = read_machine_date(given or text)
        except UnclearDate as unclear:
            unread.append(f"the <time> «{(given or text)[:60]}» of the page is not read: {unclear.reason}")
            continue
        if not is_placeholder(date):
            found[text] = date
        if len(found) > 100:
            break
    return found, unread[:1]
