"""The grammar of people's names: titles, given names, particles, family name, suffix, post-nominal letters.

The package nameparser was tried, but it treats words such as King, Author and Judge as titles.
"""

from __future__ import annotations

from dataclasses import dataclass

from articles.text.word_lists import words

# Forms of address. Professions (editor, mayor) and common names (King, Major) are not among them.
HONORIFICS = words(
    """
    sir dame lord lady baron baroness count countess viscount viscountess dr prof professor mr mrs ms miss
    mx rev revd reverend hon rt capt captain col colonel lt lieutenant sgt sergeant sen senator gov
    governor rep mme mlle monsieur madame herr frau
    """
)
# These stay before a single word («Lady Bird»).
_NOBLE = words("sir dame lord lady baron baroness count countess viscount viscountess")
# Only capitals count, so that the family name «Ma» is not one.
POST_NOMINALS = words(
    """
    mp mep msp ms mla am td qc kc sc obe mbe cbe kbe dbe bem ch om frs fba frse jp dl rn
    md ba bsc ma msc llb llm phd dphil esq
    """
)
SUFFIXES = words("jr sr ii iii iv")
# These belong to the family name, like the non-dropping particles of CSL.
PARTICLES = words(
    """
    abu af al ap av bin bint binti da das de degli dei del della dem den der di do dos du el ibn la las le los
    mac ó ter ten van vd vom von zu zum zur 't
    """
)
# These join the preceding word to the family name: «Ortega y Gasset», «von und zu Falkenfels».
CONJUNCTIONS = words("y e und")


@dataclass(frozen=True, slots=True)
class NameParts:
    """Only `family` is set if the name cannot be split: a pen name, one word."""

    family: str
    given: str = ""
    suffix: str = ""


def name_parts(name: str) -> NameParts:
    """The parts that a bibliography needs, without titles and post-nominal letters.

    >>> name_parts("Dr. Ana María de los Ríos, MP")
    NameParts(family='de los Ríos', given='Ana María', suffix='')
    """
    parts, suffix = _without_letters(name.split())
    parts = parts[_honorifics(parts) :]
    first = _start_of_family(parts)
    if first < 1 or _key(parts[0]) in _NOBLE:
        return NameParts(" ".join(parts), suffix=suffix)
    return NameParts(" ".join(parts[first:]), " ".join(parts[:first]), suffix)


def sort_name_parts(sort_name: str) -> NameParts:
    """The parts of a name in index order («Reyes, Dr Tom, Jr.»); empty if it has no comma."""
    family, *rest = (part.strip() for part in sort_name.split(","))
    given, suffix = (*rest, "", "")[:2]
    if not rest or _is_post_nominal(family):
        return NameParts("")
    given_words = given.split()
    while given_words and _key(given_words[0]) in HONORIFICS:
        given_words.pop(0)
    return NameParts(family, " ".join(given_words), "" if _is_post_nominal(suffix or "x") else suffix)


def _without_letters(parts: list[str]) -> tuple[list[str], str]:
    """Remove post-nominal letters; returns the other words and the suffix («Jr.»)."""
    suffix = ""
    while len(parts) > 1 and (_is_post_nominal(parts[-1]) or _key(parts[-1]) in SUFFIXES):
        if _key(parts[-1]) in SUFFIXES:
            if len(parts) < 3:
                break
            suffix = parts[-1].strip(",")
        parts = parts[:-1]
    return [part.rstrip(",") for part in parts], suffix


def _is_post_nominal(word: str) -> bool:
    letters = word.replace(".", "").strip(",")
    return letters.casefold() in POST_NOMINALS and (letters.isupper() or letters in ("PhD", "DPhil", "Esq"))


def _honorifics(parts: list[str]) -> int:
    """The number of leading titles."""
    found = 0
    while found < len(parts) - 1 and _key(parts[found]) in HONORIFICS:
        found += 1
    return found - 1 if found == len(parts) - 1 and found and _key(parts[found - 1]) in _NOBLE else found


def _start_of_family(parts: list[str]) -> int:
    first = len(parts) - 1
    while first > 1:
        before = _key(parts[first - 1])
        if before in PARTICLES or (before == "an" and first > 2 and _key(parts[first - 2]) == "mac"):
            first -= 1
        elif before in CONJUNCTIONS and parts[first - 1].islower() and first > 2:
            first -= 2
        else:
            break
    return first


def _key(word: str) -> str:
    return word.casefold().strip(".,").replace("’", "'")
