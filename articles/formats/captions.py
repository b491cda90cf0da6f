"""Captions and credits of pictures, as pages set them in the running text."""

import re

_LABEL = r"""(?:images?\ (?:source|credit|copyright)s?|(?:photo(?:graph)?|picture|image)s?\ (?:credit|source|courtesy\ of|by)
    |photo(?:graph)?s?|pictures?|images?|credits?|fotos?|bild(?:quelle)?|bilder|fot|zdjęci[ea]|crédits?(?:\ photo)?|imagen|quelle\ bild
    |foto-quelle|illustration|grafik)"""
_CREDIT = re.compile(
    rf"""(?:{_LABEL}\s*(?:[:|,.]|(?<=by)\s|(?<=of)\s)\s*|(?=[©Ⓒ]|\(c\)))(?P<credit>\S.{{0,198}})""",
    re.VERBOSE | re.IGNORECASE,
)
_TRAILING_CREDIT = re.compile(
    rf"""(?P<caption>\S.*?[^\s(\[|–—-])\s*[(\[|–—-]?\s*(?:{_LABEL}\s*:\s*|(?=©))(?P<credit>[^\s(\[][^()\[\]]{{0,120}}?)[)\]]?\.?""",
    re.VERBOSE | re.IGNORECASE,
)
_CAPTION_LABEL = re.compile(
    r"(?:(?:image|media|photo|picture|video)\s)?(?:caption|bildunterschrift|bildtext|podpis|légende|pie de foto)\s*[:,]\s*(?=\S)",
    re.IGNORECASE,
)
_LONGEST = 600
_RIGHTS = re.compile(
    r"\b(?:rights reserved|rechte vorbehalten|prawa zastrzeżone|droits réservés|derechos reservados)\b", re.I
)


def credit_of(line: str) -> str:
    """The credit in a line that is nothing else: «Image source: © Tom Reyes» gives «© Tom Reyes»."""
    if len(line) > 240 or _RIGHTS.search(line):
        return ""
    match = _CREDIT.fullmatch(line)
    return match["credit"].strip() if match else ""


def caption_and_credit(line: str) -> tuple[str, str] | None:
    """A caption with its credit behind it, in one line."""
    if len(line) > _LONGEST or not ("©" in line or ":" in line):
        return None
    match = _TRAILING_CREDIT.fullmatch(line)
    return (match["caption"].strip(), match["credit"].strip()) if match else None


def labelled_caption(line: str) -> str:
    """The caption after «Image caption,» and the like, or nothing."""
    match = _CAPTION_LABEL.match(line) if len(line) <= _LONGEST else None
    return line[match.end() :] if match else ""


def halved(line: str) -> str:
    """The text of a line that says the same thing twice, or nothing.

    >>> halved("The old mill. The old mill.")
    'The old mill.'
    """
    middle = len(line) // 2
    for end in (middle, middle + len(line) % 2):
        if middle >= 8 and line[:end].strip() == line[end:].strip():
            return line[:end].strip()
    return ""
