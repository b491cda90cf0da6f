"""What Word, PDF and mail have in common: an article from paragraphs, and suggestions from properties."""

import re
from dataclasses import replace

from articles.parsing.dates.parser import PrintedDate, find_dates
from articles.parsing.normalization import tidy
from articles.parsing.parsed import ParsedArticle
from articles.parsing.plain.article import read_text as read_pasted

# Press releases set an embargo in one of their first lines.
_TOP, _LONGEST_EMBARGO = 8, 200
_EMBARGO = re.compile(
    r"\W{0,5}(?:(?:strictly|strict|under|sous|bajo|unter)\s){0,2}(?:embargo(?:ed)?|embargado|sperrfrist)"
    r"(?:\W{0,5}$|\s?[:–-]|\s(?:until|till|ends|date|bis|jusqu|hasta)\b)",
    re.IGNORECASE,
)
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]$")


def read_paragraphs(
    paragraphs: list[str], *, headline: str = "", removed: list[str], warnings: list[str]
) -> ParsedArticle:
    """The article as pasted text would give it; `headline` is one that the file marks as its title."""
    given = [headline, *paragraphs] if headline and paragraphs[:1] != [headline] else paragraphs
    parsed = read_pasted("\n\n".join(one for one in given if one.strip()))
    embargo = next(filter(None, map(embargo_of, paragraphs[:_TOP])), "")
    return replace(
        parsed,
        extra=parsed.extra | ({"embargo": embargo} if embargo else {}),
        removed=(*parsed.removed, *(line for line in dict.fromkeys(removed) if line)),
        warnings=(*parsed.warnings, *warnings),
    )


def embargo_of(line: str) -> str:
    """The end of the embargo that a line of a press release sets, else the line; empty for any other line.

    >>> embargo_of("EMBARGOED UNTIL 00:01, 30 May 2019"), embargo_of("Embargo!"), embargo_of("Embargo lifted")
    ('2019-05-30', 'Embargo!', '')
    """
    if len(line) > _LONGEST_EMBARGO or not _EMBARGO.match(line):
        return ""
    found, _ = find_dates(line)
    days = [one for one in found if isinstance(one, PrintedDate) and one.precision == "day"]
    return (days[0].at or days[0].on).isoformat() if len(days) == 1 else line


def suggestions(parsed: ParsedArticle, properties: dict[str, str]) -> ParsedArticle:
    """With a warning that names the properties of the file, which are often those of a template."""
    said = [f"{name} «{tidy(value)[:200]}»" for name, value in properties.items() if value and tidy(value)]
    if not said:
        return parsed
    note = f"the properties of the file were not used: {', '.join(said)}"
    return replace(parsed, warnings=(*parsed.warnings, note))


def joined(lines: list[str]) -> str:
    """The lines of one paragraph: without the hyphen of a word that a line end divides."""
    text = ""
    for line in lines:
        line = line.strip()
        if text and _HYPHEN.search(text) and line[:1].islower():
            text = text[:-1] + line
        else:
            text = f"{text} {line}" if text else line
    return text
