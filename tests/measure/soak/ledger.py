"""What a soak run did, in files that survive it: writes, faults, figures, and how far it is."""

from __future__ import annotations

import json
import os
import threading
import time
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field
from pathlib import Path

# After a server has recovered, requests that began before may still fail.
GRACE_SECONDS = 5.0


@dataclass
class State:
    """How far the run is. `sittings` makes each start continue with other random numbers."""

    seed: int
    password: str = ""
    seconds: float = 0.0
    sittings: int = 0
    kills: dict[str, int] = field(default_factory=dict)


@dataclass
class Write:
    """A write that was tried; `done` if the site or the command said that it was stored."""

    kind: str
    about: str
    value: str
    rows: int = 1
    done: bool = False


class Ledger:
    """Appends to files in a folder; safe for threads."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        stored = folder / "state.json"
        self.state = State(**json.loads(stored.read_text())) if stored.exists() else State(seed)
        self.state.sittings += 1
        self.writes = self._read_writes()
        self.answers: dict[str, Counter[int]] = defaultdict(Counter)
        self.times: dict[str, list[float]] = defaultdict(list)
        self.disturbed: list[list[float]] = []
        self.failures: list[tuple[float, float, str, int, str]] = []
        self._load_counts()

    def save(self) -> None:
        with self._lock:
            new = self.folder / "state.new"
            new.write_text(json.dumps(asdict(self.state)))
            new.replace(self.folder / "state.json")
            counts = {
                "answers": {name: dict(found) for name, found in self.answers.items()},
                "times": {name: found[-5000:] for name, found in self.times.items()},
                "failures": self.failures,
                "disturbed": self.disturbed,
            }
            new.write_text(json.dumps(counts))
            new.replace(self.folder / "counts.json")

    def _load_counts(self) -> None:
        stored = self.folder / "counts.json"
        if stored.exists():
            found = json.loads(stored.read_text())
            for name, counts in found["answers"].items():
                self.answers[name].update({int(status): n for status, n in counts.items()})
            for name, times in found["times"].items():
                self.times[name] += times
            self.failures = [tuple(each) for each in found["failures"]]
            self.disturbed = [[begin, end] for begin, end in found["disturbed"] if end]

    def _read_writes(self) -> list[Write]:
        stored, found = self.folder / "writes.jsonl", []
        lines = stored.read_text().splitlines() if stored.exists() else []
        for line in lines:
            row = json.loads(line)
            if "number" in row:
                found[row["number"]].done = True
            else:
                found.append(Write(**row))
        return found

    def tried(self, write: Write) -> int:
        """Note a write before it is sent; its number is for `done`."""
        with self._lock:
            self.writes.append(write)
            self._append(asdict(write))
            return len(self.writes) - 1

    def done(self, number: int) -> None:
        with self._lock:
            self.writes[number].done = True
            self._append({"number": number})

    def _append(self, row: dict[str, object]) -> None:
        with (self.folder / "writes.jsonl").open("a") as file:
            file.write(json.dumps(row) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def answered(self, name: str, status: int, began: float, text: str = "") -> None:
        """Count an answer; status 0 is a closed connection, for which a proxy says 502."""
        ended = time.time()
        with self._lock:
            self.answers[name][status or 502] += 1
            self.times[name].append(round(ended - began, 3))
            if status == 0 or status >= 500:
                self.failures.append((began, ended, name, status or 502, text))

    def disturb(self, kind: str) -> list[float]:
        """Note that something is stopped now; pass the result to `settled`."""
        with self._lock:
            self.state.kills[kind] = self.state.kills.get(kind, 0) + 1
            window = [time.time(), 0.0]
            self.disturbed.append(window)
            return window

    def settled(self, window: list[float]) -> None:
        window[1] = time.time()

    def unexplained(self) -> list[tuple[float, float, str, int, str]]:
        """Failures at a time when nothing was stopped, and every 500."""
        return [
            found
            for found in self.failures
            if found[3] == 500
            or not any(
                found[0] < (end or time.time()) + GRACE_SECONDS and found[1] > begin
                for begin, end in self.disturbed
            )
        ]
