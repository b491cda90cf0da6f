"""Types of the import pipeline: incoming articles, options, outcomes and counts."""

from __future__ import annotations

from dataclasses import dataclass, field

from articles.extraction import ExtractionResult
from articles.models import ImportBatch, Quote
from articles.parsing import ParsedArticle, RowError
from articles.parsing.newspaper_names import NewspapersNamed
from articles.parsing.parsed import Problem


@dataclass(frozen=True)
class IncomingArticle:
    """One parsed article, with the bytes it was parsed from."""

    parsed: ParsedArticle
    reading: ExtractionResult
    raw: bytes
    media_type: str
    origin: str
    withheld: str = ""  # why the source does not publish it; empty if it does
    # Of a page or a text; a row names its publication itself.
    named: NewspapersNamed = field(default_factory=NewspapersNamed)


@dataclass(frozen=True)
class ImportOptions:
    """How to store incoming articles; by default as drafts.

    `accept_from` is the confidence from which a rule accepts quotes; `changed` says what to do with an
    article whose text differs from the stored one: skip, update or report. `publication` is the one of all
    articles, whatever they say. With `ask_same_headline` an article without ID and link stays a draft if the
    archive has another text with its headline and date.
    """

    publish: bool = False
    accept_from: float | None = None
    create_speakers: bool = False
    changed: str = "skip"
    through: str = Quote.Through.BATCH
    batch: ImportBatch | None = None
    pretend: bool = False
    publication: int | None = None
    ask_same_headline: bool = False


@dataclass(frozen=True)
class RowOutcome:
    """What the import did with one article.

    `became` is one of: added; present (unchanged); changed (in the source, not updated, as the options say);
    updated; left (not updated although the options say so, `error` has the reason); bad (`error` has the
    reason). `same_headline`: the article with which an editor must compare an added one.
    """

    became: str
    article_id: int | None = None
    error: RowError | None = None
    notes: tuple[Problem, ...] = ()
    same_headline: int | None = None


@dataclass
class Counts:
    """Counts of an import batch."""

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
        """Count one outcome; updated and left articles count as changed."""
        name = "changed" if became in ("updated", "left") else became
        setattr(self, name, getattr(self, name) + 1)

    def as_columns(self) -> dict[str, int]:
        """Return the counts by column of `ImportBatch`."""
        rows = {
            f"rows_{name}": getattr(self, name) for name in ("read", "added", "present", "changed", "bad")
        }
        quotes = {"quotes_proposed": self.proposed, "quotes_accepted": self.accepted}
        return rows | quotes | {"speakers_created": self.speakers}


@dataclass
class Stored:
    """The outcomes of one transaction, in the order of the incoming articles."""

    outcomes: list[RowOutcome]
    counts: Counts

    @property
    def added(self) -> list[int]:
        """The ids of the new articles."""
        return [row.article_id for row in self.outcomes if row.became == "added" and row.article_id]
