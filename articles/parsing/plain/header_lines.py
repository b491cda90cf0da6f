"""Reads one line of a header: a date, a byline, an agency, a place, a URL, or several of them."""

import re
from dataclasses import dataclass

from articles.parsing.boilerplate import is_boilerplate
from articles.parsing.bylines import is_agency, is_byline, is_name, is_role, names_in
from articles.parsing.datelines import is_place
from articles.parsing.dates.timelines import TimestampLine, read_timestamp_line, says_update
from articles.parsing.sections import is_section

_LONGEST = 250
_LONGEST_PAIR = 140
_DIGIT = re.compile(r"\d")
# The look-behind tries only a whole run of blanks; trying each blank would take quadratic time.
_PARTS = re.compile(r"(?:(?<!\s)\s+)?[|•·]\s*|(?<!\s)\s+[–—-]\s+")
_BREAK = re.compile(r",?\s+(?=\S)")
_URL = re.compile(
    r"(?:(?:source|quelle|źródło|url|link|fuente|fonte|bron|lien|källa|kilde|lähde)\s*:\s*)?(https?://\S{4,2000})",
    re.IGNORECASE,
)
# Two elements of a page without a blank between: «By Ada Okafor12 March 2024».
_GLUED = re.compile(r"(?<=[^\W\d_A-ZÄÖÜ])(?=\d{1,2}[ .]|Published\b|Updated\b|Posted\b)")
_LABELS = re.compile(
    r"""(?:published|posted|first[ ]published|updated|last[ ]updated|veröffentlicht(?:[ ]am)?|publié(?:[ ]le)?
    |mis[ ]à[ ]jour(?:[ ]le)?|publicado(?:[ ](?:el|em))?|pubblicato(?:[ ]il)?|gepubliceerd(?:[ ]op)?
    |opublikowano|by|von|par|por|di|door|av|af)\s*:?""",
    re.VERBOSE | re.IGNORECASE,
)
_POSTED = re.compile(
    r"(?:posted|published|written|publié|publicado|pubblicato|veröffentlicht|geschrieben|gepubliceerd)\s+"
    r"(?=(?:by|par|por|da|von|door)\s)",
    re.IGNORECASE,
)
# Around a date in a line with a byline.
_JOINTS = re.compile(r"(?:,|\s(?:on|am|le|el|em|il|op|den|dnia))\s*$|^\s*(?:,|-|–)\s*", re.IGNORECASE)
_NEWSPAPER = re.compile(r"(?:[A-ZÀ-Þ][\w.'’-]{0,20} ?){1,5}")
# A name that ends as those of newspapers do.
_TITLED = re.compile(
    r"(?:[A-ZÀ-Þ][\w.'’-]{0,20} ){1,4}"
    r"(?:Chronicle|Courier|Echo|Gazette|Herald|Journal|News|Observer|Post|Press|Star|Tagblatt|Telegraph|Times"
    r"|Tribune|Zeitung)"
)
_HANDLE = re.compile(r"\s@\w{2,30}(?=\s|$)")


@dataclass(frozen=True)
class HeaderLine:
    """The metadata of one header line; all fields are empty for a line of only a job title or a button."""

    byline: str = ""
    dateline: str = ""
    section: str = ""
    source_url: str = ""
    stamp: TimestampLine | None = None


def read_header_line(line: str, language: str) -> HeaderLine | None:
    """Parse a line of a date, a byline, a URL, or several of them; None for any other line."""
    if len(line) > _LONGEST:
        return None
    if stamp := read_timestamp_line(line, language):
        return HeaderLine(stamp=stamp)
    if url := _URL.fullmatch(line):
        return HeaderLine(source_url=url[1])
    named = _HANDLE.sub("", _POSTED.sub("", line))
    if parts := _in_parts(named, language) or _in_two(_GLUED.sub(" ", named), language):
        return parts
    name, _, post = line.partition(", ")
    return HeaderLine(byline=line) if is_byline(line) or (is_name(name) and is_role(post)) else None


def is_label(line: str) -> bool:
    """Whether the line is only «Published» or «By», to be parsed together with the next line."""
    return len(line) <= 20 and _LABELS.fullmatch(line) is not None


def _in_parts(line: str, language: str) -> HeaderLine | None:
    """Parse a line with separators: «By Ada Okafor | 12 March 2024 | 10:15 GMT | 3 min read»."""
    parts = [part for part in _PARTS.split(line) if part]
    if len(parts) < 2:
        return None
    byline = section = dateline = ""
    rest: list[str] = []
    for part in parts:
        if not byline and (is_byline(part) or is_name(part) or is_agency(part)):
            byline = part
        elif is_section(part):
            section = section or part
        elif is_agency(part) or (is_place(part) and not _DIGIT.search(part)):
            dateline = dateline or ("" if is_agency(part) else part)
        elif not is_boilerplate(part) and not is_role(part):
            rest.append(part)
    # Beside a byline and a date, a short name is the newspaper's.
    if byline and len(rest) > 1:
        rest = [part for part in rest if says_update(part) or not _NEWSPAPER.fullmatch(part)]
    stamp = read_timestamp_line(" ".join(rest), language) if rest else None
    if (rest and not stamp) or not (stamp or is_byline(byline)):
        return None
    return HeaderLine(byline=byline, section=section, dateline=dateline, stamp=stamp)


def _in_two(line: str, language: str) -> HeaderLine | None:
    """Parse a byline, place or newspaper with a date: «Ada Okafor, 12 March 2024»."""
    if len(line) > _LONGEST_PAIR or line.endswith(".") or not _DIGIT.search(line):
        return None
    for gap in list(_BREAK.finditer(line))[:8]:
        before, after = line[: gap.start()].rstrip(":"), line[gap.end() :]
        before = _JOINTS.sub("", before)
        stamp = read_timestamp_line(_JOINTS.sub("", after), language)
        if stamp is None:
            if is_byline(after) and (stamp := read_timestamp_line(before, language)):
                return HeaderLine(byline=after, stamp=stamp)
            continue
        if _TITLED.fullmatch(before):
            return HeaderLine(stamp=stamp)
        if is_place(before) and not is_byline(before) and not is_agency(before):
            return HeaderLine(dateline=line, stamp=stamp)
        if is_byline(before) or is_name(before) or is_agency(before) or names_in(before) != (before,):
            return HeaderLine(byline=before, stamp=stamp)
    return None
