"""What counts as a quote here, with its thirty examples: the editors' handbook, opened at that place."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from articles.admin.permissions import needs, show

FROM, TO = "## What counts as a quote", "## The desk"
_MARKED = re.compile(r"\*\*(.+?)\*\*|\*([^*]+)\*|`([^`]+)`")
_TAGS = {1: "<b>{}</b>", 2: "<i>{}</i>", 3: "<code>{}</code>"}


@require_safe
@needs("view_article")
def what_counts(request: HttpRequest) -> HttpResponse:
    try:
        handbook = (Path(settings.BASE_DIR) / "docs" / "editors.md").read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise Http404("The handbook is not installed here.") from error
    section = handbook.partition(FROM)[2].partition(TO)[0]
    return show(request, "examples.html", {"blocks": [as_block(one) for one in blocks_of(section)]})


def blocks_of(text: str) -> list[str]:
    return [block.strip("\n") for block in re.split(r"\n{2,}", text) if block.strip()]


def as_block(block: str) -> dict[str, object]:
    """A paragraph, a heading or a table, as the handbook writes them."""
    lines = block.split("\n")
    if lines[0].startswith("|"):
        head, _, *rows = [[inline(cell.strip()) for cell in line.strip("|").split("|")] for line in lines]
        return {"head": head, "rows": rows}
    if lines[0].startswith("### "):
        return {"heading": inline(lines[0][4:])}
    if len(lines) == 1 and lines[0].startswith("**") and lines[0].endswith("**"):
        return {"subheading": inline(lines[0].strip("*"))}
    return {"text": inline(" ".join(lines))}


def inline(text: str) -> SafeString:
    """Strong, slanted and code; everything else is text."""
    pieces, at = [], 0
    for mark in _MARKED.finditer(text):
        pieces += [("{}", text[at : mark.start()]), (_TAGS[mark.lastindex or 1], mark[mark.lastindex or 1])]
        at = mark.end()
    return format_html_join(
        "", "{}", ((format_html(tag, words),) for tag, words in [*pieces, ("{}", text[at:])])
    )
