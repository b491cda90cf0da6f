"""Escapes text for CSV cells, so that spreadsheets, pandas and R read it as text (CSV injection).

defusedcsv escapes cells that begin like a formula, but not texts such as “007” and “None” that are misread.
"""

from __future__ import annotations

import re

# Spreadsheets run cells that begin with one of these, also after blanks and invisible characters; with East
# Asian input, the full-width and small forms count too.
FORMULA = re.compile(
    r"[\s\x00-\x1f\x7f\xad\u200b-\u200f\u2060\ufeff]*[-=+@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]|[\t\r\n]"
)
# A column of only such texts is read as numbers, booleans or missing values, and a spreadsheet does so cell
# by cell: 007 becomes 7, and a quote of the one word «None» is lost.
MISREAD = re.compile(
    r"""\s* (?:
        \d[\d.,]* | [.,]\d[\d.,]*                          # 007, 1.50, 1,000, .5
        | (?: \d[\d.,]* | [.,]\d[\d.,]* ) (?: [ed][+-]?\d+ )? [il]? | i        # 1e5, 1d5, 2i
        | \d[\d.,]* [+-] \d[\d.,]* i                       # 1+2i
        | 0x [\da-f]* (?: \.[\da-f]* )? (?: p[+-]?\d+ )?
        | inf | infinity | nan | t | f | true | false
        | \#?na | \#?n/a | \#n/a\ n/a | <na> | null | none | 1\.\#(?:ind|qnan)
    ) \s*""",
    re.VERBOSE | re.IGNORECASE,
)
# Every program preserves these, and users want dates to be dates.
DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)


def cell(value: object) -> object:
    """The value; text that a program would misread gets a leading apostrophe."""
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and _taken_for_another(value) else value


def uncell(text: str) -> str:
    """The inverse of `cell` for texts."""
    return text[1:] if text.startswith("'") and _taken_for_another(text) else text


def guarded(text: str) -> str:
    """The text, with a leading apostrophe if it would be a formula; `unguarded` removes it."""
    return f"'{text}" if FORMULA.match(text.lstrip("'")) else text


def unguarded(text: str) -> str:
    """The inverse of `guarded`."""
    return text[1:] if text.startswith("'") and FORMULA.match(text.lstrip("'")) else text


def _taken_for_another(text: str) -> bool:
    # Apostrophes of the text itself are skipped, so that removing one restores every text.
    behind = text.lstrip("'")
    return bool(FORMULA.match(behind) or (MISREAD.fullmatch(behind) and not DATE.fullmatch(behind)))
