"""Splits names of people for citations: family name, given names, suffix."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from articles.parsing.bylines import authors_of
from articles.text.person_names import name_parts, sort_name_parts


@dataclass(frozen=True, slots=True)
class Name:
    """Only ``family`` is set if the name cannot be split: an organisation, a pen name, one word."""

    family: str
    given: str = ""
    suffix: str = ""

    @property
    def inverted(self) -> str:
        """Index order: ``Okafor, Ada``."""
        return ", ".join(part for part in (self.family, self.given, self.suffix) if part)

    @property
    def separated(self) -> str:
        """Index order with a comma in any case, because Zotero splits other names before the last word.

        >>> Name("Selwy Press Association").separated
        'Selwy Press Association,'
        """
        return self.inverted if self.given or " " not in self.family else f"{self.family},"

    @property
    def straight(self) -> str:
        name = f"{self.given} {self.family}".strip()
        return f"{name} {self.suffix}" if self.suffix else name

    @property
    def initials(self) -> str:
        """The initials in APA style: ``A. N.``, or ``J.-P.`` for a hyphenated name."""
        return " ".join(
            "-".join(f"{half[0]}." for half in word.split("-") if half) for word in self.given.split()
        )


def person(name: str, sort_name: str = "") -> Name:
    """Split a person's name, by the archive's sort name if there is one; titles are left out.

    >>> person("Dr Lena van der Meer MP")
    Name(family='van der Meer', given='Lena', suffix='')
    """
    parts = sort_name_parts(sort_name)
    if not parts.family:
        parts = name_parts(name)
    return Name(parts.family, parts.given, parts.suffix)


# Lists have the same bylines again and again.
@lru_cache(maxsize=10_000)
def printed_authors(byline: str) -> tuple[Name, ...]:
    """The authors of a byline as printed; empty if it names nobody."""
    return tuple(person(name) for name in authors_of(byline))
