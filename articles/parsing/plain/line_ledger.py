"""A ledger of the numbered lines of a pasted page: each line is claimed once, and none is lost."""

import re
from dataclasses import dataclass, field

from articles.parsing.boilerplate import is_boilerplate, opens_other_stories
from articles.parsing.normalization import tidy

_SIGNS = re.compile(r"(?m)^#{1,4} \S|\]\((?:https?:|/)|^!\[")
_HEADING = re.compile(r"#{1,6}\s+")
_IMAGE = re.compile(r"!\[([^\[\]]{0,1000})\]\((\S{0,2000}?)(?:\s+\"[^\"]{0,300}\")?\)")
_LINK = re.compile(r"\[([^\[\]]{0,1000})\]\([^()\s]{0,2000}(?:\s+\"[^\"]{0,300}\")?\)")
_STRONG = re.compile(r"(\*\*|__)(?=[^\s*_])([^*_]{1,1000})\1")
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*]{1,1000})\*(?![\w*])|(?<!\w)_(?=[^\s_])([^_]{1,1000})_(?!\w)"
)


def is_markdown(text: str) -> bool:
    """Whether the text has Markdown headings, links or images; emphasis alone does not count."""
    return ("#" in text or "](" in text) and _SIGNS.search(text) is not None


def unmarked(line: str) -> str:
    """The line without its Markdown markup.

    >>> unmarked("## What **Selwyn** [reads](https://gazette.example.org/)")
    'What Selwyn reads'
    """
    if heading := _HEADING.match(line):
        line = line[heading.end() :]
    elif line.startswith("> "):
        line = line[2:]
    line = _STRONG.sub(r"\2", _LINK.sub(r"\1", line))
    return _EMPHASIS.sub(lambda match: match[1] or match[2], line).strip()


def markdown_image(line: str) -> tuple[str, str] | None:
    """Alternative text and URL of a line that is a Markdown image; None for other lines."""
    match = _IMAGE.fullmatch(line)
    return (match[1].strip(), match[2]) if match else None


def is_link(line: str) -> bool:
    """Whether the line is only a Markdown link, and so leads to another page."""
    return _LINK.fullmatch(line) is not None


# With the blank that French puts inside its quotation marks.
_CLOSING = "\"'”“»«’‘)] "


@dataclass
class Line:
    """`raw` is the input, `text` its tidy form, `shown` its form in the body; `gap`: a blank line above."""

    raw: str
    text: str
    shown: str
    gap: bool
    image: str = ""
    taken: bool = False
    removed: bool = False

    @property
    def ends(self) -> bool:
        """Whether the line ends like a sentence."""
        return self.text.rstrip(_CLOSING).endswith((".", "!", "?", "…"))

    @property
    def is_prose(self) -> bool:
        return len(self.text) > 250 or (len(self.text) > 90 and self.ends)


@dataclass
class LineLedger:
    """The lines of a normalised text; rules take lines off it, and the rest is the body."""

    text: str
    lines: list[Line] = field(default_factory=list)
    # The likely headline before any line is taken as a caption; cached.
    headline: int | None = None

    def __post_init__(self) -> None:
        gap = False
        marked = is_markdown(self.text)
        for raw in self.text.split("\n"):
            if stripped := raw.strip():
                self.lines.append(_marked_line(stripped, gap) if marked else _line(stripped, gap))
            gap = not stripped
        self.has_gaps = any(line.gap for line in self.lines)
        self._first = 0

    def free(self, start: int = 0, stop: int | None = None) -> list[int]:
        """The numbers of the lines that are not taken."""
        lines = self.lines[start:stop]
        return [number for number, line in enumerate(lines, start) if not line.taken]

    def first(self) -> int:
        """The number of the first line that is not taken, or one past the last."""
        while self._first < len(self.lines) and self.lines[self._first].taken:
            self._first += 1
        return self._first

    def take(self, number: int, *fields: str) -> None:
        """Claim a line for fields; if no field contains the whole line, it is also in `removed`."""
        line = self.lines[number]
        line.taken = True
        whole = line.raw if line.shown != line.raw else line.text
        line.removed = not any(whole in field for field in fields)

    def cut(self, number: int) -> None:
        """Remove a line from the body; it is in `removed`."""
        self.take(number)

    def cut_boilerplate(self) -> None:
        """Cut boilerplate lines anywhere, and lists of other stories with their headings."""
        number = 0
        while number < len(self.lines):
            line = self.lines[number]
            if opens_other_stories(line.text):
                number = self._cut_other_stories(number)
            elif is_boilerplate(line.text):
                self.cut(number)
            number += 1

    def _cut_other_stories(self, heading: int) -> int:
        """Cut a heading and the headlines below it; returns the last number cut."""
        self.cut(heading)
        last = heading
        for number in range(heading + 1, len(self.lines)):
            line = self.lines[number]
            if line.is_prose or (line.ends and len(line.text) > 60):
                break
            if line.gap and number > heading + 1 and not self.lines[number - 1].gap:
                return last
            last = number
        else:
            return self._cut_all(heading, last)
        # A few words just above prose are a subhead of this story, not another headline.
        if last > heading + 1 and len(self.lines[last].text.split()) <= 4:
            last -= 1
        return self._cut_all(heading, last)

    def _cut_all(self, first: int, last: int) -> int:
        for number in range(first, last + 1):
            self.cut(number)
        return last

    def body(self) -> str:
        """The remaining lines as paragraphs; if the text has no blank lines, each line is a paragraph."""
        parts: list[str] = []
        for number in self.free():
            line = self.lines[number]
            if parts:
                wrapped = self.has_gaps and not line.gap and not self.lines[number - 1].taken
                parts.append("\n" if wrapped else "\n\n")
            parts.append(line.shown)
        return "".join(parts)

    def removed(self) -> tuple[str, ...]:
        """Lines that are in no field in their original form, in the order of the page."""
        return tuple(
            line.raw for line in self.lines if line.removed or (not line.taken and line.shown != line.raw)
        )


def _line(raw: str, gap: bool) -> Line:
    # A very long line is running text, and no rule needs its tidy form.
    text = raw if len(raw) > 2_000 else tidy(raw)
    return Line(raw, text, raw, gap, taken=not text, removed=not text)


def _marked_line(raw: str, gap: bool) -> Line:
    if found := markdown_image(raw):
        return Line(raw, tidy(found[0]), "", gap, image=found[1], taken=not found[0], removed=not found[0])
    line = _line(raw, gap)
    shown = unmarked(raw)
    if is_link(raw) or not shown:
        return Line(raw, line.text, shown, gap, taken=True, removed=True)
    return Line(raw, tidy(shown), shown, gap)
