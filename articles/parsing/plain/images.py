"""The pictures of a pasted page: which line is a caption, which its credit."""

from articles.parsing.bylines import is_byline
from articles.parsing.captions import (
    caption_and_credit,
    credit_of,
    halved,
    is_caption_label,
    is_credit_label,
    labelled_caption,
)
from articles.parsing.dates.timelines import read_stamp
from articles.parsing.parsed import ParsedImage
from articles.parsing.plain.header import headline_of
from articles.parsing.plain.line_ledger import Line, Sheet

_LONGEST_CAPTION = 400
_LONGEST_LINE = 600
_SHORT_SENTENCE = 70


def take_pictures(sheet: Sheet) -> tuple[ParsedImage, ...]:
    """Take every caption and credit off the sheet, in the order of the page."""
    found: dict[int, ParsedImage] = {}
    for number, line in enumerate(sheet.lines):
        if line.taken or len(line.text) > _LONGEST_LINE:
            continue
        if line.picture:
            sheet.cut(number)
            found[number] = _picture_in_markdown(line)
        elif is_credit_label(line.text) and _may_be_caption(sheet, number + 1):
            sheet.cut(number)
            found[number + 1] = _picture_of_credit(sheet, number + 1, sheet.lines[number + 1].text)
        elif credit := credit_of(line.text):
            found[number] = _picture_of_credit(sheet, number, credit)
        elif pair := caption_and_credit(line.text):
            sheet.take(number, *pair)
            found[number] = ParsedImage(_without_copy(sheet, number, pair[0]), pair[1])
    for number, line in enumerate(sheet.lines):
        if not line.taken and (caption := _lone_caption(sheet, number)):
            found[number] = ParsedImage(caption)
    return tuple(found[number] for number in sorted(found))


def _picture_in_markdown(line: Line) -> ParsedImage:
    caption, credit = caption_and_credit(line.text) or (line.text, "")
    return ParsedImage(
        caption, credit, line.picture if line.picture.startswith(("http://", "https://")) else ""
    )


def _picture_of_credit(sheet: Sheet, number: int, credit: str) -> ParsedImage:
    sheet.take(number, credit)
    for label in (number - 1, number + 1):
        if 0 <= label < len(sheet.lines) and is_caption_label(sheet.lines[label].text):
            return ParsedImage(_caption_below(sheet, label), credit)
    captions = _captions_at(sheet, number)
    if not captions:
        return ParsedImage(credit=credit)
    text = sheet.lines[captions[0]].text
    caption = labelled_caption(text) or halved(text) or text
    caption = halved(caption) or caption
    sheet.take(captions[0], caption)
    for copy in captions[1:]:
        sheet.cut(copy)
    return ParsedImage(caption, credit)


def _caption_below(sheet: Sheet, label: int) -> str:
    sheet.cut(label)
    if not _may_be_caption(sheet, label + 1):
        return ""
    caption = sheet.lines[label + 1].text
    sheet.take(label + 1, halved(caption) or caption)
    return _without_copy(sheet, label + 1, caption)


def _captions_at(sheet: Sheet, credit: int) -> list[int]:
    """The line that is the caption of this credit, with its copies; empty where none is certain."""
    above = [n for n in (credit - 1, credit - 2) if _may_be_caption(sheet, n)]
    below = [n for n in (credit + 1, credit + 2) if _may_be_caption(sheet, n)]
    if above[:1] != [credit - 1]:
        above = []
    if below[:1] != [credit + 1]:
        below = []
    text = {n: _bare(sheet.lines[n].text) for n in (*above, *below)}
    if above and below and text[above[0]] == text[below[0]]:
        return [n for n in (*above, *below) if text[n] == text[above[0]]]
    for side in (below, above):
        if len(side) == 2 and text[side[0]] == text[side[1]]:
            return side
        if side and (labelled_caption(sheet.lines[side[0]].text) or halved(sheet.lines[side[0]].text)):
            return side[:1]
    return _likelier(sheet, credit, above[:1], below[:1])


def _likelier(sheet: Sheet, credit: int, above: list[int], below: list[int]) -> list[int]:
    """Set solid with the credit, or no sentence, or a very short one: else nothing is taken.

    A paragraph of the story taken for a caption is lost to its readers; a caption left in the body is not.
    """
    headline = _headline(sheet)
    above = [n for n in above if n > headline]
    if sheet.has_gaps:
        solid_above = [n for n in above if not sheet.lines[credit].gap]
        solid_below = [n for n in below if not sheet.lines[n].gap]
        if bool(solid_above) != bool(solid_below):
            return solid_above or solid_below
    fragment_below = [n for n in below if not sheet.lines[n].ends]
    fragment_above = [n for n in above if not sheet.lines[n].ends]
    short = [n for n in (*below, *above) if len(sheet.lines[n].text) <= _SHORT_SENTENCE]
    if fragment_above == [headline + 1] and short[:1] == below:
        # Between headline and picture stands a standfirst rather than a caption.
        return below
    return fragment_below or fragment_above or (short if len(short) == 1 else [])


def _headline(sheet: Sheet) -> int:
    if sheet.headline is None:
        sheet.headline = headline_of(sheet)
    return sheet.headline


def _may_be_caption(sheet: Sheet, number: int) -> bool:
    if not 0 <= number < len(sheet.lines) or sheet.lines[number].taken:
        return False
    text = sheet.lines[number].text
    if not 8 <= len(text) <= _LONGEST_CAPTION or caption_and_credit(text):
        return False
    return not (credit_of(text) or is_byline(text) or read_stamp(text))


def _lone_caption(sheet: Sheet, number: int) -> str:
    """A caption without a credit: labelled as one, or printed twice below the headline."""
    line = sheet.lines[number]
    if is_caption_label(line.text):
        return _caption_below(sheet, number)
    if caption := labelled_caption(line.text):
        caption = halved(caption) or caption
        sheet.take(number, caption)
        return _without_copy(sheet, number, caption)
    following = sheet.lines[number + 1] if number + 1 < len(sheet.lines) else None
    if not following or not 15 <= len(line.text) <= _LONGEST_CAPTION or number == sheet.first():
        return ""
    if _is_free_copy(following, line.text) and number > _headline(sheet):
        sheet.take(number, line.text)
        sheet.cut(number + 1)
        return line.text
    return ""


def _without_copy(sheet: Sheet, number: int, caption: str) -> str:
    """The caption, with a copy of it in the line above or below cut."""
    for near in (number - 1, number + 1):
        if 0 <= near < len(sheet.lines) and _is_free_copy(sheet.lines[near], caption):
            sheet.cut(near)
    return halved(caption) or caption


def _is_free_copy(line: Line, caption: str) -> bool:
    return not line.taken and _bare(line.text) == _bare(caption)


def _bare(text: str) -> str:
    return text.casefold().rstrip(" .")
