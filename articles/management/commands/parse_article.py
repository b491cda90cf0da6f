"""Parse one article or page, and print its parts as a JSON object; needs no database."""

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.extraction import ExtractionResult
from articles.fetching import sandbox
from articles.ingest.pipeline.parse import extract
from articles.parsing import ParsedArticle, as_plain, looks_like_html, read_text
from articles.parsing.charsets import decode_text
from articles.parsing.html.page import MAX_HTML, PageError

_PARTS = """headline kicker section standfirst byline authors dateline published_on published_at
    published_precision language source_url images body""".split()  # noqa: SIM905


class Command(BaseCommand):
    help = "Read one article from FILE or standard input and print its parts as one JSON object."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", nargs="?", default="-", metavar="FILE", help="a file, or - for standard input"
        )
        parser.add_argument("--format", choices=["auto", "text", "html"], default="auto")

    def handle(self, *, file: str, format: str, **options: object) -> None:
        raw = _raw(file)
        try:
            parsed = parts_of(raw, format)
        except PageError as error:
            raise CommandError(f"{file}: {error}", returncode=2) from error
        plain = _plain(parsed, extract(parsed))
        self.stdout.write(json.dumps(plain, ensure_ascii=not _writes_unicode(self.stdout)))
        if not parsed.headline or not parsed.body:
            missing = " and ".join(name for name in ("headline", "body") if not getattr(parsed, name))
            raise CommandError(f"{file}: no {missing} found", returncode=1)


def parts_of(raw: bytes, format: str) -> ParsedArticle:
    """Parse a page, or a text in UTF-8 or the encoding that fits its letters, with a warning."""
    if format == "html" or (format == "auto" and looks_like_html(raw)):
        return sandbox.read_html(raw)
    text, notes = decode_text(raw)
    parsed = read_text(text)
    return replace(parsed, warnings=(*notes, *parsed.warnings))


def _raw(file: str) -> bytes:
    """Read a file or standard input, up to the size limit of pages."""
    try:
        if file == "-":
            raw = sys.stdin.buffer.read(MAX_HTML + 1)
        else:
            with Path(file).open("rb") as source:
                raw = source.read(MAX_HTML + 1)
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}", returncode=2) from error
    if len(raw) > MAX_HTML:
        raise CommandError(f"{file}: more than {MAX_HTML:,} bytes", returncode=2)
    return raw


def _plain(parsed: ParsedArticle, reading: ExtractionResult) -> dict[str, object]:
    article = as_plain(parsed)
    plain = {name: article[name] for name in _PARTS}
    plain["images"] = [{"caption": image.caption, "credit": image.credit} for image in parsed.images]
    plain["people"] = [asdict(person) for person in reading.people]
    plain["turns"] = [asdict(turn) for turn in reading.turns]
    plain["quotes"] = [asdict(piece) for piece in reading.pieces]
    plain["notes"] = [asdict(note) for note in reading.notes]
    plain["removed"] = list(parsed.removed)
    plain["warnings"] = [*parsed.warnings, *reading.warnings]
    return plain


def _writes_unicode(stream: object) -> bool:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return encoding.casefold().replace("-", "") in {"utf8", "utf16"}
