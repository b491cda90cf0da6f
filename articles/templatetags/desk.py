"""Template tags of the editors' pages."""

from __future__ import annotations

import re

from django import template
from django.db.models import Field
from django.template.loader import render_to_string

from articles.models import Article

register = template.Library()

# What is put before the name of an upload: its time, and a word that makes it unique.
_STORED = re.compile(r"\b\d{8}-\d{6}-[0-9a-f]{8}-")


@register.filter
def uploaded_name(name: str) -> str:
    """The name that the editor's file had: ``20240510-101500-0a1b2c3d-may.csv`` gives ``may.csv``."""
    return _STORED.sub("", name)


@register.filter
def text_field(name: str) -> str:
    """The label of a field of an article: ``body`` gives ``text``."""
    found = Article._meta.get_field(name)
    return str(found.verbose_name) if isinstance(found, Field) else name


@register.simple_block_tag
def desktable(content: str, label: str, *columns: str, numeric: str = "", kind: str = "") -> str:
    """A table around these rows, which scrolls sideways where it is too wide.

    A column without a label is left out. ``numeric``: the positions of columns of numbers, as ``"4 5"``.
    ``kind``: another class of the table.
    """
    heads = [(head, str(position) in numeric.split()) for position, head in enumerate(columns, 1) if head]
    context = {"label": label, "heads": heads, "content": content, "kind": kind}
    return render_to_string("admin/desk/_table.html", context)


@register.simple_block_tag(takes_context=True)
def decisions(context: template.Context, content: str, title: str) -> str:
    """A section around a list of decisions, each of which may have a button that undoes it."""
    shown = {"title": title, "content": content, "csrf_token": context.get("csrf_token")}
    return render_to_string("admin/desk/_decisions.html", shown)
