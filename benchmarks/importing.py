"""Measure how many articles per second `import_articles` stores, including extraction and publication."""

from __future__ import annotations

import json
import multiprocessing
import random
import tempfile
import time
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from benchmarks.corpus import Text

SEED = 3
# Enough that start-up time does not matter.
ROWS = 600
FIRST_NAMES = ("Ada", "Ivo", "Mira", "Tomas")
SURNAMES = ("Okafor", "Brandt", "Lind", "Sorel")


def rates(file: Path | None) -> tuple[float, float]:
    """Return articles per second with one process and with two, into an empty archive."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.jsonl" for number in range(3)]
        for number, path in enumerate(paths):
            rnd = random.Random(f"{SEED} {number}")  # noqa: S311 - the same rows for the same seed
            _write(path, rnd, Text(rnd, file))
        return _rate(paths[:1]), _rate(paths[1:])


def _write(path: Path, rnd: random.Random, text: Text) -> None:
    with path.open("w", encoding="utf-8") as lines:
        for number in range(ROWS):
            row = {
                "headline": text.headline(),
                "body": _quoted(rnd, text.body()),
                "publication": f"Publication {rnd.randrange(8)}",
                "published_at": f"{rnd.randrange(1990, 2025)}-{rnd.randrange(1, 13):02}-01",
                "language": "en",
                "external_id": f"{path.stem}-{number}",
            }
            lines.write(json.dumps(row) + "\n")


def _quoted(rnd: random.Random, body: str) -> str:
    """Turn every third paragraph into a quote."""
    paragraphs = body.split("\n\n")
    for at in range(0, len(paragraphs), 3):
        words = paragraphs[at].rstrip(".!?")
        who = f"{rnd.choice(FIRST_NAMES)} {rnd.choice(SURNAMES)}"
        paragraphs[at] = f"“{words},” said {who}."
    return "\n\n".join(paragraphs)


def _rate(paths: list[Path]) -> float:
    connection.close()
    # Forked, so that each process uses the benchmark's database, which is set in memory only.
    several = [multiprocessing.get_context("fork").Process(target=_bring_in, args=(path,)) for path in paths]
    start = time.perf_counter()
    for process in several:
        process.start()
    for process in several:
        process.join()
    if any(process.exitcode for process in several):
        raise ValueError("The import of the benchmark's rows failed")
    return round(len(paths) * ROWS / (time.perf_counter() - start), 1)


def _bring_in(path: Path) -> None:
    with Path("/dev/null").open("w") as nowhere:
        call_command(
            "import_articles",
            str(path),
            publish=True,
            accept_quotes=0.9,
            create_speakers=True,
            stdout=nowhere,
            stderr=nowhere,
        )
