"""Recognises image captions and credits in the running text of a page."""

import re

_LABELS = """images?[ ](?:source|credit|copyright)s?
    |(?:photo(?:graph)?|picture|image)s?[ ](?:credit|source|courtesy[ ]of|by)
    |photo(?:graph)?s?|pictures?|images?|credits?|fotos?|bild(?:quelle)?|bilder|fot|zdjęci[ea]
    |crédits?(?:[ ]photo)?|imagen|foto-quelle|fotoquelle|illustration|grafik"""
_CREDIT = re.compile(
    rf"(?:(?:{_LABELS})\s*(?:[:|,.]|(?<=by)\s|(?<=of)\s)\s*|(?=[©Ⓒ]|\(c\)))(?P<credit>\S.{{0,198}})",
    re.VERBOSE | re.IGNORECASE,
)
# After a caption the label is capitalised: «a picture: it …» is running text.
_TRAILING_CREDIT = re.compile(
    r"""(?:Images?[ ](?:source|credit|copyright)s?|(?:Photo(?:graph)?|Picture|Image)s?
    [ ](?:credit|source|by|courtesy[ ]of)
    |Photo(?:graph)?s?|PHOTO|Pictures?|Images?|Credits?|Fotos?|FOTO|Bild(?:quelle)?|Bilder|Fot|Zdjęcie|Crédits?|Imagen
    )\s*(?::|(?<=Fot)\.|(?<=by)|(?<=of))\s*|(?=©)""",
    re.VERBOSE,
)
_CAPTION_LABEL = re.compile(
    r"""(?:(?:image|media|photo|picture|video)\s)?
    (?:caption|bildunterschrift|bildtext|podpis|légende|pie[ ]de[ ]foto)\s*[:,]\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_CREDIT_LABEL = re.compile(
    r"(?:(?:images?|photos?|pictures?)\s(?:source|credit)s?|bildquelle|fotoquelle|fot|foto|photo)\s*[:,.]",
    re.IGNORECASE,
)
_LONGEST = 600
_LONGEST_CREDIT = 120
_RIGHTS = re.compile(
    r"rights reserved|rechte vorbehalten|prawa zastrzeżone|droits réservés|derechos reservados", re.IGNORECASE
)


def credit_of(line: str) -> str:
    """The credit of a line that is only a credit: «Image source: © Tom Reyes» gives «© Tom Reyes»."""
    if len(line) > 240 or _RIGHTS.search(line):
        return ""
    match = _CREDIT.fullmatch(line[1:-1] if line[:1] + line[-1:] in {"()", "[]"} else line)
    return match["credit"].strip() if match else ""


def caption_and_credit(line: str) -> tuple[str, str] | None:
    """Split a line into a caption and the credit after it; None for other lines."""
    if len(line) > _LONGEST or not ("©" in line or ":" in line or " by " in line or "Fot." in line):
        return None
    for label in _TRAILING_CREDIT.finditer(line):
        caption = line[: label.start()].rstrip(" ([|–—-")
        credit = line[label.end() :].strip(" ()[]")
        # Some pages repeat the caption after the credit.
        credit = credit.removesuffix(caption).strip() or credit
        credit = credit.removesuffix(".") if credit.count(".") == 1 else credit
        if len(caption) >= 8 and _names_someone(credit) and not caption.endswith((":", ",")):
            return caption, credit
    return None


def _names_someone(credit: str) -> bool:
    return (
        2 <= len(credit) <= _LONGEST_CREDIT
        and (credit[0].isupper() or credit[0] in "©@")
        and '"' not in credit
    )


def labelled_caption(line: str) -> str:
    """The caption after a label such as «Image caption,»; empty if there is no label."""
    match = _CAPTION_LABEL.match(line) if len(line) <= _LONGEST else None
    return line[match.end() :] if match else ""


def is_caption_label(line: str) -> bool:
    """Whether the line is only a label such as «Image caption,»; the next line is the caption."""
    return len(line) <= 40 and _CAPTION_LABEL.fullmatch(line) is not None


def is_credit_label(line: str) -> bool:
    """Whether the line is only a label such as «Image source:»; the next line is the credit."""
    return len(line) <= 40 and _CREDIT_LABEL.fullmatch(line) is not None


def halved(line: str) -> str:
    """One half of a line that repeats the same text twice; empty for other lines.

    >>> halved("The old mill. The old mill.")
    'The old mill.'
    """
    middle = len(line) // 2
    for end in (middle, middle + len(line) % 2):
        if middle >= 8 and line[:end].strip() == line[end:].strip():
            return line[:end].strip()
    return ""
