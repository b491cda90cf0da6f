"""The annotation guidelines: a section of docs/editors.md, rendered as HTML."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles.admin.permissions import render_page, require_perms

SECTION, NEXT_SECTION = "## What counts as a quote", "## The desk"
_MARKED = re.compile(r"\*\*(.+?)\*\*|\*([^*]+)\*|`([^`]+)`")
_TAGS = {1: "<b>{}</b>", 2: "<i>{}</i>", 3: "<code>{}</code>"}


@require_safe
@require_perms("view_article")
def annotation_guidelines(request: HttpRequest) -> HttpResponse:
    """The section on what counts as a quote; 404 if the handbook is not installed."""
    try:
        handbook = (Path(settings.BASE_DIR) / "docs" / "editors.md").read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise Http404("The guide for editors is not installed.") from error
    section = handbook.partition(SECTION)[2].partition(NEXT_SECTION)[0]
    return render_page(request, "guidelines.html", {"blocks": [as_block(one) for one in blocks_of(section)]})


def blocks_of(text: str) -> list[str]:
    """The Markdown blocks, which blank lines separate."""
    return [block.strip("\n") for block in re.split(r"\n{2,}", text) if block.strip()]


def as_block(block: str) -> dict[str, object]:
    """Parse a Markdown block into a table, heading, subheading or paragraph for the template."""
    lines = block.split("\n")
    if lines[0].startswith("|"):
        head, _, *rows = [[inline(cell.strip()) for cell in line.strip("|").split("|")] for line in lines]
        return {"head": [cell or gettext("ID") for cell in head], "rows": rows}
    if lines[0].startswith("### "):
        return {"heading": inline(lines[0][4:])}
    if len(lines) == 1 and lines[0].startswith("**") and lines[0].endswith("**"):
        return {"subheading": inline(lines[0].strip("*"))}
    return {"text": inline(" ".join(lines))}


def inline(text: str) -> SafeString:
    """Render bold, italics and code as HTML; everything else is escaped."""
    pieces, at = [], 0
    for mark in _MARKED.finditer(text):
        pieces += [("{}", text[at : mark.start()]), (_TAGS[mark.lastindex or 1], mark[mark.lastindex or 1])]
        at = mark.end()
    return format_html_join(
        "", "{}", ((format_html(tag, words),) for tag, words in [*pieces, ("{}", text[at:])])
    )
