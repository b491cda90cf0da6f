"""Geometry of bar charts: x in per cent, y in pixels, so that text is not stretched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext

TOP = 22
LABELS = 24
INTERVAL_HEIGHT = 30
# A phone is 320 pixels wide and a touch target 24, which limits the columns; twice as many if it scrolls.
FITTING = 13
SCROLLING = 26
STEPS = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)


@dataclass(frozen=True, slots=True)
class Column:
    """Input for one column: its parts, lowest first, and its link."""

    label: str
    parts: tuple[float, ...]
    address: str = ""
    # The tooltip and accessible name; by default label and number.
    title: str = ""

    @property
    def total(self) -> float:
        return sum(self.parts)


@dataclass(frozen=True, slots=True)
class Block:
    kind: str
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Bar:
    column: Column
    x: str
    width: str
    inner_x: str
    inner_width: str
    middle: str
    blocks: tuple[Block, ...]
    odd: bool


@dataclass(frozen=True, slots=True)
class Interval:
    """A period drawn below the columns, from ``first`` to ``last`` as shares of their width."""

    label: str
    first: float
    last: float
    row: int = 0
    base: int = 0

    @property
    def x(self) -> str:
        return f"{self.first * 100:.2f}%"

    @property
    def width(self) -> str:
        return f"{max(self.last - self.first, 0.004) * 100:.2f}%"

    @property
    def y(self) -> int:
        return self.base + LABELS + 4 + self.row * INTERVAL_HEIGHT

    @property
    def label_y(self) -> int:
        return self.y + 22

    @property
    def anchor(self) -> str:
        """The text anchor of the label: a bar far to the right has its label on the left."""
        return "end" if self.first > 0.5 else "start"

    @property
    def label_x(self) -> str:
        return f"{(self.last if self.first > 0.5 else self.first) * 100:.2f}%"


@dataclass(frozen=True, slots=True)
class Chart:
    bars: tuple[Bar, ...]
    most: int
    base: int
    top: int = TOP
    intervals: tuple[Interval, ...] = ()

    @property
    def height(self) -> int:
        return self.base + LABELS + len(self.intervals) * INTERVAL_HEIGHT

    @property
    def foot(self) -> int:
        """The y of the lower end of the column labels."""
        return self.base + LABELS

    @property
    def middle(self) -> int:
        return (self.top + self.base) // 2

    @property
    def scaled(self) -> bool:
        """Whether there is room above the columns for the scale."""
        return self.top >= TOP

    @property
    def label_y(self) -> int:
        return self.base + 18

    @property
    def long(self) -> bool:
        return len(self.bars) > FITTING


def draw(
    columns: Sequence[Column],
    base: int = 104,
    most: float = 0,
    intervals: Sequence[Interval] = (),
    top: int = TOP,
) -> Chart:
    """Place the columns between ``top`` and ``base``; every non-empty column is visible.

    Pass the same ``most`` to charts that are compared. Each interval gets its own row below.
    """
    most = round_up(most or max((column.total for column in columns), default=0))
    share = 100 / len(columns) if columns else 100
    bars = tuple(_bar(column, number, share, most, (top, base)) for number, column in enumerate(columns))
    placed = tuple(replace(interval, row=row, base=base) for row, interval in enumerate(intervals))
    return Chart(bars, most, base, top, placed)


def _bar(column: Column, number: int, share: float, most: int, ends: tuple[int, int]) -> Bar:
    x = number * share
    return Bar(
        column,
        _percent(x),
        _percent(share),
        _percent(x + share * 0.14),
        _percent(share * 0.72),
        _percent(x + share / 2),
        _blocks(column, most, *ends),
        number % 2 == 1,
    )


def _percent(number: float) -> str:
    """To a hundredth: «3.13%», «50%»."""
    return f"{number:.2f}".rstrip("0").rstrip(".") + "%"


def _blocks(column: Column, most: int, top: int, base: int) -> tuple[Block, ...]:
    blocks, y = [], base
    for number, part in enumerate(column.parts, 1):
        height = max(1, round(part / most * (base - top))) if part else 0
        y -= height
        if height:
            blocks.append(Block(f"b{number}", y, height))
    return tuple(blocks)


def round_up(number: float) -> int:
    """The next round number, for the top of an axis.

    >>> [round_up(n) for n in (0, 3, 58, 5120)]
    [1, 3, 60, 6000]
    """
    scale = 1
    while scale * 10 < number:
        scale *= 10
    return next(int(step * scale) for step in STEPS if step * scale >= number and step * scale % 1 == 0)


@dataclass(frozen=True, slots=True)
class Period:
    """A year, or a range of years if there are too many to draw."""

    first: int
    last: int
    parts: tuple[int, ...]

    @property
    def label(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}s"

    @property
    def name(self) -> str:
        if self.first == self.last:
            return str(self.first)
        return gettext("%(first)s to %(last)s") % {"first": self.first, "last": self.last}


def periods(years: Iterable[tuple[int, tuple[int, ...]]]) -> list[Period]:
    """All years from first to last, also empty ones; decades if there are too many."""
    known = dict(years)
    if not known:
        return []
    step = 1 if max(known) - min(known) < SCROLLING else 10
    if (max(known) // 10 - min(known) // 10) >= SCROLLING:
        step = 100
    empty = (0,) * len(next(iter(known.values())))
    found = []
    for first in range(min(known) // step * step, max(known) + 1, step):
        inside = [known[year] for year in range(first, first + step) if year in known]
        found.append(Period(first, first + step - 1, tuple(map(sum, zip(*inside, strict=True))) or empty))
    return found
