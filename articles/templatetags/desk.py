"""Template tags of the editors' pages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from django import template
from django.db.models import Field
from django.template.loader import render_to_string
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timesince import timesince
from django.utils.translation import gettext

from articles.models import Article, clock
from articles.presenters.differences import Word, brief_changes

register = template.Library()

# What is put before the name of an upload: its time, and a word that makes it unique.
_STORED = re.compile(r"\b\d{8}-\d{6}-[0-9a-f]{8}-")
_TABLE_PART = re.compile(r"<(tr|td|th)\b([^>]*)")
_COLSPAN = re.compile(r"\bcolspan=\"(\d+)\"")


@register.filter
def uploaded_name(name: str) -> str:
    """The name that the editor's file had: ``20240510-101500-0a1b2c3d-may.csv`` gives ``may.csv``."""
    return _STORED.sub("", name)


@register.filter
def ago(moment: dt.datetime) -> str:
    """``3 hours ago``; ``just now`` within a minute, or if the clock was ahead."""
    now = clock.now()
    if now - moment < dt.timedelta(minutes=1):
        return gettext("just now")
    return gettext("%(time)s ago") % {"time": timesince(moment, now)}


@register.filter
def compared_with(old: str, new: str) -> list[Word]:
    """The words of two values that differ, with some of those around, for ``with_changes``."""
    return brief_changes(old or "", new or "")


@register.filter
def text_field(name: str) -> str:
    """The label of a field of an article: ``body`` gives ``text``."""
    found = Article._meta.get_field(name)
    return str(found.verbose_name) if isinstance(found, Field) else name


@register.simple_block_tag
def desktable(
    content: str, label: str, *columns: str, heads: Sequence[str] = (), numeric: str = "", kind: str = ""
) -> str:
    """A table around these rows; on a narrow screen each row is a list of its cells with their labels.

    A column without a label is left out. ``heads``: labels of further columns. ``numeric``: the positions of
    columns of numbers, as ``"4 5"``. ``kind``: another class of the table.
    """
    shown = [(head, str(position) in numeric.split()) for position, head in enumerate(columns, 1) if head]
    shown += [(head, False) for head in heads]
    labels = [head for head, _ in shown]
    context = {"label": label, "heads": shown, "content": labelled(content, labels), "kind": kind}
    return render_to_string("admin/desk/_table.html", context)


@register.simple_block_tag
def labelled_cells(content: str, headers: Sequence[dict[str, str]]) -> str:
    """Rows of a list of Django's admin, each cell with the label of its column."""
    names = [capfirst(strip_tags(header["text"]).strip()) for header in headers]
    return labelled(content, [name or gettext("Select") for name in names])


def labelled(rows: str, labels: Sequence[str]) -> SafeString:
    """The rows with the label of its column on each cell, and with roles.

    Browsers drop the roles of tables whose rows are shown as blocks.

    >>> labelled("<tr><td>Flood</td><td>3</td></tr>", ["Topic", "Articles"])[:61]
    '<tr role="row"><td role="cell" data-label="Topic">Flood</td>'
    """
    column = 0

    def add(part: re.Match[str]) -> str:
        nonlocal column
        tag, attributes = part.groups()
        if tag == "tr":
            column = 0
            return f'<tr role="row"{attributes}'
        role = "rowheader" if tag == "th" else "cell"
        span = _COLSPAN.search(attributes)
        label = labels[column] if column < len(labels) and not span else ""
        column += int(span[1]) if span else 1
        named = f' data-label="{escape(label)}"' if label else ""
        return f'<{tag} role="{role}"{named}{attributes}'

    return SafeString(_TABLE_PART.sub(add, rows))


@register.simple_block_tag(takes_context=True)
def decisions(context: template.Context, content: str, title: str) -> str:
    """A section around a list of decisions, each of which may have a button that undoes it."""
    shown = {"title": title, "content": content, "csrf_token": context.get("csrf_token")}
    return render_to_string("admin/desk/_decisions.html", shown)
