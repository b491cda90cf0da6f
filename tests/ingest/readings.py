"""Readings made by hand, so that tests of the pipeline do not depend on the extraction; and storing them."""

from typing import Any

from articles.extraction import ExtractionResult, QuotePiece, Span, Turn
from articles.ingest.pipeline.types import ImportOptions, IncomingArticle
from articles.ingest.pipeline.upsert import Upserter
from articles.models import Article
from articles.parsing import ParsedArticle


def piece(text: str, words: str, speaker: str | None = None, *, group: int = 1, **fields: Any) -> QuotePiece:
    """A direct quote of these words, which stand in the text between curly marks."""
    start = text.index(f"“{words}”")
    end = start + len(words) + 2
    given = {
        "start": start, "end": end, "group": group, "marked": ((start, end),), "speaker": speaker,
        "speaker_start": None, "speaker_end": None, "source": speaker or "a farmer", "cue": "said",
        "kind": "direct", "channel": "spoken", "inside": None, "rule": "tail", "confidence": 0.95,
    }  # fmt: skip
    return QuotePiece(**given | fields)


def turn_piece(text: str, words: str, kind: str, speaker: str, *, group: int, **fields: Any) -> QuotePiece:
    start = text.index(words)
    return piece(
        f"“{words}”", words, speaker, group=group, kind=kind, start=start, end=start + len(words), marked=(),
        cue="", rule="turn", **fields,
    )  # fmt: skip


def turn(text: str, words: str, role: str, speaker: str) -> Turn:
    start = text.index(words)
    return Turn(start, start + len(words), role, speaker, speaker, True, 0.9)


def reading(*pieces: QuotePiece, people=(), turns=(), notes: tuple[Span, ...] = ()) -> ExtractionResult:
    return ExtractionResult(tuple(people), tuple(turns), notes, tuple(pieces), ())


def parsed(body: str, **fields: Any) -> ParsedArticle:
    given = {"headline": "The river rises", "publication": "Selwy Courier", "language": "en"}
    return ParsedArticle(**given | fields, body=body)


def store(parsed: ParsedArticle, reading: ExtractionResult, raw: bytes = b"x", **options: Any) -> Article:
    """Store one article and return it; raises the error of its row."""
    one = IncomingArticle(parsed, reading, raw, "application/json", "test, line 1")
    (outcome,) = Upserter(ImportOptions(through="command", **options)).store([one]).outcomes
    if outcome.error and outcome.article_id is None:
        raise outcome.error
    return Article.objects.get(pk=outcome.article_id)
