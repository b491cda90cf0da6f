"""The head of a pasted page: everything above the first paragraph of the story."""

import re
from dataclasses import dataclass, field

from articles.formats.bylines import is_byline, is_name, is_role
from articles.formats.dates import PrintedDate
from articles.formats.lines import Sheet
from articles.formats.sections import glued_section, is_section, section_of_path
from articles.formats.timestamps import Stamp, read_stamp

_DEEPEST = 16
_PARTS = re.compile(r"\s*[|•·]\s*|\s+[–—-]\s+")
_URL = re.compile(r"(?:(?:source|quelle|źródło|url|link|fuente)\s*:\s*)?(https?://\S{4,2000})", re.IGNORECASE)
_TURN = re.compile(r"\(\(|[^\W\d_][\w .'’-]{0,40}:\s+\S|[QA][.:)]\s")
_SITE_NAME = re.compile(r"\s+[|–—-]\s+(?=[^|]{2,40}$)")


@dataclass
class Head:
    headline: str = ""
    kicker: str = ""
    section: str = ""
    standfirst: str = ""
    byline: str = ""
    dateline: str = ""
    source_url: str = ""
    published: PrintedDate | None = None
    notes: list[str] = field(default_factory=list)


def read_head(sheet: Sheet, language: str) -> Head:
    """Take headline, kicker, section, standfirst, byline, date and address off the sheet."""
    head = Head()
    last = _take_furniture(sheet, head, language)
    _take_headline(sheet, head)
    _take_standfirst(sheet, head, last)
    return head


def complete_head(sheet: Sheet, head: Head, language: str) -> None:
    """The same where a page in HTML has told most of it: copies in the running text are cut."""
    known = {
        text.casefold(): text for text in (head.headline, head.kicker, head.standfirst, head.byline) if text
    }
    for number in sheet.free()[:_DEEPEST]:
        text = sheet.lines[number].text
        if text.casefold() in known:
            sheet.take(number, known[text.casefold()])
    _take_furniture(sheet, head, language)
    if not head.headline:
        _take_headline(sheet, head)


def _take_furniture(sheet: Sheet, head: Head, language: str) -> int:
    """Take date lines, bylines, posts and addresses above the second paragraph; where the last stood."""
    last, prose = -1, 0
    for number in sheet.free()[:_DEEPEST]:
        line = sheet.lines[number]
        if _take_as_furniture(sheet, head, number, language):
            last = number
        else:
            prose += line.is_prose
        if prose >= 2:
            break
    return last


def _take_as_furniture(sheet: Sheet, head: Head, number: int, language: str) -> bool:
    text = sheet.lines[number].text
    if len(text) > 250:
        return False
    if stamp := read_stamp(text, language):
        _note_stamp(head, stamp)
        sheet.cut(number)
    elif url := _URL.fullmatch(text):
        head.source_url = head.source_url or url[1]
        sheet.take(number, head.source_url)
        return False
    elif is_byline(text) and not head.byline and number > 0:
        parts = _byline_and_stamp(text, language)
        head.byline, stamp = parts if parts else (text, None)
        _note_stamp(head, stamp)
        sheet.take(number, head.byline)
    elif parts := _byline_and_stamp(text, language):
        _take_parts(sheet, head, number, parts)
    elif head.byline and is_role(text) and not sheet.lines[number].is_prose:
        sheet.cut(number)
    elif number > 0 and not head.byline and is_name(text) and _beside_furniture(sheet, number, language):
        head.byline = text
        sheet.take(number, text)
    else:
        return False
    return True


def _take_parts(sheet: Sheet, head: Head, number: int, parts: tuple[str, Stamp | None]) -> None:
    printed, stamp = parts
    if (printed.isupper() or " " not in printed) and not is_byline(printed):
        head.dateline = head.dateline or sheet.lines[number].text
        sheet.take(number, head.dateline)
    else:
        head.byline = head.byline or printed
        sheet.take(number, head.byline)
    _note_stamp(head, stamp)


def _note_stamp(head: Head, stamp: Stamp | None) -> None:
    if stamp:
        head.published = head.published or stamp.published
        head.notes += stamp.notes


def _byline_and_stamp(text: str, language: str) -> tuple[str, Stamp | None] | None:
    """«By Ada Okafor | 12 March 2024», «Ada Okafor, 12 March 2024», «SELWYN, 12 March 2024»."""
    pieces = [piece for piece in _PARTS.split(text) if piece]
    stamps = [read_stamp(piece, language) for piece in pieces]
    if len(pieces) > 1 and any(stamps):
        others = [piece for piece, stamp in zip(pieces, stamps, strict=True) if not stamp]
        if others and (is_byline(others[0]) or is_name(others[0])):
            return others[0], next(stamp for stamp in stamps if stamp)
    for comma in list(re.finditer(r",?\s+(?=\S)", text))[:8]:
        before, after = text[: comma.start()], text[comma.end() :]
        if (stamp := read_stamp(after, language)) and (
            is_byline(before) or is_name(before) or _is_place(before)
        ):
            return before, stamp
    return None


def _is_place(text: str) -> bool:
    return (
        len(text) <= 40
        and all(word[:1].isupper() for word in text.split())
        and text.replace(" ", "").isalpha()
    )


def _beside_furniture(sheet: Sheet, number: int, language: str) -> bool:
    """A bare name counts as a byline only next to a date, a post or another byline."""
    for near in (number - 1, number + 1):
        if 0 <= near < len(sheet.lines):
            text = sheet.lines[near].text
            if read_stamp(text, language) or is_role(text) or is_byline(text):
                return True
    return False


def _take_headline(sheet: Sheet, head: Head) -> None:
    numbers = sheet.free()[:8]
    if not numbers:
        return
    copies = _printed_twice(sheet, numbers)
    if copies:
        _take_copies(sheet, head, numbers, copies)
        return
    first = _take_labels(sheet, head, numbers)
    if first is None:
        return
    text = sheet.lines[first].text
    section = glued_section(text)
    head.section = head.section or section
    head.headline = text[len(section) :].strip()
    sheet.take(first, head.headline)


def _printed_twice(sheet: Sheet, numbers: list[int]) -> list[int]:
    """The lines that hold one and the same headline, the clean one first."""
    for later in numbers[1:]:
        clean = sheet.lines[later].text
        if len(clean) < 12 or len(clean) > 300:
            continue
        for earlier in numbers:
            if earlier >= later:
                break
            text = sheet.lines[earlier].text
            if text == clean or (text.endswith(clean) and len(text) - len(clean) <= 40):
                return [later, earlier]
            if text.startswith(clean) and _SITE_NAME.match(text, len(clean)):
                return [later, earlier]
            if clean.startswith(text) and len(text) >= 12 and _SITE_NAME.match(clean, len(text)):
                return [earlier, later]
    return []


def _take_copies(sheet: Sheet, head: Head, numbers: list[int], copies: list[int]) -> None:
    clean, other = copies
    head.headline = sheet.lines[clean].text
    before = sheet.lines[other].text.removesuffix(head.headline).strip(" |:-–")
    if before and before != sheet.lines[other].text:
        _set_label(head, before)
    sheet.take(clean, head.headline)
    sheet.cut(other)
    for number in numbers:
        if number < min(copies) and not sheet.lines[number].is_prose:
            _take_label(sheet, head, number)
        if number > max(copies) and sheet.lines[number].text == head.headline:
            sheet.cut(number)


def _set_label(head: Head, label: str) -> None:
    if section_of_path(label) or is_section(label):
        head.section = head.section or section_of_path(label) or label
    else:
        head.kicker = head.kicker or label


def _take_label(sheet: Sheet, head: Head, number: int) -> None:
    text = sheet.lines[number].text
    _set_label(head, text)
    sheet.take(number, head.kicker, head.section)


def _take_labels(sheet: Sheet, head: Head, numbers: list[int]) -> int | None:
    """Take what stands above the headline; the number of the headline."""
    for position, number in enumerate(numbers):
        line = sheet.lines[number]
        if line.is_prose or (line.ends and len(line.text) > 160):
            return None
        following = sheet.lines[numbers[position + 1]] if position + 1 < len(numbers) else None
        if position > 2 or not following or not _is_label(line.text, following.text, following.ends):
            return number
        _take_label(sheet, head, number)
    return None


def _is_label(text: str, following: str, before_prose: bool) -> bool:
    if before_prose or len(text) > 60 or len(following) > 250:
        return False
    if is_section(text) or section_of_path(text):
        return True
    words = text.split()
    if text.isupper() and not following.isupper():
        return len(words) <= 6
    return len(words) <= 2 and len(following.split()) >= 4 and not text.endswith((".", "!", "?"))


def _take_standfirst(sheet: Sheet, head: Head, last_furniture: int) -> None:
    """What stands between headline and byline; or one line below the headline that is no sentence."""
    if not head.headline:
        return
    numbers = sheet.free()
    between = [number for number in numbers if number < last_furniture]
    texts = [sheet.lines[number].text for number in between]
    if between and len(between) <= 2 and sum(map(len, texts)) <= 700 and not any(map(_TURN.match, texts)):
        head.standfirst = " ".join(texts)
        for number in between:
            sheet.take(number, head.standfirst)
        return
    if len(numbers) < 2:
        return
    line, following = sheet.lines[numbers[0]], sheet.lines[numbers[1]]
    deck = not line.ends and len(line.text.split()) >= 6 and len(line.text) <= 250
    if deck and following.is_prose and not _TURN.match(line.text) and line.text[0] not in "“„«\"'‘":
        head.standfirst = line.text
        sheet.take(numbers[0], line.text)
