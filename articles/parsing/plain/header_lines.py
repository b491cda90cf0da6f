"""The lines around a headline that are neither headline nor text: byline, date, place, address, post."""

import re
from dataclasses import dataclass

from articles.parsing.boilerplate import is_debris
from articles.parsing.bylines import is_byline, is_name, is_role
from articles.parsing.datelines import is_place
from articles.parsing.dates.timelines import Stamp, read_stamp
from articles.parsing.sections import is_section

_LONGEST = 250
_LONGEST_PAIR = 140
_DIGIT = re.compile(r"\d")
# Of blanks before a mark only a whole run is tried: from each blank, it would take the square of its length.
_PARTS = re.compile(r"(?:(?<!\s)\s+)?[|•·]\s*|(?<!\s)\s+[–—-]\s+")
_BREAK = re.compile(r",?\s+(?=\S)")
_URL = re.compile(r"(?:(?:source|quelle|źródło|url|link|fuente)\s*:\s*)?(https?://\S{4,2000})", re.IGNORECASE)
# «By Ada Okafor12 March 2024», «By Ada OkaforPublished 12 March»: two elements of a page run together.
_GLUED = re.compile(r"(?<=[^\W\d_A-ZÄÖÜ])(?=\d{1,2}[ .]|Published\b|Updated\b|Posted\b)")
_LABELS = re.compile(
    r"(?:published|posted|first published|updated|last updated|by|von|par|por)\s*:?", re.IGNORECASE
)


@dataclass(frozen=True)
class Furniture:
    """What one line tells; a line of nothing but a post or a button tells nothing and still is furniture."""

    byline: str = ""
    dateline: str = ""
    section: str = ""
    source_url: str = ""
    stamp: Stamp | None = None


def read_furniture(line: str, language: str) -> Furniture | None:
    """Read a line that holds a date, a byline, an address, or several of them; None for any other."""
    if len(line) > _LONGEST:
        return None
    if stamp := read_stamp(line, language):
        return Furniture(stamp=stamp)
    if url := _URL.fullmatch(line):
        return Furniture(source_url=url[1])
    if parts := _in_parts(line, language) or _in_two(_GLUED.sub(" ", line), language):
        return parts
    name, _, post = line.partition(", ")
    return Furniture(byline=line) if is_byline(line) or (is_name(name) and is_role(post)) else None


def is_label(line: str) -> bool:
    """«Published» or «By» on a line of its own, to be read with the next one."""
    return len(line) <= 20 and _LABELS.fullmatch(line) is not None


def _in_parts(line: str, language: str) -> Furniture | None:
    """«By Ada Okafor | 12 March 2024 | 10:15 GMT | 3 min read», «Local News • 12 March 2024»."""
    parts = [part for part in _PARTS.split(line) if part]
    if len(parts) < 2:
        return None
    byline = section = ""
    rest: list[str] = []
    for part in parts:
        if not byline and (is_byline(part) or is_name(part)):
            byline = part
        elif is_section(part):
            section = section or part
        elif not is_debris(part) and not is_role(part):
            rest.append(part)
    stamp = read_stamp(" ".join(rest), language) if rest else None
    if (rest and not stamp) or not (stamp or is_byline(byline)):
        return None
    return Furniture(byline=byline, section=section, stamp=stamp)


def _in_two(line: str, language: str) -> Furniture | None:
    """«Ada Okafor, 12 March 2024», «By Ada Okafor Published 12 March 2024», «SELWYN, 12 March 2024»."""
    if len(line) > _LONGEST_PAIR or line.endswith(".") or not _DIGIT.search(line):
        return None
    for gap in list(_BREAK.finditer(line))[:8]:
        before, after = line[: gap.start()].rstrip(":"), line[gap.end() :]
        stamp = read_stamp(after, language)
        if stamp is None:
            if is_byline(after) and (stamp := read_stamp(before, language)):
                return Furniture(byline=after, stamp=stamp)
            continue
        if is_place(before):
            return Furniture(dateline=line, stamp=stamp)
        if is_byline(before) or is_name(before):
            return Furniture(byline=before, stamp=stamp)
    return None
