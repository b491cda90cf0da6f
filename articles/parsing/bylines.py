"""Recognises bylines and splits them into author names as printed."""

import re

from articles.parsing.vocabulary import words
from articles.text.person_names import CONJUNCTIONS, PARTICLES

_OPENING = re.compile(
    r"""(?:(?:words|story|text|report(?:ing|ed)?|interview|written|analysis|compiled)[ ]by|by|von|par|por
    |(?:ein|eine)[ ](?:interview|gespräch|reportage|kommentar|analyse|bericht)[ ]von
    |das[ ](?:interview|gespräch)[ ]führten?:?|rozmawia(?:ł|ła|li|ją)?:?|rozmawiały:?
    |(?:autor(?:ka|zy|en|in)?|authors?|words|text(?:[ ]und[ ]fotos?)?|tekst|opracowanie|opr\.|reporter|auteur
    |interview)\s?:)[ ]+""",
    re.VERBOSE | re.IGNORECASE,
)
# The look-behind tries only a whole run of blanks; trying each blank would take quadratic time.
_BETWEEN = re.compile(r"(?:(?<!\s)\s+)?(?:,|;|&|/|\+|\b(?:and|und|oraz|i|et|y|with|mit)\b)\s*")
_WHERE = re.compile(
    r"\s(?:in|at|for|from|aus|w|we|z|à|en|im|reports?|reporting)\s.*|(?:(?<!\s)\s+)?[|•·(–—].*|\s-\s.*"
)
_NOT_NAMES = words(
    """
    correspondent correspondents editor editors reporter reporters staff writer writers desk team news
    press agency agencies gazette times post herald tribune chronicle journal bureau redaktion redakteur
    redakteurin redakcja redakcji contributor contributors columnist critic online media service
    services today daily newspaper council rédaction redacción agence agencia reuters politics political
    health science education business sport culture the our a an special chief senior guest
    korrespondent korrespondentin dziennikarz dziennikarka january february march april may june july
    august september october november december monday tuesday wednesday thursday friday saturday sunday
    """
)
_ROLE = re.compile(
    r"""\b(?:correspondent|reporter|editor|writer|columnist|critic|journalist|producer|redakteur(?:in)?|staff
    |korrespondent(?:in)?|dziennikar(?:z|zem|ka|ką)|reporterk[aą]|redaktor(?:em|k[aą])?|journaliste|redactora?|periodista)\b""",
    re.VERBOSE | re.IGNORECASE,
)
# Lower-case words inside names.
_SMALL_WORDS = PARTICLES | CONJUNCTIONS
_WITHIN_NAMES = str.maketrans("", "", "'’-.")
_LONGEST = 200


def is_byline(line: str) -> bool:
    """Whether the whole line is a byline that begins with «By», «Von», «Autor:» or similar."""
    opening = _OPENING.match(line) if len(line) <= _LONGEST else None
    return bool(opening and _begins_with_name(line[opening.end() :]))


def _begins_with_name(rest: str) -> bool:
    if rest.endswith((".", "!", "?", ":")) and not re.search(r"\b(?:[A-Z]|Jr|Sr)\.$", rest):
        return False
    first = _WHERE.sub("", _BETWEEN.split(rest, maxsplit=1)[0])
    return is_name(first) or bool(_ROLE.search(rest)) or (first.isupper() and len(first) <= 12)


def is_name(text: str) -> bool:
    """Whether the text looks like a person's name: two to five words besides particles."""
    parts = text.split()
    if not 2 <= len(parts) <= 8 or len(text) > 60:
        return False
    if any(part.casefold().strip(".") in _NOT_NAMES for part in parts):
        return False
    proper = [part for part in parts if part not in _SMALL_WORDS]
    return 2 <= len(proper) <= 5 and parts[-1] not in _SMALL_WORDS and all(map(_is_name_word, proper))


def _is_name_word(word: str) -> bool:
    """A capitalised word of letters; apostrophes, hyphens and full stops may be inside it."""
    letters = word.translate(_WITHIN_NAMES)
    return word[0].isupper() and letters.isalpha() and word[-1] not in "-'’"


def names_in(text: str) -> tuple[str, ...]:
    """Split an author field into names; if any part is not a name, return the text as one item.

    >>> names_in("Ada Okafor, Tom Reyes"), names_in("Okafor, Ada")
    (('Ada Okafor', 'Tom Reyes'), ('Okafor, Ada',))
    """
    names = tuple(name.strip() for name in _BETWEEN.split(text)) if len(text) <= 500 else ()
    return names if len(names) > 1 and all(map(is_name, names)) else (text,)


def is_role(line: str) -> bool:
    """Whether a short line gives an author's job title: «Political correspondent, Selwyn Gazette»."""
    return len(line) <= 80 and bool(_ROLE.search(line)) and not line.endswith((".", "!", "?", ":"))


def authors_of(byline: str) -> tuple[str, ...]:
    """The author names of a byline as printed, without job titles, newspapers, agencies and places.

    >>> authors_of("By Ada Okafor and Tom Reyes in Selwyn")
    ('Ada Okafor', 'Tom Reyes')
    """
    if len(byline) > 500:
        return ()
    opening = _OPENING.match(byline)
    pieces = _BETWEEN.split(byline[opening.end() :] if opening else byline)
    names = (_WHERE.sub("", _OPENING.sub("", f"{piece} ")).strip() for piece in pieces)
    return tuple(dict.fromkeys(name for name in names if is_name(name)))
