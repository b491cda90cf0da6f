"""The header of a pasted page: everything above the first paragraph of the story."""

import re
from dataclasses import dataclass, field

from articles.parsing.bylines import is_name, is_role
from articles.parsing.captions import halved
from articles.parsing.dates.parser import PrintedDate
from articles.parsing.dates.timelines import TimestampLine, read_timestamp_line
from articles.parsing.plain.header_lines import HeaderLine, is_label, read_header_line
from articles.parsing.plain.line_ledger import Line, LineLedger
from articles.parsing.sections import glued_section, is_section, section_of_path

_DEEPEST = 16
_WORDS = re.compile(r"[^\W\d_]+")
_LONGEST_SUBHEAD = 40
_LONGEST_MASTHEAD = 4
_TURN = re.compile(r"\(\(|[^\W\d_][\w .'’-]{0,40}:\s+\S|[QA][.:)]\s")
_SITE_NAME = re.compile(r"\s+[|–—-]\s+[^|]{2,40}$")


@dataclass
class Header:
    headline: str = ""
    kicker: str = ""
    section: str = ""
    standfirst: str = ""
    byline: str = ""
    dateline: str = ""
    source_url: str = ""
    published: PrintedDate | None = None
    updated: PrintedDate | None = None
    notes: list[str] = field(default_factory=list)

    def note(self, stamp: TimestampLine | None) -> None:
        if stamp:
            self.published = self.published or stamp.published
            self.notes += stamp.notes

    def label(self, text: str) -> None:
        """Store the words above the headline: a known section name as the section, others as the kicker."""
        if section_of_path(text) or is_section(text):
            self.section = self.section or section_of_path(text) or text
        else:
            self.kicker = self.kicker or text


def read_header(ledger: LineLedger, language: str) -> Header:
    """Take headline, kicker, section, standfirst, byline, date and URL off the ledger."""
    header = Header()
    last = _take_header_lines(ledger, header, language)
    _take_headline(ledger, header, last)
    _take_standfirst(ledger, header, last)
    return header


def complete_header(ledger: LineLedger, header: Header, language: str) -> None:
    """Complete a header from HTML metadata; copies of its parts in the running text are cut."""
    known = [text for text in (header.headline, header.kicker, header.standfirst, header.byline) if text]
    copies = {text.casefold(): text for text in known}
    for number in ledger.free()[:_DEEPEST]:
        text = ledger.lines[number].text
        if text.casefold() in copies:
            ledger.take(number, copies[text.casefold()])
    last = _take_header_lines(ledger, header, language)
    if not header.headline:
        _take_headline(ledger, header, last)


def _take_header_lines(ledger: LineLedger, header: Header, language: str) -> int:
    """Take date lines, bylines, job titles and URLs above the second sentence; returns the last number."""
    last = label = -1
    plain: list[Line] = []
    for number in ledger.free()[:_DEEPEST]:
        line = ledger.lines[number]
        found = _header_line(ledger, number, header, plain, language)
        if label >= 0 and (joined := read_header_line(f"{ledger.lines[label].text} {line.text}", language)):
            found = joined
            # If there is a byline already, this one is not taken and the label stays cut.
            ledger.take(label, "" if header.byline else found.byline)
        label = -1
        if is_label(line.text) and number > 0:
            label = number
            ledger.cut(number)
        elif found and (not found.byline or not header.byline or found.stamp):
            _take_found(ledger, header, number, found)
            last = last if found.source_url else number
        elif header.byline and is_role(line.text):
            ledger.cut(number)
        else:
            plain.append(line)
        if _is_past_header(plain):
            break
    return last


def _is_past_header(plain: list[Line]) -> bool:
    """Kicker, headline and standfirst contain at most one full sentence below the first line."""
    sentences = sum(line.ends for line in plain[1:])
    return len(plain) > 5 or sentences > 1 or sum(line.is_prose for line in plain) > 1


def _header_line(
    ledger: LineLedger, number: int, header: Header, plain: list[Line], language: str
) -> HeaderLine | None:
    """Parse one header line; a name alone is a byline only beside a date or right below the headline."""
    text = ledger.lines[number].text
    found = read_header_line(text, language)
    if found and found.stamp and not found.stamp.labelled and _heads_a_chronicle(ledger, number, language):
        return None
    if (
        not found
        and number > 0
        and is_name(text)
        and (_beside_header_line(ledger, number, language) or _signs(ledger, number, plain))
    ):
        return HeaderLine(byline=text)
    return found


def _take_found(ledger: LineLedger, header: Header, number: int, found: HeaderLine) -> None:
    header.note(found.stamp)
    if found.byline and found.stamp:
        # «PTI | Updated: 4 March 2021» is all that some papers print.
        header.updated = header.updated or found.stamp.updated
    header.byline = header.byline or found.byline
    header.dateline = header.dateline or found.dateline
    header.source_url = header.source_url or found.source_url
    header.section = header.section or found.section
    ledger.take(number, header.byline, header.dateline, header.source_url)


def _heads_a_chronicle(ledger: LineLedger, number: int, language: str) -> bool:
    """Whether bare dates also divide the text below, as the subheads of a chronicle."""
    dates = 0
    for line in ledger.lines[number + 1 : number + 100]:
        stamp = read_timestamp_line(line.text, language) if len(line.text) <= _LONGEST_SUBHEAD else None
        dates += bool(stamp and stamp.published and not stamp.labelled)
    return dates > 1


def _beside_header_line(ledger: LineLedger, number: int, language: str) -> bool:
    """Whether a date or a job title is on the line above or below."""
    for adjacent in (number - 1, number + 1):
        if 0 <= adjacent < len(ledger.lines):
            text = ledger.lines[adjacent].text
            if read_timestamp_line(text, language) or is_role(text) or is_label(text):
                return True
    return False


def _signs(ledger: LineLedger, number: int, plain: list[Line]) -> bool:
    """Whether a name right below the headline is a byline, because the story never mentions it again."""
    name = ledger.lines[number].text
    below_headline = 1 <= len(plain) <= 3 and any(len(line.text.split()) >= 4 for line in plain)
    return below_headline and len(name.split()) == 2 and not name.isupper() and ledger.text.count(name) == 1


def _take_headline(ledger: LineLedger, header: Header, last_header_line: int) -> None:
    numbers = ledger.free()[:10]
    _take_menu(ledger, numbers)
    _take_masthead(ledger, numbers)
    numbers = [number for number in numbers if not ledger.lines[number].taken]
    if copies := _printed_twice(ledger, numbers):
        _take_copies(ledger, header, numbers, *copies)
        return
    first = _take_labels(ledger, header, numbers, last_header_line)
    if first is None:
        return
    text = ledger.lines[first].text
    section = glued_section(text)
    text = text[len(section) :].strip()
    header.section = header.section or section
    header.headline = halved(text) or text
    ledger.take(first, header.headline)


def _take_menu(ledger: LineLedger, numbers: list[int]) -> None:
    """Cut several section names in a row: they are the page's menu."""
    menu = [number for number in numbers[:8] if is_section(ledger.lines[number].text)]
    if len(menu) > 1 and menu == numbers[: len(menu)]:
        for number in menu:
            ledger.cut(number)


def _take_masthead(ledger: LineLedger, numbers: list[int]) -> None:
    """Cut the newspaper's name above the section name and the headline."""
    if len(numbers) > 2 and is_section(ledger.lines[numbers[1]].text):
        name = ledger.lines[numbers[0]].text
        if len(name.split()) <= _LONGEST_MASTHEAD and name.istitle() and not is_section(name):
            ledger.cut(numbers[0])


def _printed_twice(ledger: LineLedger, numbers: list[int]) -> tuple[int, int] | None:
    """Two lines with one and the same headline, the clean one first.

    Only the place of the headline counts; text that is repeated further down is a caption.
    """
    found = _below_labels(ledger, numbers)
    for position, earlier in enumerate(numbers):
        if found is None or earlier > found[0]:
            break
        for later in numbers[position + 1 :]:
            for clean, other in ((later, earlier), (earlier, later)):
                if _is_copy(ledger.lines[clean].text, ledger.lines[other].text):
                    return clean, other
    return None


def _is_copy(clean: str, other: str) -> bool:
    """Whether `other` is `clean`, perhaps with a section name before it or the site name after it."""
    if not 12 <= len(clean) <= 300 or len(other) > len(clean) + 45:
        return False
    return other.endswith(clean) or (other.startswith(clean) and bool(_SITE_NAME.match(other, len(clean))))


def _take_copies(ledger: LineLedger, header: Header, numbers: list[int], clean: int, other: int) -> None:
    header.headline = ledger.lines[clean].text
    before = ledger.lines[other].text.removesuffix(header.headline).strip(" |:-–")
    if before and before != ledger.lines[other].text:
        header.label(before)
    ledger.take(clean, header.headline)
    ledger.cut(other)
    for number in numbers:
        line = ledger.lines[number]
        if line.taken:
            continue
        if number < min(clean, other) and not line.is_prose:
            _take_label(ledger, header, number)
        elif line.text == header.headline:
            ledger.cut(number)


def _take_label(ledger: LineLedger, header: Header, number: int) -> None:
    header.label(ledger.lines[number].text)
    ledger.take(number, header.kicker, header.section)


def headline_of(ledger: LineLedger) -> int:
    """The number of the likely headline before any line is taken; -1 for none."""
    numbers = [n for n in ledger.free()[:10] if not read_header_line(ledger.lines[n].text, "")]
    if copies := _printed_twice(ledger, numbers):
        return max(copies)
    first = _below_labels(ledger, numbers)
    return first[0] if first else -1


def _take_labels(ledger: LineLedger, header: Header, numbers: list[int], last_header_line: int) -> int | None:
    """Take the labels above the headline; returns the number of the headline, or None."""
    found = _below_labels(ledger, numbers)
    if not found:
        return None
    number, labels = found
    line = ledger.lines[number]
    above_byline = number < last_header_line and len(line.text) <= 250
    if (line.is_prose or len(line.text) > 160) and not above_byline:
        return None
    for label in labels:
        _take_label(ledger, header, label)
    return number


def _below_labels(ledger: LineLedger, numbers: list[int]) -> tuple[int, list[int]] | None:
    """The first line that is not a label, and the numbers of the labels above it."""
    for position, number in enumerate(numbers):
        below = numbers[position + 1] if position + 1 < len(numbers) else None
        if position > 2 or below is None or not _is_label(ledger.lines[number], ledger.lines[below]):
            return number, numbers[:position]
        # Byline and date are below the headline, so what is above them is not only a label.
        header_between = any(line.taken and line.text for line in ledger.lines[number + 1 : below])
        if header_between and not is_section(ledger.lines[number].text):
            return number, numbers[:position]
    return None


def _is_label(line: Line, following: Line) -> bool:
    if following.ends or len(line.text) > 60 or len(following.text) > 250:
        return False
    if is_section(line.text) or section_of_path(line.text):
        return True
    # An elided article is a word: «L’écluse ferme» is a headline.
    words = _WORDS.findall(line.text)
    if line.text.isupper() and not following.text.isupper():
        return len(words) <= 6
    return len(words) <= 2 and len(following.text.split()) >= 4 and not line.ends


def _take_standfirst(ledger: LineLedger, header: Header, last_header_line: int) -> None:
    """Take the lines between headline and byline, or one line below the headline that is not a sentence."""
    if not header.headline:
        return
    numbers = ledger.free()[:10]
    between = [number for number in numbers if number < last_header_line]
    texts = [ledger.lines[number].text for number in between]
    if between and len(between) <= 2 and sum(map(len, texts)) <= 700 and not any(map(_TURN.match, texts)):
        header.standfirst = " ".join(texts)
        for number in between:
            ledger.take(number, header.standfirst)
    elif len(numbers) > 1 and _is_deck(ledger.lines[numbers[0]], ledger.lines[numbers[1]]):
        header.standfirst = ledger.lines[numbers[0]].text
        ledger.take(numbers[0], header.standfirst)


def _is_deck(line: Line, following: Line) -> bool:
    if line.ends or not following.is_prose or len(line.text) > 250 or _TURN.match(line.text):
        return False
    return len(line.text.split()) >= 6 and line.text[0] not in "“„«\"'‘"
