"""How a text is written in a cell of CSV so that spreadsheets, pandas and R read it as that text."""

from __future__ import annotations

import re
from typing import Any

# Spreadsheets run what begins with one of these, also behind blanks and characters that are not shown; where
# East Asian input is used, the full-width and small forms count as the plain ones.
FORMULA = re.compile(
    r"[\s\x00-\x1f\x7f\xad\u200b-\u200f\u2060\ufeff]*[-=+@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]|[\t\r\n]"
)
# A column in which every text is one of these is read as numbers, truth values or nothing at all, and a
# spreadsheet does so cell by cell: 007 becomes 7, and a quote of the one word «None» is lost.
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
# Every program gives these back as they are, and whoever asks for dates wants dates.
DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)


def cell(value: Any) -> Any:
    """The value; with an apostrophe before a text that would be taken for something other than this text."""
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and _taken_for_another(value) else value


def guarded(text: str) -> str:
    """The text, with an apostrophe before it if it would be taken for a formula; see `unguarded`."""
    return f"'{text}" if FORMULA.match(text.lstrip("'")) else text


def unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and FORMULA.match(text.lstrip("'")) else text


def _taken_for_another(text: str) -> bool:
    # Behind apostrophes of its own too: so that taking one off gives every such text back.
    behind = text.lstrip("'")
    return bool(FORMULA.match(behind) or (MISREAD.fullmatch(behind) and not DATE.fullmatch(behind)))
