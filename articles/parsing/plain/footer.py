"""The footer of a pasted page: author biography, copyright line, topics."""

import re

from articles.parsing.bylines import authors_of, is_byline, is_name, is_role
from articles.parsing.dates.timelines import read_timestamp_line
from articles.parsing.plain.header import Header
from articles.parsing.plain.line_ledger import LineLedger

_RIGHTS = re.compile(
    r"""(?:©|\(c\)|copyright\b).{0,200}|.{0,120}\b(?:all\ rights\ reserved|alle\ rechte\ vorbehalten
    |wszelkie\ prawa\ zastrzeżone|tous\ droits\ réservés|todos\ los\ derechos\ reservados).{0,120}""",
    re.VERBOSE | re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:tags?|topics?|keywords?|filed under|themen|schlagworte|schlagwörter|tagi|tematy|mots-clés"
    r"|etiquetas|categories|category)\s*:.{0,300}",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:about the authors?|über (?:den autor|die autorin)|o autorze|o autorce|à propos de l.auteure?)\b:?",
    re.IGNORECASE,
)
_STAFF_CREDIT = re.compile(
    r"\(?(?:additional |with )?(?:reporting|editing|writing) by .{2,200}", re.IGNORECASE
)
_BIO = re.compile(
    r"\s(?:is|was|are|covers|writes|reports|has|joined|ist|war|schreibt|berichtet|jest|pisze|pracuje|est|écrit|es|escribe)\b"
)
_DEEPEST = 12


def take_footer(ledger: LineLedger, header: Header, language: str) -> None:
    """Cut footer lines from the last line upward; stop at the first line of the story."""
    for number in reversed(ledger.free()[-_DEEPEST:]):
        text = ledger.lines[number].text
        if len(text) > 700:
            break
        if stamp := read_timestamp_line(text, language):
            header.note(stamp)
            ledger.cut(number)
        elif _is_footer_line(text, header):
            ledger.cut(number)
        elif is_byline(text) or (is_name(text) and (not header.byline or text in authors_of(header.byline))):
            header.byline = header.byline or text
            ledger.take(number, header.byline)
        else:
            break


def _is_footer_line(text: str, header: Header) -> bool:
    return bool(
        _RIGHTS.fullmatch(text)
        or _LABELLED.fullmatch(text)
        or _ABOUT.match(text)
        or _STAFF_CREDIT.fullmatch(text)
        or any(_is_biography(author, text) for author in authors_of(header.byline))
    )


def _is_biography(author: str, text: str) -> bool:
    """Whether the line is about the author: «Ada Okafor is a reporter at the Selwyn Gazette.»"""
    rest = text[len(author) :]
    return text.startswith(author) and bool(_BIO.match(rest)) and is_role(text[:80].rstrip("."))
