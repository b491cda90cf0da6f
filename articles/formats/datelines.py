"""Place, agency and date before the first words of a story: «SELWYN (NPA) –», «Selwyn, 3 May (npa) -»."""

import re

from articles.formats.months import MONTHS, WEEKDAYS

_END = re.compile(r"\s*(?:[–—]|--?)\s+(?=[\w“„\"«'‘»(\[])|\s*—")
_AGENCY = re.compile(r"\s*\([^\W\d_][\w ./&-]{0,30}\)\s*")
_WORD = re.compile(r"[^\W\d_][\w.'’-]*|\d+")
_LONGEST = 90


def dateline_of(body: str) -> str:
    """The dateline that runs into the first paragraph, or nothing; the body keeps it as printed.

    >>> dateline_of("SELWYN (NPA) – The council voted on Tuesday.")
    'SELWYN (NPA)'
    """
    opening = body[:_LONGEST]
    end = _END.search(opening)
    head = opening[: end.start()].strip() if end else ""
    if not head or not head[0].isupper() or "\n" in head:
        return ""
    place, agencies = _AGENCY.subn(" ", head)
    return head if _is_place(place, bool(agencies)) else ""


def _is_place(place: str, agency: bool) -> bool:
    """Capitals, or an agency behind it, tell a place from the first words of a sentence."""
    if re.search(r"[^\w\s.,'’/-]", place):
        return False
    named, _, after = place.partition(",")
    words = _WORD.findall(named)
    if not words or len(words) > 5 or any(word.isdigit() for word in words):
        return False
    in_capitals = all(word.isupper() for word in words) and len(words[0].strip(".")) > 1
    proper = in_capitals or (agency and all(word[0].isupper() for word in words))
    return proper and all(_may_follow(word) for word in _WORD.findall(after))


def _may_follow(word: str) -> bool:
    """After the place come a region, a month, a weekday, figures."""
    plain = word.casefold().strip(".")
    return word[0].isupper() or word.isdigit() or plain in MONTHS or plain in WEEKDAYS
