"""Finds the spans of a text inside quotation marks, in every national style."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from articles.extraction.spans import Span

# One set of characters, and not alternatives, so that `re` skips the text between marks faster.
MARK = re.compile(r"[“”„‟\"«»‹›‘’‚‛`´″'](?:(?<=')')?")
CLOSERS = {
    "“": '”"‟',
    "‟": '”"',
    "„": '“”"‟',
    "«": "»",
    "»": "«»",
    "”": "”“",
    '"': '"”',
    "''": "''\"",
    "``": "''",
    "″": "″",
    "‘": "’'",
    "‚": "‘’'",
    "'": "'’",
    "‹": "›",
    "›": "‹›",
    "`": "'´`",
}
SINGLE = set("‘’‚‛'‹›`´")
SENTENCE_END = ".!?…"
# Texts beyond these limits are not prose; the limits keep the time linear.
MOST_MARKS_IN_A_PARAGRAPH = 600
MOST_MARKS = 20_000

ELISION = re.compile(
    r"['’‘](?:em|tis|twas|cause|til|till|round|bout|neath|nother|n|nuff|cuz|ll|ve|re|s|d|m|t)\b|['’‘]\d\ds?\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """Text inside quotation marks: `start` and `end` include the marks, `inner` does not."""

    start: int
    end: int
    inner: Span
    mark: str
    closed: bool
    nested: tuple[QuotedSpan, ...] = ()

    @property
    def single(self) -> bool:
        return self.mark in SINGLE


@dataclass(slots=True)
class _Open:
    at: int
    mark: str
    nested: list[QuotedSpan]


def find_quoted_spans(text: str, start: int, end: int) -> tuple[list[QuotedSpan], bool]:
    """The outermost quoted spans of one paragraph, and whether a mark was left open.

    >>> text = 'He said: “She cried ‘Fire!’ and ran.”'
    >>> [s.inner.cut(text) for s in find_quoted_spans(text, 0, len(text))[0]]
    ['She cried ‘Fire!’ and ran.']
    """
    marks = list(islice(MARK.finditer(text, start, end), MOST_MARKS_IN_A_PARAGRAPH + 1))
    if not marks or len(marks) > MOST_MARKS_IN_A_PARAGRAPH:
        return [], bool(marks)
    return _Matcher(text, start, end, marks).run()


class _Matcher:
    """Matches the marks of one paragraph with a stack of open marks."""

    def __init__(self, text: str, start: int, end: int, marks: list[re.Match[str]]):
        self.text, self.start, self.end = text, start, end
        self.marks = [m for m in marks if not self._is_apostrophe(m)]
        self.stack: list[_Open] = []
        self.found: list[QuotedSpan] = []
        self.faulty = False

    def _around(self, a: int, b: int) -> tuple[str, str]:
        before = self.text[a - 1] if a > self.start else " "
        after = self.text[b] if b < self.end else " "
        return before, after

    def _is_apostrophe(self, match: re.Match[str]) -> bool:
        mark = match.group()
        if mark not in "'’‘`´‛":
            return False
        before, after = self._around(match.start(), match.end())
        if before.isalnum() and after.isalnum():
            return True
        return not before.isalnum() and bool(ELISION.match(self.text, match.start())) and before not in '“"„«'

    def run(self) -> tuple[list[QuotedSpan], bool]:
        for number, match in enumerate(self.marks):
            self._take(number, match)
        while self.stack:
            self._leave_open()
        return self.found, self.faulty

    def _take(self, number: int, match: re.Match[str]) -> None:
        mark, a, b = match.group(), match.start(), match.end()
        before, after = self._around(a, b)
        if mark == "”" and self.stack and self._is_inch(number):
            return
        depth = self._closable(mark, before, after, number)
        if depth is not None:
            self._close(depth, a, b)
        elif self._opens(mark, before, after, number):
            if self.stack and self.stack[-1].mark == mark and mark not in "«»" and not self._nests(number):
                self._leave_open_before(a)
            self.stack.append(_Open(a, mark, []))
        elif mark in '”"' and not self.stack and not self.found and before in ",.!?…—" and before:
            self._close_unopened(a, b)

    def _nests(self, number: int) -> bool:
        """Whether an opening mark within a quote has its own closing mark: «“He said “no,” and left,” …»."""
        if self.marks[number].group() != "“":
            return False
        following = [later.group() for later in self.marks[number + 1 :] if later.group() in "“”"]
        return following[:2] == ["”", "”"]

    def _is_inch(self, number: int) -> bool:
        """Whether a closing mark is the sign for inches, because another follows: «5’2” tall,”»."""
        at = self.marks[number].start()
        following = next((later.group() for later in self.marks[number + 1 :] if later.group() in "“”"), "")
        feet = self.text[max(self.start, at - 2) : at]
        return len(feet) == 2 and feet[0] in "’'′" and feet[1].isdigit() and following == "”"

    def _closable(self, mark: str, before: str, after: str, number: int) -> int | None:
        """The stack index of the mark that this one closes; None if it closes none."""
        for depth in range(len(self.stack) - 1, -1, -1):
            opener = self.stack[depth]
            if mark == "“" == opener.mark and before in ",.!?…" and not after.isalnum():
                return depth  # typed the wrong way: «“We go,“ she said»
            if mark not in CLOSERS.get(opener.mark, "") and not (mark == "''" and opener.mark == "``"):
                continue
            if (
                opener.mark == mark
                and mark in "\"''›»"
                and before.isspace()
                and not after.isspace()
                and after not in ",.;:!?)"
                and not self._is_misplaced(opener, number)
            ):
                return None
            if mark in SINGLE and mark != "›" and mark != "‹":
                return depth if self._closes_single(before, after, number) else None
            return depth
        return None

    def _is_misplaced(self, opener: _Open, number: int) -> bool:
        """Whether a mark with its blank on the wrong side closes the quote: «"We go, "she said»."""
        at = self.marks[number].start()
        before = self.text[max(self.start, at - 3) : at].rstrip()[-1:]
        left = sum(later.group() == opener.mark for later in self.marks[number + 1 :])
        return before in ",.!?" and left % 2 == 0

    def _closes_single(self, before: str, after: str, number: int) -> bool:
        if after.isalnum() or before.isspace():
            return False
        if before in ',.!?…;:—-)"”':
            return True
        if before not in "sS":
            return True
        # The apostrophe of a plural, if a better closing mark follows: «the students’ plan’».
        for later in self.marks[number + 1 : number + 4]:
            if later.group() in "‘“„":
                return True
            if later.group() in "'’":
                x, y = self._around(later.start(), later.end())
                return x.isspace() or y.isalnum()
        return True

    def _opens(self, mark: str, before: str, after: str, number: int) -> bool:
        if after.isspace() and mark not in "“„«":
            return False
        if mark in "“„‟«‚":
            return True
        free = not before.isalnum() and before not in ",.!?;"
        if mark in "‘'‹`‛":
            return free and self._has_single_closer(number)
        if mark in "\"''″":
            return free or before.isspace()
        return mark in "”»›" and (before.isspace() or before in "([—–-") and not after.isspace()

    def _has_single_closer(self, number: int) -> bool:
        closers = CLOSERS.get(self.marks[number].group(), "'’")
        for later in self.marks[number + 1 : number + 12]:
            if later.group() not in closers:
                continue
            before, after = self._around(later.start(), later.end())
            if not before.isspace() and not after.isalnum():
                return True
        return False

    def _close(self, depth: int, a: int, b: int) -> None:
        for lost in self.stack[depth + 1 :]:
            self.faulty = self.faulty or lost.mark not in SINGLE
        opener = self.stack[depth]
        del self.stack[depth:]
        inner = Span(min(opener.at + len(opener.mark), a), a)
        self._keep(QuotedSpan(opener.at, b, inner, opener.mark, True, tuple(opener.nested)))

    def _close_unopened(self, a: int, b: int) -> None:
        self.faulty = True
        self._keep(QuotedSpan(self.start, b, Span(self.start, a), "”", False))

    def _leave_open(self) -> None:
        """An unclosed mark ends with its paragraph."""
        opener = self.stack.pop()
        if opener.mark in SINGLE:
            return
        self.faulty = True
        inner = Span(min(opener.at + len(opener.mark), self.end), self.end)
        self._keep(QuotedSpan(opener.at, self.end, inner, opener.mark, False, tuple(opener.nested)))

    def _leave_open_before(self, at: int) -> None:
        """If the same mark opens again, the first was never closed and ends with its sentence."""
        opener = self.stack.pop()
        self.faulty = True
        stop = at
        inner_from = opener.at + len(opener.mark)
        for place in range(inner_from, at):
            if self.text[place] in SENTENCE_END and self.text[place + 1 : place + 2].isspace():
                stop = place + 1
                break
        while stop > inner_from and self.text[stop - 1].isspace():
            stop -= 1
        self._keep(
            QuotedSpan(opener.at, stop, Span(inner_from, stop), opener.mark, False, tuple(opener.nested))
        )

    def _keep(self, quoted_span: QuotedSpan) -> None:
        if not any(c.isalnum() for c in self.text[quoted_span.inner.start : quoted_span.inner.end]):
            return
        if self.stack:
            self.stack[-1].nested.append(quoted_span)
        else:
            self.found.append(quoted_span)
