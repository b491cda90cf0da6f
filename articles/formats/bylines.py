"""The line that names the authors: told from prose, and taken apart into names as written."""

import re

from articles.formats.wordlists import words

_OPENING = re.compile(
    r"""(?:(?:words|story|text|report(?:ing|ed)?|interview|written|analysis|compiled)[ ]by|by|von|par|por
    |(?:autor(?:ka|zy|en|in)?|author|authors|text|tekst|opracowanie|reporter|auteur|interview):)[ ]+""",
    re.VERBOSE | re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:,|;|&|/|\+|\b(?:and|und|oraz|i|et|y|with|mit)\b)\s*")
_WHERE = re.compile(r"\s(?:in|at|for|from|aus|w|we|z|à|en|im|reports?|reporting)\s.*|\s*[|•·(–—].*|\s-\s.*")
_WORD_OF_A_NAME = re.compile(r"[^\W\d_][^\W\d_]*(?:['’\-.][^\W\d_]*)*\.?")
_PARTICLES = words(
    """
    van von de der den da do dos del della di du bin ibn al el la le zu zur ter ten y e
    """
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
    |korrespondent(?:in)?|dziennikar(?:z|ka)|reporterka|redaktor(?:ka)?|journaliste|redactora?|periodista)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST = 200


def is_byline(line: str) -> bool:
    """Whether a whole line names its author after «By», «Von», «Autor:» and the like."""
    opening = _OPENING.match(line) if len(line) <= _LONGEST else None
    return bool(opening and _begins_with_name(line[opening.end() :]))


def _begins_with_name(rest: str) -> bool:
    if rest.endswith((".", "!", "?", ":")) and not re.search(r"\b(?:[A-Z]|Jr|Sr)\.$", rest):
        return False
    first = _WHERE.sub("", _BETWEEN.split(rest, maxsplit=1)[0])
    return is_name(first) or bool(_ROLE.search(rest)) or (first.isupper() and len(first) <= 12)


def is_name(text: str) -> bool:
    """Two to five words in the shape of a person's name: «Ada Okafor», «Lena van der Meer», «J. P. Dorn»."""
    words = text.split()
    if not 2 <= len(words) <= 5 or len(text) > 60:
        return False
    if any(word.casefold().strip(".") in _NOT_NAMES for word in words):
        return False
    proper = [word for word in words if word not in _PARTICLES]
    return (
        len(proper) >= 2
        and words[-1] not in _PARTICLES
        and all(_WORD_OF_A_NAME.fullmatch(word) and word[0].isupper() for word in proper)
    )


def is_role(line: str) -> bool:
    """A short line that tells an author's post: «Political correspondent, Selwyn Gazette»."""
    return len(line) <= 80 and bool(_ROLE.search(line)) and not line.endswith((".", "!", "?", ":"))


def authors_of(byline: str) -> tuple[str, ...]:
    """The names in a byline as written; posts, papers, agencies and places are not names.

    >>> authors_of("By Ada Okafor and Tom Reyes in Selwyn")
    ('Ada Okafor', 'Tom Reyes')
    """
    if len(byline) > 500:
        return ()
    opening = _OPENING.match(byline)
    pieces = _BETWEEN.split(byline[opening.end() :] if opening else byline)
    names = (_WHERE.sub("", _OPENING.sub("", f"{piece} ")).strip() for piece in pieces)
    return tuple(dict.fromkeys(name for name in names if is_name(name)))
