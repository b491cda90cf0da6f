"""A person's name taken apart for an index: family name, given names."""

from __future__ import annotations

from dataclasses import dataclass

from articles.formats.bylines import authors_of

# Particles that stay with the family name, as CSL's non-dropping ones do; and what follows a name.
PARTICLES = frozenset(
    [
        "al",
        "da",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "la",
        "le",
        "ter",
        "van",
        "von",
        "zu",
    ]
)
SUFFIXES = frozenset(["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"])


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
    """Take a person's name apart, by the archive's sort name where it has one.

    >>> person("Lena van der Meer")
    Name(family='van der Meer', given='Lena', suffix='')
    """
    if ", " in sort_name:
        family, given = sort_name.split(", ", 1)
        return Name(family, given)
    words = name.split()
    suffix = words.pop() if len(words) > 2 and words[-1].casefold() in SUFFIXES else ""
    if words:
        words[-1] = words[-1].rstrip(",")
    first = len(words) - 1
    while first > 1 and words[first - 1].casefold() in PARTICLES:
        first -= 1
    if first < 1:
        return Name(name.strip())
    return Name(" ".join(words[first:]), " ".join(words[:first]), suffix)


def printed_authors(byline: str) -> tuple[Name, ...]:
    """The authors of a byline as printed; none where it names nobody."""
    return tuple(person(name) for name in authors_of(byline))
