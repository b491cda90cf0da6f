"""Pasted Markdown as the plain text that it stands for."""

import re

_SIGNS = re.compile(r"(?m)^#{1,4} \S|\]\((?:https?:|/)|^!\[")
_HEADING = re.compile(r"#{1,6}\s+")
_IMAGE = re.compile(r"!\[([^\[\]]{0,1000})\]\((\S{0,2000}?)(?:\s+\"[^\"]{0,300}\")?\)")
_LINK = re.compile(r"\[([^\[\]]{0,1000})\]\([^()\s]{0,2000}(?:\s+\"[^\"]{0,300}\")?\)")
_STRONG = re.compile(r"(\*\*|__)(?=[^\s*_])([^*_]{1,1000})\1")
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*]{1,1000})\*(?![\w*])|(?<!\w)_(?=[^\s_])([^_]{1,1000})_(?!\w)"
)


def is_markdown(text: str) -> bool:
    """Headings with «#» or links with an address in brackets: stars and underlines alone do not tell."""
    return ("#" in text or "](" in text) and _SIGNS.search(text) is not None


def unmarked(line: str) -> str:
    """The line without its marks; the words between them stay.

    >>> unmarked("## What **Selwyn** [reads](https://gazette.example.org/)")
    'What Selwyn reads'
    """
    if heading := _HEADING.match(line):
        line = line[heading.end() :]
    elif line.startswith("> "):
        line = line[2:]
    line = _STRONG.sub(r"\2", _LINK.sub(r"\1", line))
    return _EMPHASIS.sub(lambda match: match[1] or match[2], line).strip()


def picture(line: str) -> tuple[str, str] | None:
    """Words and address of a line that is a picture."""
    match = _IMAGE.fullmatch(line)
    return (match[1].strip(), match[2]) if match else None


def is_link(line: str) -> bool:
    """A line that is a link and nothing else leads to another page."""
    return _LINK.fullmatch(line) is not None
