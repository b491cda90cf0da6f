"""The images of a pasted page: finds captions and their credits."""

from articles.parsing.bylines import is_byline
from articles.parsing.captions import (
    caption_and_credit,
    credit_of,
    halved,
    is_caption_label,
    is_credit_label,
    labelled_caption,
)
from articles.parsing.dates.timelines import read_timestamp_line
from articles.parsing.parsed import ParsedImage
from articles.parsing.plain.header import headline_of
from articles.parsing.plain.line_ledger import Line, LineLedger

_LONGEST_CAPTION = 400
_LONGEST_LINE = 600
_SHORT_SENTENCE = 70


def take_images(ledger: LineLedger) -> tuple[ParsedImage, ...]:
    """Take every caption and credit off the ledger, in the order of the page."""
    found: dict[int, ParsedImage] = {}
    for number, line in enumerate(ledger.lines):
        if line.taken or len(line.text) > _LONGEST_LINE:
            continue
        if line.image:
            ledger.cut(number)
            found[number] = _image_in_markdown(line)
        elif is_credit_label(line.text) and _may_be_caption(ledger, number + 1):
            ledger.cut(number)
            found[number + 1] = _image_of_credit(ledger, number + 1, ledger.lines[number + 1].text)
        elif credit := credit_of(line.text):
            found[number] = _image_of_credit(ledger, number, credit)
        elif pair := caption_and_credit(line.text):
            ledger.take(number, *pair)
            found[number] = ParsedImage(_without_copy(ledger, number, pair[0]), pair[1])
    for number, line in enumerate(ledger.lines):
        if not line.taken and (caption := _lone_caption(ledger, number)):
            found[number] = ParsedImage(caption)
    return tuple(found[number] for number in sorted(found))


def _image_in_markdown(line: Line) -> ParsedImage:
    caption, credit = caption_and_credit(line.text) or (line.text, "")
    return ParsedImage(caption, credit, line.image if line.image.startswith(("http://", "https://")) else "")


def _image_of_credit(ledger: LineLedger, number: int, credit: str) -> ParsedImage:
    ledger.take(number, credit)
    for label in (number - 1, number + 1):
        if 0 <= label < len(ledger.lines) and is_caption_label(ledger.lines[label].text):
            return ParsedImage(_caption_below(ledger, label), credit)
    captions = _captions_at(ledger, number)
    if not captions:
        return ParsedImage(credit=credit)
    text = ledger.lines[captions[0]].text
    caption = labelled_caption(text) or halved(text) or text
    caption = halved(caption) or caption
    ledger.take(captions[0], caption)
    for copy in captions[1:]:
        ledger.cut(copy)
    return ParsedImage(caption, credit)


def _caption_below(ledger: LineLedger, label: int) -> str:
    ledger.cut(label)
    if not _may_be_caption(ledger, label + 1):
        return ""
    caption = ledger.lines[label + 1].text
    ledger.take(label + 1, halved(caption) or caption)
    return _without_copy(ledger, label + 1, caption)


def _captions_at(ledger: LineLedger, credit: int) -> list[int]:
    """The caption line of this credit, with its copies; empty if none is certain."""
    above = [n for n in (credit - 1, credit - 2) if _may_be_caption(ledger, n)]
    below = [n for n in (credit + 1, credit + 2) if _may_be_caption(ledger, n)]
    if above[:1] != [credit - 1]:
        above = []
    if below[:1] != [credit + 1]:
        below = []
    text = {n: _bare(ledger.lines[n].text) for n in (*above, *below)}
    if above and below and text[above[0]] == text[below[0]]:
        return [n for n in (*above, *below) if text[n] == text[above[0]]]
    for side in (below, above):
        if len(side) == 2 and text[side[0]] == text[side[1]]:
            return side
        if side and (labelled_caption(ledger.lines[side[0]].text) or halved(ledger.lines[side[0]].text)):
            return side[:1]
    return _likelier(ledger, credit, above[:1], below[:1])


def _likelier(ledger: LineLedger, credit: int, above: list[int], below: list[int]) -> list[int]:
    """The likelier caption: adjacent to the credit, or not a sentence, or very short; else none.

    A paragraph that is mistaken for a caption is lost to readers; a caption left in the body is not.
    """
    headline = _headline(ledger)
    above = [n for n in above if n > headline]
    if ledger.has_gaps:
        solid_above = [n for n in above if not ledger.lines[credit].gap]
        solid_below = [n for n in below if not ledger.lines[n].gap]
        if bool(solid_above) != bool(solid_below):
            return solid_above or solid_below
    fragment_below = [n for n in below if not ledger.lines[n].ends]
    fragment_above = [n for n in above if not ledger.lines[n].ends]
    short = [n for n in (*below, *above) if len(ledger.lines[n].text) <= _SHORT_SENTENCE]
    if fragment_above == [headline + 1] and short[:1] == below:
        # The line between headline and image is rather a standfirst.
        return below
    return fragment_below or fragment_above or (short if len(short) == 1 else [])


def _headline(ledger: LineLedger) -> int:
    if ledger.headline is None:
        ledger.headline = headline_of(ledger)
    return ledger.headline


def _may_be_caption(ledger: LineLedger, number: int) -> bool:
    if not 0 <= number < len(ledger.lines) or ledger.lines[number].taken:
        return False
    text = ledger.lines[number].text
    if not 8 <= len(text) <= _LONGEST_CAPTION or caption_and_credit(text):
        return False
    return not (credit_of(text) or is_byline(text) or read_timestamp_line(text))


def _lone_caption(ledger: LineLedger, number: int) -> str:
    """A caption without a credit: one with a label, or one printed twice below the headline."""
    line = ledger.lines[number]
    if is_caption_label(line.text):
        return _caption_below(ledger, number)
    if caption := labelled_caption(line.text):
        caption = halved(caption) or caption
        ledger.take(number, caption)
        return _without_copy(ledger, number, caption)
    following = ledger.lines[number + 1] if number + 1 < len(ledger.lines) else None
    if not following or not 15 <= len(line.text) <= _LONGEST_CAPTION or number == ledger.first():
        return ""
    if _is_free_copy(following, line.text) and number > _headline(ledger):
        ledger.take(number, line.text)
        ledger.cut(number + 1)
        return line.text
    return ""


def _without_copy(ledger: LineLedger, number: int, caption: str) -> str:
    """The caption; its copy in the line above or below is cut."""
    for adjacent in (number - 1, number + 1):
        if 0 <= adjacent < len(ledger.lines) and _is_free_copy(ledger.lines[adjacent], caption):
            ledger.cut(adjacent)
    return halved(caption) or caption


def _is_free_copy(line: Line, caption: str) -> bool:
    return not line.taken and _bare(line.text) == _bare(caption)


def _bare(text: str) -> str:
    return text.casefold().rstrip(" .")
