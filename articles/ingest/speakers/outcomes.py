"""What an import of speakers did with each row of its table."""

from __future__ import annotations

from dataclasses import dataclass, field

from articles.ingest.pipeline.importer import Fault
from articles.models import ImportBatch, Speaker
from articles.parsing.tabular.speaker_rows import RoleRow


@dataclass(eq=False)
class Entry:
    """A speaker with its names and roles: as stored, plus what earlier rows have added."""

    speaker: Speaker
    new: bool
    aliases: dict[str, str] = field(default_factory=dict)
    roles: list[RoleRow] = field(default_factory=list)
    filled: set[str] = field(default_factory=set)

    @property
    def shown(self) -> str:
        return self.speaker.name if self.new else f"{self.speaker.name} (#{self.speaker.pk})"


@dataclass(frozen=True)
class SpeakerRowOutcome:
    """What a row did or would do; `kept` lists stored values that differ from the row and are unchanged."""

    number: int
    entry: Entry
    made: bool
    added: tuple[str, ...]
    kept: tuple[str, ...]


@dataclass
class Summary:
    outcomes: list[SpeakerRowOutcome] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    batch: ImportBatch | None = None

    @property
    def made(self) -> int:
        return sum(one.made for one in self.outcomes)

    @property
    def changed(self) -> int:
        return sum(bool(one.added) and not one.made for one in self.outcomes)

    @property
    def present(self) -> int:
        return len(self.outcomes) - self.made - self.changed

    @property
    def kept(self) -> int:
        return sum(bool(one.kept) for one in self.outcomes)

    @property
    def read(self) -> int:
        return len(self.outcomes) + len(self.faults)
