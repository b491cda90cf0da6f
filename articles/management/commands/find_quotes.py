"""Find quotes and their speakers in texts: JSON Lines in, JSON Lines out."""

import json
import sys

from django.core.management.base import BaseCommand, CommandParser

from articles.extraction import QuotePiece, find_quotes

KEYS = (
    "start", "end", "group", "marked", "speaker", "speaker_start", "speaker_end", "source", "cue", "kind",
    "channel", "inside", "rule", "confidence",
)  # fmt: skip


class Command(BaseCommand):
    help = "Find quotes and their speakers in texts, one JSON object a line; needs no database."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", default="-", help="JSON Lines with id, text, title?, lang?")

    def handle(self, *, file: str, **options: object) -> None:
        try:
            lines = sys.stdin.buffer if file == "-" else open(file, "rb")  # noqa: SIM115
        except OSError as error:
            self.stderr.write(f"find_quotes: {error}")
            sys.exit(2)
        faults = 0
        with lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                answer, faulty = answer_line(line, number)
                faults += faulty
                sys.stdout.write(json.dumps(answer, ensure_ascii=True) + "\n")
        if faults:
            self.stderr.write(f"find_quotes: lines with errors: {faults}")
            sys.exit(1)


def answer_line(line: bytes, number: int) -> tuple[dict[str, object], bool]:
    """Return the output for one line, and whether the line was bad."""
    try:
        row = json.loads(line)
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            raise ValueError("no text")
        title, language = row.get("title") or "", row.get("lang") or ""
        if not isinstance(title, str) or not isinstance(language, str):
            raise ValueError("title and lang are strings")
    except (ValueError, RecursionError) as error:
        return {"id": None, "line": number, "error": str(error), "quotes": []}, True
    pieces = find_quotes(row["text"], title=title, language=language)
    return {"id": row.get("id"), "quotes": [as_item(piece) for piece in pieces]}, False


def as_item(piece: QuotePiece) -> dict[str, object]:
    return {key: getattr(piece, key) for key in KEYS}
