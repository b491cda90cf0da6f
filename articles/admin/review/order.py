"""Order and pagination of the proposals on the review page."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from articles.models import Quote, Turn

PARTS = [Quote.Part.HEADLINE, Quote.Part.STANDFIRST, Quote.Part.BODY, Quote.Part.CAPTION]
MOST_ON_A_PAGE = 300
FIELDS_A_LINE = 4
FIELDS_BESIDE = 300


def lines_on_a_page() -> int:
    """Limited by Django's maximum number of fields, which a browser without JavaScript all sends."""
    allowed = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    if allowed is None:
        return MOST_ON_A_PAGE
    return min(MOST_ON_A_PAGE, (allowed - FIELDS_BESIDE) // FIELDS_A_LINE)


Entry = dict[str, Any]  # `line`, `turn` and what the template shows of them


def reading_order(quote: Quote) -> tuple:
    """A sort key: by part and position, a turn before the quotes in it."""
    image = quote.image.position if quote.image else 0
    start = quote.start if quote.start is not None else 10**9
    return PARTS.index(Quote.Part(quote.part)), image, start, -(quote.end or 0), quote.pk


def starts_after(entry: Entry, turn: Turn) -> bool:
    """Whether an entry of the list comes after this narration turn."""
    line = entry["line"]
    if line is None:
        return entry["turn"].start > turn.start
    if line.quote.part == Quote.Part.CAPTION:
        return True
    return line.quote.part == Quote.Part.BODY and (line.quote.start is None or line.quote.start > turn.start)
