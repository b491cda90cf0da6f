"""Finds the dateline before the first words of a story: «SELWYN (NPA) –», «Selwyn, 3 May (npa) -»."""

import re

from articles.parsing.dates.vocabulary import MONTHS, WEEKDAYS
from articles.text.word_lists import words

# The look-behind tries only a whole run of blanks; trying each blank would take quadratic time.
_END = re.compile(r"(?:(?<!\s)\s+)?(?:(?:[–—]|--?)\s+(?=[\w“„\"«'‘»(\[])|—)")
_AGENCY = re.compile(r"(?:(?<!\s)\s+)?\([^\W\d_][\w ./&-]{0,30}\)\s*")
_WORD = re.compile(r"[^\W\d_][\w.'’-]*|\d+")
_LONGEST = 90
# First words of place names that are not first words of people's names.
_OF_PLACES = words(
    """
    upper lower new old port san santa são saint st bad north south east west mount lake fort cape los las el
    nowy nowa stary stara ober unter neu alt nieder gross groß klein saint-denis ville puerto villa
    """
)


def dateline_of(body: str) -> str:
    """The dateline that runs into the first paragraph, or an empty string; the body keeps it as printed.

    >>> dateline_of("SELWYN (NPA) – The council voted on Tuesday.")
    'SELWYN (NPA)'
    """
    opening = body[:_LONGEST]
    end = _END.search(opening)
    head = opening[: end.start()].strip() if end else ""
    if not head or not head[0].isupper() or "\n" in head:
        return ""
    place, agencies = _AGENCY.subn(" ", head)
    return head if _opens_story(place, bool(agencies)) else ""


def is_place(text: str) -> bool:
    """Whether the text is a place name: one capitalised word, all capitals, or «Upper Selwyn».

    Any other two capitalised words may be a person's name and do not count.
    """
    place = _AGENCY.sub(" ", text).strip()
    names = place.split()
    if not 1 <= len(names) <= 4 or len(place) > 40 or not place.replace(" ", "").replace("-", "").isalpha():
        return False
    if not all(name[0].isupper() for name in names) or names[0].casefold() in MONTHS:
        return False
    return len(names) == 1 or place.isupper() or names[0].casefold() in _OF_PLACES


def _opens_story(place: str, agency: bool) -> bool:
    """A place is in capitals or followed by an agency; otherwise it may be the start of a sentence."""
    if re.search(r"[^\w\s.,'’/-]", place):
        return False
    named, _, after = place.partition(",")
    names = _WORD.findall(named)
    if not names or len(names) > 5 or any(name.isdigit() for name in names):
        return False
    in_capitals = all(name.isupper() for name in names) and len(names[0].strip(".")) > 1
    proper = in_capitals or (agency and all(name[0].isupper() for name in names))
    return proper and all(_may_follow(word) for word in _WORD.findall(after))


def _may_follow(word: str) -> bool:
    """A region, month, weekday or number may follow the place."""
    plain = word.casefold().strip(".")
    return word[0].isupper() or word.isdigit() or plain in MONTHS or plain in WEEKDAYS
