"""Parse one article or page, and print its parts as a JSON object; needs no database."""

import io
import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.extraction import ExtractionResult
from articles.fetching import sandbox
from articles.ingest.pipeline.parse import extract
from articles.ingest.pipeline.sources import detect_format, lines_of
from articles.parsing import (
    ParsedArticle,
    RowError,
    as_plain,
    file_format,
    looks_like_html,
    read_row,
    read_text,
)
from articles.parsing.charsets import decode_text
from articles.parsing.html.page import MAX_HTML, PageError
from articles.parsing.source_item import SourceError
from articles.parsing.tabular.source_status import LEAVE

LARGEST = sandbox.LARGEST_FILE
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
            parsed = parts_of(raw, format, file)
        except (PageError, SourceError, RowError) as error:
            raise CommandError(f"{file}: {error}", returncode=2) from error
        plain = _plain(parsed, extract(parsed))
        self.stdout.write(json.dumps(plain, ensure_ascii=not _writes_unicode(self.stdout)))
        if not parsed.headline or not parsed.body:
            missing = " and ".join(name for name in ("headline", "body") if not getattr(parsed, name))
            raise CommandError(f"{file}: no {missing} found", returncode=1)


_OF_ITEMS = (file_format.FEED, file_format.WXR, file_format.NITF, file_format.NEWSML, file_format.NINJS)
_DOCUMENTS = (file_format.MAIL, file_format.WORD, file_format.PDF)


def parts_of(raw: bytes, format: str, file: str = "") -> ParsedArticle:
    """Parse a page, or a text in UTF-8 or the encoding that fits its letters, with a warning.

    Of a feed, an export or an agency's file it parses the first article, with a warning if there are more.
    """
    found = detect_format(file, raw) if format == "auto" else ""
    if found in _DOCUMENTS:
        return sandbox.read_file(raw, found)
    if found in _OF_ITEMS:
        return _first_of(raw, found)
    if found == file_format.UNKNOWN and (kind := file_format.what_it_is(raw)):
        raise SourceError(f"cannot be read: it is {kind}")
    if format == "html" or (format == "auto" and looks_like_html(raw)):
        return sandbox.read_html(raw)
    if len(raw) > MAX_HTML:
        raise SourceError(f"more than {MAX_HTML:,} bytes")
    text, notes = decode_text(raw)
    parsed = read_text(text)
    return replace(parsed, warnings=(*notes, *parsed.warnings))


def _first_of(raw: bytes, format: str) -> ParsedArticle:
    lines = list(lines_of(format, io.BytesIO(raw)))
    articles = [line for line in lines if line.row is not None and line.status != LEAVE]
    if not articles:
        raise next((line.error for line in lines if line.error), SourceError("there is no article in it"))
    parsed = read_row(articles[0].row or {})
    notes = [articles[0].reason] if articles[0].reason else []
    notes += [str(line.error) for line in lines if line.error]
    if len(articles) > 1:
        notes.append(f"the first of {len(articles)} articles; import_articles reads all")
    return replace(parsed, warnings=(*parsed.warnings, *notes))


def _raw(file: str) -> bytes:
    """Read a file or standard input, up to the size limit of documents."""
    try:
        if file == "-":
            raw = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(file).open("rb") as source:
                raw = source.read(LARGEST + 1)
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}", returncode=2) from error
    if len(raw) > LARGEST:
        raise CommandError(f"{file}: more than {LARGEST:,} bytes", returncode=2)
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
