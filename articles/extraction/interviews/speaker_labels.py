"""Parses the labels of interview turns: «Tom Reyes, a reporter for the Herald: …», «Q:», «((TR)) :»."""

from __future__ import annotations

import re
from dataclasses import dataclass

from articles.extraction.coreference.name_runs import folded
from articles.extraction.languages.table import Language
from articles.extraction.spans import Person, Span

LONGEST_LABEL = 160
WRAPPED = re.compile(
    r"[(\[*_<]{1,3}(?:b>|strong>)?\s*([^()\[\]*_<>\n]{1,80}?)\s*:?\s*(?:</)?[)\]*_>]{1,3}(?:b>|strong>)?\s*:?\s*"
)
PLAIN = re.compile(r"([^\W\d_][^:\n?!“”\"«»„,]{0,78}?(?:,[^:\n?!]{1,120}?)?)\s?:(?=\s|$|[“\"„«])\s*")
DASHED = re.compile(r"([QA])\s?[.)–—-]\s+")
FULL_STOP = re.compile(r"(?<![^\W\d_])[^\W\d_]{4,}\.\s")
DASH = re.compile(r"\s[—–-]")
INITIALS = re.compile(r"[^\W\d_]{2,4}")


@dataclass(frozen=True, slots=True)
class Label:
    """The label of a turn: `name` as printed; `text_start` is where the turn's words begin."""

    name: str
    description: str
    start: int
    text_start: int


def find_label(text: str, paragraph: Span, language: Language) -> Label | None:
    """The possible label at the start of a paragraph; the whole interview confirms it later."""
    end = min(paragraph.end, paragraph.start + LONGEST_LABEL)
    for pattern in (WRAPPED, DASHED, PLAIN):
        if pattern is PLAIN and text.find(":", paragraph.start, end) < 0:
            break
        match = pattern.match(text, paragraph.start, end)
        if not match:
            continue
        name, description = _parted(match.group(1))
        name, description = _after_role(name, description, language)
        if (
            pattern is WRAPPED
            and ":" not in match.group()
            and match.group()[0] in "(["
            and match.group()[1] not in "([*"
        ):
            continue
        if _is_label(name, description, language):
            return Label(name, description, match.start(1), match.end())
    return None


def _parted(printed: str) -> tuple[str, str]:
    """Split into name and description: «Tom Reyes, a reporter for the Herald», «Tom Reyes (Herald)»."""
    name, comma, description = printed.partition(",")
    if not comma:
        name, bracket, description = printed.partition("(")
        if bracket and not description.rstrip().endswith(")"):
            return printed, ""
        description = description.rstrip(") ")
    return name.strip(), description.strip()


def _after_role(name: str, description: str, language: Language) -> tuple[str, str]:
    """Split a leading role from the name: «Herald reporter Joan Fisk»."""
    found = name.split()
    last = max((n for n, w in enumerate(found[:-1]) if w.islower() and w in language.roles), default=None)
    if last is None:
        return name, description
    return " ".join(found[last + 1 :]), description or " ".join(found[: last + 1])


def _low_words(text: str) -> list[str]:
    return [w.strip(".,;") for w in text.lower().split()]


def _is_label(name: str, description: str, language: Language) -> bool:
    words = name.split()
    low = name.lower().rstrip(".")
    if "(" in name or any(c.isdigit() for c in name):
        return False
    if low in language.question_labels or low in language.answer_labels:
        return True
    if not words or len(words) > 6 or len(description.split()) > 16:
        return False
    stop = FULL_STOP.search(name)
    if (
        (stop and stop.group().rstrip(". ").lower() not in language.abbreviations)
        or DASH.search(description)
        or any(w in language.credit_words for w in _low_words(description))
    ):
        return False
    if all(folded(w) in language.not_names or folded(w) in language.times for w in words):
        return False
    if low in language.label_stops:
        return False
    capitals = sum(
        w[:1].isupper() or folded(w) in language.particles or folded(w) in language.determiners for w in words
    )
    return (words[0][:1].isupper() and capitals == len(words) and not name.endswith((".", "!"))) or (
        words[0][:1].isupper() and capitals == len(words) and len(words[-1]) <= 3
    )


class LabelNames:
    """Resolves short labels (surname, first name, initials) to the full name."""

    def __init__(self, language: Language):
        self.language = language
        self.full: list[Person] = []

    def add(self, name: str, description: str) -> str:
        known = self.find(name)
        if known is not None:
            return known
        self.full.append(Person(name, description))
        return name

    def find(self, name: str) -> str | None:
        words = [folded(w) for w in name.split()]
        fits = []
        for person in self.full:
            theirs = [folded(w) for w in person.name.split()]
            if theirs == words:
                return person.name
            if (words and all(w in theirs for w in words)) or has_initials(name, person.name):
                fits.append(person.name)
        return fits[0] if len(fits) == 1 else None


def has_initials(label: str, name: str) -> bool:
    """Whether the label is the initials of the name: «I.V.» for «Ilmar Vance»."""
    letters = label.replace(".", "")
    return bool(INITIALS.fullmatch(letters)) and label.isupper() and letters == _initials(name)


def _initials(name: str) -> str:
    return "".join(part[0] for word in name.split() for part in word.split("-") if part[:1].isupper())


def shortens(label: str, name: str) -> bool:
    """Whether the label abbreviates a one-word name: «WP» for «Wikipress»."""
    letters, rest = label.replace(".", "").lower(), iter(name.lower())
    return (
        bool(INITIALS.fullmatch(label.replace(".", "")))
        and label.isupper()
        and " " not in name
        and not name.isupper()
        and letters[0] == name[:1].lower()
        and all(letter in rest for letter in letters)
    )
