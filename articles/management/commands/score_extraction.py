"""Evaluate the extraction against annotated texts, by default the project's own golden files."""

import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from articles.extraction.evaluation.breakdown import Breakdown
from articles.extraction.evaluation.calibration import as_table, count_rates, share_of
from articles.extraction.evaluation.scoring import Score, figures, groups, reliability, score_document
from articles.extraction.pipeline import find_classified

GOLDENS = Path(settings.BASE_DIR) / "tests" / "goldens" / "extraction"


class Command(BaseCommand):
    help = "Score quotes and speakers against annotated JSON Lines; needs no database."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", help="JSON Lines with id, text, lang, quotes")
        parser.add_argument(
            "--held-out",
            type=int,
            metavar="N",
            help="report separately on one in N documents, chosen by the hash of their id",
        )
        parser.add_argument(
            "--rates", action="store_true", help="print the table of extraction/confidence.py, counted here"
        )

    def handle(self, *, files: list[str], held_out: int | None, rates: bool, **options: object) -> None:
        divisor = held_out
        if divisor is not None and divisor < 2:
            self.stderr.write("score_extraction: --held-out must be 2 or more")
            sys.exit(2)
        paths = [Path(name) for name in files] or sorted(GOLDENS.glob("*.jsonl"))
        documents = [document for path in paths for document in self._read(path)]
        whole, tuned, held, breakdown = Score(), Score(), Score(), Breakdown()
        for document in documents:
            found = find_classified(
                document["text"], title=document.get("title") or "", language=document.get("lang") or ""
            )
            score_document(whole, document, found)
            breakdown.add(document, found)
            if divisor:
                aside = share_of(str(document.get("id")), divisor) == 0
                score_document(held if aside else tuned, document, found)
        if rates:
            self.stdout.write(as_table(count_rates(whole.judged)))
            return
        parts = [figures(whole)]
        if divisor:
            parts += [figures(tuned, "tuned"), figures(held, f"held out, 1 in {divisor}")]
        self.stdout.write("\n\n".join([*parts, reliability(whole), breakdown.as_text(), groups(whole)]))

    def _read(self, path: Path) -> list[dict[str, Any]]:  # as annotated
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
            return [json.loads(line) for line in lines if line.strip()]
        except (OSError, ValueError) as error:
            self.stderr.write(f"score_extraction: {path}: {error}")
            sys.exit(2)
