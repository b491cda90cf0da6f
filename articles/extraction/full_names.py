"""Which capitalised names are clearly full names of people or of organisations, by their words alone."""

from __future__ import annotations

import re
from functools import lru_cache

from articles.extraction.languages import LANGUAGES
from articles.extraction.languages.en import ENGLISH
from articles.text import not_people
from articles.text.person_names import CONJUNCTIONS, PARTICLES

PERSON, ORGANISATION = "person", "organisation"
# Words of a picture credit that a page's text may join to a name.
JOINED = re.compile(r"[^\W\d_]{1,3}[-'’](?=[^\W\d_])(?![a-zß-ÿ])")
LONGEST_HYPHENATED = 9  # letters of a given name such as «Kwang-sun»
LONGEST_WITH_VERB_ENDING = 4  # letters of a name such as «Reed», «King»
CREDITS = ("image", "images", "photo", "photos", "picture", "pictures", "credit")


def _of_all_languages(table: str) -> frozenset[str]:
    """Join a word list of all languages: the language of a name is not known."""
    return frozenset(word for language in LANGUAGES.values() for word in getattr(language, table))


SUFFIXES = _of_all_languages("suffixes")
TITLES = _of_all_languages("titles") | _of_all_languages("roles")
TITLES -= not_people.TRADES | {"don", "donna", "regina"}
GIVEN = _of_all_languages("given") | not_people.GIVEN_CALLINGS
NEVER_FIRST = (
    _of_all_languages("determiners") | _of_all_languages("pronouns") | _of_all_languages("prepositions")
)
NEVER_FIRST -= GIVEN | not_people.GIVEN_PARTICLES | not_people.GIVEN_SMALL
VERBS = ENGLISH.say | ENGLISH.tell | ENGLISH.write | ENGLISH.call | ENGLISH.think | ENGLISH.verbs
HEADLINE_VERBS = frozenset(word for word in VERBS if word.endswith(("s", "ed"))) | {
    "said",
    "told",
    "wrote",
    "spoke",
}
HEADLINE_VERBS -= GIVEN
NOT_FIRST = (not_people.NEVER_FIRST | VERBS) - GIVEN
SURE_GIVEN = GIVEN - not_people.GIVEN_PLACES
SMALL_PARTICLES = (PARTICLES | CONJUNCTIONS) - {"of"}
ASKING = ENGLISH.inverted | ENGLISH.questions


@lru_cache(maxsize=8192)
def kind_of_full_name(name: str) -> str | None:
    """Return person or organisation if this is clearly a full name; otherwise None.

    >>> kind_of_full_name("Ada Okafor"), kind_of_full_name("Selwy County Council")
    ('person', 'organisation')
    >>> kind_of_full_name("Prime Minister"), kind_of_full_name("the council"), kind_of_full_name("Okafor")
    (None, None, None)
    """
    words = name.split()
    if not words or any(_is_no_part_of_a_name(word) for word in words):
        return None
    lowered = [word.lower().strip(".,’'") for word in words]
    capitals = sum(map(_has_capital, words))
    if lowered[0] in NEVER_FIRST or not words[0][0].isupper() or capitals < 2:
        return None
    if _is_place(lowered) or _is_headline(lowered) or _is_thing(lowered):
        return None
    if not not_people.BODIES.isdisjoint(lowered) and not _has_surname_of_a_body(lowered):
        return ORGANISATION
    while lowered[-1] in SUFFIXES:
        words, lowered = words[:-1], lowered[:-1]
    return PERSON if _is_person(words, lowered) else None


@lru_cache(maxsize=8192)
def is_no_person(name: str) -> bool:
    """Whether the words of a capitalised name show that it is of a body, a place, a thing or a headline.

    >>> [is_no_person(name) for name in ("Marrow Cup", "Selwy County Council", "Ngozi Eze")]
    [True, True, False]
    """
    words = name.split()
    lowered = [word.lower().strip(".,’'") for word in words]
    if any(_is_no_part_of_a_name(word) for word in words) or any(_is_label(word) for word in words):
        return True
    if _is_place(lowered) or _is_headline(lowered) or _is_thing(lowered):
        return True
    if lowered[-1] in TITLES and lowered[0] not in GIVEN:
        return True  # «Executive Officer»
    return not not_people.BODIES.isdisjoint(lowered) and not _has_surname_of_a_body(lowered)


def _is_label(word: str) -> bool:
    """True for an acronym, and for «President-elect», but not for «Kwang-sun»."""
    small = "-" in word and word.partition("-")[2][:1].islower() and len(word) > LONGEST_HYPHENATED
    return small or (len(word) > 2 and word.isupper())


def _is_person(words: list[str], lowered: list[str]) -> bool:
    given = lowered[0] in GIVEN
    # «La Riva» is a surname only, and a word in capitals is a label or an acronym.
    proper = [
        _has_capital(word) and (low not in PARTICLES or (at == 0 and low in not_people.GIVEN_PARTICLES))
        for at, (word, low) in enumerate(zip(words, lowered, strict=True))
    ]
    if sum(proper) < 2 or any(_is_label(word) for word in words):
        return False
    if len(words) > 2 and not given and _is_calling(lowered):
        return False
    small = all(_has_capital(word) or _is_particle(word) for word in words)
    titles = lowered[:-1] if _has_surname_of_a_body(lowered) else lowered
    return small and TITLES.isdisjoint(titles)


def _is_calling(lowered: list[str]) -> bool:
    """True for «Astronomer Anna Dorn», but not «Hesther Anna Dorn» or «Ferrer Iturbe Ruiz»."""
    first, second = lowered[:2]
    listed = first in not_people.OCCUPATIONS
    return listed or (first.endswith(not_people.CALLINGS) and second in GIVEN and first not in GIVEN)


def _has_capital(word: str) -> bool:
    """True for «Rashid», «al-Rashid» and «d’Arcel»."""
    return word[0].isupper() or bool(JOINED.match(word))


def _is_particle(word: str) -> bool:
    """True for «van», «und» in «von und zu», and the first part of «al-Rashid»; False for «of»."""
    return word.partition("-")[0] in SMALL_PARTICLES


def _has_surname_of_a_body(lowered: list[str]) -> bool:
    """True for «Emily Post», but not «Charlotte Post», which may be a newspaper."""
    given = lowered[0] in SURE_GIVEN
    whole = not_people.BODIES.isdisjoint(lowered[:-1]) and len(lowered) < 4
    return given and lowered[-1] in not_people.SURNAMES_TOO and whole


def _is_place(lowered: list[str]) -> bool:
    """True for «Palo Alto», and for «York Times», the rest of a newspaper's name."""
    body = not not_people.BODIES.isdisjoint(lowered)
    return lowered[0] in not_people.PLACE_HALVES or (lowered[0] in not_people.PLACE_FIRST and not body)


def _is_thing(lowered: list[str]) -> bool:
    """True for «Weir Act», «Marrow Cup», «Okafor Street»; False for «Emily Street»."""
    place = len(lowered) > 2 and lowered[0] in not_people.PLACES - GIVEN  # «France Ada Okafor»
    if place or lowered[0] in NOT_FIRST:
        return True
    thing = lowered[-1] in not_people.THINGS or lowered[-1] in not_people.NEVER_FIRST
    return thing and not _has_surname_of_a_body(lowered)


def _is_headline(lowered: list[str]) -> bool:
    """True for «Will Kyiv», «Okafor Slams Plan», «Ada Okafor On The Weir»."""
    if lowered[0] in ASKING and lowered[-1] in not_people.PLACES:
        return True
    verbs = HEADLINE_VERBS
    if len(lowered) > 2 and any(_is_form_of_a_verb(low) for low in lowered[1:]):
        return True  # «Okafor Flattered Reyes», «Okafor Reyes Worked»
    if lowered[-1] in verbs or any(low in verbs for low in lowered[1:-1]):
        return True
    return not not_people.HEADLINE_SMALL.isdisjoint(lowered[1:]) and "of" not in lowered[1:]


def _is_form_of_a_verb(low: str) -> bool:
    return low.endswith(("ed", "ing")) and len(low) > LONGEST_WITH_VERB_ENDING and low not in GIVEN


def _is_no_part_of_a_name(word: str) -> bool:
    """True for a word without letters, with a sign, or joined to the next sentence or a credit."""
    if word.lower().endswith(CREDITS):
        return True
    if word.isalpha():
        return False
    first, _, second = word.partition(".")
    if len(first) > 2 and second:
        return True
    return not any(c.isalpha() for c in word) or any(c in '“”"«»()[]:;/@<>…' for c in word)
