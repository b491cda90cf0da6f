"""A person's name taken apart for an index: family name, given names."""

from __future__ import annotations

from dataclasses import dataclass

from articles.parsing.bylines import authors_of
from articles.parsing.person_names import name_parts, sort_name_parts


@dataclass(frozen=True, slots=True)
class Name:
    """``family`` alone where the name does not come apart: a body, a pen name, one word."""

    family: str
    given: str = ""
    suffix: str = ""

    @property
    def inverted(self) -> str:
        """As an index has it: ``Okafor, Ada``."""
        return ", ".join(part for part in (self.family, self.given, self.suffix) if part)

    @property
    def separated(self) -> str:
        """The same for programs that take a name apart at its comma or, as Zotero does, before its last word.

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
        """The given names as APA wants them: ``A. N.``, and ``J.-P.`` for a hyphened one."""
        return " ".join(
            "-".join(f"{half[0]}." for half in word.split("-") if half) for word in self.given.split()
        )


def person(name: str, sort_name: str = "") -> Name:
    """Take a person's name apart, by the archive's sort name where it has one; titles are left out.

    >>> person("Dr Lena van der Meer MP")
    Name(family='van der Meer', given='Lena', suffix='')
    """
    parts = sort_name_parts(sort_name)
    if not parts.family:
        parts = name_parts(name)
    return Name(parts.family, parts.given, parts.suffix)


def printed_authors(byline: str) -> tuple[Name, ...]:
    """The authors of a byline as printed; none where it names nobody."""
    return tuple(person(name) for name in authors_of(byline))
