"""What Word, PDF and mail have in common: an article from paragraphs, and suggestions from properties."""

import re
from dataclasses import replace

from articles.parsing.normalization import tidy
from articles.parsing.parsed import ParsedArticle
from articles.parsing.plain.article import read_text as read_pasted

_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]$")


def read_paragraphs(
    paragraphs: list[str], *, headline: str = "", removed: list[str], warnings: list[str]
) -> ParsedArticle:
    """The article as pasted text would give it; `headline` is one that the file marks as its title."""
    given = [headline, *paragraphs] if headline and paragraphs[:1] != [headline] else paragraphs
    parsed = read_pasted("\n\n".join(one for one in given if one.strip()))
    return replace(
        parsed,
        removed=(*parsed.removed, *(line for line in dict.fromkeys(removed) if line)),
        warnings=(*parsed.warnings, *warnings),
    )


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
