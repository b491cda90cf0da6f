"""Measure the extraction against annotated texts; without a file, against the project's own goldens."""

import json
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from articles.extraction import find_quotes
from articles.extraction.scoring import Score, report, score_document

GOLDENS = Path(settings.BASE_DIR) / "tests" / "goldens" / "extraction"


class Command(BaseCommand):
    help = "Score quotes and speakers against annotated JSON Lines; needs no database."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", help="JSON Lines with id, text, lang, quotes")

    def handle(self, *args, **options):
        paths = [Path(name) for name in options["files"]] or sorted(GOLDENS.glob("*.jsonl"))
        score = Score()
        for path in paths:
            try:
                lines = path.read_text(encoding="utf-8").splitlines()
                documents = [json.loads(line) for line in lines if line.strip()]
            except (OSError, ValueError) as error:
                self.stderr.write(f"score_extraction: {path}: {error}")
                sys.exit(2)
            for document in documents:
                pieces = find_quotes(
                    document["text"], title=document.get("title") or "", language=document.get("lang") or ""
                )
                score_document(score, document, pieces)
        self.stdout.write(report(score))
