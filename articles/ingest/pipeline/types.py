"""What comes in, what is wished for it, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from articles.extraction import ExtractionResult
from articles.models import ImportBatch, Quote
from articles.parsing import ParsedArticle, RowError
from articles.parsing.parsed import Problem


@dataclass(frozen=True)
class Incoming:
    """One article as read, with the bytes it was read from."""

    parsed: ParsedArticle
    reading: ExtractionResult
    raw: bytes
    media_type: str
    origin: str
    withheld: str = ""  # why the source itself does not show it, where it does not


@dataclass(frozen=True)
class Wishes:
    """What is to be done with articles as they come in; unless told otherwise they wait as drafts."""

    publish: bool = False
    accept_from: float | None = None
    create_speakers: bool = False
    changed: str = "skip"  # skip, update, report
    through: str = Quote.Through.BATCH
    batch: ImportBatch | None = None
    pretend: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of one article.

    added; present, unchanged; changed in the source, and left as asked; updated; left, though an update
    was asked for, with the reason; bad, with the reason.
    """

    became: str
    article_id: int | None = None
    error: RowError | None = None
    notes: tuple[Problem, ...] = ()


@dataclass
class Counts:
    """The figures of an import batch."""

    read: int = 0
    added: int = 0
    present: int = 0
    changed: int = 0
    bad: int = 0
    proposed: int = 0
    accepted: int = 0
    speakers: int = 0

    def add(self, other: Counts) -> None:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    def tally(self, became: str) -> None:
        """Count one outcome; what was changed in the source counts so, whatever was done about it."""
        name = "changed" if became in ("updated", "left") else became
        setattr(self, name, getattr(self, name) + 1)

    def as_columns(self) -> dict[str, int]:
        """By the names of the columns of `ImportBatch`."""
        rows = {
            f"rows_{name}": getattr(self, name) for name in ("read", "added", "present", "changed", "bad")
        }
        quotes = {"quotes_proposed": self.proposed, "quotes_accepted": self.accepted}
        return rows | quotes | {"speakers_created": self.speakers}


@dataclass
class Stored:
    """The outcomes of one round of storing, in the order in which the articles came."""

    outcomes: list[Outcome]
    counts: Counts
